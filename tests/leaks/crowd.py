"""Very many internal pages by the shortest honest way: the rows that publishing writes, in the tree, the lists, the
grants and the engine, each a copy of one that was published.
"""

from dataclasses import replace
from uuid import uuid4

from wagtail.models import Page

from search.engines import chosen
from search.indexing import read_described
from search.models import Entry, Grant
from search.reading import load_pages
from search.records import key_of, record_of

BATCH = 500


def multiply(page, count: int) -> None:
    """`count` further pages beside one, with its audience, words, unit and dates."""
    entry, held = Entry.objects.get(pk=page.pk), Grant.objects.filter(page_id=page.pk)
    tokens = list(held.values_list("token", flat=True))
    described = read_described(load_pages([page.pk]))[page.pk]
    record, parent = record_of(described, 1), page.get_parent()
    engine, last = chosen.database_engine(), Page.objects.order_by("-pk").values_list("pk", flat=True)[0]
    for start in range(0, count, BATCH):
        numbers = range(start, min(start + BATCH, count))
        copies = [_copy(page, parent, n, last + 1 + n) for n in numbers]
        Page.objects.bulk_create(copies)
        Entry.objects.bulk_create(_entry(entry, copy) for copy in copies)
        Grant.objects.bulk_create(Grant(page_id=copy.pk, token=token) for copy in copies for token in tokens)
        engine.put([replace(record, key=key_of(copy.pk), url=f"/van-ban/{copy.slug}/") for copy in copies])


def _copy(page, parent, n: int, pk: int) -> Page:
    return Page(
        pk=pk,
        path=Page._get_path(parent.path, parent.depth + 1, 5000 + pk),
        depth=page.depth,
        live=True,
        title=page.title,
        draft_title=page.title,
        slug=f"{page.slug}-{n}",
        url_path=f"{page.url_path[:-1]}-{n}/",
        translation_key=uuid4(),
        content_type_id=page.content_type_id,
        locale_id=page.locale_id,
    )


def _entry(entry: Entry, copy: Page) -> Entry:
    values = {field.attname: getattr(entry, field.attname) for field in Entry._meta.concrete_fields}
    place = {"page_id": copy.pk, "url": f"/van-ban/{copy.slug}/", "year": 2019 + copy.pk % 6, "month": copy.pk % 12 + 1}
    return Entry(**values | place)
