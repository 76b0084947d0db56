"""Catalogues of emulation and commendation in the admin; `CatalogueGroup` goes to `register_snippet`."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from directives.catalogue_admin import CatalogueViewSet, validity_columns
from news.models.catalogue import AwardForm, AwardLevel, EmulationForm, EmulationScope, Occasion


class AwardFormViewSet(CatalogueViewSet):
    model = AwardForm
    icon = "pick"
    own_fields = ("group", "for_whom", "grade", "default_level")
    list_display = [
        "name",
        "code",
        Column("get_group_display", label=_("Nhóm"), sort_key="group"),
        *validity_columns(),
    ]
    list_filter = ["group", "for_whom", "default_level", "needs_review"]


class AwardLevelViewSet(CatalogueViewSet):
    model = AwardLevel
    icon = "order"


class OccasionViewSet(CatalogueViewSet):
    model = Occasion
    icon = "date"
    own_fields = ("calendar", "day", "month", "first_year", "phrases")
    list_display = [
        "name",
        Column("day", label=_("Ngày")),
        Column("month", label=_("Tháng"), sort_key="month"),
        Column("first_year", label=_("Năm gốc"), sort_key="first_year"),
        *validity_columns(),
    ]
    list_filter = ["calendar", "month", "needs_review"]


class EmulationFormViewSet(CatalogueViewSet):
    model = EmulationForm
    icon = "list-ol"


class EmulationScopeViewSet(CatalogueViewSet):
    model = EmulationScope
    icon = "site"


class CatalogueGroup(SnippetViewSetGroup):
    """The menu of the catalogues of emulation and commendation."""

    menu_label = _("Danh mục thi đua")
    menu_name = "danh-muc-thi-dua"
    menu_icon = "folder-open-inverse"
    menu_order = 810
    items = (
        AwardFormViewSet,
        AwardLevelViewSet,
        OccasionViewSet,
        EmulationFormViewSet,
        EmulationScopeViewSet,
    )
