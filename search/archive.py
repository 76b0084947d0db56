"""A list of entries by year and month, kind, unit, issuer, field and campaign: one rule for every archive of the site.

Lists, counts and choices hold only what the reader may see.
"""

from collections.abc import Hashable, Mapping
from functools import cached_property
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet, Value
from django.db.models.functions import StrIndex
from django.http import Http404
from django.urls import reverse

from search.archive_asking import OLDEST_FIRST, UNKNOWN, page_asked, read_choices, unused_choices
from search.archive_tally import COLUMNS, TOPIC, UNDATED, Tally, count_entries
from search.choices import Choice
from search.ignored import sentences
from search.models import Entry, EntryQuerySet
from search.named_pages import NamedPage, pages_of_ids, pages_of_keys
from search.shelves import SHELVES, Shelf
from search.vietnamese.collation import sort_key

PER_PAGE = 20
LAST_PAGE = 100
NOT_HELD = "không có trong danh sách này"
_LONG_TEXTS = ("body", "folded_text")
#: Parameters that name a page -> facet of the contract.
_PAGES = {"don_vi": "unit", "phong_trao": "campaign"}
#: The number of no page: what is named is not there for this reader.
_NO_PAGE = 0


class PageBeyond(Http404):
    """A page past the last one, or deeper than pages go."""


