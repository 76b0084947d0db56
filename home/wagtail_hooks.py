"""What the admin shows to whom: pages by unit, no privacy buttons, our own look and slug."""

from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views.account import AvatarSettingsPanel
from wagtail.models import Page
from wagtail.permissions import register_permission_policy

from home import known_pages
from home.audit import menu as menu
from home.base import SitePage
from home.foreign_references import refuse_foreign
from home.page_policy import UnitPagePolicy, choosable_pages
from home.rich_links import ReadableFileLink, ReadablePageLink
from home.shared_files import refusals_of_shared_files
from home.traces import traces_of_page
from home.withheld import withheld_in

register_permission_policy(Page, UnitPagePolicy())
known_pages.register()
# Wagtail would open that picture unchecked in the web process, and no address serves it.
AvatarSettingsPanel.is_active = lambda panel: False


@hooks.register("register_rich_text_features", order=1000)
def link_what_may_be_read(features):
    for handler in (ReadablePageLink, ReadableFileLink):
        features.register_link_type(handler)


# The page form calls it by this hook: what may be chosen is known only above the page types.
hooks.register("check_posted_page", refuse_foreign)


@hooks.register("refuse_publication")
def widen_no_file(page) -> list[str]:
    return refusals_of_shared_files(page)


@hooks.register("construct_page_chooser_queryset")
def choose_among_known_pages(pages, request):
    return choosable_pages(pages, request.user)


@hooks.register("construct_explorer_page_queryset")
def explore_own_pages(parent_page, pages, request):
    met = UnitPagePolicy().explorable_instances(request.user)
    return pages.filter(pk__in=met.values("pk"))


@hooks.register("insert_global_admin_css")
def office_style():
    return format_html('<link rel="stylesheet" href="{}">', static("css/office.css"))


@hooks.register("before_edit_page")
def tell_what_files_tell(request, page):
    """Before a page is published its editor knows what its files still say of the people who made them."""
    page = page.specific
    if request.method == "GET" and isinstance(page, SitePage) and (told := traces_of_page(page)):
        lines = format_html_join("", "<br>{}", ((line,) for line in told))
        messages.warning(request, format_html("Trước khi công bố, hãy xem lại các tệp đính kèm:{}", lines))


@hooks.register("before_edit_page")
def tell_what_is_withheld(request, page):
    """A withheld picture stands in the form as before: why readers do not see it is said here."""
    page = page.specific
    if request.method == "GET" and isinstance(page, SitePage):
        for sentence in withheld_in(page):
            messages.warning(request, sentence)
