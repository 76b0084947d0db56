"""Orders caches to forget old copies, and tells which copies are still good.

An order is written in the transaction of the change: what is rolled back orders nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, Q, Subquery, Window
from django.utils import timezone
from wagtail.models import Revision

from home.models import PurgeOrder
from home.purging.keys import CONTENT, FILES
from search.models import Grant
from search.remembered import Remembered
from search.visibility import PUBLIC

#: Called after each commit that left an order; a process that delivers sets it.
_after_order: list[Callable[[], None]] = []


@dataclass(frozen=True, slots=True)
class ContentState:
    """The version of the content and until when copies of it hold, e.g. `ContentState("a1b2 40", tomorrow, None)`.

    Shape: `ends_at` is the next moment at which the same content reads otherwise: a page opens or closes, a day ends;
    `closes_at` the next at which something public is withdrawn.
    """

    version: str
    ends_at: datetime
    closes_at: datetime | None


def load_state() -> ContentState:
    """The state as the database has it, in one query."""
    now = timezone.now()
    grants = Grant.objects.filter(token=PUBLIC)
    is_open = Q(opens_at__isnull=True) | Q(opens_at__lte=now)
    closing = grants.filter(is_open, closes_at__gt=now).order_by("closes_at").values("closes_at")
    moments = {
        "opens": grants.filter(opens_at__gt=now).order_by("opens_at").values("opens_at"),
        "closes": closing,
        "renews": Revision.objects.filter(approved_go_live_at__gt=now)
        .order_by("approved_go_live_at")
        .values("approved_go_live_at"),
    }
    columns = {name: Subquery(rows[:1]) for name, rows in moments.items()}
    newest = PurgeOrder.objects.order_by("-pk").annotate(count=Window(Count("pk")), **columns)
    row = newest.values("token", "count", *moments).first()
    if row is None:
        return ContentState("", now, None)
    known = [row[name] for name in moments if row[name]]
    return ContentState(f"{row['token']} {row['count']}", min([*known, next_midnight(now)]), row["closes"])


def next_midnight(now: datetime) -> datetime:
    """Dates in the head of every page, offices and states change with the day."""
    tomorrow = timezone.localdate(now) + timedelta(days=1)
    return timezone.make_aware(datetime.combine(tomorrow, time.min))


#: Moments may be a second old: those that a change brings come with a new version.
content_state = Remembered(load_state, seconds=1)


def present_state() -> ContentState:
    """The state by which a kept copy may be shown: another process has withdrawn nothing since, even just now."""
    state = content_state()
    if state.version != load_version():
        content_state.forget()
        state = content_state()
    return state


_VERSION = "SELECT token, (SELECT COUNT(*) FROM home_purgeorder) FROM home_purgeorder ORDER BY id DESC LIMIT 1"


def load_version() -> str:
    """The version alone, as the database has it: written by hand, for every kept page asks for it."""
    with connection.cursor() as cursor:
        cursor.execute(_VERSION)
        row = cursor.fetchone()
    return f"{row[0]} {row[1]}" if row else ""


class _Ordered:
    """What has to happen after the commit; it also tells which keys this transaction has ordered already."""

    def __init__(self, keys: frozenset[str]):
        self.keys = keys

    def __call__(self) -> None:
        content_state.forget()
        for wake in _after_order:
            wake()


def order_purge(*keys: str) -> None:
    """Have every cache forget what bears one of these keys once the present transaction is committed.

    Example: `order_purge(CONTENT, FILES)` after a page was withdrawn; a transaction orders the same once.
    """
    was_asked = content_state.is_held
    content_state.forget()
    ordered = (entry[1].keys for entry in connection.run_on_commit if isinstance(entry[1], _Ordered))
    # Whoever has looked since may hold a copy of what stood between two changes.
    if was_asked or not any(frozenset(keys) <= before for before in ordered):
        write_order(*keys)


def write_order(*keys: str) -> None:
    """The same, whatever has been ordered before."""
    content_state.forget()
    delivered_at = None if settings.PURGE["urls"] else timezone.now()
    PurgeOrder.objects.create(keys=sorted(keys), delivered_at=delivered_at)
    transaction.on_commit(_Ordered(frozenset(keys)))


def call_after_order(wake: Callable[[], None]) -> None:
    _after_order[:] = [wake]


def order_timed() -> bool:
    """Order a purge when a page has opened or closed by the clock since the last order; whether one was needed."""
    now = timezone.now()
    last = PurgeOrder.objects.order_by("-ordered_at").values_list("ordered_at", flat=True).first()
    since = last or now - timedelta(days=1)
    passed = Q(opens_at__gt=since, opens_at__lte=now) | Q(closes_at__gt=since, closes_at__lte=now)
    is_renewed = Revision.objects.filter(approved_go_live_at__gt=since, approved_go_live_at__lte=now).exists()
    if not is_renewed and not Grant.objects.filter(passed, token=PUBLIC).exists():
        return False
    write_order(CONTENT, FILES)
    return True
