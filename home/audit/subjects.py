"""What an event is about, as it is frozen in the log: kind, number, unit and audience, never a title."""

from dataclasses import replace

from wagtail.models import Page

from home.audit.events import Subject
from search.models import Entry, FileUse, Grant
from search.records import printed_number
from search.visibility import PUBLIC, restrict

_ROW = ("kind", "number", "separator", "notation", "unit_id", "audience")


def readers_of(page_id: int) -> tuple[str, ...]:
    """The tokens that open the page, e.g. `("office", "unit:7")`; none while it is not on the site."""
    return tuple(Grant.objects.filter(page_id=page_id).order_by("token").values_list("token", flat=True))


def page_subject(page: Page, readers: tuple[str, ...] | None = None) -> Subject:
    """A page as the log names it, e.g. `Subject("directive", 12, "39-CT/TW", 7, "units", "office unit:7")`."""
    readers = readers_of(page.pk) if readers is None else readers
    told = " ".join(readers)
    entry = Entry.objects.filter(page_id=page.pk).only(*_ROW).first()
    if entry:
        label = entry.printed_number if entry.number else ""
        return Subject(entry.kind, page.pk, label, entry.unit_id, entry.audience, told)
    page = page.specific
    document = page.search_document() if hasattr(page, "search_document") else None
    label = printed_number(document) if document and document.number else ""
    kind = document.kind if document else "page"
    return Subject(kind, page.pk, label, getattr(page, "unit_id", None), "", told)


def file_subject(document, user=None) -> Subject:
    """A file as the log names it: with number and audience of a page that shows it, one this person may open."""
    uses = FileUse.objects.filter(kind=FileUse.FILE, file_id=document.pk)
    through = (restrict(uses, user, "page_id") if user else uses).values_list("page_id", flat=True).first()
    if through is None:
        return Subject("file", document.pk)
    return replace(page_subject(Page.objects.get(pk=through)), kind="file", object_id=document.pk)


def is_public(readers: tuple[str, ...]) -> bool:
    return PUBLIC in readers
