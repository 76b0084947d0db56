"""Around each request: who asks, that a change in the admin is whole, and what of it was seen."""

from django.db import transaction

from home.audit.actions import EXPORTED
from home.audit.events import Subject
from home.audit.readings import note_reading
from home.audit.recording import note
from home.audit.requester import enter, leave

ADMIN_PREFIX = "/quan-tri/"
#: Posts that take their time before they write, and write each thing whole by themselves.
SLOW = tuple(f"{ADMIN_PREFIX}{part}" for part in ("login/", "documents/", "images/", "nhap-van-ban/"))
#: Addresses outside the admin that give a list away as a file.
EXPORTS = frozenset({"search_export", "register", "register_csv", "unit_register", "unit_register_csv"})
#: Parameters of the admin that turn a list into a file.
EXPORT_PARAMETERS = ("export", "xuat")


class AuditedRequests:
    """Keeps the request for `home.audit.requester`, and notes readings that no view of ours notes."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token = enter(request)
        try:
            response = self.get_response(request)
            if request.method == "GET" and response.status_code == 200 and request.resolver_match:
                self.note_what_was_seen(request)
        finally:
            leave(token)
        return response

    def note_what_was_seen(self, request) -> None:
        """Before the body goes out: an error here keeps it back."""
        match = request.resolver_match
        if request.path.startswith(ADMIN_PREFIX):
            if note_reading(request.user, match):
                return
            if match.url_name == "audit":
                return  # tells of itself, with the number of rows
            if form := next(filter(None, map(request.GET.get, EXPORT_PARAMETERS)), ""):
                _note_export(request, form)
        elif match.url_name in EXPORTS and request.user.is_authenticated:
            _note_export(request, request.path.rpartition(".")[2][:8])


class WholeChanges:
    """A change of the admin and its event are one transaction, also where Wagtail opens none."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """The answer of the view from within a transaction; None leaves the request to Django."""
        if request.method != "POST" or not request.path.startswith(ADMIN_PREFIX):
            return None
        if request.path.startswith(SLOW):
            return None
        with transaction.atomic():
            return view(request, *args, **kwargs)


def _note_export(request, form: str) -> None:
    """Which list, narrowed by what; the words that were searched for are nobody's business."""
    filters = sorted({name for name, value in request.GET.items() if value} - {"q", "p", "page", "trang"})
    path = request.path[:200]
    note(EXPORTED, Subject("list"), request.user, path=path, form=form[:8], filters=", ".join(filters)[:200])
