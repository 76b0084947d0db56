"""What the admin shows to whom: pages by unit, no privacy buttons, our own look and slug."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.models import Page
from wagtail.permissions import register_permission_policy

from home.page_policy import UnitPagePolicy, choosable_pages

register_permission_policy(Page, UnitPagePolicy())


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
