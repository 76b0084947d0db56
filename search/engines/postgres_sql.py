"""Parts of statements for PostgreSQL: who may read, what is chosen, which words must stand in a document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from search.contract import SearchQuery
from search.engines.postgres_tables import GUARDED, Partition
from search.engines.postgres_words import all_of, any_of, clean_words
from search.engines.sql_records import OFFICIAL_KINDS, instant, mark, status_sql
from search.number_hits import AskedNumber

# Each part is one scan of the index: many short ones are quicker than one long one, up to here.
_MOST_PARTS = 8
MARKS = "string_to_array(d.facets, ' ')"
# The same in a form that no index knows: beside words, the index of words alone must be used.
_UNINDEXED_MARKS = "string_to_array(d.facets || '', ' ')"


@dataclass(frozen=True, slots=True)
class Sql:
    """A statement or a part of one, with its parameters in order."""

    text: str
    values: tuple[object, ...] = ()


def joined(sign: str, parts: Iterable[Sql]) -> Sql:
    """Parts with a sign between them, parameters in the same order."""
    held = [part for part in parts if part.text]
    return Sql(sign.join(part.text for part in held), tuple(value for part in held for value in part.values))


@dataclass(frozen=True)
class Words:
    """What the vector of a document must hold: one of `parts`; and in its text, of each of `verified`, one phrase.

    Shape: `parts` are conditions on vectors; without any, every document holds. `verified` are phrases of three
    and more words, whose pairs the parts ask for already.
    """

    parts: tuple[str, ...] = ()
    verified: tuple[tuple[tuple[str, ...], ...], ...] = ()

    @cached_property
    def condition(self) -> Sql:
        """The condition on a row `d`. The words stand in sub-selects, so that the planner does not guess."""
        bundles = [any_of(self.parts[start::_MOST_PARTS]) for start in range(_MOST_PARTS)]
        asked = [Sql("d.words @@ (SELECT %s::tsquery)", (each,)) for each in bundles if each]
        alternatives = joined(" OR ", asked)
        parts = [Sql(f"({alternatives.text})", alternatives.values), *self.checks]
        return joined(" AND ", parts) if asked else Sql("")

    @property
    def checks(self) -> list[Sql]:
        """For each of `verified` the condition on the text."""
        held = [tuple(f" {' '.join(clean_words(words))} " for words in phrases) for phrases in self.verified]
        return [Sql("(" + " OR ".join(["strpos(d.tokens, %s) > 0"] * len(texts)) + ")", texts) for texts in held]


@dataclass(frozen=True)
class Scope:
    """The rows of a partition that a query may reach, before any words.

    Shape: `has_words` says that the rows are sought by words; see `_UNINDEXED_MARKS`.
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
        """What the reader may see now."""
        if self.partition.part != GUARDED:
            return Sql("true")
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
            parts.append(Sql("d.kind = ANY(%s)", (sorted(OFFICIAL_KINDS),)))
        if query.hidden:
            parts.append(Sql("d.key <> ALL(%s)", (sorted(query.hidden),)))
        return joined(" AND ", parts)

    @cached_property
    def chosen(self) -> Sql:
        """One of the chosen values of every facet."""
        marks = _UNINDEXED_MARKS if self.has_words else MARKS
        parts = [
            Sql(f"{marks} && %s::text[]", ([mark(name, value) for value in values],))
            for name, values in self.query.chosen.items()
            if values and name != "status"
        ]
        if statuses := self.query.chosen.get("status"):
            text, values = status_sql(self.query.today)
            parts.append(Sql(f"({text}) = ANY(%s)", (*values, list(statuses))))
        return joined(" AND ", parts) if parts else Sql("true")

    def left_out(self, number: AskedNumber | None) -> Sql:
        """Whether a row is not shown because it has lost its force; what is asked for by its number is shown."""
        if self.keeps_gone:
            return Sql("false")
        gone = Sql("coalesce(d.gone_from <= %s, false)", (self.query.today.toordinal(),))
        if number is None:
            return gone
        numbered = self.numbered(number)
        return Sql(f"({gone.text} AND NOT {numbered.text})", gone.values + numbered.values)

    @staticmethod
    def numbered(number: AskedNumber) -> Sql:
        """Whether all parts of the asked number stand in the row's."""
        return Sql("string_to_array(d.sorted_number, ' ') @> %s::text[]", (list(number.parts),))


def numbers(number: AskedNumber | None) -> str:
    """The parts of a number as a condition on a vector; "" when none is asked for."""
    if number is None or len(clean_words(number.parts)) < len(number.parts):
        return ""
    return all_of(f"'#{part}'" for part in number.parts)
