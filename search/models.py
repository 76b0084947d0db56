"""Tables of the index: who may see a page, how it shows in a list, which files it uses, what is still to be written."""

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone
from wagtail.models import Page

from search import office_models as office_models  # Django finds the office's tables through this module
from search.contract import SIGNPOSTS, StateDates
from search.states import State, state_on
from search.vietnamese.dates import PartialDate, spell_short
from search.visibility import PUBLIC, restrict, tokens_of

KINDS = {
    "directive": "Văn bản",
    "campaign": "Phong trào thi đua",
    "story": "Gương điển hình",
    "article": "Tin tức",
    "notice": "Thông báo",
    "unit": "Đơn vị",
    "page": "Trang",
}


class Grant(models.Model):
    """One audience token that opens one page, within the time the page may be read."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="grants")
    token = models.CharField(max_length=64)
    opens_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "token"], name="grant_once")]
        indexes = [
            models.Index(fields=["token", "page"]),
            models.Index(fields=["opens_at"], condition=Q(opens_at__isnull=False), name="grant_opens"),
            models.Index(fields=["closes_at"], condition=Q(closes_at__isnull=False), name="grant_closes"),
        ]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.token}"


class EntryQuerySet(models.QuerySet):
    """Listing rows; every public use goes through `visible_to`."""

    def visible_to(self, user):
        """Rows the reader may see now, e.g. `Entry.objects.visible_to(request.user)`."""
        rows = restrict(self, user, page_field="page_id")
        # Of strangers' lists an index leaves out all the rest, however much of it there is.
        return rows.filter(audience=PUBLIC) if tokens_of(user) == {PUBLIC} else rows

    def official(self):
        return self.filter(is_official=True)

    def newest(self):
        """Newest first; what has only a year comes after the year's dated ones, what has no year comes last."""
        return self.order_by(*_dated(lambda name: F(name).desc(nulls_last=True)))

    def oldest(self):
        return self.order_by(*_dated(lambda name: F(name).asc(nulls_last=True)))


def _dated(turn):
    """The order of a register; within a year the undated always come last."""
    return turn("year"), F("is_undated").asc(), turn("issued_on"), turn("sort_at"), turn("page_id")


