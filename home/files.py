"""Serves files and pictures: only those that a page the reader may see uses, and to editors their own."""

from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.permissions import policy_registry

from home.models import PortalDocument, PortalImage, PortalRendition
from search.models import FileUse
from search.visibility import may_see_file

LOCKED_DOWN = "default-src 'none'; sandbox"


@require_safe
def serve_file(request: HttpRequest, document_id: int, document_filename: str) -> HttpResponse:
    """An attached file as a download, e.g. `/tai-ve/3/ke-hoach.pdf`; anything else is not there."""
    document = PortalDocument.objects.filter(pk=document_id).first()
    if document is None or document.filename != document_filename or not _may_fetch_file(request.user, document):
        raise Http404
    if not default_storage.exists(document.file.name):
        raise Http404
    response = FileResponse(default_storage.open(document.file.name), as_attachment=True, filename=document.filename)
    return _locked_down(request, response)


@require_safe
def serve_picture(request: HttpRequest, path: str) -> HttpResponse:
    """A picture file, e.g. `/tep/images/may-toan-dac.width-800.jpg`; anything else is not there."""
    name = str(PurePosixPath(path))
    if "\0" in name:
        raise Http404
    rendition = PortalRendition.objects.filter(file=name).values("image_id").first()
    original = None if rendition else PortalImage.objects.filter(file=name).values("pk").first()
    image_id = rendition["image_id"] if rendition else original and original["pk"]
    if not image_id or not _may_fetch_picture(request.user, image_id) or not default_storage.exists(name):
        raise Http404
    return _locked_down(request, FileResponse(default_storage.open(name)))


def _may_fetch_file(user, document: PortalDocument) -> bool:
    if may_see_file(user, FileUse.FILE, document.pk):
        return True
    policy = policy_registry.get_by_type(PortalDocument)
    return user.is_authenticated and policy.user_has_any_permission_for_instance(
        user, ["add", "change", "delete", "choose"], document
    )


def _may_fetch_picture(user, image_id: int) -> bool:
    return user.has_perm("wagtailadmin.access_admin") or may_see_file(user, FileUse.IMAGE, image_id)


def _locked_down(request: HttpRequest, response: FileResponse) -> FileResponse:
    cache = "private, no-store" if request.user.is_authenticated else "public, max-age=3600"
    response["Cache-Control"] = cache
    response["Content-Security-Policy"] = LOCKED_DOWN
    response["X-Content-Type-Options"] = "nosniff"
    return response
