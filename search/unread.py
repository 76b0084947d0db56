"""Pages that were saved and not read since: noted with each save, found again when a process died in between."""

import logging
from datetime import timedelta

from django.utils import timezone
from wagtail.models import Page

from search.indexing import forget, refresh_tree, refresh_where
from search.models import IndexState
from search.reading import BATCH
from search.records import key_of

logger = logging.getLogger(__name__)

#: Whoever saves a page usually has it read within a second; after so long nobody will.
GRACE = timedelta(seconds=15)
AGAIN = timedelta(hours=1)


def mark_unread(page_id: int, may_be_new: bool) -> None:
    """Note in the transaction of a save that the page has to be read again, should nobody come to do it."""
    now = timezone.now()
    states = IndexState.objects.filter(page_id=page_id)
    if not states.update(unread_since=now) and may_be_new:
        IndexState.objects.bulk_create(
            [IndexState(key=key_of(page_id), page_id=page_id, unread_since=now)], ignore_conflicts=True
        )


def unread_pages():
    """States of pages that were saved a while ago and that nobody read since."""
    return IndexState.objects.filter(unread_since__lt=timezone.now() - GRACE).order_by("unread_since")


def refresh_unread() -> int:
    """Read such pages again with all that is below them; how many there were. One that fails stops no other."""
    page_ids = list(unread_pages().values_list("page_id", flat=True)[:BATCH])
    pages = {page.pk: page for page in Page.objects.filter(pk__in=page_ids)}
    forget(set(page_ids) - pages.keys())
    leaves = [page.pk for page in pages.values() if page.is_leaf()]
    try:
        refresh_where(leaves)
    except Exception:
        logger.exception("one of %s pages cannot be read; they are tried one by one", len(leaves))
        for pk in leaves:
            _try(pages[pk])
    for page in pages.values():
        if not page.is_leaf():
            _try(page)
    return len(page_ids)


def _try(page: Page) -> None:
    try:
        refresh_tree(page, hides_rest=False)
    except Exception:
        logger.exception("page %s cannot be read; it is tried again in an hour", page.pk)
        IndexState.objects.filter(page_id=page.pk).update(unread_since=timezone.now() + AGAIN)