class Entry(models.Model):
    """A published page as one row of lists, archives and search: result pages load no page models."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, primary_key=True, related_name="entry")
    kind = models.CharField(max_length=16, db_index=True)
    title = models.CharField(max_length=600)
    sort_title = models.CharField(max_length=255, db_index=True)
    url = models.CharField(max_length=500)
    summary = models.TextField(blank=True)
    byline = models.CharField(max_length=500, blank=True)
    number = models.CharField(max_length=16, blank=True)
    separator = models.CharField(max_length=1, default="/")
    notation = models.CharField(max_length=64, blank=True)
    issued = models.CharField(max_length=10, blank=True)
    issued_on = models.DateField(null=True)
    year = models.PositiveSmallIntegerField(null=True)
    month = models.PositiveSmallIntegerField(null=True)
    is_undated = models.BooleanField(default=False)
    sort_at = models.DateTimeField(db_index=True)
    type_key = models.CharField(max_length=64, blank=True)
    type_name = models.CharField(max_length=120, blank=True)
    issuer_key = models.CharField(max_length=120, blank=True)
    issuer_name = models.CharField(max_length=255, blank=True)
    unit_id = models.BigIntegerField(null=True, db_index=True)
    unit_name = models.CharField(max_length=255, blank=True)
    campaign_id = models.BigIntegerField(null=True, db_index=True)
    topics = models.CharField(max_length=500, blank=True)
    audience = models.CharField(max_length=16)
    state_claim = models.CharField(max_length=16, blank=True)
    state_since = models.DateField(null=True)
    state_until = models.DateField(null=True)
    is_official = models.BooleanField(default=False)
    picture = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    picture_alt = models.CharField(max_length=255, blank=True)
    folded_text = models.TextField(blank=True)
    body = models.TextField(blank=True)
    has_files = models.BooleanField(default=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["kind", "-year", "is_undated", "-issued_on"], name="entry_kind_newest"),
            models.Index(fields=["is_official", "-year", "is_undated", "-issued_on"], name="entry_register"),
            models.Index(fields=["audience", "unit_id"], name="entry_open_of_unit"),
            models.Index(fields=["audience", "kind", "-year", "is_undated", "-issued_on"], name="entry_open_newest"),
            models.Index(
                fields=["audience", "is_official", "-year", "is_undated", "-issued_on"], name="entry_open_register"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def state(self) -> State | None:
        """The status today, computed from the dates."""
        claim = StateDates(self.state_claim, self.state_since, self.state_until)
        return state_on(claim, timezone.localdate())

    @property
    def issued_date(self) -> PartialDate | None:
        return PartialDate.from_iso(self.issued) if self.issued else None

    @property
    def dated(self) -> str:
        """The date for programs, "2024-03-05"; units and plain pages have none that means anything."""
        return "" if self.kind in SIGNPOSTS else self.issued

    @property
    def issued_text(self) -> str:
        """The date as lists write it: "05/03/2024", "năm 2024"."""
        return spell_short(self.issued_date) if self.issued_date else ""

    @property
    def printed_number(self) -> str:
        """Number and notation as printed, e.g. "39-CT/TW"; a number that is not given yet is "…"."""
        return f"{self.number or '…'}{self.separator}{self.notation}" if self.notation else self.number

    @property
    def kind_name(self) -> str:
        return KINDS[self.kind]

    @property
    def topic_names(self) -> list[str]:
        return [name for name in self.topics.split("|") if name]


class FileUse(models.Model):
    """A file or image that a published page uses: nothing is served that no visible page uses."""

    FILE, IMAGE = "file", "image"

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="file_uses")
    kind = models.CharField(max_length=8, choices=[(FILE, "Tệp"), (IMAGE, "Ảnh")])
    file_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "kind", "file_id"], name="file_use_once")]
        indexes = [models.Index(fields=["kind", "file_id"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.file_id} on {self.page_id}"


class IndexState(models.Model):
    """What the indexes should hold of one page, written in the transaction of the change; it outlives the page.

    Shape: `version` grows by one with each change; `indexed_version` is what the remote engine is known to hold,
    pending means that it is lower. A removed page keeps its row as a tombstone. `digest` tells whether a page
    read again says anything new. `unread_since` is set with each save of a page until it has been read again: what
    a process that died in between left undone is found by it.
    """

    key = models.CharField(max_length=64, unique=True)
    page_id = models.BigIntegerField(unique=True)
    version = models.BigIntegerField(default=0)
    indexed_version = models.BigIntegerField(default=0)
    is_removed = models.BooleanField(default=False)
    digest = models.CharField(max_length=64, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    not_before = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    changed_at = models.DateTimeField(default=timezone.now)
    unread_since = models.DateTimeField(null=True, db_index=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["changed_at"], condition=Q(version__gt=F("indexed_version")), name="index_state_pending"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"


class IndexRun(models.Model):
    """A rebuild or a check of an index: its lock while it runs, its result afterwards."""

    REBUILD, VERIFY = "rebuild", "verify"

    kind = models.CharField(max_length=8, choices=[(REBUILD, "Dựng lại"), (VERIFY, "Đối chiếu")])
    engine = models.CharField(max_length=16)
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(default=timezone.now)
    holds_writers = models.BooleanField(default=False)
    host = models.CharField(max_length=255)
    process = models.BigIntegerField()
    report = models.JSONField(default=dict)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "engine"], condition=Q(finished_at=None), name="one_index_run_at_a_time"
            )
        ]
        indexes = [models.Index(fields=["kind", "-finished_at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.engine} {self.started_at:%d/%m/%Y %H:%M}"


class FacetLabel(models.Model):
    """How a value of a facet reads, e.g. "unit" "7" is "Phòng Quản lý đất đai"; the last name wins."""

    facet = models.CharField(max_length=16)
    value = models.CharField(max_length=255)
    label = models.CharField(max_length=255)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["facet", "value"], name="one_label_per_value")]

    def __str__(self) -> str:
        return f"{self.facet} {self.value}: {self.label}"


class AttachmentPageQuerySet(models.QuerySet):
    def holding(self, terms: Iterable[str]):
        """Pages that hold some of the folded words or pairs, best first: `holding(["dat", "dat_dai"])`.

        Shape: `found` counts the terms that a page holds.
        """
        held = [Q(folded__contains=f" {term.replace('_', ' ')} ") for term in terms]
        if not held:
            return self.none()
        found = sum((Case(When(each, then=1), default=0) for each in held), Value(0))
        return self.annotate(found=found).filter(found__gt=0).order_by("page", "-found", "position")


class AttachmentPage(models.Model):
    """The text of one page of a file attached to a page of the site, for snippets ("trang 3 của …").

    Shape: `number` is 0 where the format knows no pages; `folded` holds the syllables parted by single spaces.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="attachment_pages")
    position = models.PositiveIntegerField()
    file_id = models.BigIntegerField()
    file_name = models.CharField(max_length=255)
    number = models.PositiveIntegerField(default=0)
    text = models.TextField()
    folded = models.TextField()

    objects = AttachmentPageQuerySet.as_manager()

    class Meta:
        ordering = ["page", "position"]
        constraints = [models.UniqueConstraint(fields=["page", "position"], name="attachment_position_once")]

    def __str__(self) -> str:
        return f"{self.file_name} {self.number or ''}".strip()


class FileText(models.Model):
    """The text read from a file of this content, read once however many pages attach it.

    Shape: `pages` lists `{"number": 3, "text": "…"}`, number 0 where the format knows no pages; `problem` says
    why nothing could be read. `read_at` is empty while somebody reads, until `claimed_until`. A text that an
    older reader made stays until the newer one has read the file.
    """

    content_hash = models.CharField(max_length=64, unique=True)
    pages = models.JSONField(default=list)
    problem = models.TextField(blank=True)
    attempts = models.PositiveIntegerField(default=0)
    reader_version = models.PositiveSmallIntegerField(default=1)
    claimed_until = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.content_hash
