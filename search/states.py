"""Status of a document, computed from its dates when it is read, so that no timer can be late."""

from dataclasses import dataclass
from datetime import date, timedelta

from search.contract import StateDates

LABELS = {
    "in_force": ("Còn hiệu lực", "st-in"),
    "not_yet": ("Chưa có hiệu lực", "st-na"),
    "partly": ("Hết hiệu lực một phần", "st-part"),
    "expired": ("Hết hiệu lực toàn bộ", "st-out"),
    "suspended": ("Ngưng hiệu lực", "st-stop"),
    "unknown": ("Không xác định", "st-na"),
    "running": ("Đang thực hiện", "st-run"),
    "upcoming": ("Sắp thực hiện", "st-na"),
    "done": ("Đã hoàn thành", "st-done"),
    "overdue": ("Hết thời hạn", "st-out"),
    "replaced": ("Đã được thay thế", "st-out"),
    "repealed": ("Đã bị bãi bỏ", "st-out"),
    "corrected": ("Đã đính chính", "st-part"),
    "recalled": ("Đã thu hồi", "st-stop"),
    "closed": ("Đã kết thúc hoạt động", "st-out"),
}
VALIDITY = ("in_force", "not_yet", "partly", "expired", "suspended", "unknown")
APPLICATION = ("running", "done", "overdue", "replaced", "repealed", "corrected", "recalled")
# A campaign past its last day has ended; a document past its term has run out.
CAMPAIGN = "campaign"
GONE = ("expired", "replaced", "repealed", "recalled", "overdue")


@dataclass(frozen=True, slots=True)
class State:
    """A status ready to show, e.g. `State("in_force", "Còn hiệu lực", "st-in")`."""

    key: str
    label: str
    css: str


def state_on(dates: StateDates, day: date) -> State | None:
    """The status on a day, e.g. `state_on(StateDates("in_force", until=date(2024, 1, 1)), date(2024, 2, 1)).key`
    is `"expired"`; None when nothing was claimed.

    Source: domain.md 5.1, computation order.
    """
    key = _key_on(dates, day)
    return State(key, *LABELS[key]) if key in LABELS else None


def _key_on(dates: StateDates, day: date) -> str:
    if dates.claim == "in_force" or dates.claim == "not_yet" or dates.claim == "partly":
        if dates.until and dates.until < day:
            return "expired"
        if dates.since and dates.since > day:
            return "not_yet"
        return "in_force" if dates.claim == "not_yet" and dates.since else dates.claim
    if dates.claim in ("running", CAMPAIGN):
        if dates.until and dates.until < day:
            return "overdue" if dates.claim == "running" else "done"
        return "upcoming" if dates.since and dates.since > day else "running"
    return dates.claim


def gone_from(dates: StateDates) -> date | None:
    """The first day on which the document has lost its force; None while it has not and no day is known.

    Example: `gone_from(StateDates("in_force", until=date(2024, 1, 1)))` is `date(2024, 1, 2)`.
    """
    if dates.claim in GONE:
        return date.min
    if dates.until and dates.claim in ("in_force", "not_yet", "partly", "running"):
        return dates.until + timedelta(days=1)
    return None
