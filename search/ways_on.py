"""What an empty result leads to: the same search with less, and how much this reader would see then."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from search.asking import Ask
from search.contract import ANY_WORDS, SearchQuery
from search.page_filters import WITH_GONE, label_of, plain_filters
from search.results import Search
from search.vietnamese.numerals import counted

#: Ways that are counted: each costs a search.
MOST_COUNTED = 4


@dataclass(frozen=True, slots=True)
class WayOn:
    """A way out of an empty page, e.g. `WayOn("Bỏ bộ lọc Năm: 2024", "còn 3 kết quả", "?q=đất")`."""

    label: str
    outcome: str
    address: str


def ways_on(search: Search) -> list[WayOn]:
    """The ways that lead to something, in the order a reader would try them."""
    ways = []
    for label, ask in list(_wider(search))[:MOST_COUNTED]:
        result = search.engine.search(_counting(search.query, ask))
        if result.total:
            ways.append(WayOn(label, f"còn {counted(result.total, result.is_more)} kết quả", ask.address()))
    if search.result.gone and not search.ask.with_gone:
        ways.append(WayOn(WITH_GONE, f"thêm {counted(search.result.gone)} kết quả", search.with_gone_address))
    return ways


def _wider(search: Search) -> Iterator[tuple[str, Ask]]:
    ask = search.ask
    names = [name for name in ask.chosen if name != "kind"]
    plain = [(label, without) for label, without in plain_filters(ask) if "with_gone" not in without]
    if ask.kind:
        yield "Tìm trong mọi loại nội dung", replace(ask, chosen=_without(ask, "kind"))
    for name in names:
        held = ", ".join(label_of(search, name, value) for value in ask.chosen[name])
        yield f"Bỏ bộ lọc {held}", replace(ask, chosen=_without(ask, name))
    for label, without in plain:
        yield f"Bỏ {'“' + label + '”' if 'match' in without else 'bộ lọc ' + label}", replace(ask, **without)
    if len(names) + len(plain) > 1:
        yield "Bỏ tất cả bộ lọc", replace(ask.without_filters(), match=ANY_WORDS)


def _without(ask: Ask, name: str) -> dict[str, tuple[str, ...]]:
    return {key: values for key, values in ask.chosen.items() if key != name}


def _counting(query: SearchQuery, ask: Ask) -> SearchQuery:
    return replace(
        query,
        chosen=ask.chosen,
        since=ask.since,
        until=ask.until,
        month=ask.month,
        match=ask.match,
        facets=(),
        offset=0,
        limit=1,
    )
