"""The menu "Tìm kiếm công khai" of the admin; others add to it through the hook `register_search_menu_item`."""

from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.auth import require_admin_access
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.model import ModelViewSetGroup
from wagtail.permissions import register_permission_policy

from search.office.abbreviation_admin import AbbreviationViewSet
from search.office.curation_admin import CuratedQueryViewSet
from search.office.permission import OfficePolicy, looks_after_search
from search.office.report_views import SearchReportView
from search.office_models import Abbreviation, CuratedQuery

for _model in (CuratedQuery, Abbreviation):
    register_permission_policy(_model, OfficePolicy(_model))


class SearchGroup(ModelViewSetGroup):
    menu_label = "Tìm kiếm công khai"
    menu_name = "search-office"
    menu_icon = "search"
    menu_order = 810
    items = (CuratedQueryViewSet, AbbreviationViewSet)
    submenu_hook = "register_search_menu_item"


class OfficeMenuItem(MenuItem):
    """Shown to those who look after search."""

    def is_shown(self, request) -> bool:
        return looks_after_search(request.user)


@hooks.register("register_admin_viewset")
def register_search_group():
    return SearchGroup()


@hooks.register("register_search_menu_item")
def register_search_report():
    return OfficeMenuItem(
        "Báo cáo tìm kiếm", reverse("search_report"), name="search-report", icon_name="table", order=10
    )


@hooks.register("register_admin_urls")
def register_search_report_address():
    return [path("bao-cao-tim-kiem/", require_admin_access(SearchReportView.as_view()), name="search_report")]
