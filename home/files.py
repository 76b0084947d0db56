"""Serves files and pictures: only those that a page the reader may see uses, and to editors their own."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.permissions import policy_registry

from home.audit.recording import record_download
from home.file_answers import StoredFile, hand_over
from home.models import Department, PortalDocument, PortalImage
from home.storage import plain_name
from search.models import FileUse
from search.visibility import may_see_file, restrict

#: What an editor may do with a file of the own unit: whoever may do one of them may look at it.
ACTIONS = ("add", "change", "delete", "choose")
#: `?xem=1` shows a PDF in the browser instead of saving it.
SHOW = "xem"


@require_safe
def serve_file(request: HttpRequest, document_filename: str, document_id: int | None = None) -> HttpResponse:
    """An attached file as a download, e.g. `/tai-ve/ke-hoach.k3j5x8a2b4cd.pdf`; anything else is not there."""
    if "\0" in document_filename:
        raise Http404
    is_public = Exists(_open_uses(FileUse.FILE, "pk"))
    named = Q(pk=document_id) if document_id else Q(file=PortalDocument.path_of(document_filename))
    document = PortalDocument.objects.filter(named).annotate(is_public=is_public).first()
    if document is None or document.filename != document_filename:
        raise Http404
    if not document.is_public and not _may_fetch(request.user, FileUse.FILE, document):
        raise Http404
    if not document.is_public:
        record_download(request.user, document)
    file = StoredFile(document.file.name, document.shown_name, document.is_public, is_download=SHOW not in request.GET)
    return hand_over(request, file)


@require_safe
def serve_picture(request: HttpRequest, path: str) -> HttpResponse:
    """A picture file, e.g. `/tep/images/may-toan-dac.width-800.k3j5x8a2b4cd.jpg`; anything else is not there."""
    if "\0" in path:
        raise Http404
    is_used = Exists(_open_uses(FileUse.IMAGE, "pk")) | Exists(Department.objects.filter(emblem_id=OuterRef("pk")))
    pictures = PortalImage.objects.annotate(is_public=is_used & Q(withheld_on=None))
    image = pictures.filter(renditions__file=path).first() or pictures.filter(file=path).first()
    if image is None or not (image.is_public or _may_fetch(request.user, FileUse.IMAGE, image)):
        raise Http404
    return hand_over(request, StoredFile(path, plain_name(path), image.is_public, is_download=False))


def _open_uses(kind: str, field: str):
    """The uses of a file on pages that are open to everybody now."""
    return restrict(FileUse.objects.filter(kind=kind, file_id=OuterRef(field)), AnonymousUser(), "page_id")


def _may_fetch(user, kind: str, file: PortalDocument | PortalImage) -> bool:
    """Whether a page that this reader may see uses the file, or the reader works with it in the admin.

    Those who belong to a unit may all choose among its files; drafts are for those who write.
    """
    if not user.is_authenticated:
        return False
    if getattr(file, "is_shown", True) and may_see_file(user, kind, file.pk):
        return True
    policy = policy_registry.get_by_type(type(file))
    return user.has_perm("wagtailadmin.access_admin") and policy.user_has_any_permission_for_instance(
        user, ACTIONS, file
    )
