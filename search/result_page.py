"""What the result page asks of a search besides its rows: what was understood, orders, pages, addresses."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from django.http import QueryDict
from django.urls import reverse

from search.asking import LAST_PAGE
from search.choices import Choice
from search.contract import ANY_WORDS, NEWEST, OLDEST, RELEVANCE
from search.ignored import sentences, unused_values
from search.number_hits import asked_number
from search.page_filters import Chip, FilterGroup, chips_of, groups_of, spelled
from search.results import Row, Search
from search.vietnamese.letters import clean
from search.vietnamese.number_parts import number_parts
from search.vietnamese.query_words import without_quotes
from search.ways_on import WayOn, way_to_archive, way_to_days, ways_on, ways_to_the_office

ORDER_NAMES = {RELEVANCE: "Liên quan", NEWEST: "Mới nhất", OLDEST: "Cũ nhất"}
#: More documents of one number than this are a list like any other.
MOST_EXACT = 4
_TYPED_IN_THE_FORM = ("q", "tu", "den", "khop", "gom_het_hieu_luc", "nguyen_van")


class ResultPage:
    """A search ready for its page, e.g. `ResultPage(Search(user, read_ask(request.GET)), request.GET).chips`."""

    def __init__(self, search: Search, params: Mapping[str, str] | None = None):
        self.search = search
        self.ask = search.ask
        self._params = params or {}

    @property
    def is_asked(self) -> bool:
        return self.ask.is_asked

    @property
    def is_found(self) -> bool:
        return self.is_asked and bool(self.search.rows)

    @cached_property
    def exact(self) -> list[Row]:
        """Official documents whose number was asked for, when they are few: "39 ct tw" finds two of them."""
        hits = [row for row in self.search.rows if row.is_number_hit and row.entry.is_official]
        number = asked_number(self.search.understanding.wording)
        if number and number.initials:
            # Of "chỉ thị 05" no announcement 05, where there is a directive of that number.
            hits = [row for row in hits if number.initials in number_parts(row.entry.notation)] or hits
        return hits if len(hits) <= MOST_EXACT else []

    @cached_property
    def listed(self) -> list[Row]:
        return [row for row in self.search.rows if row not in self.exact]

    @property
    def number(self) -> str:
        """The number that was asked for: as documents print it, or as it was typed; "" when none was."""
        if self.search.named:
            return self._printed or self.search.number_among_words
        return (self._printed or self.search.used_text) if self.search.understanding.wording.number_parts else ""

    @property
    def _printed(self) -> str:
        """The one number that all exact hits bear, as documents print it."""
        printed = {f"{row.entry.number}{row.entry.separator}{row.entry.notation}" for row in self.exact}
        return printed.pop() if len(printed) == 1 else ""

    @property
    def words_beside_number(self) -> str:
        """The words among which the number stood: "thi đua" of "39 ct tw thi đua"."""
        if not self.search.named:
            return ""
        return " ".join(self.search.used_text.replace(self.search.number_among_words, "", 1).split())

    @property
    def expansions(self) -> list[tuple[str, tuple[str, ...]]]:
        """What stands for which words, each once, e.g. `[("tiếp công dân", ("TCD",))]`."""
        found = self.search.understanding.expansions
        return list({without_quotes(self.search.spelled(each.text)): each.forms for each in found}.items())

    @cached_property
    def did_you_mean(self) -> str:
        """Other words that find more, when little was found."""
        return self.search.did_you_mean

    @property
    def orders(self) -> list[Choice]:
        """The orders of the rows; without words there is no relevance."""
        now = self.ask.order
        if not self.ask.text and now == RELEVANCE:
            now = NEWEST
        names = [name for name in ORDER_NAMES if self.ask.text or name != RELEVANCE]
        return [Choice(name, ORDER_NAMES[name], 0, name == now, self.ask.address(order=name)) for name in names]

    @cached_property
    def groups(self) -> list[FilterGroup]:
        return groups_of(self.search)

    @cached_property
    def chips(self) -> list[Chip]:
        return chips_of(self.search)

    @cached_property
    def ways_on(self) -> list[WayOn]:
        return [*ways_on(self.search), way_to_archive(self.search), *ways_to_the_office()]

    @cached_property
    def way_to_days(self) -> WayOn | None:
        """What is of the date that was typed."""
        return way_to_days(self.search)

    @property
    def bare_text(self) -> str:
        """The words as they were typed, fit to be put between quotation marks."""
        return without_quotes(self.search.understanding.typed_text or self.ask.text)

    @property
    def years(self) -> list[Choice]:
        """Years that narrow a search too long to be read to its end."""
        return [choice for choice in self.search.facets.get("year", []) if choice.count and not choice.is_chosen]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the search box hands on: the tab, the filters and the order; not what the reader types anew."""
        return [(name, value) for name, value in self.ask.pairs() if name not in _TYPED_IN_THE_FORM]

    @cached_property
    def typed_dates(self) -> dict[str, str]:
        """The range as the fields show it, e.g. `{"tu": "05/03/2024", "den": "31/02/2024"}`."""
        read = {"tu": self.ask.since, "den": self.ask.until}
        return {name: spelled(day) if day else clean(self._params.get(name, "")[:20]) for name, day in read.items()}

    @cached_property
    def wrong_dates(self) -> dict[str, str]:
        """What is wrong with the range, by field; what is no day does not narrow anything."""
        ask, typed = self.ask, self.typed_dates
        unread = [name for name, day in (("tu", ask.since), ("den", ask.until)) if typed[name] and day is None]
        wrong = {name: f"Không đọc được ngày “{typed[name]}”; viết như 05/03/2024." for name in unread}
        if ask.since and ask.until and ask.until < ask.since:
            wrong["den"] = "Đến ngày phải sau từ ngày."
        return wrong

    @property
    def ignored(self) -> list[str]:
        """What of the address could not be used, as sentences; the dates say it beside their fields."""
        if not isinstance(self._params, QueryDict):
            return []
        unused = unused_values(self._params, self.ask)
        return sentences([(name, value) for name, value in unused if name not in ("tu", "den")])

    @property
    def page_numbers(self) -> list[tuple[int | None, str]]:
        """Numbers with their addresses, None for a gap, e.g. `[(1, "?q=đất"), (None, ""), (4, "?q=đất&trang=4")]`."""
        last = self.search.last_page
        middle = max(3, min(self.ask.page, last - 2))
        numbers: list[tuple[int | None, str]] = []
        for number in (n for n in range(1, last + 1) if n in (1, last) or abs(n - middle) <= 1):
            if numbers and number - (numbers[-1][0] or 0) > 1:
                numbers.append((None, ""))
            numbers.append((number, self.search.page_address(number)))
        return numbers

    @property
    def previous_address(self) -> str:
        return self.search.page_address(self.ask.page - 1) if self.ask.page > 1 else ""

    @property
    def next_address(self) -> str:
        return self.search.page_address(self.ask.page + 1) if self.ask.page < self.search.last_page else ""

    @property
    def is_cut_short(self) -> bool:
        """Whether there is more than the pages can show."""
        return self.search.result.is_more or self.search.total > LAST_PAGE * self.search.per_page

    @property
    def first_address(self) -> str:
        return self.ask.address()

    @property
    def clear_address(self) -> str:
        """The same words in the same tab without any filter."""
        return replace(self.ask.without_filters(), match=ANY_WORDS, with_gone=False).address()

    @property
    def as_typed_address(self) -> str:
        return self.ask.address(as_typed=True)

    @property
    def as_understood_address(self) -> str:
        return self.ask.address(as_typed=False)

    @property
    def csv_address(self) -> str:
        return reverse("search_export", args=["csv"]) + self.ask.address()

    @property
    def xlsx_address(self) -> str:
        return reverse("search_export", args=["xlsx"]) + self.ask.address()

    @property
    def feed_address(self) -> str:
        return reverse("search_feed") + self.ask.address()
