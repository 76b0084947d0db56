"""Which rows of a partition a query is about: the expression for the full text and the conditions beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from search.contract import SearchQuery
from search.engines import sqlite_match as match
from search.engines.sql_records import day_place, first_place, instant, status_sql
from search.engines.sqlite_tables import GUARDED, Partition
from search.engines.sqlite_writing import DAY_BITS
from search.number_hits import AskedNumber
from search.visibility import PUBLIC


@dataclass(frozen=True, slots=True)
class Sql:
    """A statement or a part of one, with its parameters in order."""

    text: str
    values: tuple[object, ...] = ()


def joined(separator: str, parts: Sequence[Sql]) -> Sql:
    """Parts in order, their parameters too."""
    values = tuple(value for part in parts for value in part.values)
    return Sql(separator.join(part.text for part in parts), values)


@dataclass(frozen=True, slots=True)
class Scope:
    """The rows of one partition, e.g. `Scope(partition, query).rows('"dat dai"')` after FROM and WHERE.

    Shape: `but` names a facet whose chosen values are left out of account. With `number`, what is found by its
    number is let in besides the words, whatever has become of the document.
    """

    partition: Partition
    query: SearchQuery
    but: str = ""

    @property
    def keeps_gone(self) -> bool:
        has_status = bool(self.query.chosen.get("status")) and self.but != "status"
        return self.query.with_gone or has_status

    @property
    def may_weigh(self) -> bool:
        """Whether weights of the full text may be used: those of guarded documents are no strangers' business."""
        return self.partition.part != GUARDED or not self.query.audiences <= {PUBLIC}

    def expression(self, words: str, number: AskedNumber | None = None, only_gone: bool = False) -> str:
        """The full-text expression for words, or for everything, within the filters."""
        held = words or match.everything()
        if only_gone:
            held = match.all_of([held, match.gone()])
        elif not self.keeps_gone:
            held = match.without(held, match.gone())
        if number:
            held = match.any_of([held, match.numbered(number.parts)])
        return self.within(held)

    def readable(self, words: str) -> str:
        """An expression narrowed to the reader alone, no filter applied."""
        guarded = self.partition.part == GUARDED
        return match.all_of([words, match.readers(self.query.audiences) if guarded else ""])

    def within(self, expression: str) -> str:
        """An expression narrowed by the filters and to the reader."""
        readers = match.readers(self.query.audiences) if self.partition.part == GUARDED else ""
        return match.all_of([expression, match.filters(self.query, self.but), readers])

    def rows(self, matched: Sql, number: AskedNumber | None = None, keeps_gone: bool | None = None) -> Sql:
        """FROM and WHERE of the rows that an expression, itself given as SQL, finds."""
        keeps = self.keeps_gone if keeps_gone is None else keeps_gone
        words, documents = self.partition.words, self.partition.documents
        conditions = [Sql(f"{words} MATCH {matched.text}", matched.values), *self._dates(), *self._hidden()]
        if not keeps:
            conditions.append(self._not_ended(number))
        on_document = [*self._window(), *self._status()]
        join = f" CROSS JOIN {documents} d ON d.id = {words}.rowid" if on_document else ""
        where = joined(" AND ", [*conditions, *on_document])
        return Sql(f"FROM {words}{join} WHERE {where.text}", where.values)

    def unfiltered(self, matched: Sql) -> Sql:
        """FROM and WHERE of all that the reader may see, whatever was chosen."""
        words, documents = self.partition.words, self.partition.documents
        on_document = self._window()
        join = f" CROSS JOIN {documents} d ON d.id = {words}.rowid" if on_document else ""
        where = joined(" AND ", [Sql(f"{words} MATCH {matched.text}", matched.values), *on_document])
        return Sql(f"FROM {words}{join} WHERE {where.text}", where.values)

    def ended(self) -> Sql:
        """Ids of those that have lost their force since they were written."""
        return Sql(f"SELECT id FROM {self.partition.documents} WHERE ends_on <= %s", (self.query.today.toordinal(),))

    def _not_ended(self, number: AskedNumber | None) -> Sql:
        words, ended = self.partition.words, self.ended()
        if not number:
            return Sql(f"{words}.rowid NOT IN ({ended.text})", ended.values)
        return Sql(
            f"({words}.rowid NOT IN ({ended.text})"
            f" OR {words}.rowid IN (SELECT rowid FROM {words} WHERE {words} MATCH %s))",
            (*ended.values, self.within(match.numbered(number.parts))),
        )

    def _dates(self) -> list[Sql]:
        since, until, words = self.query.since, self.query.until, self.partition.words
        if not since and not until:
            return []
        lowest = first_place(since) if since else 1
        bounds = [Sql(f"{words}.rowid >= %s", (lowest << DAY_BITS,))]
        if until:
            bounds.append(Sql(f"{words}.rowid < %s", (day_place(until) + 1 << DAY_BITS,)))
        return bounds

    def _hidden(self) -> list[Sql]:
        hidden = sorted(self.query.hidden)
        if not hidden:
            return []
        places = ", ".join(["%s"] * len(hidden))
        documents = self.partition.documents
        sql = f"{self.partition.words}.rowid NOT IN (SELECT id FROM {documents} WHERE key IN ({places}))"
        return [Sql(sql, tuple(hidden))]

    def _window(self) -> list[Sql]:
        if self.partition.part != GUARDED:
            return []
        now = instant(self.query.now)
        return [
            Sql("(d.opens_at IS NULL OR d.opens_at <= %s)", (now,)),
            Sql("(d.closes_at IS NULL OR d.closes_at > %s)", (now,)),
        ]

    def _status(self) -> list[Sql]:
        chosen = self.query.chosen.get("status", ())
        if not chosen or self.but == "status":
            return []
        status, values = status_sql(self.query.today)
        return [Sql(f"({status}) IN ({', '.join(['%s'] * len(chosen))})", (*values, *chosen))]
