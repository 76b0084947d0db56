"""The page of an exemplary person, group, household or model."""

from datetime import datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from modelcluster.fields import ParentalManyToManyField
from wagtail import blocks
from wagtail.fields import StreamField

from home.base import SitePage
from home.blocks import ArticleBody, FigureBlock, files_in, images_in, text_of
from news.consents import is_withdrawn, standing
from news.story_panels import story_edit_handler
from search.contract import Picture, SearchDocument, StateDates
from search.vietnamese.dates import PartialDate


class StoryPage(SitePage):
    """An exemplary story. Office and unit are those of that time; consent decides whether it may be read."""

    KINDS = [
        ("individual", "Cá nhân"),
        ("collective", "Tập thể"),
        ("household", "Hộ gia đình"),
        ("model", "Mô hình, cách làm hay"),
    ]

    kind = models.CharField("loại gương", max_length=16, choices=KINDS, default="individual")
    subject = models.CharField("tên người, tập thể, mô hình", max_length=160)
    office_then = models.CharField("chức vụ lúc đó", max_length=160, blank=True)
    unit_then = models.CharField("đơn vị lúc đó", max_length=255, blank=True)
    story_year = models.PositiveSmallIntegerField("năm", null=True, blank=True)
    summary = models.TextField("tóm tắt", max_length=500)
    achievements = StreamField(
        blocks.StreamBlock([("figure", FigureBlock())]), blank=True, verbose_name="thành tích nổi bật"
    )
    quote = models.TextField("lời trích", blank=True, max_length=500)
    quote_by = models.CharField("người nói", max_length=160, blank=True)
    body = StreamField(ArticleBody(), blank=True, verbose_name="bài viết")
    photo = models.ForeignKey(
        "home.PortalImage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name="ảnh chính"
    )
    photo_alt = models.CharField("mô tả ảnh", max_length=255, blank=True)
    photo_credit = models.CharField("nguồn ảnh", max_length=120, blank=True)
    campaign = models.ForeignKey(
        "news.CampaignPage", null=True, blank=True, on_delete=models.SET_NULL, related_name="stories",
        verbose_name="phong trào",
    )  # fmt: skip
    campaign_task = models.PositiveSmallIntegerField("nhiệm vụ số", null=True, blank=True)
    proposed_by = models.CharField("đơn vị, người giới thiệu", max_length=255, blank=True)
    replicated_at = models.CharField("đơn vị học tập, nhân rộng", max_length=500, blank=True)
    public_until_on = models.DateField("hạn công khai", null=True, blank=True)
    anonymised_on = models.DateField("ngày ẩn danh", null=True, blank=True, editable=False)
    fields = ParentalManyToManyField("directives.SubjectField", blank=True, related_name="+", verbose_name="lĩnh vực")

    index_kind = "story"
    read_together = (*SitePage.read_together, "fields", "campaign", "consents", "commendations__form")
    edit_handler = story_edit_handler
    template = "news/story_page.html"
    parent_page_types = ["news.StoryIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = "Gương điển hình"
        verbose_name_plural = "Gương điển hình"

    def clean(self) -> None:
        super().clean()
        if self.photo_id and not self.photo_alt:
            raise ValidationError({"photo_alt": "Ảnh phải có mô tả cho người không nhìn thấy ảnh."})

    # --- consent and revocation ---------------------------------------------

    def has_consent(self) -> bool:
        """Whether a consent stands for the name and the story; a group, a model or a nameless story needs none."""
        if self.anonymised_on:
            return True
        consents = list(self.consents.all())
        if is_withdrawn(consents):
            return False
        is_covered = any(row.covers_name and row.covers_story for row in standing(consents))
        return is_covered or self.kind in ("collective", "model")

    def shows_uncovered_picture(self) -> bool:
        """Whether it has pictures and the consents do not speak of pictures."""
        consents = standing(self.consents.all())
        has_pictures = bool(self.photo_id or images_in(self.body))
        return has_pictures and bool(consents) and not any(row.covers_photo for row in consents)

    def is_revoked(self) -> bool:
        """Whether an award decision behind the story was cancelled (law 06/2022 ch. VII)."""
        return any(row.revoked_on for row in self.commendations.all())

    def may_be_read(self) -> bool:
        return self.has_consent() and not self.is_revoked()

    def reading_window(self, line=None):
        """Closes at the end of the last public day, decided when reading."""
        window = super().reading_window(line)
        if window is None or self.public_until_on is None:
            return window
        midnight = datetime.combine(self.public_until_on + timedelta(days=1), time.min)
        ends = timezone.make_aware(midnight)
        return window[0], min(window[1] or ends, ends)

    # --- how it shows ---------------------------------------------------------

    @property
    def byline(self) -> str:
        """Kind and subject, e.g. "Cá nhân · Y Mẫu (nhân vật ví dụ), quan trắc viên"."""
        office = f", {self.office_then}" if self.office_then else ""
        return f"{self.get_kind_display()} · {self.subject}{office}"

    def search_document(self) -> SearchDocument:
        awards = " ".join(f"{row.form} {row.decision_number}" for row in self.commendations.all())
        figures = " ".join(f"{c.value['value']} {c.value['label']}" for c in self.achievements)
        words = (self.subject, self.office_then, self.unit_then, self.quote, figures, awards, text_of(self.body))
        return SearchDocument(
            kind="story",
            title=self.title,
            summary=self.summary,
            body=" ".join(words),
            byline=self.byline,
            issued_on=PartialDate(self.story_year, None, None) if self.story_year else None,
            type_key=self.kind,
            type_name=self.get_kind_display(),
            unit_id=self.unit_id,
            unit_name=self.unit_then or (self.unit.title if self.unit else ""),
            campaign_id=self.campaign_id,
            campaign_name=self.campaign.title if self.campaign else "",
            topics=tuple(field.name for field in self.fields.all()),
            state=StateDates(),
            picture=Picture(self.photo_id, self.photo_alt) if self.photo_id else None,
            files=files_in(self.body),
            images=images_in(self.body),
        )
