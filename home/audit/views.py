"""The log in the admin: read by inspectors, explained to everybody who works there."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from home.audit import anchor
from home.audit.actions import AUDIT_EXPORTED, AUDIT_OPENED
from home.audit.events import Subject
from home.audit.recording import note, record
from home.audit.selection import SelectionForm
from home.audit.tables import FORMS, audit_csv, audit_xlsx
from home.audit.words import action_name, audience_name, detail_text, subject_name
from home.models import AuditEvent
from search.models import KINDS, Entry
from search.spreadsheets import XLSX

VIEW_AUDIT = "home.view_audit"
PER_PAGE = 50
#: More rows than these do not open in a spreadsheet: a shorter period is asked for.
MOST_EXPORTED = 200_000


def may_inspect(user) -> bool:
    """Whether this person reads the log, e.g. somebody with the role "Thanh tra"."""
    return user.is_active and user.has_perm(VIEW_AUDIT)


class AuditView(WagtailAdminTemplateMixin, TemplateView):
    """`/quan-tri/nhat-ky/?don_vi=7&viec=opened`; `&xuat=csv` or `xlsx` is the table."""

    template_name = "admin/audit.html"
    page_title = "Nhật ký kiểm tra"
    header_icon = "history"

    def dispatch(self, request, *args, **kwargs):
        if not may_inspect(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get(self, request, *args, **kwargs):
        self.form = SelectionForm(request.GET)
        self.events = self.form.events()
        form = request.GET.get("xuat", "")
        self.is_too_long = form in FORMS and self.events.count() > MOST_EXPORTED
        if form in FORMS and self.form.is_valid() and not self.is_too_long:
            return self.export(form)
        note(AUDIT_OPENED, Subject("audit"), request.user)
        return super().get(request, *args, **kwargs)

    def export(self, form: str):
        """The table as a file; that it was taken is in the log before it goes out."""
        chosen = "; ".join(f"{name}={value}" for name, value in self.form.cleaned_data.items() if value)
        events = self.events.filter(sequence__lte=self.events.values_list("sequence", flat=True).first() or 0)
        record(
            AUDIT_EXPORTED, Subject("audit"), self.request.user, form=form, rows=events.count(), filters=chosen[:400]
        )
        name = f"nhat-ky-{timezone.localdate().isoformat()}.{form}"
        rows = events.iterator(chunk_size=1_000)
        if form == "xlsx":
            return FileResponse(audit_xlsx(rows), as_attachment=True, filename=name, content_type=XLSX)
        response = StreamingHttpResponse(audit_csv(rows), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def get_context_data(self, **kwargs) -> dict:
        page = Paginator(self.events, PER_PAGE).get_page(self.request.GET.get("trang"))
        kept = self.request.GET.copy()
        for name in ("trang", "xuat"):
            kept.pop(name, None)
        own = {
            "doubt": anchor.doubt(),
            "remedy": anchor.REMEDY,
            "form": self.form,
            "chosen": self.form.said(),
            "page": page,
            "rows": [Row(event, title) for event, title in self.with_titles(page.object_list)],
            "query": kept.urlencode(),
            "is_too_long": self.is_too_long,
            "most_exported": MOST_EXPORTED,
        }
        return super().get_context_data(**own, **kwargs)

    def with_titles(self, events):
        """Each event with the title of its page, where this person may read the page now; the log keeps none."""
        pages = {event.object_id for event in events if event.kind in KINDS}
        rows = Entry.objects.visible_to(self.request.user).filter(page_id__in=pages)
        titles = dict(rows.values_list("page_id", "title"))
        return [(event, titles.get(event.object_id, "") if event.kind in KINDS else "") for event in events]


class Row:
    """An event ready to be shown."""

    def __init__(self, event: AuditEvent, title: str):
        self.event, self.title = event, title
        self.action, self.subject = action_name(event), subject_name(event)
        self.audience, self.detail = audience_name(event), detail_text(event)


class AuditHelpView(WagtailAdminTemplateMixin, TemplateView):
    """`/quan-tri/nhat-ky/ghi-nhung-gi/`: what is recorded, for everybody whose deeds are."""

    template_name = "admin/audit_help.html"
    page_title = "Nhật ký ghi những gì"
    header_icon = "help"

    def get_breadcrumbs_items(self) -> list:
        """Short, since a telephone cuts it: the whole title stands below."""
        return [*self.breadcrumbs_items, {"url": "", "label": "Về nhật ký"}]

    def get_context_data(self, **kwargs) -> dict:
        own = {
            "months": settings.AUDIT_MONTHS,
            "minutes": settings.AUDIT_REPEAT_MINUTES,
            "is_inspector": may_inspect(self.request.user),
        }
        return super().get_context_data(**own, **kwargs)
