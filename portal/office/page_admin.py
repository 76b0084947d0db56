"""The office's own page views: careful saves, no way to publish alone, no copies that go live."""

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.datastructures import MultiValueDictKeyError
from wagtail.admin import messages
from wagtail.admin.forms.pages import CopyForm
from wagtail.admin.views.pages.copy import CopyView
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.views.pages.move import MoveConfirmView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.admin.views.pages.workflow import (
    CollectWorkflowActionDataView,
    ConfirmWorkflowCancellationView,
    PreviewRevisionForTaskView,
    WorkflowActionView,
)
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from portal.office.approval import approval_obstacles, refusals, second_person_notice
from portal.office.comment_letters import TellsOfComments
from portal.office.concurrent_edit import RefusesStaleSave
from portal.office_models import APPROVE, REJECT, is_last_editor

ASK_FOR_APPROVAL = "Bản nháp đã lưu nhưng chưa đăng: mọi trang cần một người khác duyệt. Hãy bấm “Gửi duyệt”."
DECIDED = "Trang đang được gửi đi nên không tự lưu thêm."
EDITED_SO_NOT_APPROVED = "Đã lưu chỗ sửa nhưng chưa duyệt: người vừa sửa không tự duyệt được."


class WholeForm:
    """For Wagtail's form views: a request that lacks parts of the form is a bad request, not an error of ours."""

    def dispatch(self, request, *args, **kwargs):
        try:
            return super().dispatch(request, *args, **kwargs)
        except MultiValueDictKeyError as error:
            raise BadRequest("Biểu mẫu gửi lên bị thiếu phần.") from error


class OfficeCreateView(WholeForm, CreateView):
    def save_action(self):
        if self.request.POST.get("action-publish"):
            messages.warning(self.request, ASK_FOR_APPROVAL)
        return super().save_action()


class DecidesOnce:
    """For Wagtail's edit views: an autosave neither approves nor sends.

    A slow machine saves by itself once more after the click, with the click's decision in the form; it would make
    a version behind the one just approved.
    """

    def post(self, request, *args, **kwargs):
        if self.expects_json_response and any(name.startswith("action-") for name in request.POST):
            return self.json_error_response("decided", DECIDED)
        return super().post(request, *args, **kwargs)


class SecondPersonRule:
    """For Wagtail's edit views: whoever edits does not approve."""

    def get(self, request, *args, **kwargs):
        if notice := second_person_notice(self.page, request.user):
            messages.info(request, notice)
        return super().get(request, *args, **kwargs)

    def save_action(self):
        posted = self.request.POST
        if posted.get("action-publish"):
            messages.warning(self.request, ASK_FOR_APPROVAL)
        elif posted.get("workflow-action-name") == APPROVE and is_last_editor(self.real_page_record, self.request.user):
            messages.error(self.request, second_person_notice(self.page, self.request.user) or EDITED_SO_NOT_APPROVED)
        return super().save_action()

    def add_save_confirmation_message(self):
        """What became of the page, not only that it was saved."""
        title = self.page.get_admin_display_title()
        done = getattr(self, "workflow_action", None)
        if done == APPROVE:
            hour = self.page.go_live_at
            is_waiting = hour and hour > timezone.now()
            when = f"sẽ lên cổng lúc {timezone.localtime(hour):%H:%M ngày %d/%m/%Y}" if is_waiting else "đã lên cổng"
            messages.success(self.request, f"Đã duyệt; trang “{title}” {when}.")
        elif done == REJECT:
            messages.success(self.request, f"Đã trả lại trang “{title}” để sửa.")
        else:
            super().add_save_confirmation_message()

    def perform_workflow_action(self):
        if self.workflow_action == APPROVE:
            if self.has_content_changes:
                messages.error(self.request, EDITED_SO_NOT_APPROVED)
                self.workflow_action = None
                return super().save_action()
            if reasons := refusals(self.form.instance):
                messages.error(self.request, " ".join(reasons))
                return self.redirect_and_remain()
        return super().perform_workflow_action()


class OfficeEditView(WholeForm, DecidesOnce, RefusesStaleSave, SecondPersonRule, TellsOfComments, EditView):
    pass


class OfficeRevertView(
    WholeForm, DecidesOnce, RefusesStaleSave, SecondPersonRule, TellsOfComments, RevisionsRevertView
):
    pass


class MetInWorkflow:
    """For Wagtail's workflow views: they tell a page's title before they ask who may know it."""

    def setup(self, request, *args, **kwargs):
        page = get_object_or_404(Page, pk=kwargs["page_id"]).specific
        perms = page.permissions_for_user(request.user)
        if not (perms.can_edit() or perms.can_view_revisions()):
            raise PermissionDenied
        super().setup(request, *args, **kwargs)


class OwnCollectActionView(MetInWorkflow, CollectWorkflowActionDataView):
    pass


class OwnCancellationView(MetInWorkflow, ConfirmWorkflowCancellationView):
    pass


class OwnWorkflowPreviewView(MetInWorkflow, PreviewRevisionForTaskView):
    pass


class ReviewActionView(MetInWorkflow, WorkflowActionView):
    """Approval from a list: refused with a sentence when the person or the page is not ready for it."""

    def dispatch(self, request, *args, **kwargs):
        if self.action_name == APPROVE and (reasons := approval_obstacles(self.task_state, request.user)):
            messages.error(request, " ".join(reasons))
            return redirect(self.redirect_url)
        return super().dispatch(request, *args, **kwargs)


class DraftCopyForm(CopyForm):
    """A copy is a draft of its own: it neither goes live nor mirrors another page."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("publish_copies", "alias"):
            self.fields.pop(name, None)


class DraftCopyView(CopyView):
    def get_form_class(self):
        return DraftCopyForm


class OwnExplorerView(ExplorableIndexView):
    """Wagtail lets the explorer open any page below the person's root, title included."""

    def get(self, request, parent_page_id=None):
        met = self.permission_policy.explorable_instances(request.user)
        if parent_page_id and not met.filter(pk=parent_page_id).exists() and not is_root(parent_page_id):
            raise Http404
        return super().get(request, parent_page_id)


def is_root(page_id: int) -> bool:
    return Page.objects.filter(pk=page_id, depth=1).exists()


class OwnMoveConfirmView(MoveConfirmView):
    """Wagtail asks for the permission only when the move is posted, after showing the title."""

    def dispatch(self, request, page_to_move_id, destination_id, *args, **kwargs):
        page = get_object_or_404(Page, pk=page_to_move_id).specific
        destination = get_object_or_404(Page, pk=destination_id).specific
        if not page.permissions_for_user(request.user).can_move_to(destination):
            raise PermissionDenied
        return super().dispatch(request, page_to_move_id, destination_id, *args, **kwargs)


class OfficePageViewSet(PageViewSet):
    """Takes the place of Wagtail's own views for every page type."""

    model = Page
    add_view_class = OfficeCreateView
    edit_view_class = OfficeEditView
    revisions_revert_view_class = OfficeRevertView
    workflow_action_view_class = ReviewActionView
    collect_workflow_action_data_view_class = OwnCollectActionView
    confirm_workflow_cancellation_view_class = OwnCancellationView
    workflow_preview_view_class = OwnWorkflowPreviewView
    copy_view_class = DraftCopyView
    index_view_class = OwnExplorerView
    move_confirm_view_class = OwnMoveConfirmView


office_page_viewset = OfficePageViewSet()
