"""How values of facets read to one reader: pages and values are named only where the reader may see one that bears
them. What is asked of the entries is one condition, so that it is answered along with the entries of the hits.
"""

from collections.abc import Iterable, Mapping
from typing import Protocol

from django.db.models import Min, Q

from search.labels import labels_of
from search.models import Entry
from search.named_pages import KINDS_OF, condition_of, named_among
from search.states import LABELS

Pair = tuple[str, str]
#: Facets whose values have names that are kept; the others read as they stand or by the rules of status.
_KEPT = ("type", "issuer", "field", "tag")
#: Of those the ones whose names are not for whoever sees no page with the value, with the column that holds it.
_COLUMNS = {"type": "type_key", "issuer": "issuer_key"}


class Row(Protocol):
    """An entry, or as much of it as names are read from."""

    page_id: int
    kind: str
    url: str
    title: str
    type_key: str
    issuer_key: str


def telling(user, pairs: Iterable[Pair], seen: Iterable[Pair] = ()) -> Q:
    """Entries that tell what names the reader may be given: the units and campaigns, and a page with each value.

    Shape: a condition on entries that are visible to the reader; nothing is asked about values that were `seen`.
    """
    wanted, known = set(pairs), set(seen)
    condition = condition_of(_keys(wanted))
    for name, column in _COLUMNS.items():
        if values := {value for facet, value in wanted - known if facet == name}:
            held = Entry.objects.visible_to(user).filter(**{f"{column}__in": values}).order_by()
            condition |= Q(pk__in=held.values(column).annotate(one=Min("pk")).values("one"))
    return condition


def names_of(pairs: Iterable[Pair], rows: Iterable[Row], seen: Iterable[Pair] = ()) -> dict[Pair, str]:
    """Names of values, e.g. `{("type", "bao_cao"): "Báo cáo"}`, as the rows that `telling` found allow.

    Shape: what may not be named, or has no name, is left out; one query at most, for names not met of late.
    """
    wanted, rows = set(pairs), list(rows)
    told = {(name, getattr(row, column)) for row in rows for name, column in _COLUMNS.items()} | set(seen)
    kept = {pair for pair in wanted if pair[0] in _KEPT and (pair[0] not in _COLUMNS or pair in told)}
    pages = named_among(rows, _keys(wanted))
    return labels_of(kept) | {pair: page.title for pair, page in pages.items()}


def names_for(user, pairs: Iterable[Pair]) -> dict[Pair, str]:
    """The same for a reader without any hits; two queries at most, however many values there are."""
    wanted = set(pairs)
    condition = telling(user, wanted)
    rows = Entry.objects.visible_to(user, are_named=True).filter(condition).defer("body", "folded_text")
    return names_of(wanted, rows if condition else ())


def name_in(names: Mapping[Pair, str], facet: str, value: str) -> str:
    """How a value of a facet reads, e.g. `name_in({}, "year", "2024")` is "2024"; without a name it is the value."""
    if facet == "status":
        return LABELS[value][0]
    if facet == "attachment":
        return "Có tệp đính kèm"
    return names.get((facet, value), value)


def _keys(pairs: Iterable[Pair]) -> dict[str, list[str]]:
    return {facet: [value for name, value in pairs if name == facet] for facet in KINDS_OF}
