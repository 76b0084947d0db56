"""Counts the lines of the query log into days and queries, each line once, and forgets what is old."""

import json
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from search.office_models import FeedbackDay, LogFile, QueryDay
from search.query_log import folder

SLOW_MS = 500
LINES_KEPT_DAYS = 30
ROWS_KEPT_DAYS = 365
WORDS_KEPT_DAYS = 7
#: A query asked less often on a day loses its words after `WORDS_KEPT_DAYS`: it may be about somebody.
FEWEST_ASKED = 3
#: More different queries on one day than this are counted without their words.
MOST_QUERIES = 5_000
LARGEST_BITE = 8 * 1024 * 1024
_LONGEST = 300
_QUERY_COUNTS = ("searches", "zero", "slow", "reduced", "total_ms")
_FEEDBACK_COUNTS = ("yes", "no", "missing", "outdated", "unrelated")


@dataclass(slots=True)
class Tally:
    """What the lines of one query on one day come to."""

    wording: str = ""
    searches: int = 0
    zero: int = 0
    slow: int = 0
    reduced: int = 0
    total_ms: int = 0
    longest_ms: int = 0

    def add(self, wording: str, total: int, milliseconds: int, is_reduced: bool) -> None:
        self.wording = wording or self.wording
        self.searches += 1
        self.zero += total == 0
        self.slow += milliseconds >= SLOW_MS
        self.reduced += is_reduced
        self.total_ms += milliseconds
        self.longest_ms = max(self.longest_ms, milliseconds)


def count_searches() -> int:
    """Count every whole line that is not counted yet; returns how many searches were added, e.g. 12.

    What is counted and how far stand in one transaction: killed anywhere and run again, or run twice at once,
    it counts each line once. Lines that are no JSON of ours are passed over.
    """
    return sum(_count_file(path, day) for path, day in _files())


def _files() -> Iterator[tuple[Path, date]]:
    for path in sorted(folder().glob("*.jsonl")):
        with suppress(ValueError):
            yield path, date.fromisoformat(path.stem)


def _place() -> str:
    """The name of this folder, made once: two machines with a folder each count their own lines."""
    path = folder() / "place"
    with suppress(FileExistsError), path.open("x") as file:
        file.write(uuid.uuid4().hex)
    return path.read_text().strip()


def _count_file(path: Path, day: date) -> int:
    place, added = _place(), 0
    LogFile.objects.get_or_create(place=place, name=path.name)
    while True:
        with transaction.atomic():
            mark = LogFile.objects.select_for_update().get(place=place, name=path.name)
            lines, end = _read_lines(path, mark.size)
            if end == mark.size:
                return added
            tallies = _tallies(lines)
            _store(day, tallies)
            added += sum(tally.searches for tally in tallies.values())
            mark.size = end
            mark.save(update_fields=["size"])


def _read_lines(path: Path, start: int) -> tuple[list[bytes], int]:
    """Whole lines from a place on and the place after them; an unfinished last line waits."""
    with path.open("rb") as file:
        file.seek(start)
        bite = file.read(LARGEST_BITE)
    end = bite.rfind(b"\n") + 1
    return bite[:end].splitlines(), start + end


def _tallies(lines: list[bytes]) -> dict[tuple[bool, str], Tally]:
    tallies: dict[tuple[bool, str], Tally] = {}
    for line in lines:
        with suppress(ValueError, KeyError, TypeError, AttributeError):
            read = json.loads(line)
            query, wording = str(read["q"])[:_LONGEST], str(read["text"])[:_LONGEST]
            numbers = int(read["total"]), max(0, int(read["ms"])), bool(read["reduced"])
            tallies.setdefault((bool(read["staff"]), query), Tally()).add(wording, *numbers)
    return tallies


def _store(day: date, tallies: dict[tuple[bool, str], Tally]) -> None:
    held = {(row.is_staff, row.query): row for row in QueryDay.objects.filter(day=day)}
    touched: dict[tuple[bool, str], QueryDay] = {}
    for (is_staff, query), tally in tallies.items():
        if (is_staff, query) not in held and len(held) >= MOST_QUERIES:
            query, tally.wording = "", ""
        key = (is_staff, query)
        row = touched[key] = held.setdefault(key, QueryDay(day=day, is_staff=is_staff, query=query))
        for name in _QUERY_COUNTS:
            setattr(row, name, getattr(row, name) + getattr(tally, name))
        row.longest_ms = max(row.longest_ms, tally.longest_ms)
        row.wording = tally.wording
    new = [row for row in touched.values() if row.pk is None]
    known = [row for row in touched.values() if row.pk is not None]
    QueryDay.objects.bulk_update(known, [*_QUERY_COUNTS, "longest_ms", "wording"], batch_size=100)
    QueryDay.objects.bulk_create(new, batch_size=100)


def forget_old() -> None:
    """Take away what is past its time: words asked seldom, rows of last year, files of last month."""
    today = timezone.localdate()
    for model, asked, counts in (
        (QueryDay, F("searches"), _QUERY_COUNTS),
        (FeedbackDay, F("yes") + F("no"), _FEEDBACK_COUNTS),
    ):
        model.objects.filter(day__lt=today - timedelta(days=ROWS_KEPT_DAYS)).delete()
        rare = model.objects.exclude(query="").alias(asked=asked).filter(asked__lt=FEWEST_ASKED)
        rare = rare.filter(day__lt=today - timedelta(days=WORDS_KEPT_DAYS))
        for day, is_staff in list(rare.order_by().values_list("day", "is_staff").distinct()):
            with transaction.atomic():
                _drop_words(rare.filter(day=day, is_staff=is_staff), day, is_staff, counts)
    for path, day in list(_files()):
        if day < today - timedelta(days=LINES_KEPT_DAYS):
            path.unlink(missing_ok=True)
            LogFile.objects.filter(place=_place(), name=path.name).delete()


def _drop_words(rare, day: date, is_staff: bool, counts: tuple[str, ...]) -> None:
    """Add the counts of these rows to the row without words and remove them."""
    wordless, _ = rare.model.objects.get_or_create(day=day, is_staff=is_staff, query="")
    wordless = rare.model.objects.select_for_update().get(pk=wordless.pk)
    rows = list(rare.select_for_update().values("pk", *counts))
    for name in counts:
        setattr(wordless, name, getattr(wordless, name) + sum(row[name] for row in rows))
    wordless.save(update_fields=counts)
    rare.model.objects.filter(pk__in=[row["pk"] for row in rows]).delete()
