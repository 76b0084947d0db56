"""A page of running text: introduction, contact, guidance."""

from django.db import models
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from home.base import SitePage
from home.blocks import ArticleBody, AttachmentBlock, files_in, images_in, text_of
from search.contract import SearchDocument


class PlainPage(SitePage):
    """Running text with pictures, tables and files."""

    lede = models.TextField("đoạn dẫn", max_length=500, blank=True)
    body = StreamField(ArticleBody(), blank=True, verbose_name="nội dung")
    attachments = StreamField(
        blocks.StreamBlock([("attachment", AttachmentBlock())]), blank=True, verbose_name="tệp đính kèm"
    )

    content_panels = [
        *SitePage.content_panels,
        FieldPanel("lede"),
        FieldPanel("body"),
        FieldPanel("attachments"),
        FieldPanel("unit"),
        SitePage.audience_panel,
    ]
    template = "home/plain_page.html"
    parent_page_types = ["home.HomePage", "home.PlainPage"]
    subpage_types = ["home.PlainPage"]

    class Meta:
        verbose_name = "Trang nội dung"
        verbose_name_plural = "Trang nội dung"

    def search_document(self) -> SearchDocument:
        return SearchDocument(
            kind="page",
            title=self.title,
            summary=self.lede,
            body=text_of(self.body),
            unit_id=self.unit_id,
            unit_name=self.unit.title if self.unit else "",
            files=files_in(self.attachments, self.body),
            images=images_in(self.body),
        )
