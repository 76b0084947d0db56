"""Which pages a page may name: those that everybody who reads it may read as well, whenever it may be read.

A listing row is one for all its readers, so a unit or a campaign that some of them may not see is not named in it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from django.utils import timezone

from search.models import Grant
from search.named_pages import key_of_address
from search.records import Described, address_of
from search.visibility import PUBLIC, STAFF

_FIRST, _LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


def name_pages(described: Mapping[int, Described]) -> dict[int, Described]:
    """The same pages with `named` filled and what must not be named left out; one query for all of them."""
    wanted = {pk for each in described.values() for _, pk in _links(each)}
    columns = ("page_id", "page__url_path", "token", "opens_at", "closes_at")
    held: dict[int, dict[str, tuple]] = {}
    keys: dict[int, str] = {}
    for pk, path, token, *hours in Grant.objects.filter(page_id__in=wanted).values_list(*columns):
        held.setdefault(pk, {})[token] = tuple(hours)
        keys[pk] = key_of_address(path.split("/", 2)[2])
    return {pk: _named(each, held, keys) for pk, each in described.items()}


def _links(each: Described) -> Iterator[tuple[str, int]]:
    for facet, pk in (("unit", each.document.unit_id), ("campaign", each.document.campaign_id)):
        if pk is not None:
            yield facet, pk


def _named(each: Described, held: Mapping[int, Mapping[str, tuple]], keys: Mapping[int, str]) -> Described:
    named, document = {}, each.document
    for facet, pk in _links(each):
        if pk == each.page.pk:
            named[facet] = key_of_address(address_of(each.page))
        elif _is_as_open(held.get(pk, {}), each):
            named[facet] = keys[pk]
        else:
            document = replace(document, **{f"{facet}_name": ""})
    return replace(each, document=document, named=named)


def _is_as_open(held: Mapping[str, tuple], each: Described) -> bool:
    """Whether these grants open a page to every reader of another one, at every hour of it."""
    now = timezone.now()
    for token in each.audience.tokens:
        hours = held.get(token) or held.get(PUBLIC) or (held.get(STAFF) if token != PUBLIC else None)
        if hours is None:
            return False
        opens, closes = hours[0] or _FIRST, hours[1] or _LAST
        if opens > max(now, each.opens_at or _FIRST) or closes < (each.closes_at or _LAST):
            return False
    return True
