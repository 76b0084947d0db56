"""The log in the menu of the admin, and its addresses."""

from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.auth import require_admin_access
from wagtail.admin.menu import MenuItem

from home.audit.views import AuditHelpView, AuditView, may_inspect


class InspectorMenuItem(MenuItem):
    """Shown to those who may read the log."""

    def is_shown(self, request) -> bool:
        return may_inspect(request.user)


@hooks.register("register_admin_menu_item")
def register_audit():
    return InspectorMenuItem("Nhật ký kiểm tra", reverse("audit"), name="audit", icon_name="history", order=820)


@hooks.register("register_help_menu_item")
def register_audit_help():
    return MenuItem("Nhật ký ghi những gì", reverse("audit_help"), name="audit-help", icon_name="help", order=10)


@hooks.register("register_admin_urls")
def audit_addresses():
    return [
        path("nhat-ky/", require_admin_access(AuditView.as_view()), name="audit"),
        path("nhat-ky/ghi-nhung-gi/", require_admin_access(AuditHelpView.as_view()), name="audit_help"),
    ]
