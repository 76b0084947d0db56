"""Files of documents and of queries whose answers are known."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from search.contract import IndexRecord
from search.vietnamese.letters import fold
from search.visibility import PUBLIC

Read = TypeVar("Read")

READERS = frozenset({PUBLIC})


class UnreadableSet(ValueError):
    """A file, or a line of it, that cannot be read; the message says which and what it should hold."""


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """A query and the documents that answer it, e.g. `JudgedQuery("Ai được khen thưởng?", frozenset({"d-7"}))`."""

    text: str
    relevant: frozenset[str]


def read_corpus(path: Path) -> Iterator[IndexRecord]:
    """The documents of a file, one JSON object a line: id, title, body; perhaps number, kind, issued_on.

    Errors: `UnreadableSet`.
    """
    return _read(path, _record, "id, title, body; nếu có: number, kind, issued_on dạng 2024-03-05")


def read_queries(path: Path, strip_accents: bool = False) -> list[JudgedQuery]:
    """The queries of a file, one JSON object a line: text and rel, the ids of the documents that answer it.

    Errors: `UnreadableSet`.
    """

    def query(row: dict) -> JudgedQuery:
        text = fold(row["text"]) if strip_accents else row["text"]
        return JudgedQuery(text, frozenset(map(str, row["rel"])))

    return list(_read(path, query, "id, text, rel là danh sách id của văn bản"))


def _record(row: dict) -> IndexRecord:
    kind, issued_on = row.get("kind") or "", row.get("issued_on")
    return IndexRecord(
        key=str(row["id"]),
        version=1,
        audiences=READERS,
        title=row.get("title") or "",
        body=row.get("body") or "",
        number=row.get("number") or "",
        kind=kind,
        issued_on=date.fromisoformat(issued_on) if issued_on else None,
        facets={"kind": (kind,)} if kind else {},
    )


def _read(path: Path, made: Callable[[dict], Read], wanted: str) -> Iterator[Read]:
    for place, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        try:
            row = made(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            told = f"Dòng {place} của {path} không đọc được. Mỗi dòng phải là một đối tượng JSON có {wanted}."
            raise UnreadableSet(told) from error
        yield row


def _lines(path: Path) -> Iterator[str]:
    try:
        with path.open(encoding="utf-8-sig") as lines:
            yield from lines
    except OSError as error:
        raise UnreadableSet(f"Không mở được {path}: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise UnreadableSet(f"{path} không phải chữ UTF-8.") from error
