"""Campaigns, stories and news in the admin: lists, catalogues, consent."""

from django.urls import path
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.snippets.models import register_snippet

from news.anonymising import ANONYMISED
from news.anonymising_views import AnonymiseView, may_anonymise
from news.catalogue_admin import CatalogueGroup
from news.listings import page_lists
from news.models import StoryPage
from news.withdrawal import WITHDRAWN, enforce_on_saved_draft, reasons_against
from news.withdrawal_views import WithdrawalView

register_snippet(CatalogueGroup)


@hooks.register("register_admin_viewset")
def register_page_lists():
    return page_lists


@hooks.register("register_admin_urls")
def withdrawal_address():
    return [
        path("rut-lai-dong-y/<int:page_id>/", WithdrawalView.as_view(), name="withdraw_consent"),
        path("an-danh/<int:page_id>/", AnonymiseView.as_view(), name="anonymise"),
    ]


@hooks.register("register_log_actions")
def name_log_actions(actions):
    actions.register_action(ANONYMISED, "Ẩn danh", "Bỏ tên, ảnh và phiên bản cũ của người được nêu gương")
    actions.register_action(WITHDRAWN, "Rút lại đồng ý", "Người được nêu gương rút lại đồng ý công khai")


class WithdrawalButton(PageMenuItem):
    label = "Rút lại đồng ý"
    icon_name = "cross"
    url_name = "withdraw_consent"

    def is_shown(self, user) -> bool:
        return self.page.specific_class is StoryPage and self.page.permissions_for_user(user).can_edit()


class AnonymiseButton(PageMenuItem):
    label = "Ẩn danh"
    icon_name = "user"
    url_name = "anonymise"

    def is_shown(self, user) -> bool:
        return self.page.specific_class is StoryPage and may_anonymise(user, self.page.specific)


@hooks.register("register_page_header_buttons")
def withdrawal_in_header(page, user, view_name, next_url=None):
    yield WithdrawalButton(page=page, priority=45)
    yield AnonymiseButton(page=page, priority=46)


@hooks.register("register_page_listing_more_buttons")
def withdrawal_in_listing(page, user, next_url=None):
    yield WithdrawalButton(page=page, priority=45)


@hooks.register("refuse_publication")
def story_needs_consent(page) -> list[str]:
    return reasons_against(page) if isinstance(page, StoryPage) else []


@hooks.register("after_edit_page")
def take_down_on_withdrawal(request, page) -> None:
    """A mere draft that says "withdrawn" or "revoked" takes the story off the site."""
    if isinstance(page, StoryPage) and enforce_on_saved_draft(page, request.user):
        messages.warning(request, "Bài đã được hạ khỏi cổng vì đồng ý đã rút lại hoặc khen thưởng đã bị hủy.")
