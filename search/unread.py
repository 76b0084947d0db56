"""Pages that were saved and not read since: noted with each save, found again when a process died in between."""

from datetime import timedelta

from django.utils import timezone
from wagtail.models import Page

from search.indexing import forget, refresh_tree
from search.models import IndexState
from search.reading import BATCH
from search.records import key_of

#: Whoever saves a page usually has it read within a second; after so long nobody will.
GRACE = timedelta(seconds=15)


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
    """Read such pages again with all that is below them; how many there were."""
    page_ids = list(unread_pages().values_list("page_id", flat=True)[:BATCH])
    found = list(Page.objects.filter(pk__in=page_ids))
    forget(set(page_ids) - {page.pk for page in found})
    for page in found:
        refresh_tree(page)
    return len(found)
