"""Writes what the index knows of a page, in the transaction of the change that caused it."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from search.contract import SearchDocument
from search.models import KINDS, Entry, FileUse, Grant
from search.vietnamese.collation import sort_key
from search.vietnamese.letters import clean
from search.vietnamese.number_parts import number_parts
from search.vietnamese.syllables import syllables

BATCH = 200


@transaction.atomic
def refresh(page: Page) -> None:
    """Bring grants, listing row and file uses of one page up to date with what is published.

    When the audience or the reading time changed, everything below the page follows.
    """
    if _refresh_one(page.specific) and not page.is_leaf():
        for child in page.get_children().iterator(BATCH):
            refresh(child)


@transaction.atomic
def refresh_tree(page: Page) -> None:
    """The same for a page and everything below it, after a move, a new slug or an unpublished parent."""
    for descendant in page.get_descendants(inclusive=True).order_by("path").iterator(BATCH):
        _refresh_one(descendant.specific)


def _refresh_one(page: Page) -> bool:
    if not hasattr(page, "search_document"):
        return False
    window = page.reading_window()
    tokens = page.effective_audience().tokens if window and page.may_be_read() else frozenset()
    has_changed = _write_grants(page, tokens, window)
    if tokens:
        document = page.search_document()
        Entry.objects.update_or_create(page_id=page.pk, defaults=row_of(page, document))
        _write_uses(page, document)
    else:
        Entry.objects.filter(page_id=page.pk).delete()
        FileUse.objects.filter(page_id=page.pk).delete()
    return has_changed


def _write_grants(page: Page, tokens: frozenset[str], window) -> bool:
    opens_at, closes_at = window or (None, None)
    wanted = {(token, opens_at, closes_at) for token in tokens}
    held = set(Grant.objects.filter(page_id=page.pk).values_list("token", "opens_at", "closes_at"))
    if wanted == held:
        return False
    Grant.objects.filter(page_id=page.pk).delete()
    Grant.objects.bulk_create(
        Grant(page_id=page.pk, token=token, opens_at=opens_at, closes_at=closes_at) for token in sorted(tokens)
    )
    return True


def _write_uses(page: Page, document: SearchDocument) -> None:
    FileUse.objects.filter(page_id=page.pk).delete()
    wanted = {(FileUse.FILE, pk) for pk in document.files} | {(FileUse.IMAGE, pk) for pk in document.images}
    if document.picture:
        wanted.add((FileUse.IMAGE, document.picture.image_id))
    FileUse.objects.bulk_create(FileUse(page_id=page.pk, kind=kind, file_id=pk) for kind, pk in sorted(wanted))


def row_of(page: Page, document: SearchDocument) -> dict:
    """The columns of the listing row, e.g. `row_of(page, document)["year"]` is 2024."""
    state, picture = document.state, document.picture
    return (
        _dates_of(page, document)
        | {
            "kind": document.kind,
            "title": clean(document.title)[:600],
            "sort_title": sort_key(document.title)[:255],
            "url": page.get_url() or page.url_path,
            "summary": document.summary,
            "byline": document.byline[:500],
            "number": document.number,
            "separator": document.separator or "/",
            "notation": document.notation,
            "type_key": document.type_key,
            "type_name": document.type_name,
            "issuer_key": document.issuer_key,
            "issuer_name": document.issuer_name,
            "unit_id": document.unit_id,
            "unit_name": document.unit_name,
            "campaign_id": document.campaign_id,
            "topics": "".join(f"|{name}" for name in document.topics) + ("|" if document.topics else ""),
            "audience": page.effective_audience().level,
            "state_claim": state.claim,
            "state_since": state.since,
            "state_until": state.until,
            "is_official": document.is_official,
            "picture_id": picture.image_id if picture else None,
            "picture_alt": picture.alt if picture else "",
        }
        | _texts_of(document)
    )


def _texts_of(document: SearchDocument) -> dict:
    printed = f"{document.number}{document.separator}{document.notation}"
    words = " ".join(
        (
            document.title,
            document.summary,
            document.byline,
            KINDS[document.kind],
            document.type_name,
            document.issuer_name,
            document.unit_name,
            document.body,
        )
    )
    return {
        "folded_title": f" {' '.join(syllables(document.title))} ",
        "folded_text": f" {' '.join([*syllables(words), *syllables(printed), *number_parts(printed)])} ",
        "number_text": f" {' '.join(number_parts(printed))} ",
    }


def _dates_of(page: Page, document: SearchDocument) -> dict:
    issued = document.issued_on
    sort_at = document.sort_at or page.first_published_at or timezone.now()
    local: datetime = timezone.localtime(sort_at)
    if issued is None and document.is_official:
        return {"issued": "", "issued_on": None, "year": None, "month": None, "is_undated": True, "sort_at": sort_at}
    if issued is None:
        day: date | None = local.date()
        return {
            "issued": local.date().isoformat(),
            "issued_on": day,
            "year": local.year,
            "month": local.month,
            "is_undated": False,
            "sort_at": sort_at,
        }
    return {
        "issued": issued.iso(),
        "issued_on": issued.first_day(),
        "year": issued.year,
        "month": issued.month,
        "is_undated": issued.precision not in ("day", "month"),
        "sort_at": sort_at,
    }
