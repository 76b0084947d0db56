"""People and where they belong, in the admin."""

from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.snippets.views.snippets import SnippetViewSet
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import UserViewSet

from portal.models import Membership

OFFICIAL_FIELDS = {"position", "office_phone"}


class StaffEditForm(UserEditForm):
    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields | OFFICIAL_FIELDS


class StaffCreationForm(UserCreationForm):
    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields | OFFICIAL_FIELDS


class StaffViewSet(UserViewSet):
    """Wagtail's users with their position."""

    def get_form_class(self, for_update=False):
        return StaffEditForm if for_update else StaffCreationForm


class MembershipViewSet(SnippetViewSet):
    """Who belongs to which unit, from one day to another."""

    model = Membership
    icon = "group"
    menu_label = "Nhân sự của đơn vị"
    menu_name = "nhan-su"
    menu_order = 610
    add_to_settings_menu = True
    list_display = [
        "user",
        Column("unit", label="Đơn vị", sort_key="unit__title"),
        DateColumn("starts_on", label="Từ ngày", sort_key="starts_on"),
        DateColumn("ends_on", label="Đến ngày", sort_key="ends_on"),
    ]
    list_filter = ["unit", "user"]
    list_per_page = 50
    panels = [
        FieldPanel("user"),
        FieldPanel("unit"),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
    ]

    def get_queryset(self, request):
        return Membership.objects.select_related("user", "unit")
