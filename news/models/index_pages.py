"""Index pages that are archives: campaigns, stories, news."""

from django.db import models
from wagtail.admin.panels import FieldPanel

from home.base import SitePage
from search.archive import Archive
from search.contract import SearchDocument
from search.models import Entry


class ArchivePage(SitePage):
    """Abstract: a section whose page is the archive of its kinds."""

    lede = models.TextField("đoạn dẫn", max_length=500, blank=True)

    entry_kinds: tuple[str, ...] = ()
    content_panels = [*SitePage.content_panels, FieldPanel("lede"), SitePage.audience_panel]
    parent_page_types = ["home.HomePage"]
    max_count = 1

    class Meta:
        abstract = True

    def search_document(self) -> SearchDocument:
        return SearchDocument(kind="page", title=self.title, summary=self.lede)

    def get_context(self, request, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["archive"] = Archive(Entry.objects.filter(kind__in=self.entry_kinds), request.user, request.GET)
        return context


class CampaignIndexPage(ArchivePage):
    """All campaigns."""

    entry_kinds = ("campaign",)
    template = "news/campaign_index_page.html"
    subpage_types = ["news.CampaignPage"]

    class Meta:
        verbose_name = "Danh sách phong trào"


class StoryIndexPage(ArchivePage):
    """All exemplary stories."""

    entry_kinds = ("story",)
    template = "news/story_index_page.html"
    subpage_types = ["news.StoryPage"]

    class Meta:
        verbose_name = "Danh sách gương điển hình"


class NewsIndexPage(ArchivePage):
    """All news and notices."""

    entry_kinds = ("article", "notice")
    template = "news/news_index_page.html"
    subpage_types = ["news.ArticlePage"]

    class Meta:
        verbose_name = "Danh sách tin, thông báo"
