"""What forms and comparisons say of the pages they name: the title for who may choose the page, one word for others.

A page that a unit's document names may have become another unit's alone since then, with a new title and address.
"""

from dataclasses import dataclass

from django.db.models import ForeignKey
from django.utils.html import escape
from wagtail.admin.compare import BlockComparison, ForeignObjectComparison, diff_text, register_comparison_class
from wagtail.admin.rich_text.converters.html_to_contentstate import PageLinkElementHandler
from wagtail.admin.widgets import AdminPageChooser
from wagtail.blocks import PageChooserBlock
from wagtail.models import Page

from home.page_policy import choosable_pages
from home.permissions import edits_every_unit
from home.rich_links import reader
from search.visibility import may_see_page

UNKNOWN = "Trang mà ông/bà không được xem"
_value_of = AdminPageChooser.get_value_data_from_instance
_link_of = PageLinkElementHandler.get_attribute_data


def may_choose(user, page_id: int) -> bool:
    """Whether a chooser would offer this page to the person, with the title of its newest draft."""
    return edits_every_unit(user) or choosable_pages(Page.objects.filter(pk=page_id), user).exists()


def may_know(user, page_id: int) -> bool:
    """Whether the person meets the page in the admin, or reads it on the site under the title it has there."""
    return may_choose(user, page_id) or may_see_page(user, page_id)


@dataclass(frozen=True, slots=True)
class UnknownPage:
    """Stands for a page that the person may not know: the same page is the same thing, and says nothing."""

    page_id: int

    def __str__(self) -> str:
        return UNKNOWN


def known(page):
    """The page as the present reader may know it, e.g. `str(known(page))` is its title on the site or `UNKNOWN`."""
    return page if page is None or may_know(reader(), page.pk) else UnknownPage(page.pk)


class PageComparison(ForeignObjectComparison):
    """A field that names a page."""

    def get_objects(self) -> tuple:
        return tuple(known(page) for page in super().get_objects())


class PageBlockComparison(BlockComparison):
    """A block that names a page."""

    def htmlvalue(self, val) -> str:
        return escape(str(known(val) or ""))

    def htmldiff(self) -> str:
        former, present = (str(known(page) or "") for page in (self.val_a, self.val_b))
        return diff_text(former, present).to_html()


def _chosen(widget: AdminPageChooser, page: Page) -> dict:
    if may_choose(reader(), page.pk):
        return _value_of(widget, page)
    return {"id": page.pk, "parent_id": None, "edit_url": None, widget.display_title_key: str(known(page))}


def _linked(handler: PageLinkElementHandler, attrs: dict) -> dict:
    if may_know(reader(), attrs["id"]):
        return _link_of(handler, attrs)
    # As Wagtail hands over a link to a page that is not there: the number stays, so that saving keeps the link.
    return {"id": int(attrs["id"]), "url": None, "parentId": None}


def register() -> None:
    """Take the place of Wagtail's ways, which ask for no permission on what is chosen already."""
    AdminPageChooser.get_value_data_from_instance = _chosen
    PageLinkElementHandler.get_attribute_data = _linked
    PageChooserBlock.get_comparison_class = lambda block: PageBlockComparison
    register_comparison_class(ForeignKey, to=Page, comparison_class=PageComparison)
