"""The register of documents: archive by year, kind, unit and field."""

from django.db import models
from wagtail.admin.panels import FieldPanel

from home.base import SitePage
from search.archive_pages import ArchivePageMixin
from search.contract import SearchDocument


class DirectiveIndexPage(ArchivePageMixin, SitePage):
    """All documents, the campaign calls included."""

    lede = models.TextField("đoạn dẫn", max_length=500, blank=True)

    shelf_slug = "van-ban"
    content_panels = [*SitePage.content_panels, FieldPanel("lede"), SitePage.audience_panel]
    template = "directives/directive_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["directives.DirectivePage"]
    max_count = 1

    class Meta:
        verbose_name = "Sổ văn bản"

    def search_document(self) -> SearchDocument:
        return SearchDocument(kind="page", title=self.title, summary=self.lede)
