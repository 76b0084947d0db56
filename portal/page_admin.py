"""The office's own page views: careful saves, no way to publish alone, no copies that go live."""

from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.admin.forms.pages import CopyForm
from wagtail.admin.views.pages.copy import CopyView
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.admin.views.pages.workflow import WorkflowActionView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from portal.approval import approval_obstacles, refusals, second_person_notice
from portal.concurrent_edit import RefusesStaleSave
from portal.office_models import APPROVE, is_last_editor

ASK_FOR_APPROVAL = "Bản nháp đã lưu nhưng chưa đăng: mọi trang cần một người khác duyệt. Hãy bấm “Gửi duyệt”."
EDITED_SO_NOT_APPROVED = "Đã lưu chỗ sửa nhưng chưa duyệt: người vừa sửa không tự duyệt được."


class OfficeCreateView(CreateView):
    def save_action(self):
        if self.request.POST.get("action-publish"):
            messages.warning(self.request, ASK_FOR_APPROVAL)
        return super().save_action()


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
        elif posted.get("workflow-action-name") == APPROVE and is_last_editor(
            self.real_page_record, self.request.user
        ):
            messages.error(
                self.request, second_person_notice(self.page, self.request.user) or EDITED_SO_NOT_APPROVED
            )
        return super().save_action()

    def perform_workflow_action(self):
        if self.workflow_action == APPROVE:
            if self.has_content_changes:
                messages.error(self.request, EDITED_SO_NOT_APPROVED)
                return super().save_action()
            if reasons := refusals(self.form.instance):
                messages.error(self.request, " ".join(reasons))
                return self.redirect_and_remain()
        return super().perform_workflow_action()


class OfficeEditView(RefusesStaleSave, SecondPersonRule, EditView):
    pass


class OfficeRevertView(RefusesStaleSave, SecondPersonRule, RevisionsRevertView):
    pass


class ReviewActionView(WorkflowActionView):
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


class OfficePageViewSet(PageViewSet):
    """Takes the place of Wagtail's own views for every page type."""

    model = Page
    add_view_class = OfficeCreateView
    edit_view_class = OfficeEditView
    revisions_revert_view_class = OfficeRevertView
    workflow_action_view_class = ReviewActionView
    copy_view_class = DraftCopyView


office_page_viewset = OfficePageViewSet()