class BoundedPaginator(Paginator):
    """Pages of a list whose length is known, no deeper than `LAST_PAGE`."""

    def __init__(self, rows, per_page: int, count: int):
        super().__init__(rows, per_page)
        self.count = count

    @cached_property
    def num_pages(self) -> int:
        return min(LAST_PAGE, max(1, -(-self.count // self.per_page)))


class Archive:
    """The chosen part of the visible entries, its page and the choices that lead further.

    Example: `Archive(Entry.objects.official(), user, {"nam": "2024"}).page`. `kept` are parameters that stay in
    every address, `unit_path` the address of the unit whose archive this is.
    """

    def __init__(
        self,
        entries: EntryQuerySet,
        user,
        params: Mapping,
        per_page: int = PER_PAGE,
        *,
        shelf: Shelf = SHELVES[0],
        kept: Mapping[str, str] | None = None,
        unit_path: str = "",
    ):
        self.all = entries.visible_to(user)
        self.user, self.params, self.per_page = user, params, per_page
        self.shelf, self.kept, self.unit_path = shelf, dict(kept or {}), unit_path
        self.chosen = read_choices(params)
        self.picked = self._pick()
        self.is_oldest_first = params.get("sap_xep") == OLDEST_FIRST

    def _pick(self) -> dict[str, Hashable]:
        """What is chosen as columns hold it: units and campaigns by number, those the reader may see."""
        keys = {facet: [self.chosen[name]] for name, facet in _PAGES.items() if name in self.chosen}
        found = pages_of_keys(self.user, keys)
        picked: dict[str, Hashable] = dict(self.chosen)
        for name, facet in _PAGES.items():
            if name in self.chosen:
                page = found.get((facet, self.chosen[name]))
                picked[name] = page.page_id if page else _NO_PAGE
                self.chosen[name] = page.key if page else self.chosen[name]
        return picked

    @property
    def year(self) -> int | None:
        """The chosen year; 0 for entries of no known year."""
        return self.chosen.get("nam")

    @property
    def month(self) -> int | None:
        """The chosen month; 0 for entries of no known month."""
        return self.chosen.get("thang")

    @property
    def ignored(self) -> list[str]:
        """What of the address could not be used, as sentences."""
        return sentences(unused_choices(self.params, self.chosen))

    # --- addresses ----------------------------------------------------------

    @property
    def filters(self) -> dict[str, str]:
        """What is chosen as address parameters, e.g. `{"nam": "2024"}`."""
        held = {name: UNKNOWN if value == 0 else str(value) for name, value in self.chosen.items()}
        return self.kept | held | ({"sap_xep": OLDEST_FIRST} if self.is_oldest_first else {})

    @property
    def filter_count(self) -> int:
        """How many filters are in use; the order is not one."""
        return len(self.chosen)

    @property
    def clear_address(self) -> str:
        """The address of the list without filters."""
        return "?" + urlencode(self.kept)

    def address(self, **changes: str) -> str:
        """The address of this archive with some filters changed, e.g. `address(nam="2023")`."""
        kept = {name: value for name, value in {**self.filters, **changes}.items() if value}
        return "?" + urlencode(kept)

    @property
    def sheet_address(self) -> str:
        """Where this list is fetched as a sheet for printing (XLSX)."""
        return self._exported("register")

    @property
    def csv_address(self) -> str:
        return self._exported("register_csv")

    def _exported(self, name: str) -> str:
        place = reverse(f"unit_{name}", args=[self.unit_path]) if self.unit_path else reverse(name)
        held = {**self.shelf.kept, **self.filters}
        query = urlencode({key: value for key, value in held.items() if key != "sap_xep"})
        return f"{place}?{query}" if query else place

    # --- entries ------------------------------------------------------------

    @property
    def entries(self) -> QuerySet[Entry]:
        """The entries that pass every filter, in the order asked for."""
        return self.ordered(self.is_oldest_first)

    def ordered(self, is_oldest_first: bool) -> QuerySet[Entry]:
        """The entries by date; within a year the undated come last, after all years those of no known year."""
        rows = self._narrowed().defer(*_LONG_TEXTS)
        return rows.oldest() if is_oldest_first else rows.newest()

    def _narrowed(self) -> EntryQuerySet:
        columns = {"nam": "year", "thang": "month", **COLUMNS}
        rows = self.all
        for name, value in self.picked.items():
            if name == TOPIC:
                # Letter for letter on every database, which LIKE is not.
                rows = rows.annotate(topic_at=StrIndex("topics", Value(f"|{value}|"))).filter(topic_at__gt=0)
            else:
                rows = rows.filter(**{columns[name]: value if name in _PAGES else value or None})
        return rows

    @cached_property
    def page(self):
        """The page of entries asked for, e.g. `?trang=2`. Errors: PageBeyond, a 404."""
        number = page_asked(self.params)
        paginator = BoundedPaginator(self.entries.select_related("picture"), self.per_page, self.total)
        if number > paginator.num_pages:
            raise PageBeyond(f"page {number} of {paginator.num_pages}")
        return paginator.page(number)

    @property
    def is_beyond(self) -> bool:
        """Whether the address asks for a page that is not there."""
        try:
            return self.page is None
        except PageBeyond:
            return True

    @property
    def is_cut_short(self) -> bool:
        """Whether there are more entries than pages can show."""
        return self.total > LAST_PAGE * self.per_page

    # --- counts -------------------------------------------------------------

    @cached_property
    def tally(self) -> Tally:
        return count_entries(self.all, self.picked)

    @property
    def total(self) -> int:
        return self.tally.total

    @property
    def months(self) -> dict[int, list[int]]:
        """Entries per month of each year, newest first, e.g. `{2024: [31, 22, …]}`; index 12 holds those without
        a month, the year 0 at the end those without a year.
        """
        held = self.tally.months
        return {year: held[year] for year in sorted(held, reverse=True)}

    @cached_property
    def years(self) -> list[Choice]:
        """Years with their counts, newest first."""
        rows = [(year, sum(months)) for year, months in self.months.items()]
        return [self._choice("nam", year, str(year) if year else "Không rõ năm", n, thang="") for year, n in rows]

    @cached_property
    def months_of_year(self) -> list[Choice]:
        """Months of the chosen year that hold anything."""
        counts = self.tally.months.get(self.year, []) if self.year else []
        rows = [((at + 1) % (UNDATED + 1), n) for at, n in enumerate(counts) if n]
        return [self._choice("thang", month, f"Tháng {month}" if month else "Không rõ tháng", n) for month, n in rows]

    @cached_property
    def types(self) -> list[Choice]:
        return self._choices("loai", lambda choice: (-choice.count, sort_key(choice.label)))

    @cached_property
    def units(self) -> list[Choice]:
        """Units by their present names, those the reader may see; one that was renamed counts once."""
        return self._page_choices("don_vi")

    @property
    def is_of_one_unit(self) -> bool:
        """Whether this archive of a unit holds nothing of another one: no row needs to name it."""
        return bool(self.unit_path) and len(self.tally.values["don_vi"]) <= 1

    @cached_property
    def issuers(self) -> list[Choice]:
        return self._choices("co_quan", lambda choice: (-choice.count, sort_key(choice.label)))

    @cached_property
    def fields(self) -> list[Choice]:
        return self._choices(TOPIC, lambda choice: sort_key(choice.label))

    @cached_property
    def campaigns(self) -> list[Choice]:
        """Campaigns that the reader may see himself: a public story does not name an internal one."""
        return self._page_choices("phong_trao")

    @cached_property
    def _pages(self) -> dict[int, NamedPage]:
        """The units and campaigns that are counted or chosen, those the reader may see, in one query."""
        wanted = {pk for name in _PAGES for pk in (*self.tally.values[name], self.picked.get(name, _NO_PAGE))}
        return pages_of_ids(self.user, wanted - {_NO_PAGE})

    def _page_choices(self, name: str) -> list[Choice]:
        counts = {self._pages[pk].key: n for pk, n in self.tally.values[name].items() if pk in self._pages}
        if name in self.chosen:
            counts.setdefault(self.chosen[name], 0)
        choices = [self._choice(name, key, self.label_of(name, key), n) for key, n in counts.items()]
        return sorted(choices, key=lambda choice: sort_key(choice.label))

    def _choices(self, name: str, order) -> list[Choice]:
        counts = dict(self.tally.values[name])
        if name in self.chosen:
            counts.setdefault(self.chosen[name], 0)
        choices = [self._choice(name, value, self.label_of(name, value), n) for value, n in counts.items()]
        return sorted(choices, key=order)

    def label_of(self, name: str, value: Hashable) -> str:
        """How a value reads, e.g. `label_of("don_vi", "phong-dat-dai")` is "Phòng Quản lý đất đai"."""
        if name == TOPIC:
            return str(value)
        if name in _PAGES:
            return next((page.title for page in self._pages.values() if page.key == value), NOT_HELD)
        return self.tally.names.get((name, value)) or NOT_HELD

    def _choice(self, name: str, value: Hashable, label: str, count: int, **changes: str) -> Choice:
        text = UNKNOWN if value == 0 else str(value)
        is_chosen = self.filters.get(name) == text
        address = self.address(**{name: "" if is_chosen else text}, **changes)
        return Choice(text, label, count, is_chosen, address)
