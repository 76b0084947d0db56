"""How an index of Elasticsearch is laid out, and the fingerprint by which an old layout is told from this one."""

import hashlib
import json

from elasticsearch.dsl import Boolean, Date, Integer, Keyword, Long, Mapping, Object, Text

from search.contract import FACETS
from search.ranking import K1, B

#: What everybody may read at any time, and all else: strangers' counts and weights come from the first alone.
OPEN, GUARDED = PLACES = ("open", "guarded")
#: Text and tokens that are searched but never shown are not kept a second time.
_NOT_KEPT = ["text", "syllables", "starts", "number_starts"]
#: Raised when documents are treated differently, so that an index written before is not written on.
_TREATMENT = 1
_SETTINGS = {
    "number_of_shards": 1,
    "auto_expand_replicas": "0-1",
    "similarity": {"default": {"type": "BM25", "k1": K1, "b": B}},
}


#: While nobody reads: no refresh, and no flush to disk for each batch. None puts the server's default back.
BUILDING = {"refresh_interval": "-1", "translog.durability": "async"}
BUILT = dict.fromkeys(BUILDING)


def index_settings() -> dict:
    """One shard with a copy on a second node where there is one, ready to be filled."""
    return _SETTINGS | BUILDING


def index_mapping() -> dict:
    """The strict mapping with its own fingerprint in `_meta`, e.g. `index_mapping()["_meta"]["layout"]`."""
    layout = _fields().to_dict() | {"dynamic": "strict", "_source": {"excludes": _NOT_KEPT}}
    return layout | {"_meta": {"layout": _digest(layout)}}


def layout_digest() -> str:
    """The fingerprint an index must bear to be written to."""
    return index_mapping()["_meta"]["layout"]


def _digest(layout: dict) -> str:
    said = json.dumps([layout, _SETTINGS, _TREATMENT], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _fields() -> Mapping:
    mapping = Mapping()
    # Title and text as one field, the title twice: what `combined_fields` computes, for the price of one field.
    mapping.field("text", Text(analyzer="whitespace"))
    for name in ("starts", "number_starts", "audiences", "number_parts", "number_sorted", "number_exact"):
        mapping.field(name, Keyword(doc_values=False))
    mapping.field("syllables", Keyword(index=False))
    for name in ("key", "kind", "state_claim"):
        mapping.field(name, Keyword())
    for name in ("opens_at", "closes_at", "sort_at", "issued_on", "state_since", "state_until", "gone_from"):
        mapping.field(name, Date(format="strict_date_optional_time"))
    for name in ("year", "month", "length"):
        mapping.field(name, Integer())
    mapping.field("ordinal", Long())
    for name in ("is_undated", "is_removed"):
        mapping.field(name, Boolean())
    facets = {name: Keyword() for name in FACETS if name != "status"}
    mapping.field("facets", Object(properties=facets, dynamic="strict"))
    for name in ("shown", "ranked"):
        mapping.field(name, Object(enabled=False))
    return mapping
