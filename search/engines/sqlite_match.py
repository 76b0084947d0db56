"""Expressions for the full text of SQLite, made only of folded words between quotation marks and of marks.

Nothing a person typed gets in here but letters and digits that `search.vietnamese` has parted.
"""

from collections.abc import Iterable, Sequence

from search.contract import SearchQuery
from search.engines.sql_records import ALL, GONE, OFFICIAL, mark
from search.query_plan import Phrase, QueryPlan

#: Matches no document: no text and no mark holds it.
NOTHING = '"nothing_"'
#: These are the marks of others than the facets that are stored.
_UNMARKED = ("status",)


def phrase(words: Phrase) -> str:
    """One phrase: ("thi", "dua") -> '"thi dua"'."""
    return '"' + " ".join(words) + '"'


def any_of(parts: Iterable[str]) -> str:
    """Alternatives, each an expression: '(a OR b)'; '' when there are none."""
    held = list(dict.fromkeys(part for part in parts if part))
    return f"({' OR '.join(held)})" if len(held) > 1 else "".join(held)


def all_of(parts: Iterable[str]) -> str:
    """Conditions that must all hold: '(a AND b)'; '' when there are none."""
    held = list(dict.fromkeys(part for part in parts if part))
    return f"({' AND '.join(held)})" if len(held) > 1 else "".join(held)


def without(expression: str, left_out: str) -> str:
    return f"({expression} NOT {left_out})"


def strict(plan: QueryPlan) -> str:
    """A pair of the query or all of its words, and what was quoted."""
    apart = [] if plan.is_told_by_pairs else [together(plan)]
    return all_of([any_of([*map(phrase, plan.pairs), *apart]), *map(phrase, plan.phrases)])


def together(plan: QueryPlan) -> str:
    """All words of the query, wherever they stand."""
    return all_of(any_of(map(phrase, group)) for group in plan.groups)


def wide(plan: QueryPlan) -> str:
    """Any word of the query, and what was quoted; pairs find nothing more, but weigh."""
    return all_of([any_of(map(phrase, (*plan.wide, *plan.pairs))), *map(phrase, plan.phrases)])


def numbered(parts: Sequence[str]) -> str:
    """All parts in the number of the document, in whatever order."""
    return f"numbers : ({' AND '.join(phrase((part,)) for part in dict.fromkeys(parts))})"


def filters(query: SearchQuery, but: str = "") -> str:
    """The chosen values of every facet, the month and the official, `but` one facet left out."""
    chosen = [
        any_of(_quoted(mark(name, value)) for value in values)
        for name, values in query.chosen.items()
        if name not in (*_UNMARKED, but) and values
    ]
    month = _quoted(mark("month", str(query.month))) if query.month else ""
    return all_of([*chosen, month, _quoted(OFFICIAL) if query.official_only else ""])


def readers(audiences: Iterable[str]) -> str:
    """One of the reader's tokens must open the document."""
    return any_of(_quoted(mark("reader", token)) for token in sorted(audiences)) or NOTHING


def everything() -> str:
    return _quoted(ALL)


def gone() -> str:
    return _quoted(GONE)


def _quoted(word: str) -> str:
    return f'"{word}"'


def in_title(expression: str) -> str:
    """The same in the title alone."""
    return f"title : ({expression})"
