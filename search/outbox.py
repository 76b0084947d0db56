"""What the remote engine has still to be told: claimed in small lots, marked when done, put off when it failed.

A lot is claimed for a short while only: what a killed worker held is free again when that while is over.
"""

import os
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Count, F, Min, Q, QuerySet
from django.utils import timezone

from search.models import IndexRun, IndexState
from search.runs import BEAT, has_died

LOT = 100
#: Units: seconds.
LEASE = float(os.environ.get("SEARCH_LEASE_SECONDS", 30))
LONGEST_PAUSE = 300.0
#: An engine that is away is asked again at least so often, that all is caught up soon after it is back.
LONGEST_OUTAGE_PAUSE = 20.0
DEAD_AFTER = 20
DEAD_PAUSE = 3600.0


@dataclass(frozen=True, slots=True)
class Task:
    """A claimed change: bring this page to at least this version, e.g. `Task("page:12", 12, 3, False)`."""

    key: str
    page_id: int
    version: int
    is_removed: bool


def pending() -> QuerySet[IndexState]:
    """Pages of which the remote engine is known to hold less than it should."""
    return IndexState.objects.filter(version__gt=F("indexed_version"))


def claim(most: int = LOT) -> list[Task]:
    """The next changes that are due, oldest first, ours until the lease ends; none while writers are held."""
    now = timezone.now()
    with transaction.atomic():
        if are_writers_held():
            return []
        rows = list(_due(now)[:most])
        IndexState.objects.filter(pk__in=[row.pk for row in rows]).update(lease_until=now + timedelta(seconds=LEASE))
    return [Task(row.key, row.page_id, row.version, row.is_removed) for row in rows]


def _due(now) -> QuerySet[IndexState]:
    due = pending().filter(Q(not_before=None) | Q(not_before__lte=now), Q(lease_until=None) | Q(lease_until__lte=now))
    # Two workers at once take different rows; SQLite has one writer at a time and needs no such clause.
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True)
    return due.order_by("changed_at", "pk")


def are_writers_held() -> bool:
    """Whether a rebuild is about to let readers change over."""
    holding = IndexRun.objects.filter(finished_at=None, holds_writers=True, beat_at__gt=timezone.now() - BEAT)
    return any(not has_died(run) for run in holding)


def mark_done(tasks: Sequence[Task]) -> None:
    """The engine holds these versions; a change that came meanwhile stays pending."""
    by_version: dict[int, list[str]] = {}
    for task in tasks:
        by_version.setdefault(task.version, []).append(task.key)
    with transaction.atomic():
        for version, keys in sorted(by_version.items()):
            held = IndexState.objects.filter(key__in=keys)
            held.filter(indexed_version__lt=version).update(indexed_version=version)
            held.update(lease_until=None, attempts=0, not_before=None, error="")


def mark_failed(tasks: Sequence[Task], reason: str, is_outage: bool) -> None:
    """Put the changes off, longer each time; the twentieth failure makes a dead letter, still tried each hour."""
    now = timezone.now()
    with transaction.atomic():
        rows = list(IndexState.objects.filter(key__in=[task.key for task in tasks]))
        for row in rows:
            row.attempts += 1
            row.error = reason[:2000]
            row.lease_until = None
            row.not_before = now + timedelta(seconds=pause_after(row.attempts, is_outage))
        IndexState.objects.bulk_update(rows, ["attempts", "error", "lease_until", "not_before"], batch_size=LOT)


def pause_after(attempts: int, is_outage: bool) -> float:
    """Seconds to wait after so many failures, with some chance in it so that workers do not march in step."""
    longest = LONGEST_OUTAGE_PAUSE if is_outage else (DEAD_PAUSE if attempts >= DEAD_AFTER else LONGEST_PAUSE)
    grown = DEAD_PAUSE if attempts >= DEAD_AFTER else 2.0 ** min(attempts - 1, 12)
    return min(grown, longest) * random.uniform(0.5, 1.0)


def retry_now() -> int:
    """Make everything that waits due at once, e.g. after a person mended the cause; how many changes there are."""
    return pending().exclude(error="").update(not_before=None, attempts=0)


def failed() -> QuerySet[IndexState]:
    """Changes whose last attempt failed, the most stubborn first."""
    return pending().exclude(error="").order_by("-attempts", "changed_at")


def figures() -> dict[str, int]:
    """The state of the queue: `{"pending": 3, "oldest_seconds": 12, "dead_letters": 0}`."""
    is_dead = Q(attempts__gte=DEAD_AFTER)
    counted = pending().aggregate(n=Count("pk"), dead=Count("pk", filter=is_dead), oldest=Min("changed_at"))
    oldest = counted["oldest"]
    age = int((timezone.now() - oldest).total_seconds()) if oldest else 0
    return {"pending": counted["n"], "oldest_seconds": max(age, 0), "dead_letters": counted["dead"]}
