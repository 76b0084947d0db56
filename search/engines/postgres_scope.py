"""Which rows a query may reach: what the reader may see now, filters, chosen values, what has lost its force."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from search.contract import SearchQuery
from search.engines.postgres_sql import Sql, joined
from search.engines.postgres_tables import GUARDED, Partition, sets_table
from search.engines.postgres_words import all_of, clean_words
from search.engines.sql_records import instant, mark, status_sql
from search.number_hits import AskedNumber


@dataclass(frozen=True)
class Scope:
    """The rows `d` of a partition that a query may reach, before any words.

    Shape: `has_words` says that the rows are sought by words; then no other index is to be used.
    """

    partition: Partition
    query: SearchQuery
    has_words: bool = True

    @property
    def part(self) -> int:
        """0 for the open part, 1 for the guarded one."""
        return int(self.partition.part == GUARDED)

    @property
    def keeps_gone(self) -> bool:
        return self.query.with_gone or bool(self.query.chosen.get("status"))

    @cached_property
    def readable(self) -> Sql:
        """What the reader may see now; everybody sees all of the open part."""
        if self.partition.part != GUARDED:
            return Sql("")
        readers = [mark("reader", token) for token in sorted(self.query.audiences)]
        now = instant(self.query.now)
        return Sql(
            "d.audiences && %s::text[] AND (d.opens_at IS NULL OR d.opens_at <= %s)"
            " AND (d.closes_at IS NULL OR d.closes_at > %s)",
            (readers, now, now),
        )

    @cached_property
    def bounded(self) -> Sql:
        """Filters that no facet is counted without: dates, month, official, hidden by the office."""
        query = self.query
        parts = [self.readable]
        if query.since:
            parts.append(Sql("d.issued_on >= %s", (query.since.toordinal(),)))
        if query.until:
            parts.append(Sql("d.issued_on <= %s", (query.until.toordinal(),)))
        if query.month:
            parts.append(Sql("d.month = %s", (query.month,)))
        if query.official_only:
            parts.append(Sql("d.is_official"))
        if query.hidden:
            parts.append(Sql("d.key <> ALL(%s)", (storable(query.hidden),)))
        return joined(" AND ", parts)

    @cached_property
    def chosen(self) -> Sql:
        """One of the chosen values of every facet."""
        parts = []
        if any(_chosen_marks(self.query)):
            sets = "d.set_id IN (SELECT id FROM chosen)"
            parts.append(Sql(f"({sets}) IS TRUE" if self.has_words else sets))
        if statuses := self.query.chosen.get("status"):
            status = self.status
            parts.append(Sql(f"({status.text}) = ANY(%s)", (*status.values, storable(statuses))))
        return joined(" AND ", parts)

    @property
    def status(self) -> Sql:
        """The status of a row today."""
        text, values = status_sql(self.query.today)
        return Sql(text, tuple(values))

    def left_out(self, is_numbered: bool) -> Sql:
        """Whether a row is not shown because it has lost its force; what is asked for by its number is shown."""
        if self.keeps_gone:
            return Sql("false")
        gone = Sql("coalesce(d.gone_from <= %s, false)", (self.query.today.toordinal(),))
        return gone.within("(", " AND d.id NOT IN (SELECT id FROM numbered))") if is_numbered else gone


def chosen_sets(generation: str, query: SearchQuery) -> Sql:
    """The sets that hold one of the chosen values of every facet; empty when nothing is chosen."""
    values = tuple(list(marks) for marks in _chosen_marks(query))
    if not values:
        return Sql("")
    held = " AND ".join(["string_to_array(marks, ' ') && %s::text[]"] * len(values))
    return Sql(f"SELECT id FROM {sets_table(generation)} WHERE {held}", values)


def _chosen_marks(query: SearchQuery) -> Iterator[list[str]]:
    for name, values in query.chosen.items():
        if values and name != "status":
            yield [mark(name, value) for value in values]


def numbers(number: AskedNumber | None) -> str:
    """The parts of a number as a condition on a vector; "" when none is asked for."""
    if number is None or len(clean_words(number.parts)) < len(number.parts):
        return ""
    return all_of(f"'#{part}'" for part in number.parts)


def storable(texts) -> list[str]:
    """Texts in order, without what no text of the database can hold: NUL and halves of surrogate pairs."""
    return sorted(text.replace("\0", "").encode("utf-8", "ignore").decode() for text in texts)
