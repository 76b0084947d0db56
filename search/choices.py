"""What a reader may choose to narrow a search: its kinds as tabs, the values of its facets, each with its address."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from search.asking import Ask
from search.contract import Facet
from search.facet_names import Pair, Row, name_in, names_of
from search.models import KINDS

MOST_CHOICES = 20
TAB_ORDER = ("directive", "campaign", "story", "article", "notice", "unit", "page")


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter, e.g. `Choice("2024", "2024", 12, False, "?q=đất&nam=2024")`."""

    value: str
    label: str
    count: int
    is_chosen: bool
    address: str


class Choices:
    """The choices beside an answer, e.g. `Choices(ask, result.facets).tabs()`."""

    def __init__(self, ask: Ask, counted: Sequence[Facet]):
        self.ask = ask
        self.counted = {facet.name: facet.counts for facet in counted}

    def tabs(self) -> list[Choice]:
        """Kinds with their counts, the first being all of them."""
        counts = dict(self.counted.get("kind", ()))
        rows = [Choice("", "Tất cả", sum(counts.values()), not self.ask.kind, self.ask.with_tab("").address())]
        for kind in TAB_ORDER:
            if counts.get(kind) or kind == self.ask.kind:
                address = self.ask.with_tab(kind).address()
                rows.append(Choice(kind, KINDS[kind], counts.get(kind, 0), kind == self.ask.kind, address))
        return rows

    @property
    def seen(self) -> set[Pair]:
        """Values that stand in what was found."""
        return {(name, value) for name, counts in self.counted.items() for value, _ in counts}

    @cached_property
    def offered(self) -> dict[str, list[tuple[str, int]]]:
        """The values of every facet but the tabs with their counts: the most frequent, and all that are chosen."""
        return {name: self._offered(name) for name in self.counted if name != "kind"}

    @property
    def pairs(self) -> set[Pair]:
        """What is offered, to be named."""
        return {(name, value) for name, counts in self.offered.items() for value, _ in counts}

    def facets(self, rows: Iterable[Row]) -> dict[str, list[Choice]]:
        """The choices of every facet but the tabs, e.g. `{"year": [Choice("2024", …), …]}`; empty ones left out.

        Shape: `rows` tell what names the reader may be given (`search.facet_names.telling`).
        """
        names = names_of(self.pairs, rows, self.seen)
        return {
            name: [self._choice(name, value, count, name_in(names, name, value)) for value, count in counts]
            for name, counts in self.offered.items()
            if counts
        }

    def _offered(self, name: str) -> list[tuple[str, int]]:
        chosen, counts = self.ask.chosen.get(name, ()), list(self.counted[name])
        held = {value for value, _ in counts}
        counts += [(value, 0) for value in chosen if value not in held]
        if name == "year":
            counts.sort(reverse=True)
        return counts[:MOST_CHOICES] + [pair for pair in counts[MOST_CHOICES:] if pair[0] in chosen]

    def _choice(self, name: str, value: str, count: int, label: str) -> Choice:
        is_chosen = value in self.ask.chosen.get(name, ())
        return Choice(value, label, count, is_chosen, self.ask.with_value(name, value).address())
