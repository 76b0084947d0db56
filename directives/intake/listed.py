"""The list "Văn bản đang nhập": what each file's state is called, and what a person can do about it."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.db.models.fields.json import KeyTransform
from django.urls import NoReverseMatch, reverse

from directives.models import AT_WORK, IntakeRecord, IntakeState

from .pipeline import DISCARDABLE
from .record_access import own_records
from .settling import LISTED

PER_PAGE = 25
#: What the list can be narrowed to: its name in the address, what it is called, its states.
GROUPS = {
    "dang-doc": ("Đang đọc", AT_WORK),
    "cho-soat": ("Chờ soát", (IntakeState.REVIEW,)),
    "xong": ("Đã thành trang", (IntakeState.DRAFTED, IntakeState.PUBLISHED)),
    "loi": ("Không đọc được", (IntakeState.FAILED, IntakeState.REFUSED)),
    "trung": ("Trùng", (IntakeState.TWIN,)),
    "da-huy": ("Đã hủy", (IntakeState.CANCELLED,)),
}
HOLDING = (IntakeState.REVIEW, IntakeState.DRAFTED, IntakeState.PUBLISHED)
HEAVY = ("reading", "recognition", "values")


@dataclass(frozen=True)
class Row:
    """A file as the list shows it: `Row(record).progress == "đang nhận dạng trang 3 trên 12"`."""

    record: IntakeRecord
    #: The record that holds the bytes of a twin, if this person may see it.
    held: IntakeRecord | None = None

    @property
    def name(self) -> str:
        return self.record.name or "Tệp bị từ chối, không giữ tên"

    @property
    def subject(self) -> str:
        """Number and abstract as a person typed or a reader found them: "12/KH-SYT · Phòng, chống dịch bệnh"."""
        typed = {name: str(self.record.values[name]) for name in LISTED if name in self.record.values}
        said = self._told | typed
        separator = said.get("separator") or "/"
        number = separator.join(filter(None, (said.get("number"), said.get("notation"))))
        return " · ".join(filter(None, (number, said.get("abstract"))))

    @property
    def documents(self) -> int:
        """How many documents the file holds."""
        return self._told.get("documents", 1)

    @property
    def _told(self) -> dict:
        return getattr(self.record, "told", None) or {}

    @property
    def is_at_work(self) -> bool:
        return self.record.state in AT_WORK

    @property
    def progress(self) -> str:
        """How far the reading is, in words; "" when it has ended."""
        if self.record.state == IntakeState.RECEIVED:
            return "chờ đến lượt đọc"
        if self.record.state == IntakeState.READING:
            return "đang mở tệp"
        if self.record.state == IntakeState.PICTURES:
            count = self.record.page_count
            return f"đang nhận dạng trang {min(self.record.pages_read + 1, count)} trên {count}"
        return ""

    @property
    def label(self) -> str:
        return "Đang đọc" if self.is_at_work else self.record.get_state_display()

    @property
    def review_address(self) -> str:
        return review_address(self.record) if self.record.state == IntakeState.REVIEW else ""

    @property
    def page_address(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.record.page_id]) if self.record.page_id else ""

    @property
    def held_address(self) -> str:
        """Where the file is whose twin this is."""
        if self.held is None:
            return ""
        return Row(self.held).page_address or Row(self.held).review_address

    @property
    def retry_label(self) -> str:
        """What the button is called that has the file read again; "" without one."""
        if self.record.state == IntakeState.TWIN:
            return "Vẫn nhập"
        can_repeat = self.record.state in (IntakeState.FAILED, IntakeState.CANCELLED)
        return "Đọc lại" if can_repeat and self.record.document_id else ""

    @property
    def is_discardable(self) -> bool:
        return self.record.state in DISCARDABLE and not self.record.page_id


def review_address(record: IntakeRecord) -> str:
    """Where a person looks the reading over; "" where no such screen is installed."""
    try:
        return reverse("intake_review", args=[record.pk])
    except NoReverseMatch:
        return ""


@dataclass(frozen=True)
class Listing:
    """One page of the list and what it can be narrowed to.

    Shape: `groups` are (name in the address, words, count); `query` keeps the narrowing in links.
    """

    page: Page
    rows: list[Row]
    groups: list[tuple[str, str, int]]
    group: str
    is_mine: bool

    @property
    def is_at_work(self) -> bool:
        return any(row.is_at_work for row in self.rows)


def list_records(user, asked) -> Listing:
    """The part of the list that an address asks for: `list_records(user, request.GET).rows[0].label`."""
    group = asked.get("nhom", "")
    group = group if group in GROUPS else ""
    is_mine = asked.get("cua") == "toi"
    records = own_records(user)
    if is_mine:
        records = records.filter(created_by=user)
    counts = dict(records.order_by().values_list("state").annotate(Count("pk")))
    groups = [(name, words, sum(counts.get(state, 0) for state in states)) for name, (words, states) in GROUPS.items()]
    page = Paginator(_narrowed(records, group), PER_PAGE).get_page(asked.get("p"))
    held = _held_twins(user, page.object_list)
    rows = [Row(record, held.get(record.sha256) if record.state == IntakeState.TWIN else None) for record in page]
    return Listing(page, rows, groups, group, is_mine)


def _held_twins(user, records) -> dict[str, IntakeRecord]:
    """The records that hold what the twins among these bring, by the digest of the file."""
    wanted = {record.sha256 for record in records if record.state == IntakeState.TWIN}
    held = own_records(user).filter(sha256__in=wanted, state__in=HOLDING).defer(*HEAVY)
    return {record.sha256: record for record in held.order_by("-pk")}


def _narrowed(records: QuerySet[IntakeRecord], group: str) -> QuerySet[IntakeRecord]:
    if group:
        records = records.filter(state__in=GROUPS[group][1])
    told = records.annotate(told=KeyTransform("listed", "recognition"))
    return told.select_related("page", "created_by", "batch").defer("reading", "recognition")
