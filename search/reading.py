"""Pages read many at once: each kind of page with what it asks of other tables, and the pages above them."""

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import prefetch_related_objects
from wagtail.models import Page

from search.later_versions import later_versions

BATCH = 200


def load_pages(page_ids: Iterable[int]) -> list[Page]:
    """These pages as what they are, ready to be described without a query for each; missing ones left out."""
    pages = list(Page.objects.filter(pk__in=list(page_ids)).order_by("pk").specific())
    by_class: dict[type[Page], list[Page]] = {}
    for page in pages:
        by_class.setdefault(type(page), []).append(page)
    for model, group in by_class.items():
        if names := getattr(model, "read_together", ()):
            prefetch_related_objects(group, *names)
    _set_lines(pages)
    return pages


def batches_of(page_ids: Iterable[int], size: int = BATCH) -> Iterator[list[int]]:
    """The ids in lists of a bounded length: `[[1, 2], [3]]`."""
    batch: list[int] = []
    for pk in page_ids:
        batch.append(pk)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def every_page(size: int = BATCH, after: int = 0) -> Iterator[list[int]]:
    """The ids of all pages below the root by a cursor, so that a long walk holds little and misses nothing."""
    while True:
        rows = Page.objects.filter(pk__gt=after, depth__gt=1).order_by("pk").values_list("pk", flat=True)[:size]
        batch = list(rows)
        if not batch:
            return
        yield batch
        after = batch[-1]


def _set_lines(pages: Sequence[Page]) -> None:
    """Give each page the pages above it and the later versions of all of them: two queries, whatever their number."""
    paths = {path for page in pages for path in _paths_above(page)}
    above = {page.path: page for page in Page.objects.filter(path__in=paths).specific()} if paths else {}
    later = later_versions([page.pk for page in (*pages, *above.values())]) if pages else {}
    for page in pages:
        page.known_later = later
        page.known_line = [above[path] for path in _paths_above(page) if path in above]


def _paths_above(page: Page) -> list[str]:
    """Paths of the pages above one, the root left out: those of "000100020003" is `["00010002"]`."""
    step = page.steplen
    return [page.path[:end] for end in range(2 * step, len(page.path), step)]
