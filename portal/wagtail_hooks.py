"""The office's admin: page views, actions, menu, dashboard and reports."""

from django.conf import settings
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem, SubmitForModerationMenuItem, WorkflowMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from directives.intake.record_access import may_take_in
from home.permissions import edits_every_unit
from home.purging import admin as purge_admin
from portal.office import file_policy, tag_names
from portal.office.concurrent_edit import KEPT_ASIDE
from portal.office.dashboard import MyLockedPages, MyRecentEdits, WaitingForMe
from portal.office.page_admin import office_page_viewset
from portal.office.staff_admin import MembershipViewSet
from portal.office_models import APPROVE

#: Reports that would bear the names of entries in the settings.
REPORTS = {"workflows": "Trang đang trình duyệt", "workflow-tasks": "Lượt duyệt từng bước"}

register_snippet(MembershipViewSet)
hooks.register("register_search_menu_item", purge_admin.register_purge_state)
hooks.register("register_admin_urls", purge_admin.register_purge_state_address)
file_policy.register()
tag_names.narrow_the_image_chooser()


@hooks.register("register_admin_viewset", order=0)
def register_page_views():
    return office_page_viewset


@hooks.register("register_log_actions")
def name_log_actions(actions):
    actions.register_action(
        KEPT_ASIDE,
        "Giữ riêng bản chưa lưu được",
        "Giữ riêng bản của người lưu sau, vì trang đã có bản mới hơn",
    )


class UrgentMenuItem(ActionMenuItem):
    """Leads to the form that asks for the reason."""

    name = "action-urgent"
    label = "Đăng khẩn…"
    icon_name = "warning"

    def is_shown(self, context) -> bool:
        page = context.get("page")
        if context["view"] != "edit" or context["locked_for_user"] or not page:
            return False
        perms = page.permissions_for_user(context["request"].user)
        return page.has_unpublished_changes and getattr(perms, "can_publish_urgently", lambda: False)()

    def get_url(self, parent_context) -> str:
        return reverse("urgent_publication", args=[parent_context["page"].pk])


class SubmitItem(SubmitForModerationMenuItem):
    """Wagtail's submission under the office's word."""

    def get_context_data(self, parent_context) -> dict:
        return super().get_context_data(parent_context) | {"label": "Gửi duyệt"}


@hooks.register("register_page_action_menu_item")
def register_urgent_item():
    return UrgentMenuItem(order=70)


@hooks.register("construct_page_action_menu", order=1000)
def arrange_page_actions(items, request, context):
    for place, item in enumerate(items):
        if isinstance(item, SubmitForModerationMenuItem):
            items[place] = SubmitItem(order=item.order)
    # For whoever may approve, approval is the button and the rest is its menu.
    items.sort(key=lambda item: not (isinstance(item, WorkflowMenuItem) and item.name == APPROVE))


class IntakeMenuItem(MenuItem):
    """Shown to those who may bring in documents."""

    def is_shown(self, request) -> bool:
        return may_take_in(request.user)


@hooks.register("register_admin_menu_item")
def register_intake():
    return IntakeMenuItem("Nhập văn bản", reverse("intake_upload"), name="intake", icon_name="upload", order=105)


class OfficeMenuItem(MenuItem):
    """Shown to those who work on the pages of every unit."""

    def is_shown(self, request) -> bool:
        return edits_every_unit(request.user)


@hooks.register("register_reports_menu_item")
def register_urgent_review():
    return OfficeMenuItem("Đăng khẩn chờ soát", reverse("urgent_review"), name="urgent", icon_name="warning", order=100)


@hooks.register("construct_reports_menu", order=1000)
def leave_reports_to_the_office(request, items):
    if not edits_every_unit(request.user):
        items.clear()
    for item in items:
        item.label = REPORTS.get(item.name, item.label)


@hooks.register("construct_help_menu", order=1000)
def drop_wagtail_help(request, items):
    items[:] = [item for item in items if item.name in ("keyboard-shortcuts-trigger", "audit-help")]


@hooks.register("construct_homepage_panels", order=1000)
def show_what_waits(request, panels):
    panels[:] = [WaitingForMe(), MyRecentEdits(), MyLockedPages()]


@hooks.register("construct_homepage_summary_items", order=1000)
def drop_counts(request, items):
    items.clear()


@hooks.register("register_account_menu_item")
def register_second_step(request):
    if not settings.HAS_SSO:
        return None
    return {
        "url": reverse("mfa_index"),
        "label": "Xác thực hai bước",
        "help_text": "Mỗi lần đăng nhập cần thêm một mã trên điện thoại.",
    }
