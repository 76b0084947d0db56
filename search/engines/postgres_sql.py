"""Parts of statements for PostgreSQL, with their parameters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from search.engines.postgres_words import all_of, any_of, clean_words, phrase

#: Many short scans of the index are quicker than one long one, up to here; each must be planned.
MOST_SCANS = 8


@dataclass(frozen=True, slots=True)
class Sql:
    """A statement or a part of one, with its parameters in order."""

    text: str
    values: tuple[object, ...] = ()

    def within(self, before: str, after: str = "") -> Sql:
        """The same between two texts, e.g. `Sql("d.id > 3").within("NOT (", ")")`."""
        return Sql(f"{before}{self.text}{after}", self.values)


def joined(sign: str, parts: Iterable[Sql]) -> Sql:
    """Parts with a sign between them, parameters in the same order; empty parts are left out."""
    held = [part for part in parts if part.text]
    return Sql(sign.join(part.text for part in held), tuple(value for part in held for value in part.values))


def fetch(statement: Sql) -> list[tuple]:
    """The rows that a statement gives."""
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.values)
        return cursor.fetchall()


@dataclass(frozen=True, slots=True)
class Words:
    """What the vector of a document must hold: one of `parts`; and in its text, of each of `verified`, one phrase.

    Shape: `parts` are conditions on vectors; without any, every document holds. `verified` are phrases of three
    and more words, whose pairs the parts ask for already.
    """

    parts: tuple[str, ...] = ()
    verified: tuple[tuple[tuple[str, ...], ...], ...] = ()

    def condition(self, scans: int = MOST_SCANS) -> Sql:
        """The condition on a row `d`, beside the statement's list of `verified_rows`.

        The words stand in sub-selects: a planner that knew them would, for common ones, read every vector.
        """
        bundles = [any_of(self.parts[start::scans]) for start in range(scans)]
        asked = joined(" OR ", (Sql("d.words @@ (SELECT %s::tsquery)", (each,)) for each in bundles if each))
        return joined(" AND ", [asked.within("(", ")"), self.check]) if asked.text else Sql("")

    @property
    def check(self) -> Sql:
        """The condition on the text alone, empty without phrases to be verified.

        "IS TRUE" keeps the planner from starting there and reading the vector of each row.
        """
        return Sql("(d.id IN (SELECT id FROM verified)) IS TRUE" if self.verified else "")

    @property
    def unverified(self) -> Words:
        """The same without a look at the text."""
        return Words(self.parts)

    def verified_rows(self, rows: str, texts: str, order: str, most: int) -> Sql:
        """The first rows of a table, up to a number, that hold the phrases in their texts; read once for all parts
        of a statement.
        """
        pairs = all_of(any_of(map(phrase, phrases)) for phrases in self.verified)
        sought = [tuple(f" {' '.join(clean_words(words))} " for words in phrases) for phrases in self.verified]
        held = " AND ".join(f"({' OR '.join(['strpos(t.tokens, %s) > 0'] * len(each))})" for each in sought)
        # Sorted before they are looked at, so that looking may end with the last that is needed.
        found = f"SELECT id, newest FROM {rows} d WHERE d.words @@ (SELECT %s::tsquery) ORDER BY {order} OFFSET 0"
        return Sql(
            f"(SELECT id FROM ({found}) d WHERE (SELECT {held} FROM {texts} t WHERE t.id = d.id) LIMIT {most})",
            (pairs, *(text for each in sought for text in each)),
        )
