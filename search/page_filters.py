"""Filters of a search in words: what is in use, each with the address that drops it, and what is on offer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from search.asking import Ask
from search.choices import Choice
from search.contract import ALL_WORDS, ANY_WORDS, PHRASE
from search.facet_names import name_in
from search.models import KINDS
from search.results import Search
from search.vietnamese.dates import PartialDate, spell_short

HEADINGS = {
    "type": "Thể loại",
    "issuer": "Cơ quan ban hành",
    "year": "Năm",
    "status": "Tình trạng hiệu lực",
    "unit": "Đơn vị",
    "field": "Lĩnh vực",
    "campaign": "Phong trào thi đua",
    "tag": "Từ khóa",
    "attachment": "Tệp đính kèm",
}
#: How the types of one tab are called; of all tabs together they are documents' kinds, forms of stories and more.
TYPE_HEADINGS = {
    "directive": "Loại văn bản",
    "campaign": "Loại văn bản",
    "story": "Hình thức",
    "article": "Loại tin",
    "notice": "Loại tin",
    "unit": "Loại đơn vị",
}
MATCH_NAMES = {ALL_WORDS: "Đủ các từ", PHRASE: "Cụm từ chính xác"}
WITH_GONE = "Gồm cả văn bản đã hết hiệu lực"
#: Filters that stand open with their first choices; the others show their heading alone.
OPEN_GROUPS = ("type", "issuer", "year", "status")
OPEN_CHOICES = 6


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in use and the address without it, e.g. `Chip("Năm: 2024", "?q=đất")`."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class FilterGroup:
    """One facet as the page shows it, e.g. `FilterGroup("year", "Năm", [Choice("2024", …)], [])`.

    Shape: `more` are folded away; in a folded group all of them are.
    """

    name: str
    heading: str
    first: list[Choice]
    more: list[Choice]

    @property
    def is_open(self) -> bool:
        """Whether a folded choice is in use, so that the fold must stand open."""
        return any(choice.is_chosen for choice in self.more)


def groups_of(search: Search) -> list[FilterGroup]:
    """The filters that narrow a result; one that holds a single value of all the rows says nothing."""
    found = []
    for name in HEADINGS:
        choices = [choice for choice in _choices(search, name) if choice.count or choice.is_chosen]
        is_idle = len(choices) == 1 and not choices[0].is_chosen and choices[0].count >= search.total
        if choices and not is_idle:
            # A fold for a single choice would take the place of the choice.
            shown = OPEN_CHOICES + (len(choices) == OPEN_CHOICES + 1) if name in OPEN_GROUPS else 0
            found.append(FilterGroup(name, heading_of(search.ask, name), choices[:shown], choices[shown:]))
    return found


def heading_of(ask: Ask, name: str) -> str:
    """What a facet is called, e.g. `heading_of(ask, "year")` is "Năm"; the types by the open tab."""
    return TYPE_HEADINGS.get(ask.kind, HEADINGS[name]) if name == "type" else HEADINGS[name]


def _choices(search: Search, name: str) -> list[Choice]:
    choices = search.facets.get(name, [])
    if name == "type" and not search.ask.kind:
        # What is a tab of its own needs no second place.
        choices = [choice for choice in choices if choice.value not in KINDS or choice.is_chosen]
    if name == "status" and (search.result.gone or search.ask.with_gone):
        address = search.ask.address(with_gone=not search.ask.with_gone)
        return [*choices, Choice("", WITH_GONE, search.result.gone, search.ask.with_gone, address)]
    return choices


def chips_of(search: Search) -> list[Chip]:
    """Everything that narrows or widens a search, e.g. `[Chip("Năm: 2024", "?q=đất")]`; the tab is not among them."""
    ask = search.ask
    chips = [
        Chip(label_of(search, name, value), ask.with_value(name, value).address())
        for name, values in ask.chosen.items()
        if name != "kind"
        for value in values
    ]
    return chips + [Chip(label, ask.address(**without)) for label, without in plain_filters(ask)]


def named_filters(ask: Ask, names: Mapping[tuple[str, str], str]) -> list[str]:
    """The tab and the filters of a search in words, e.g. `["Văn bản", "Năm: 2024"]`; `names` of `names_for`."""
    found = [KINDS[ask.kind]] if ask.kind else []
    for name, values in ask.chosen.items():
        if name != "kind":
            found += [_with_heading(ask, name, name_in(names, name, value)) for value in values]
    return found + [label for label, _ in plain_filters(ask)]


def plain_filters(ask: Ask) -> Iterator[tuple[str, dict]]:
    """Filters that are no facets, each with what drops it, e.g. `("Tháng 3", {"month": None})`."""
    if ask.month:
        yield f"Tháng {ask.month}", {"month": None}
    if ask.since:
        yield f"Từ ngày {spelled(ask.since)}", {"since": None}
    if ask.until:
        yield f"Đến ngày {spelled(ask.until)}", {"until": None}
    if ask.match != ANY_WORDS:
        yield MATCH_NAMES[ask.match], {"match": ANY_WORDS}
    if ask.with_gone:
        yield WITH_GONE, {"with_gone": False}


def label_of(search: Search, name: str, value: str) -> str:
    """A chosen value with its heading, e.g. "Năm: 2024"."""
    labels = {choice.value: choice.label for choice in search.facets.get(name, [])}
    return _with_heading(search.ask, name, labels.get(value, value))


def _with_heading(ask: Ask, name: str, label: str) -> str:
    return label if name == "attachment" else f"{heading_of(ask, name)}: {label}"


def spelled(day: date) -> str:
    """ "05/03/2024"."""
    return spell_short(PartialDate(day.year, day.month, day.day))
