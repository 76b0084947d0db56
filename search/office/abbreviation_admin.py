"""The table of abbreviations in the admin."""

from django.contrib.auth.models import Permission
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from search.office_models import Abbreviation


class AbbreviationIndexView(IndexView):
    """Searching "uy ban" finds "Ủy ban nhân dân"."""

    def search_queryset(self, queryset):
        return queryset.matching(self.search_query) if self.is_searching else queryset


class AbbreviationViewSet(ModelViewSet):
    model = Abbreviation
    name = "tim-kiem-viet-tat"
    icon = "openquote"
    menu_label = "Từ viết tắt"
    menu_name = "search-abbreviations"
    index_view_class = AbbreviationIndexView
    copy_view_enabled = False
    search_fields = ["folded"]
    list_per_page = 100
    list_filter = ["is_active"]
    list_display = [
        "short",
        Column("long", label="Nghĩa đầy đủ", sort_key="long"),
        Column("note", label="Ghi chú", sort_key="note"),
        BooleanColumn("is_active", label="Đang dùng", sort_key="is_active"),
    ]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("short"), FieldPanel("long")]),
            FieldPanel("note"),
            FieldPanel("is_active"),
        ]
    )

    def get_permissions_to_register(self):
        """None of its own: `search.office.permission` decides."""
        return Permission.objects.none()
