"""How fast an engine is: made-up documents put into a throw-away index, kinds of queries asked of it."""

import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from itertools import islice

from django.db import connection
from django.utils import timezone

from search.contract import FACETS, PHRASE, SearchEngine, SearchQuery
from search.evaluation import percentile
from search.sample_documents import sample_documents
from search.visibility import PUBLIC
from search.wording import understand

_BATCH = 500
#: Everything is asked before the clock runs until so many rounds in a row were no quicker than the best one, but
#: not more often than the second number: a server of Java has to learn what is asked of it.
_SETTLED, _MOST_WARMING = 4, 40
#: A round counts as quicker when it took no more than this share of the best one.
_QUICKER = 0.97
_READERS = frozenset({PUBLIC})
#: Kinds of queries, each with what is typed: short ones, as most people type them, and one long question.
QUERIES: Mapping[str, Sequence[str]] = {
    "common": ("kế hoạch", "quản lý", "đất đai", "thi đua", "tổ chức thực hiện", "công tác", "quyết định"),
    "rare": ("Yến", "kiểm lâm", "H' Oanh", "bản Nà Pheo", "xã Ea Tul", "bụi mịn tiếng ồn", "khí tượng thủy văn"),
    "number": ("15/2019/QĐ-UBND", "120 KH STNMT", "ct-tu 7", "2500/2012/CV-STNMT", "nq 33/2020"),
    "phrase": ("quyền sử dụng", "giải phóng mặt bằng", "biến đổi khí hậu", "khu công nghiệp"),
    "facet": ("kế hoạch", "đất đai", "môi trường", "hồ sơ"),
    "archive": ("",),
    "question": (
        "Hộ gia đình được hỗ trợ tái định cư khi nhà nước thu hồi giấy chứng nhận quyền sử dụng đất do cơ quan nào"
        " giải quyết",
    ),
}


def measure(engine: SearchEngine, documents: int, rounds: int = 5) -> dict[str, object]:
    """Build rate, size and the times of every kind of query, e.g. `measure(engine, 1000)["documents_per_second"]`.

    Units: milliseconds; megabytes. Size is 0 where the engine's server does not tell.
    """
    built = engine.aside()
    try:
        before = _database_bytes()
        seconds = _fill(built, documents)
        size = max(0, _database_bytes() - before) / 1e6
        _warm(built)
        return {
            "engine": engine.name,
            "documents": documents,
            "documents_per_second": round(documents / seconds, 1),
            "index_mb": round(size, 1),
            "queries": {kind: _times(built, kind, texts, rounds) for kind, texts in QUERIES.items()},
        }
    finally:
        built.drop()


def _fill(engine: SearchEngine, documents: int) -> float:
    """Seconds that the engine took; those of making up the documents do not count."""
    seconds = 0.0
    with closing(sample_documents(documents)) as records:
        while batch := list(islice(records, _BATCH)):
            start = time.perf_counter()
            engine.put(batch)
            seconds += time.perf_counter() - start
    return seconds


def _warm(engine: SearchEngine) -> None:
    best, no_quicker = float("inf"), 0
    for _ in range(_MOST_WARMING):
        seconds = _round(engine)
        no_quicker = 0 if seconds < best * _QUICKER else no_quicker + 1
        best = min(best, seconds)
        if no_quicker == _SETTLED:
            return


def _round(engine: SearchEngine) -> float:
    """Seconds in which every query is asked once."""
    start = time.perf_counter()
    for kind, texts in QUERIES.items():
        for text in texts:
            _ask(engine, kind, text)
    return time.perf_counter() - start


def _times(engine: SearchEngine, kind: str, texts: Sequence[str], rounds: int) -> dict[str, float]:
    """Times of a kind of query."""
    cpu, wall = [], []
    for text in texts:
        for _ in range(rounds):
            cpu_start, start = time.process_time(), time.perf_counter()
            _ask(engine, kind, text)
            cpu.append((time.process_time() - cpu_start) * 1000)
            wall.append((time.perf_counter() - start) * 1000)
    names = ("p50_cpu_ms", "p95_cpu_ms", "p50_ms", "p95_ms")
    return dict(zip(names, _both(cpu) + _both(wall), strict=True))


def _both(values: Sequence[float]) -> list[float]:
    return [percentile(values, 50), percentile(values, 95)]


def _ask(engine: SearchEngine, kind: str, text: str) -> None:
    """One search as the page makes it, with every facet."""
    now = timezone.now()
    understood = understand(text, engine, _READERS, now)
    engine.search(
        SearchQuery(
            _READERS,
            understood.wording,
            now,
            timezone.localtime(now).date(),
            chosen={"year": ("2019", "2020"), "kind": ("directive",)} if kind == "facet" else {},
            match=PHRASE if kind == "phrase" else "any",
            facets=FACETS,
        )
    )


def _database_bytes() -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT (page_count - freelist_count) * page_size FROM"
                " pragma_page_count, pragma_freelist_count, pragma_page_size"
            )
        else:
            cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])
