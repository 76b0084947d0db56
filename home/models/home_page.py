"""The front page: composed by the template, with one optional choice of the office."""

from django.db import models
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import Page

from home.base import SitePage
from search.contract import SearchDocument


class HomePage(SitePage):
    """Leads with a campaign; newest directives, stories, notices, news and units follow."""

    leading_campaign = models.ForeignKey(
        Page,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="phong trào dẫn đầu",
        help_text="Để trống: phong trào đang diễn ra mới nhất.",
    )

    content_panels = [
        FieldPanel("title"),
        PageChooserPanel("leading_campaign", "news.CampaignPage"),
        SitePage.audience_panel,
    ]
    template = "home/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1

    class Meta:
        verbose_name = "Trang chủ"
        permissions = [("edit_every_unit", "Sửa trang của mọi đơn vị"), ("publish_urgently", "Đăng khẩn có lý do")]

    def search_document(self) -> SearchDocument:
        return SearchDocument(kind="page", title=self.title)
