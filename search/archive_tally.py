"""Exact counts of an archive in one pass over its entries, whatever is chosen."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Count

from search.models import EntryQuerySet

#: Parameter of the address -> column; the year and the month are counted together, by `Tally.months`.
COLUMNS = {"loai": "type_key", "don_vi": "unit_id", "co_quan": "issuer_key", "phong_trao": "campaign_id"}
TOPIC = "linh_vuc"
TIME = "nam"
UNDATED = 12
_NAMES = {"loai": "type_name", "don_vi": "unit_name", "co_quan": "issuer_name"}
_AT_ONCE = 2000
_Chosen = Mapping[str, Hashable]


@dataclass(slots=True)
class Tally:
    """How many entries each choice would leave, every filter counted as if nothing were chosen in it.

    Shape: `months` maps a year (0: none is known) to twelve counts and, at `UNDATED`, those without a month;
    `values` maps a parameter to its counts; `names` tells how a value read when it was last used; `total` passes
    all filters, `whole` none.
    """

    total: int = 0
    whole: int = 0
    first_year: int = 0
    months: dict[int, list[int]] = field(default_factory=dict)
    values: dict[str, Counter] = field(default_factory=lambda: {name: Counter() for name in (*COLUMNS, TOPIC)})
    names: dict[tuple[str, Hashable], tuple[int, str]] = field(default_factory=dict)

    def name_of(self, parameter: str, value: Hashable) -> str:
        return self.names.get((parameter, value), (0, ""))[1]


def count_entries(entries: EntryQuerySet, chosen: _Chosen) -> Tally:
    """The tally of the entries under what is chosen, in one query.

    Example: `count_entries(Entry.objects.visible_to(user), {"nam": 2024, "loai": "chi_thi"}).total`. A year or
    month of 0 asks for entries that have none.
    """
    keys = ("year", "month", *COLUMNS.values(), "topics")
    rows = entries.order_by().values_list(*keys, *_NAMES.values()).annotate(n=Count("pk"))
    tally = Tally()
    topics_of: dict[str, list[str]] = {}
    for year, month, *values, topics, type_name, unit_name, issuer_name, n in rows.iterator(_AT_ONCE):
        if topics not in topics_of:
            topics_of[topics] = [topic for topic in topics.split("|") if topic]
        row = dict(zip(COLUMNS, values, strict=True)) | {TOPIC: topics_of[topics]}
        _add(tally, (year or 0, month or 0), row, n, _missed(chosen, year or 0, month or 0, row))
        _note_names(tally, year or 0, row, (type_name, unit_name, issuer_name))
    return tally


def _missed(chosen: _Chosen, year: int, month: int, row: Mapping) -> list[str]:
    """The filters that an entry does not pass, the year and the month as one."""
    is_outside = chosen.get("nam", year) != year or chosen.get("thang", month) != month
    missed = [TIME] if is_outside else []
    missed += [name for name in COLUMNS if name in chosen and chosen[name] != row[name]]
    if TOPIC in chosen and chosen[TOPIC] not in row[TOPIC]:
        missed.append(TOPIC)
    return missed


def _add(tally: Tally, when: tuple[int, int], row: Mapping, n: int, missed: list[str]) -> None:
    """Count an entry in all filters when it passes, and in the one filter that alone keeps it out."""
    year, month = when
    tally.whole += n
    if year and (not tally.first_year or year < tally.first_year):
        tally.first_year = year
    if len(missed) > 1:
        return
    if not missed:
        tally.total += n
    if missed in ([], [TIME]):
        tally.months.setdefault(year, [0] * 13)[month - 1 if month else UNDATED] += n
    for name in missed or (*COLUMNS, TOPIC):
        for value in _values(row, name):
            tally.values[name][value] += n


def _values(row: Mapping, name: str) -> Iterable[Hashable]:
    if name == TIME:
        return ()
    return row[name] if name == TOPIC else [row[name]] if row[name] else []


def _note_names(tally: Tally, year: int, row: Mapping, names: tuple[str, ...]) -> None:
    for parameter, name in zip(_NAMES, names, strict=True):
        key = (parameter, row[parameter])
        if name and tally.names.get(key, (-1, "")) < (year, name):
            tally.names[key] = (year, name)
