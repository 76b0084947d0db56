"""What falls due: versions whose hour has come, pages whose time is over. Reading never waits for it.

Readers see the right thing without this (`search.visibility` and `home.views.due_version` look at the
clock); `manage.py tick` tidies the database behind them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page, Revision

from news.models import StoryPage
from portal.office.desks import seat_everybody

#: The timetable runs every minute.
LATE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one due thing, e.g. `Outcome("Đã đăng theo lịch: “Kế hoạch 2024”")`."""

    sentence: str
    error: Exception | None = None


def run_due() -> Iterator[Outcome]:
    """Everything that is due, oldest first, each in its own transaction: one that fails stops no other.

    Two runs at once do each thing once: whoever locks the page second finds nothing left to do.
    """
    now = timezone.now()
    yield from _each(_due_revisions(now), publish_due, "đăng theo lịch")
    yield from _each(_expired_pages(now), unpublish_expired, "hạ trang hết hạn")
    over = list(_stories_past_their_day().order_by("public_until_on", "pk").values_list("pk", flat=True))
    yield from _each(over, end_public_time, "hạ gương hết hạn công khai")
    for desk in seat_everybody():
        yield Outcome(f"Đã cập nhật nhân sự hôm nay của “{desk.unit.title}”.")


def count_overdue() -> int:
    """How many things should have been done a while ago: more than none means that `manage.py tick` does not run."""
    late = timezone.now() - LATE
    return len(_due_revisions(late)) + len(_expired_pages(late))


def _each(keys: list[int], act: Callable[[int], str], deed: str) -> Iterator[Outcome]:
    for key in keys:
        try:
            with transaction.atomic():
                sentence = act(key)
        except Exception as error:
            yield Outcome(f"Không {deed} được (mã {key}): {type(error).__name__}: {error}", error)
        else:
            if sentence:
                yield Outcome(sentence)


def _due_revisions(now) -> list[int]:
    due = Revision.page_revisions.filter(approved_go_live_at__lte=now)
    return list(due.order_by("approved_go_live_at", "pk").values_list("pk", flat=True))


def _expired_pages(now) -> list[int]:
    over = Page.objects.filter(live=True, expire_at__lte=now)
    return list(over.order_by("expire_at", "pk").values_list("pk", flat=True))


def _stories_past_their_day() -> QuerySet[StoryPage]:
    return StoryPage.objects.filter(live=True, public_until_on__lt=timezone.localdate())


def _lock(page_id) -> None:
    list(Page.objects.select_for_update().filter(pk=page_id).values_list("pk"))


def publish_due(revision_id: int) -> str:
    """Publish one approved version whose hour has come; "" when another run already did."""
    page_id = Revision.objects.filter(pk=revision_id).values_list("object_id", flat=True).first()
    _lock(page_id)
    revision = Revision.objects.filter(pk=revision_id, approved_go_live_at__lte=timezone.now()).first()
    if revision is None:
        return ""
    revision.publish(log_action="wagtail.publish.scheduled", skip_permission_checks=True)
    return f"Đã đăng theo lịch: “{revision.object_str}”."


def unpublish_expired(page_id: int) -> str:
    """Take one page off whose time is over; "" when another run already did, or its time was prolonged."""
    _lock(page_id)
    page = Page.objects.filter(pk=page_id, live=True, expire_at__lte=timezone.now()).first()
    if page is None:
        return ""
    page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    return f"Đã hạ trang hết hạn: “{page.title}”."


def end_public_time(page_id: int) -> str:
    """Take one story off whose last public day is over; "" when somebody did, or prolonged it, meanwhile."""
    _lock(page_id)
    story = _stories_past_their_day().filter(pk=page_id).first()
    if story is None:
        return ""
    story.unpublish(log_action="wagtail.unpublish.scheduled")
    return f"Đã hạ gương hết hạn công khai: “{story.title}”."
