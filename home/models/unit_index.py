"""The list of units."""

from operator import attrgetter

from django.db import models
from wagtail.admin.panels import FieldPanel

from home.base import SitePage
from home.models.unit import UnitPage
from search.contract import SearchDocument
from search.visibility import restrict


class UnitIndexPage(SitePage):
    """All units of the department with their places in the tree."""

    lede = models.TextField("đoạn dẫn", max_length=500, blank=True)

    content_panels = [*SitePage.content_panels, FieldPanel("lede"), SitePage.audience_panel]
    template = "home/unit_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.UnitPage"]
    max_count = 1

    class Meta:
        verbose_name = "Danh sách đơn vị"

    def search_document(self) -> SearchDocument:
        return SearchDocument(kind="page", title=self.title, summary=self.lede)

    def get_context(self, request, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        # In order here: for the order of paths SQLite would walk through all pages there are.
        units = restrict(UnitPage.objects.descendant_of(self).order_by(), request.user)
        context["units"] = sorted(units, key=attrgetter("path"))
        return context
