"""A list of entries by year, kind, unit and field: one path and one rule for every archive of the site."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count, Max, QuerySet
from django.http import Http404

from search.models import Entry, EntryQuerySet
from search.vietnamese.letters import clean

PER_PAGE = 20
LAST_PAGE = 100
FACETS = {"nam": "year", "loai": "type_key", "don_vi": "unit_id", "co_quan": "issuer_key"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter, e.g. `Choice("2024", "2024", 12, True, "?nam=2024")`."""

    value: str
    label: str
    count: int
    is_chosen: bool
    address: str


def read_number(params: Mapping, name: str, lowest: int, highest: int) -> int | None:
    """A whole number of the address, e.g. `?nam=2024`; nonsense counts as not given."""
    text = str(params.get(name, ""))
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        return None
    return int(text) if lowest <= int(text) <= highest else None


def read_text(params: Mapping, name: str, most: int) -> str:
    """A short text of the address without control characters, e.g. `?loai=quyet_dinh`."""
    return clean(str(params.get(name, "")))[:most]


class Archive:
    """The chosen part of the visible entries, its page and the choices that lead further.

    Example: `Archive(Entry.objects.official(), user, {"nam": "2024"}).page`.
    """

    def __init__(self, entries: EntryQuerySet, user, params: Mapping, per_page: int = PER_PAGE):
        self.all = entries.visible_to(user)
        self.params = params
        self.per_page = per_page
        self.year = read_number(params, "nam", 1900, 2100)
        self.month = read_number(params, "thang", 1, 12)
        self.unit = read_number(params, "don_vi", 1, 10**9)
        self.type_key = read_text(params, "loai", 64)
        self.issuer_key = read_text(params, "co_quan", 120)
        self.topic = read_text(params, "linh_vuc", 120).replace("|", "")
        self.is_oldest_first = params.get("sap_xep") == "cu-nhat"

    @property
    def filters(self) -> dict[str, str]:
        """The filters in use as address parameters, e.g. `{"nam": "2024"}`."""
        held = {
            "nam": self.year,
            "thang": self.month,
            "loai": self.type_key,
            "don_vi": self.unit,
            "co_quan": self.issuer_key,
            "linh_vuc": self.topic,
            "sap_xep": "cu-nhat" if self.is_oldest_first else "",
        }
        return {name: str(value) for name, value in held.items() if value}

    @property
    def filter_count(self) -> int:
        """How many filters are in use; the order is not one."""
        return len(self.filters.keys() - {"sap_xep", "q", "muc"})

    @property
    def clear_address(self) -> str:
        """The address of the list without filters."""
        kept = {name: value for name, value in self.filters.items() if name in ("q", "muc")}
        return "?" + urlencode(kept)

    def address(self, **changes: str) -> str:
        """The address of this archive with some filters changed, e.g. `address(nam="2023")`."""
        kept = {name: value for name, value in {**self.filters, **changes}.items() if value}
        return "?" + urlencode(kept)

    @cached_property
    def entries(self) -> QuerySet[Entry]:
        """The entries that pass every filter, in order."""
        rows = self._narrowed(except_for="")
        return rows.oldest() if self.is_oldest_first else rows.newest()

    def _narrowed(self, except_for: str) -> EntryQuerySet:
        rows = self.all
        for name, value in (
            ("nam", self.year),
            ("loai", self.type_key),
            ("don_vi", self.unit),
            ("co_quan", self.issuer_key),
        ):
            if value and name != except_for:
                rows = rows.filter(**{FACETS[name]: value})
        if self.month and except_for != "nam":
            rows = rows.filter(month=self.month)
        if self.topic and except_for != "linh_vuc":
            rows = rows.filter(topics__contains=f"|{self.topic}|")
        return rows

    @cached_property
    def page(self):
        """The page of entries asked for, e.g. `?trang=2`. Errors: Http404 past the end or past page 100."""
        number = read_number(self.params, "trang", 1, LAST_PAGE) or 1
        paginator = Paginator(self.entries.select_related("picture"), self.per_page)
        if number > 1 and number > paginator.num_pages:
            raise Http404
        return paginator.page(number)

    @property
    def total(self) -> int:
        return self.page.paginator.count

    @cached_property
    def years(self) -> list[Choice]:
        """Years with their counts, newest first."""
        rows = self._narrowed("nam").exclude(year=None).values("year").annotate(n=Count("pk")).order_by("-year")
        return [self._choice("nam", str(row["year"]), str(row["year"]), row["n"], thang="") for row in rows]

    @cached_property
    def types(self) -> list[Choice]:
        rows = self._narrowed("loai").exclude(type_key="").values("type_key", "type_name").annotate(n=Count("pk"))
        return [self._choice("loai", r["type_key"], r["type_name"], r["n"]) for r in rows.order_by("-n", "type_name")]

    @cached_property
    def units(self) -> list[Choice]:
        """Units by name; one that was renamed counts once."""
        rows = self._narrowed("don_vi").exclude(unit_id=None).values("unit_id")
        counted = rows.annotate(n=Count("pk"), name=Max("unit_name")).order_by("name")
        return [self._choice("don_vi", str(row["unit_id"]), row["name"], row["n"]) for row in counted]

    @cached_property
    def months(self) -> dict[int, list[int]]:
        """Entries per month of each year, e.g. `{2024: [31, 22, …]}`; index 12 holds those without a month."""
        rows = self.all.exclude(year=None).values("year", "month").annotate(n=Count("pk")).order_by("-year")
        table: dict[int, list[int]] = {}
        for row in rows:
            table.setdefault(row["year"], [0] * 13)[(row["month"] or 13) - 1] += row["n"]
        return table

    def _choice(self, name: str, value: str, label: str, count: int, **changes: str) -> Choice:
        is_chosen = self.filters.get(name) == value
        address = self.address(**{name: "" if is_chosen else value}, **changes)
        return Choice(value, label, count, is_chosen, address)
