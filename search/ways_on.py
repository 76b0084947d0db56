"""What an empty result leads to: the same search with less, and how much this reader would see then."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from search.asking import PARAMETERS, Ask
from search.contract import ALL_WORDS, ANY_WORDS, PHRASE, SearchQuery, SearchResult
from search.models import Entry
from search.page_filters import WITH_GONE, label_of, plain_filters
from search.remembered import Remembered
from search.results import Search
from search.shelves import SHELVES
from search.vietnamese.dates import spell_short
from search.vietnamese.number_parts import date_asked
from search.vietnamese.numerals import counted
from search.vietnamese.query_words import without_quotes

#: Ways that are counted: each costs a search.
MOST_COUNTED = 5
#: Pages that say how to ask the office, in the order they are offered, with what their link says.
OFFICE = {
    "/yeu-cau-cung-cap-thong-tin/": "Gửi yêu cầu cung cấp thông tin",
    "/lien-he/": "Hỏi trực tiếp: địa chỉ, điện thoại, thư điện tử",
}
_SWITCHED_OFF = {
    ALL_WORDS: "Khớp phần lớn các từ thay vì đủ các từ",
    PHRASE: "Khớp phần lớn các từ thay vì đúng cả cụm",
}


@dataclass(frozen=True, slots=True)
class WayOn:
    """A way out of an empty page, e.g. `WayOn("Bỏ bộ lọc Năm: 2024", "còn 3 kết quả", "?q=đất")`."""

    label: str
    outcome: str
    address: str


def ways_on(search: Search) -> list[WayOn]:
    """The ways that lead to something, in the order a reader would try them."""
    # What asks for nothing leads to the empty form.
    ways, wider = [], [(label, ask) for label, ask in _wider(search) if ask.is_asked]
    if len(wider) > MOST_COUNTED:
        # The last one drops everything: if any leads on, it does.
        wider = [*wider[: MOST_COUNTED - 1], wider[-1]]
    for label, ask in wider:
        result = _result(search, ask)
        if result.total:
            ways.append(WayOn(label, f"còn {counted(result.total, result.is_more)} kết quả", ask.address()))
    if search.result.gone and not search.ask.with_gone:
        ways.append(WayOn(WITH_GONE, f"thêm {counted(search.result.gone)} kết quả", search.with_gone_address))
    return ways


def way_to_archive(search: Search) -> WayOn:
    """The archive where this search would have looked, e.g. "Xem văn bản năm 2024 trong Kho lưu trữ"."""
    ask = search.ask
    shelf = next((shelf for shelf in SHELVES if ask.kind in shelf.kinds), SHELVES[0])
    years = ask.chosen.get("year", ())
    held = shelf.of(Entry.objects.visible_to(search.user))
    if len(years) == 1 and held.filter(year=years[0]).exists():
        what, kept = f"{shelf.noun} năm {years[0]}", {**shelf.kept, PARAMETERS["year"]: years[0]}
    else:
        what, kept = f"{shelf.noun if shelf.kept else 'sổ văn bản'} theo năm", shelf.kept
    address = reverse("archive") + (f"?{urlencode(kept)}" if kept else "")
    return WayOn(f"Xem {what} trong Kho lưu trữ", "", address)


def way_to_days(search: Search) -> WayOn | None:
    """What is of the day, month or year that was typed as words: "Xem mọi nội dung của ngày 20/11/2024"."""
    date = date_asked(search.ask.text)
    days = date.days() if date and not search.ask.is_narrowed else None
    if not days:
        return None
    ask = replace(search.ask, text="", since=days[0], until=days[1])
    found = _result(search, ask)
    span = f"ngày {spell_short(date)}" if date.precision == "day" else spell_short(date)
    label = f"Xem mọi nội dung của {span}"
    return WayOn(label, f"{counted(found.total, found.is_more)} kết quả", ask.address()) if found.total else None


def ways_to_the_office() -> list[WayOn]:
    """Pages through which anybody may ask the office, those that are there."""
    found = _office_pages()
    return [WayOn(label, "", url) for url, label in OFFICE.items() if url in found]


def _public_office_pages() -> frozenset[str]:
    rows = Entry.objects.visible_to(AnonymousUser()).filter(kind="page", url__in=OFFICE)
    return frozenset(rows.values_list("url", flat=True))


_office_pages = Remembered(_public_office_pages)


def _wider(search: Search) -> Iterator[tuple[str, Ask]]:
    """The same search with one thing less, then with all of it less."""
    ask = search.ask
    ways = [*_other_words(search), *_fewer_filters(search)]
    yield from ways
    everything = replace(ask.without_filters().with_tab(""), text=without_quotes(ask.text), match=ANY_WORDS)
    if len(ways) > 1:
        yield "Chỉ giữ các từ, bỏ mọi bộ lọc và điều kiện", everything


def _other_words(search: Search) -> Iterator[tuple[str, Ask]]:
    ask = search.ask
    if meant := search.did_you_mean:
        yield f"Có phải ông/bà muốn tìm “{meant}”", Ask(text=meant)
    if search.understanding.typed.phrases:
        yield "Bỏ dấu ngoặc kép", replace(ask, text=without_quotes(ask.text))
    if ask.match != ANY_WORDS:
        yield _SWITCHED_OFF[ask.match], replace(ask, match=ANY_WORDS)
    if ask.as_typed:
        yield "Tìm cả cách viết khác", replace(ask, as_typed=False)


def _fewer_filters(search: Search) -> Iterator[tuple[str, Ask]]:
    ask = search.ask
    if ask.kind:
        yield "Tìm trong tất cả các mục", ask.with_tab("")
    for name in (name for name in ask.chosen if name != "kind"):
        held = ", ".join(label_of(search, name, value) for value in ask.chosen[name])
        yield f"Bỏ bộ lọc {held}", replace(ask, chosen=_without(ask, name))
    for label, without in plain_filters(ask):
        if not without.keys() & {"match", "with_gone"}:
            yield f"Bỏ bộ lọc {label}", replace(ask, **without)


def _without(ask: Ask, name: str) -> dict[str, tuple[str, ...]]:
    return {key: values for key, values in ask.chosen.items() if key != name}


def _result(search: Search, ask: Ask) -> SearchResult:
    """What another search finds; the words are read again only where they differ."""
    if (ask.text, ask.as_typed) != (search.ask.text, search.ask.as_typed):
        return Search(search.user, ask, search.engine, per_page=1, facets=()).result
    return search.engine.search(_counting(search.query, ask))


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
