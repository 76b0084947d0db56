from wagtail.users.apps import WagtailUsersAppConfig


class StaffUsersConfig(WagtailUsersAppConfig):
    """Wagtail's people, with the position on the form."""

    user_viewset = "portal.office.staff_admin.StaffViewSet"
