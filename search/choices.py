"""What a reader may choose to narrow a search: its kinds as tabs, the values of its facets, each with its address."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from search.asking import Ask
from search.contract import Facet
from search.labels import labels_of
from search.models import KINDS, Entry
from search.named_pages import KINDS_OF, pages_of_keys
from search.states import LABELS

MOST_CHOICES = 20
# Facets whose names are told apart from their values, with the column that holds the value.
_COLUMNS = {"type": "type_key", "issuer": "issuer_key"}
# Facets whose values have names that are kept; the others read as they stand or by the rules of status.
_NAMED = ("type", "issuer", "field", "tag")
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
    """The choices beside an answer, e.g. `Choices(user, ask, result.facets).tabs()`."""

    def __init__(self, user, ask: Ask, counted: Sequence[Facet]):
        self.user, self.ask = user, ask
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

    def facets(self) -> dict[str, list[Choice]]:
        """The choices of every facet but the tabs, e.g. `{"year": [Choice("2024", …), …]}`; empty ones left out."""
        counted = {name: list(counts) for name, counts in self.counted.items() if name != "kind"}
        for name, values in self.ask.chosen.items():
            if name in counted:
                held = {value for value, _ in counted[name]}
                counted[name] += [(value, 0) for value in values if value not in held]
        kept = ((name, value) for name, counts in counted.items() if name in _NAMED for value, _ in counts)
        labels = labels_of(set(kept) - self._unseen()) | self._page_labels(counted)
        named = {name: self._choices(name, counts, labels) for name, counts in counted.items()}
        return {name: choices for name, choices in named.items() if choices}

    def _unseen(self) -> set[tuple[str, str]]:
        """Chosen values that nothing holds which the reader may see: their names are not for this reader."""
        counted = {(name, value) for name in _COLUMNS for value, _ in self.counted.get(name, ())}
        chosen = {(name, value) for name in _COLUMNS for value in self.ask.chosen.get(name, ())}
        return _unseen_of(self.user, chosen - counted)

    def _page_labels(self, counted: dict[str, list[tuple[str, int]]]) -> dict[tuple[str, str], str]:
        """Present titles of the counted units and campaigns, of those that the reader may see."""
        return _page_labels(self.user, {name: [value for value, _ in counted.get(name, ())] for name in KINDS_OF})

    def _choices(self, name: str, counts: list[tuple[str, int]], labels: dict) -> list[Choice]:
        chosen = self.ask.chosen.get(name, ())
        if name == "year":
            counts = sorted(counts, reverse=True)
        kept = [pair for pair in counts if pair[0] in chosen]
        kept = (counts[:MOST_CHOICES] + [pair for pair in kept if pair not in counts[:MOST_CHOICES]]) if counts else []
        return [
            Choice(
                value,
                label_in(labels, name, value),
                count,
                value in chosen,
                self.ask.with_value(name, value).address(),
            )
            for value, count in kept
        ]


def labels_for(user, asks: Iterable[Ask]) -> dict[tuple[str, str], str]:
    """Names of what searches choose, of those for this reader, e.g. `{("type", "bao_cao"): "Báo cáo"}`.

    Shape: as many queries for a hundred searches as for one, four at most; `label_in` reads the names.
    """
    chosen = {(name, value) for ask in asks for name, values in ask.chosen.items() for value in values}
    named = {pair for pair in chosen if pair[0] in _NAMED}
    pages = {facet: [value for name, value in chosen if name == facet] for facet in KINDS_OF}
    return labels_of(named - _unseen_of(user, named)) | _page_labels(user, pages)


def label_in(labels: Mapping[tuple[str, str], str], name: str, value: str) -> str:
    """How a value of a facet reads, e.g. `label_in({}, "year", "2024")` is "2024"; without a name it is the value."""
    if name == "status":
        return LABELS[value][0]
    if name == "attachment":
        return "Có tệp đính kèm"
    return labels.get((name, value), value)


def _unseen_of(user, pairs: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """The pairs of kinds and issuers that nothing holds which the reader may see."""
    unseen = set()
    for name, column in _COLUMNS.items():
        if values := {value for facet, value in pairs if facet == name}:
            seen = Entry.objects.visible_to(user).filter(**{f"{column}__in": values}).order_by()
            unseen |= {(name, value) for value in values.difference(seen.values_list(column, flat=True).distinct())}
    return unseen


def _page_labels(user, wanted: Mapping[str, Iterable[str]]) -> dict[tuple[str, str], str]:
    return {pair: page.title for pair, page in pages_of_keys(user, wanted).items()}
