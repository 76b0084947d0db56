"""Tells the cache in front of the portal which keys to forget, again and again until it has understood."""

import json
import logging
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from threading import Event, Lock, Thread

from django.conf import settings
from django.db import connection, connections, transaction
from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from home.models import PurgeOrder
from home.purging.orders import order_timed
from search.outbox import DEAD_AFTER, pause_after

logger = logging.getLogger(__name__)

LOT = 200
#: Units: seconds.
LEASE = timedelta(seconds=60)
TIMEOUT = 5.0
LONGEST_WAIT = 30.0
KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a round did, e.g. `Delivery(delivered=3)`, or `Delivery(failed=3, reason="… timed out")`."""

    delivered: int = 0
    failed: int = 0
    reason: str = ""

    @property
    def sentence(self) -> str:
        return f"Bộ nhớ đệm phía trước: đã báo xóa {self.delivered} lượt." if self.delivered else ""


def pending() -> QuerySet[PurgeOrder]:
    return PurgeOrder.objects.filter(delivered_at=None)


def deliver_due() -> Delivery:
    """Send all that is due in one request to each cache; what fails is put off, longer each time."""
    if not settings.PURGE["urls"]:
        return Delivery()
    orders = _claim()
    if not orders:
        return Delivery()
    try:
        for url in settings.PURGE["urls"]:
            send(url, sorted({key for order in orders for key in order.keys}))
    except (OSError, ValueError) as error:
        logger.warning("%s orders did not reach the cache in front: %s", len(orders), error)
        _put_off(orders, str(error) or type(error).__name__)
        return Delivery(failed=len(orders), reason=str(error))
    done = PurgeOrder.objects.filter(pk__in=[order.pk for order in orders])
    done.update(delivered_at=timezone.now(), lease_until=None, error="")
    return Delivery(delivered=len(orders))


def _claim() -> list[PurgeOrder]:
    now = timezone.now()
    due = pending().filter(Q(not_before=None) | Q(not_before__lte=now), Q(lease_until=None) | Q(lease_until__lte=now))
    with transaction.atomic():
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        orders = list(due.order_by("pk")[:LOT])
        PurgeOrder.objects.filter(pk__in=[order.pk for order in orders]).update(lease_until=now + LEASE)
    return orders


def _put_off(orders: Sequence[PurgeOrder], reason: str) -> None:
    now = timezone.now()
    for order in orders:
        order.attempts += 1
        order.error, order.lease_until = reason[:2000], None
        order.not_before = now + timedelta(seconds=pause_after(order.attempts, is_outage=False))
    PurgeOrder.objects.bulk_update(orders, ["attempts", "error", "lease_until", "not_before"])


def send(url: str, keys: Sequence[str]) -> None:
    """Ask one cache to forget these keys. Errors: OSError when it is away or refuses.

    Source: keys parted by spaces as Fastly and Varnish's xkey read them, by commas as Cloudflare does.
    """
    method, token = settings.PURGE["method"], settings.PURGE["token"]
    headers = {"Surrogate-Key": " ".join(keys), "xkey": " ".join(keys), "Cache-Tag": ",".join(keys)}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    body = None
    if method == "POST":
        headers["Content-Type"] = "application/json"
        body = json.dumps({"surrogate_keys": list(keys), "tags": list(keys)}).encode()
    request = urllib.request.Request(url, body, headers, method=method)
    with _opener.open(request, timeout=TIMEOUT) as answer:
        answer.read(10_000)


#: The cache is this office's own: no proxy of the environment stands between, and it leads nowhere else.
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def retry_now() -> int:
    """Make everything that waits due at once; how many orders there are."""
    return pending().update(not_before=None, attempts=0)


def figures() -> dict[str, int]:
    """The state of the orders: `{"purge_pending": 0, "purge_oldest_seconds": 0, "purge_dead_letters": 0}`."""
    is_dead = Q(attempts__gte=DEAD_AFTER)
    counted = pending().aggregate(n=Count("pk"), dead=Count("pk", filter=is_dead), oldest=Min("ordered_at"))
    age = int((timezone.now() - counted["oldest"]).total_seconds()) if counted["oldest"] else 0
    return {"purge_pending": counted["n"], "purge_oldest_seconds": max(age, 0), "purge_dead_letters": counted["dead"]}


def purge_in_words() -> str:
    """All that is due, for whoever reads sentences, e.g. `manage.py tick`; what opened or closed by the clock too."""
    order_timed()
    forget_delivered()
    return deliver_due().sentence


def forget_delivered() -> None:
    """Drop what was delivered long ago; the newest order stays, it is the version of the content."""
    newest = PurgeOrder.objects.order_by("-pk").values_list("pk", flat=True).first()
    old = PurgeOrder.objects.filter(delivered_at__lt=timezone.now() - KEPT)
    old.exclude(pk=newest).delete()


class Messenger:
    """Delivers in a thread of this process, begun by the first order and over when nothing is left to deliver."""

    def __init__(self) -> None:
        self.called, self.lock = Event(), Lock()
        self.thread: Thread | None = None

    def wake(self) -> None:
        """Have the orders delivered soon; nothing when there is no cache in front."""
        if not settings.PURGE["urls"]:
            return
        with self.lock:
            self.called.set()
            if self.thread is None or not self.thread.is_alive():
                self.thread = Thread(target=self._run, name="purge-messenger", daemon=True)
                self.thread.start()

    def _run(self) -> None:
        try:
            while True:
                self.called.clear()
                deliver_due()
                left = pending().order_by("not_before").values_list("not_before", flat=True).first()
                with self.lock:
                    if left is None and not self.called.is_set() and not pending().exists():
                        self.thread = None
                        return
                now = timezone.now()
                wait = (left - now).total_seconds() if left else 0.1
                self.called.wait(min(max(wait, 0.1), LONGEST_WAIT))
        finally:
            connections.close_all()


messenger = Messenger()
