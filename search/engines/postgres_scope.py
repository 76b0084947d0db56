"""Which rows a query may reach: what the reader may see now, filters, chosen values, what has lost its force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from search.contract import SearchQuery
from search.engines.postgres_sql import Sql, joined
from search.engines.postgres_tables import GUARDED, INDEXED_MARKS, Partition
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
        if self.has_words:
            return joined(" AND ", self._chosen.values())
        marks = (self._marks(name) for name in chosen_names(self.query) if name != "status")
        indexed = [Sql(f"{INDEXED_MARKS} && %s::text[]", (each,)) for each in marks]
        return joined(" AND ", [*indexed, self._chosen.get("status", Sql(""))])

    @cached_property
    def missed(self) -> Sql:
        """The facets of which no chosen value holds, as bits in the order of `chosen_names`."""
        held = enumerate(self._chosen.values())
        bits = joined(" + ", (each.within("CASE WHEN ", f" THEN 0 ELSE {1 << place} END") for place, each in held))
        return bits if bits.text else Sql("0")

    @property
    def _chosen(self) -> dict[str, Sql]:
        """For each facet the condition on a row that is read already, which no index knows."""
        held = {}
        for name in chosen_names(self.query):
            if name == "status":
                values = storable(self.query.chosen[name])
                held[name] = Sql(f"({self.status.text}) = ANY(%s)", (*self.status.values, values))
            else:
                marks = tuple(f" {each} " for each in self._marks(name))
                held[name] = Sql(f"({' OR '.join(['strpos(d.marks, %s) > 0'] * len(marks))})", marks)
        return held

    def _marks(self, name: str) -> list[str]:
        return [mark(name, value) for value in self.query.chosen[name]]

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


def chosen_names(query: SearchQuery) -> tuple[str, ...]:
    """The facets of which values are chosen."""
    return tuple(name for name, values in query.chosen.items() if values)


def numbers(number: AskedNumber | None) -> str:
    """The parts of a number as a condition on a vector; "" when none is asked for."""
    if number is None or len(clean_words(number.parts)) < len(number.parts):
        return ""
    return all_of(f"'#{part}'" for part in number.parts)


def storable(texts: Iterable[str]) -> list[str]:
    """Texts in order, without what no text of the database can hold: NUL and halves of surrogate pairs."""
    return sorted(text.replace("\0", "").encode("utf-8", "ignore").decode() for text in texts)
