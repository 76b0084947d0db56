"""The register of documents: archive by year, kind, unit and field."""

from django.db import models
from wagtail.admin.panels import FieldPanel

from home.base import SitePage
from search.archive import Archive
from search.contract import SearchDocument
from search.models import Entry


class DirectiveIndexPage(SitePage):
    """All documents, the campaign calls included."""

    lede = models.TextField("đoạn dẫn", max_length=500, blank=True)

    content_panels = [*SitePage.content_panels, FieldPanel("lede"), SitePage.audience_panel]
    template = "directives/directive_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["directives.DirectivePage"]
    max_count = 1

    class Meta:
        verbose_name = "Sổ văn bản"

    def search_document(self) -> SearchDocument:
        return SearchDocument(kind="page", title=self.title, summary=self.lede)

    def get_context(self, request, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["archive"] = Archive(Entry.objects.official(), request.user, request.GET)
        return context
