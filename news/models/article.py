"""News and notices."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField

from home.base import SitePage
from home.blocks import ArticleBody, AttachmentBlock, files_in, images_in, text_of
from search.contract import Picture, SearchDocument
from search.vietnamese.dates import PartialDate


class ArticlePage(SitePage):
    """A news item or a notice; a notice may ask for comments until a day."""

    KINDS = [("article", "Tin tức"), ("notice", "Thông báo")]

    kind = models.CharField("loại tin", max_length=16, choices=KINDS, default="article")
    published_on = models.DateField("ngày đăng", default=timezone.localdate)
    summary = models.TextField("tóm tắt", max_length=500, blank=True)
    body = StreamField(ArticleBody(), blank=True, verbose_name="nội dung")
    photo = models.ForeignKey(
        "home.PortalImage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name="ảnh chính"
    )
    photo_alt = models.CharField("mô tả ảnh", max_length=255, blank=True)
    photo_credit = models.CharField("nguồn ảnh", max_length=120, blank=True)
    author = models.CharField("tác giả", max_length=120, blank=True)
    source = models.CharField("nguồn", max_length=255, blank=True)
    comments_from_on = models.DateField("lấy ý kiến từ ngày", null=True, blank=True)
    comments_until_on = models.DateField("đến hết ngày", null=True, blank=True)
    attachments = StreamField(
        blocks.StreamBlock([("attachment", AttachmentBlock())]), blank=True, verbose_name="tệp đính kèm"
    )

    content_panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("published_on")]),
        FieldPanel("summary"),
        MultiFieldPanel(
            [FieldPanel("photo"), FieldPanel("photo_alt"), FieldPanel("photo_credit")], heading="Ảnh chính"
        ),
        FieldPanel("body"),
        FieldPanel("attachments"),
        FieldRowPanel([FieldPanel("author"), FieldPanel("source")]),
        MultiFieldPanel(
            [FieldPanel("comments_from_on"), FieldPanel("comments_until_on")], heading="Lấy ý kiến công khai"
        ),
        FieldPanel("unit"),
        SitePage.audience_panel,
    ]
    template = "news/article_page.html"
    parent_page_types = ["news.NewsIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = "Tin, thông báo"
        verbose_name_plural = "Tin, thông báo"

    def clean(self) -> None:
        super().clean()
        if self.photo_id and not self.photo_alt:
            raise ValidationError({"photo_alt": "Ảnh phải có mô tả cho người không nhìn thấy ảnh."})
        if self.comments_from_on and self.comments_until_on and self.comments_until_on < self.comments_from_on:
            raise ValidationError({"comments_until_on": "Ngày kết thúc phải sau ngày bắt đầu lấy ý kiến."})

    @property
    def is_open_for_comments(self) -> bool:
        today = timezone.localdate()
        return bool(self.comments_until_on and (self.comments_from_on or today) <= today <= self.comments_until_on)

    def search_document(self) -> SearchDocument:
        day = self.published_on
        return SearchDocument(
            kind=self.kind,
            title=self.title,
            summary=self.summary,
            body=" ".join((text_of(self.body), self.author, self.source)),
            issued_on=PartialDate(year=day.year, month=day.month, day=day.day),
            type_key=self.kind,
            type_name=self.get_kind_display(),
            unit_id=self.unit_id,
            unit_name=self.unit.title if self.unit else "",
            picture=Picture(self.photo_id, self.photo_alt) if self.photo_id else None,
            files=files_in(self.attachments, self.body),
            images=images_in(self.body),
        )
