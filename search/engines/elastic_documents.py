"""A record as Elasticsearch holds it: treated tokens to match, a little text to rank, a line to show."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from search.analysis import RANKED_TOKENS, TreatedText, treat
from search.contract import IndexRecord
from search.number_hits import exact_number
from search.states import gone_from
from search.vietnamese.syllables import pairs

#: Beginnings of words are kept up to this length; what is typed beyond them is cut before it is asked for.
LONGEST_START = 12
#: Numbers are compared up to this length.
LONGEST_NUMBER = 200
#: A token beyond this is no word but a picture in letters; a keyword of 32,766 bytes would be refused.
LONGEST_TOKEN = 64


def tombstone(key: str) -> dict:
    """What stays of a removed record, kept with its version, e.g. `{"key": "page:3", "is_removed": True}`.

    A real deletion is forgotten after a minute; a write that comes later than that must find this.
    """
    return {"key": key, "is_removed": True}


def document(record: IndexRecord) -> dict:
    """The record as a document of the mapping, without values that are empty."""
    treated = treat(record)
    texts = [treated.title.split(), treated.body.split(), treated.attachments.split()]
    parts = treated.number_parts.split()
    fields = {
        "key": record.key,
        "audiences": sorted(record.audiences),
        "opens_at": _moment(record.opens_at),
        "closes_at": _moment(record.closes_at),
        "text": [_with_pairs(tokens) for tokens in (texts[0], *texts, parts) if tokens],
        "syllables": _vocabulary(texts),
        "starts": _title_starts(texts[0]),
        "number_starts": _starts(parts),
        "number_parts": [part for part in parts if len(part) <= LONGEST_TOKEN],
        "number_sorted": " ".join(sorted(parts))[:LONGEST_NUMBER],
        "number_exact": " ".join(exact_number(record.number))[:LONGEST_NUMBER],
        "kind": record.kind,
        "facets": {name: [_whole(value) for value in values] for name, values in record.facets.items() if values},
        "length": sum(map(len, texts)),
        "shown": {name: _whole(getattr(record, name)) for name in ("title", "url", "number", "kind")},
        "ranked": _ranked(treated, [*texts[1], *texts[2], *parts]),
    }
    held = fields | _dates(record)
    return {name: value for name, value in held.items() if value not in (None, "", [], {})}


def _ranked(treated: TreatedText, body: Sequence[str]) -> dict:
    """The text that ranking looks at; of a very long one only the beginning, and that it is one."""
    return {
        "is_part": len(body) > RANKED_TOKENS,
        "title": treated.title,
        "body": " ".join(body[:RANKED_TOKENS]),
        "exact_title": treated.exact_title,
        "exact_body": treated.exact_body,
    }


def _dates(record: IndexRecord) -> dict:
    issued, state = record.issued_on, record.state
    gone = gone_from(state)
    return {
        "issued_on": issued and issued.isoformat(),
        "year": issued and issued.year,
        "month": None if record.is_undated or not issued else issued.month,
        "is_undated": record.is_undated,
        "sort_at": _moment(record.sort_at),
        "ordinal": ordinal(record.key),
        "state_claim": state.claim,
        "state_since": state.since and state.since.isoformat(),
        "state_until": state.until and state.until.isoformat(),
        "gone_from": gone and gone.isoformat(),
    }


def ordinal(key: str) -> int:
    """The number in a key, by which equal dates are ordered: `ordinal("page:12")` is 12."""
    digits = key.rpartition(":")[2]
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 19 else 0


def _moment(moment) -> str | None:
    return moment and moment.isoformat()


def _with_pairs(tokens: Sequence[str]) -> str:
    return " ".join([*tokens, *pairs(tokens)])


def _whole(text: str) -> str:
    """The text without halves of letters, for which a server would refuse the whole batch."""
    return text.encode("utf-8", "replace").decode()


def _vocabulary(texts: Iterable[Sequence[str]]) -> list[str]:
    return [word for word in set().union(*texts) if len(word) <= LONGEST_TOKEN]


def _starts(tokens: Iterable[str]) -> list[str]:
    return sorted({token[:size] for token in tokens for size in range(1, min(len(token), LONGEST_START) + 1)})


def _title_starts(tokens: Sequence[str]) -> list[str]:
    """Beginnings of every word, alone and after the word before it: "thi dua" -> t, th, thi, d, …, thi_d, …"""
    paired = {f"{first}_{start}" for first, second in pairwise(tokens) for start in _starts([second])}
    return [each for each in {*_starts(tokens), *paired} if len(each) <= LONGEST_TOKEN]
