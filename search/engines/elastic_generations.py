"""Generations of the index: pairs of physical indices behind two names, of which readers know only the names."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from elasticsearch import Elasticsearch

from search.contract import EngineUnavailable
from search.engines.elastic_client import BUILDING_SECONDS, answering
from search.engines.elastic_mapping import BUILT, OPEN, PLACES, index_mapping, index_settings, layout_digest

_REBUILD = "run search_rebuild"


@dataclass(frozen=True, slots=True)
class Names:
    """Names of one generation, e.g. `Names("portal-").alias("open")` is `"portal-open"`, what readers ask.

    Shape: `role` is "" for what is read, "-kept" for what was read before, "-building-…" for what is made aside.
    """

    prefix: str
    role: str = ""

    def alias(self, place: str) -> str:
        return f"{self.prefix}{place}{self.role}"

    @property
    def aliases(self) -> list[str]:
        return [self.alias(place) for place in PLACES]

    @property
    def is_live(self) -> bool:
        return not self.role


_KEPT, _BUILDING = "-kept", "-building-"


@dataclass(frozen=True, slots=True)
class _Index:
    """A physical index: the names it goes by and the layout it was made with."""

    aliases: tuple[str, ...]
    layout: str

    @classmethod
    def read(cls, index: Mapping) -> "_Index":
        return cls(tuple(index.get("aliases", ())), index.get("mappings", {}).get("_meta", {}).get("layout", ""))


class Generations:
    """What is built, read and kept under a prefix, e.g. `Generations(client, "portal-").create()`."""

    def __init__(self, client: Elasticsearch, prefix: str):
        self.client, self.prefix = client, prefix
        self.patient = client.options(request_timeout=BUILDING_SECONDS)
        self.live, self.kept = Names(prefix), Names(prefix, _KEPT)

    def written(self, names: Names) -> list[Names]:
        """The generation itself; with the live one also those that may follow it, so that they miss no change.

        Errors: `EngineUnavailable` when a name stands for no index, or for one laid out by another release.
        """
        held = self._held()
        ready = {alias for index in held.values() if index.layout == layout_digest() for alias in index.aliases}
        for alias in names.aliases:
            if alias not in ready:
                raise EngineUnavailable(f"{alias} is missing or laid out differently: {_REBUILD}")
        if not names.is_live:
            return [names]
        start = self.live.alias(OPEN)
        roles = [alias.removeprefix(start) for alias in sorted(ready) if alias.startswith(start) and alias != start]
        followers = [Names(self.prefix, role) for role in roles]
        return [names, *(each for each in followers if ready.issuperset(each.aliases))]

    def create(self) -> Names:
        """An empty generation with names of its own; what killed rebuilds left behind is removed first."""
        self.remove(self._orphans())
        name = f"{datetime.now(UTC):%Y%m%d%H%M%S}-{secrets.token_hex(3)}"
        names = Names(self.prefix, f"{_BUILDING}{name}")
        with answering():
            for place in PLACES:
                self.patient.indices.create(
                    index=f"{self.prefix}{place}-{name}",
                    aliases={names.alias(place): {}},
                    mappings=index_mapping(),
                    settings=index_settings(),
                )
        return names

    def swap(self, built: Names) -> None:
        """Give the names that readers ask to `built`, in one step; what had them is kept, what was kept goes."""
        held = self._held()
        # An index may bear a name itself, when something else than this engine wrote while there was none.
        actions: list[dict] = [{"remove_index": {"index": name}} for name in self.live.aliases if name in held]
        actions += _moves(held, self.kept, None) + _moves(held, self.live, self.kept) + _moves(held, built, self.live)
        with answering():
            names = _indices(held, built.aliases)
            self.patient.indices.put_settings(index=names, settings={"index": BUILT})
            self.patient.indices.flush(index=names, wait_if_ongoing=True)
            self.patient.indices.update_aliases(actions=actions)
        self.remove(_indices(held, self.kept.aliases))
        self.merge(self.live, waits=False)

    def roll_back(self) -> None:
        """Change what is read and what is kept for each other, in one step."""
        held = self._held()
        if len(_indices(held, self.kept.aliases)) < len(PLACES):
            raise EngineUnavailable(f"no index is kept beside {self.live.alias(OPEN)}: {_REBUILD}")
        with answering():
            self.patient.indices.update_aliases(
                actions=_moves(held, self.kept, self.live) + _moves(held, self.live, self.kept)
            )

    def merge(self, names: Names, waits: bool) -> None:
        """Make one piece of the many that filling leaves behind, which halves the cost of a search."""
        with answering():
            self.patient.indices.forcemerge(index=names.aliases, max_num_segments=1, wait_for_completion=waits)

    def drop(self, names: Names) -> None:
        """Remove a generation made aside, or all that stands under the prefix when it is the live one."""
        held = self._held()
        self.remove(list(held) if names.is_live else _indices(held, names.aliases))

    def remove(self, indices: Iterable[str]) -> None:
        with answering():
            for index in indices:
                self.patient.options(ignore_status=404).indices.delete(index=index)

    def _held(self) -> dict[str, _Index]:
        """Physical indices under the prefix, and whatever bears a name that should be an alias."""
        patterns = [*self.live.aliases, *(f"{self.prefix}{place}-*" for place in PLACES)]
        with answering():
            found = self.client.indices.get(
                index=patterns, ignore_unavailable=True, filter_path="*.aliases,*.mappings._meta"
            ).body
        return {name: _Index.read(index) for name, index in found.items()}

    def _orphans(self) -> list[str]:
        wanted = {*self.live.aliases, *self.kept.aliases}
        return [name for name, index in self._held().items() if not wanted.intersection({*index.aliases, name})]


def _indices(held: Mapping[str, _Index], aliases: Iterable[str]) -> list[str]:
    wanted = set(aliases)
    return [name for name, index in held.items() if wanted.intersection(index.aliases)]


def _moves(held: Mapping[str, _Index], old: Names, new: Names | None) -> list[dict]:
    """Take the names `old` from the indices that bear them and give them those of `new` instead."""
    actions: list[dict] = []
    for place in PLACES:
        for index in _indices(held, [old.alias(place)]):
            actions.append({"remove": {"index": index, "alias": old.alias(place)}})
            if new:
                actions.append({"add": {"index": index, "alias": new.alias(place)}})
    return actions
