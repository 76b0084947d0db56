"""What an address asks for: the words, filters, order and page of a search, read and written back."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict

from search.contract import ALL_WORDS, ANY_WORDS, NEWEST, OLDEST, PHRASE, RELEVANCE
from search.models import KINDS
from search.states import LABELS
from search.vietnamese.letters import clean

#: Facet of the contract -> parameter of the address.
PARAMETERS = {
    "kind": "muc",
    "type": "loai",
    "issuer": "co_quan",
    "unit": "don_vi",
    "field": "linh_vuc",
    "year": "nam",
    "campaign": "phong_trao",
    "tag": "the",
    "status": "hieu_luc",
    "attachment": "dinh_kem",
}
ORDERS = {"": RELEVANCE, "moi-nhat": NEWEST, "cu-nhat": OLDEST}
MATCHES = {"": ANY_WORDS, "du-tu": ALL_WORDS, "cum-tu": PHRASE}
MOST_VALUES = 20
MOST_FACETS = 6
LAST_PAGE = 100
LONGEST_VALUE = 200
# What else an address may hold; the interface for programs refuses everything it does not know.
OTHERS = ("q", "tu", "den", "thang", "sap_xep", "khop", "gom_het_hieu_luc", "nguyen_van", "trang")
KNOWN = frozenset(PARAMETERS.values()) | frozenset(OTHERS)
#: Facets whose values are known beforehand; the others hold whatever catalogues and editors name.
_VOCABULARY: Mapping[str, Collection[str]] = {"kind": KINDS, "status": LABELS, "attachment": ("1",)}
#: Parameters that take one of a few values, with all of them.
VOCABULARIES: Mapping[str, Collection[str]] = {
    **{PARAMETERS[name]: values for name, values in _VOCABULARY.items()},
    "sap_xep": tuple(filter(None, ORDERS)),
    "khop": tuple(filter(None, MATCHES)),
    "gom_het_hieu_luc": ("1",),
    "nguyen_van": ("1",),
}
#: How an address names a unit or a campaign, see `search.named_pages`.
PAGE_KEY = re.compile(r"(?!0+$)[A-Za-z0-9][\w.\-]*", re.ASCII)
YEARS = (1900, 2100)
_NUMBERED = {"year": YEARS}
_WRITTEN_DAY = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Ask:
    """A search as an address states it, e.g. `read_ask(QueryDict("q=đất+đai&nam=2024")).chosen["year"]` is ("2024",).

    Shape: nonsense in an address counts as not given; repeated values are kept once.
    """

    text: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    month: int | None = None
    order: str = RELEVANCE
    match: str = ANY_WORDS
    with_gone: bool = False
    as_typed: bool = False
    page: int = 1

    @property
    def kind(self) -> str:
        """The open tab, "" for all."""
        return next(iter(self.chosen.get("kind", ())), "")

    @property
    def chosen_pairs(self) -> list[tuple[str, str]]:
        """Every chosen value with its facet, e.g. `[("year", "2024"), ("year", "2023")]`."""
        return [(name, value) for name, values in self.chosen.items() for value in values]

    @property
    def is_asked(self) -> bool:
        """Whether anything is asked for: words, a tab or a filter."""
        return bool(self.text or self.chosen or self.filter_count)

    @property
    def is_narrowed(self) -> bool:
        """Whether more than the words decides what is found: a tab, a filter, a stricter way of matching."""
        return bool(self.chosen or self.filter_count or self.match != ANY_WORDS)

    @property
    def filter_count(self) -> int:
        """How many filters are in use; the tab, the order and the words are none."""
        values = sum(len(held) for name, held in self.chosen.items() if name != "kind")
        return values + bool(self.since) + bool(self.until) + bool(self.month)

    def pairs(self) -> list[tuple[str, str]]:
        """The parameters that say the same again, page left out, e.g. `[("q", "đất đai"), ("nam", "2024")]`."""
        held = [("q", self.text)] if self.text else []
        held += [(PARAMETERS[name], value) for name, value in self.chosen_pairs]
        held += [("tu", self.since.isoformat())] if self.since else []
        held += [("den", self.until.isoformat())] if self.until else []
        held += [("thang", str(self.month))] if self.month else []
        held += [("sap_xep", word) for word, order in ORDERS.items() if word and order == self.order]
        held += [("khop", word) for word, match in MATCHES.items() if word and match == self.match]
        held += [("gom_het_hieu_luc", "1")] if self.with_gone else []
        held += [("nguyen_van", "1")] if self.as_typed else []
        return held

    def address(self, **changes) -> str:
        """The address of this search with something changed, on its first page, e.g. `address(match="all")`."""
        asked = replace(self, **changes)
        page = [("trang", str(asked.page))] if "page" in changes and asked.page > 1 else []
        return "?" + urlencode(asked.pairs() + page)

    def with_value(self, name: str, value: str) -> Ask:
        """The same search with a value of a facet added, or taken away when it is chosen."""
        held = self.chosen.get(name, ())
        kept = tuple(each for each in held if each != value) if value in held else (*held, value)
        chosen = {key: values for key, values in {**self.chosen, name: kept}.items() if values}
        return replace(self, chosen=chosen)

    def with_tab(self, kind: str) -> Ask:
        """The same search in another tab: its filters stay, so that the tab holds as much as its count says."""
        others = {name: values for name, values in self.chosen.items() if name != "kind"}
        return replace(self, chosen={"kind": (kind,), **others} if kind else others)

    def without_filters(self) -> Ask:
        chosen = {name: values for name, values in self.chosen.items() if name == "kind"}
        return replace(self, chosen=chosen, since=None, until=None, month=None)


def read_ask(params: QueryDict | Mapping[str, str]) -> Ask:
    """The search an address states, e.g. `read_ask(request.GET)`; never fails."""
    return Ask(
        text=clean(str(params.get("q", ""))[:4096]),
        chosen=_chosen(params),
        since=_day(params.get("tu")),
        until=_day(params.get("den")),
        month=read_number(params.get("thang"), 1, 12),
        order=ORDERS.get(params.get("sap_xep", ""), RELEVANCE),
        match=MATCHES.get(params.get("khop", ""), ANY_WORDS),
        with_gone=params.get("gom_het_hieu_luc") == "1",
        as_typed=params.get("nguyen_van") == "1",
        page=read_number(params.get("trang"), 1, LAST_PAGE) or 1,
    )


def address_without_blanks(path: str, params: QueryDict) -> str:
    """The address without parameters a form sent empty, e.g. "/tim-kiem/?q=đất"; "" when there are none."""
    kept = [(name, value) for name, values in params.lists() for value in values if value]
    if len(kept) == sum(len(values) for _, values in params.lists()):
        return ""
    return f"{path}?{urlencode(kept)}" if kept else path


def read_number(value: str | None, lowest: int, highest: int) -> int | None:
    """A whole number of an address, e.g. `read_number("2024", 1900, 2100)`; nonsense counts as not given."""
    text = str(value or "")
    if not (text.isascii() and text.isdigit() and len(text) <= 10):
        return None
    return int(text) if lowest <= int(text) <= highest else None


def _chosen(params: QueryDict | Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    chosen: dict[str, tuple[str, ...]] = {}
    for name, parameter in PARAMETERS.items():
        values = tuple(dict.fromkeys(_valid(name, _all(params, parameter))))[:MOST_VALUES]
        if values and (name == "kind" or len(chosen.keys() - {"kind"}) < MOST_FACETS):
            chosen[name] = values[:1] if name in ("kind", "attachment") else values
    return chosen


def _all(params: QueryDict | Mapping[str, str], parameter: str) -> Iterable[str]:
    if isinstance(params, QueryDict):
        return params.getlist(parameter)
    return [params[parameter]] if parameter in params else []


def _valid(name: str, values: Iterable[str]) -> Iterable[str]:
    for value in (clean(str(value)[:LONGEST_VALUE]) for value in values):
        if name in _NUMBERED:
            number = read_number(value, *_NUMBERED[name])
            if number is not None:
                yield str(number)
        elif name in ("unit", "campaign"):
            if PAGE_KEY.fullmatch(value):
                yield value
        elif value and value in _VOCABULARY.get(name, (value,)):
            yield value


def _day(value: str | None) -> date | None:
    """A day as browsers send it (2024-03-05) or as people write it (05/03/2024, 5-3-2024, 5.3.2024)."""
    text = clean(str(value or "")[:20])
    try:
        if written := _WRITTEN_DAY.fullmatch(text):
            day = date(int(written[4]), int(written[3]), int(written[1]))
        else:
            day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if YEARS[0] <= day.year <= YEARS[1] else None
