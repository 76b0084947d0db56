"""Who may see a page, and how it shows in a list."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from wagtail.models import Page

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

    def visible_to(self, user, are_named: bool = False):
        """Rows the reader may see now, e.g. `Entry.objects.visible_to(request.user)`.

        Shape: `are_named` says that the rows are found by their numbers or addresses, and not a list of all.
        """
        rows = restrict(self, user, page_field="page_id")
        # Of strangers' lists an index leaves out all the rest, however much of it there is.
        return rows.filter(audience=PUBLIC) if tokens_of(user) == {PUBLIC} and not are_named else rows

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


class FacetLabel(models.Model):
    """How a value of a facet reads, e.g. "unit" "7" is "Phòng Quản lý đất đai"; the last name wins."""

    facet = models.CharField(max_length=16)
    value = models.CharField(max_length=255)
    label = models.CharField(max_length=255)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["facet", "value"], name="one_label_per_value")]

    def __str__(self) -> str:
        return f"{self.facet} {self.value}: {self.label}"
