"""Generations of the index: pairs of physical indices behind two names, of which readers know only the names."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from elasticsearch import Elasticsearch

from search.contract import EngineUnavailable
from search.engines.elastic_client import answering
from search.engines.elastic_mapping import PLACES, index_mapping, index_settings, layout_digest

_REBUILD = "run search_rebuild"


@dataclass(frozen=True, slots=True)
class Names:
    """Names of one generation, e.g. `Names("portal-").alias("open")` is `"portal-open"`, what readers ask.

    Shape: with a `generation` the names are of an index that is being built aside.
    """

    prefix: str
    generation: str = ""

    def alias(self, place: str) -> str:
        return f"{self.prefix}{place}-building-{self.generation}" if self.generation else f"{self.prefix}{place}"

    def kept(self, place: str) -> str:
        """The name of the index that was read before."""
        return f"{self.prefix}{place}-kept"

    def index(self, place: str) -> str:
        return f"{self.prefix}{place}-{self.generation}"

    @property
    def aliases(self) -> list[str]:
        return [self.alias(place) for place in PLACES]


class Generations:
    """What is built, read and kept under a prefix, e.g. `Generations(client, "portal-").create()`."""

    def __init__(self, client: Elasticsearch, prefix: str):
        self.client, self.prefix, self.live = client, prefix, Names(prefix)

    def check(self, names: Names) -> None:
        """Refuse a name that stands for no index, or for one laid out by another release."""
        with answering():
            held = self.client.indices.get(index=names.aliases, filter_path="*.mappings._meta,*.aliases").body
        known = {alias: index for index in held.values() for alias in index.get("aliases", {})}
        for alias in names.aliases:
            layout = known.get(alias, {}).get("mappings", {}).get("_meta", {}).get("layout")
            if layout != layout_digest():
                raise EngineUnavailable(f"{alias} is missing or laid out differently: {_REBUILD}")

    def create(self) -> Names:
        """An empty generation with names of its own; what killed rebuilds left behind is removed first."""
        self.remove(self._orphans())
        names = Names(self.prefix, f"{datetime.now(UTC):%Y%m%d%H%M%S}-{secrets.token_hex(3)}")
        with answering():
            for place in PLACES:
                self.client.options(request_timeout=60).indices.create(
                    index=names.index(place),
                    aliases={names.alias(place): {}},
                    mappings=index_mapping(),
                    settings={**index_settings(), "refresh_interval": "-1"},
                )
        return names

    def swap(self, built: Names) -> None:
        """Give the names that readers ask to `built`, in one step; what had them is kept, what was kept goes."""
        held = self._held()
        actions: list[dict] = []
        for place in PLACES:
            actions += _moves(held, self.live.kept(place), None)
            actions += _moves(held, self.live.alias(place), self.live.kept(place))
            actions += _moves({built.index(place): [built.alias(place)]}, built.alias(place), self.live.alias(place))
        former = _indices(held, (self.live.kept(place) for place in PLACES))
        with answering():
            self.client.indices.put_settings(
                index=[built.index(place) for place in PLACES], settings={"index": {"refresh_interval": None}}
            )
            self.client.indices.update_aliases(actions=actions)
        self.remove(former)

    def roll_back(self) -> None:
        """Change what is read and what is kept for each other, in one step."""
        held = self._held()
        actions: list[dict] = []
        for place in PLACES:
            if not _indices(held, [self.live.kept(place)]):
                raise EngineUnavailable(f"no index is kept beside {self.live.alias(place)}: {_REBUILD}")
            actions += _moves(held, self.live.kept(place), self.live.alias(place))
            actions += _moves(held, self.live.alias(place), self.live.kept(place))
        with answering():
            self.client.indices.update_aliases(actions=actions)

    def drop(self, names: Names) -> None:
        """Remove a generation made aside, or all that stands under the prefix when it is the live one."""
        held = self._held()
        self.remove(_indices(held, names.aliases) if names.generation else list(held))

    def remove(self, indices: Iterable[str]) -> None:
        with answering():
            for index in indices:
                self.client.options(request_timeout=60, ignore_status=404).indices.delete(index=index)

    def _held(self) -> dict[str, list[str]]:
        """Physical indices under the prefix with their aliases."""
        patterns = [f"{self.prefix}{place}-*" for place in PLACES]
        with answering():
            found = self.client.indices.get_alias(index=patterns, allow_no_indices=True).body
        return {index: list(entry["aliases"]) for index, entry in found.items()}

    def _orphans(self) -> list[str]:
        wanted = {name for place in PLACES for name in (self.live.alias(place), self.live.kept(place))}
        return [index for index, aliases in self._held().items() if not wanted.intersection(aliases)]


def _indices(held: Mapping[str, list[str]], aliases: Iterable[str]) -> list[str]:
    wanted = set(aliases)
    return [index for index, names in held.items() if wanted.intersection(names)]


def _moves(held: Mapping[str, list[str]], alias: str, new: str | None) -> list[dict]:
    """Take an alias from the indices that bear it and give them `new` instead."""
    actions: list[dict] = []
    for index in _indices(held, [alias]):
        actions.append({"remove": {"index": index, "alias": alias}})
        if new:
            actions.append({"add": {"index": index, "alias": new}})
    return actions
