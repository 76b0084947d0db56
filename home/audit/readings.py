"""What an address of the admin shows of things that not everybody may read: pages, files, pictures, and more."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from wagtail.models import Page

from home.audit.actions import OPENED_BY_EDITOR
from home.audit.events import Subject
from home.audit.recording import note
from home.audit.requester import is_reading
from home.audit.subjects import file_subject, is_public, page_subject, readers_of
from home.models import Department, PortalDocument
from search.models import FileUse
from search.visibility import restrict

#: Says what is shown under a number to a person; None when everybody may see it or there is no such thing.
Telling = Callable[[object, int], Subject | None]


def tell_page(user, page_id: int) -> Subject | None:
    """An editor meets drafts, so only what everybody may read, and nothing newer, leaves no event."""
    page = Page.objects.filter(pk=page_id).first()
    if page is None:
        return None
    readers = readers_of(page.pk)
    return page_subject(page, readers) if not is_public(readers) or page.has_unpublished_changes else None


def tell_file(user, file_id: int) -> Subject | None:
    if _is_on_a_public_page(FileUse.FILE, file_id):
        return None
    document = PortalDocument.objects.filter(pk=file_id).first()
    return file_subject(document, user) if document else None


def tell_picture(user, picture_id: int) -> Subject | None:
    is_emblem = Department.objects.filter(emblem_id=picture_id).exists()
    is_open = is_emblem or _is_on_a_public_page(FileUse.IMAGE, picture_id)
    return None if is_open else Subject("image", picture_id)


def _is_on_a_public_page(kind: str, number: int) -> bool:
    uses = FileUse.objects.filter(kind=kind, file_id=number)
    return restrict(uses, AnonymousUser(), "page_id").exists()


#: By the name of a parameter of the address, whatever view it leads to.
_BY_PARAMETER: dict[str, Telling] = {
    "page_id": tell_page,
    "document_id": tell_file,
    "doc_id": tell_file,
    "image_id": tell_picture,
}
_BY_ADDRESS: dict[str, tuple[str, Telling]] = {}


def register_reading(address: str, parameter: str, telling: Telling) -> None:
    """A package above names what its own address shows: `register_reading("intake_review", "pk", tell_record)`."""
    _BY_ADDRESS[address] = (parameter, telling)


def note_reading(user, match) -> bool:
    """Note what the address showed to this person; whether it is one that shows something by its number."""
    parameter, telling = _BY_ADDRESS.get(match.url_name or "", ("", None))
    if telling is None:
        parameter = next((name for name in _BY_PARAMETER if name in match.kwargs), "")
        telling = _BY_PARAMETER.get(parameter)
    if telling is None:
        return False
    if user.is_authenticated and is_reading() and (subject := telling(user, int(match.kwargs[parameter]))):
        note(OPENED_BY_EDITOR, subject, user)
    return True
