"""Index pages that are archives: campaigns, stories, news."""

from django.db import models
from wagtail.admin.panels import FieldPanel

from home.base import SitePage
from search.archive_pages import ArchivePageMixin
from search.contract import SearchDocument


class ArchivePage(ArchivePageMixin, SitePage):
    """Abstract: a section whose page is the archive of its shelf."""

    lede = models.TextField("đoạn dẫn", max_length=500, blank=True)

    content_panels = [*SitePage.content_panels, FieldPanel("lede"), SitePage.audience_panel]
    parent_page_types = ["home.HomePage"]
    max_count = 1

    class Meta:
        abstract = True

    def search_document(self) -> SearchDocument:
        return SearchDocument(kind="page", title=self.title, summary=self.lede)


class CampaignIndexPage(ArchivePage):
    """All campaigns."""

    shelf_slug = "phong-trao"
    template = "news/campaign_index_page.html"
    subpage_types = ["news.CampaignPage"]

    class Meta:
        verbose_name = "Danh sách phong trào"


class StoryIndexPage(ArchivePage):
    """All exemplary stories."""

    shelf_slug = "guong-dien-hinh"
    template = "news/story_index_page.html"
    subpage_types = ["news.StoryPage"]

    class Meta:
        verbose_name = "Danh sách gương điển hình"


class NewsIndexPage(ArchivePage):
    """All news and notices."""

    shelf_slug = "tin-tuc"
    template = "news/news_index_page.html"
    subpage_types = ["news.ArticlePage"]

    class Meta:
        verbose_name = "Danh sách tin, thông báo"
