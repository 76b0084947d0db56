"""How a page gets on the site: approved by a second person, or at once for a reason that others review."""

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail import hooks
from wagtail.models import (
    Page,
    Revision,
    Task,
    TaskState,
    Workflow,
    WorkflowPage,
    WorkflowState,
    WorkflowTask,
)

from home.models import HomePage
from portal.office_models import SecondPersonTask, UrgentPublication, is_last_editor

WORKFLOW = "Duyệt đăng"
STEP = "Lãnh đạo duyệt"
WAGTAIL_EXAMPLE = "Moderators approval"


def ensure_approval(approvers: Group) -> Workflow:
    """The workflow every page goes through, with its one step by this group; made when missing."""
    workflow, _ = Workflow.objects.get_or_create(name=WORKFLOW)
    step = SecondPersonTask.objects.filter(name=STEP).first() or SecondPersonTask.objects.create(name=STEP)
    step.groups.add(approvers)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=step.task_ptr, defaults={"sort_order": 0})
    if home := HomePage.objects.first():
        WorkflowPage.objects.get_or_create(page_id=home.pk, defaults={"workflow": workflow})
    if not WorkflowState.objects.filter(workflow__name=WAGTAIL_EXAMPLE).exists():
        Workflow.objects.filter(name=WAGTAIL_EXAMPLE).delete()
        Task.objects.filter(name=WAGTAIL_EXAMPLE).delete()
    return workflow


def refusals(page: Page) -> list[str]:
    """Why this version may not be published, as sentences; `[]` when nothing stands against it.

    Packages below add their reasons through the hook `refuse_publication`, which takes the page.
    """
    try:
        page.full_clean()
    except ValidationError as error:
        return [sentence for sentences in _named(page, error) for sentence in sentences]
    return [sentence for reasons in hooks.get_hooks("refuse_publication") for sentence in reasons(page)]


def _named(page: Page, error: ValidationError) -> list[list[str]]:
    """The messages of each field after its name, e.g. `[["Tóm tắt: Trường này không được trống."]]`."""
    if not hasattr(error, "error_dict"):
        return [error.messages]
    labels = {field.name: str(getattr(field, "verbose_name", field.name)) for field in page._meta.get_fields()}
    return [
        [
            f"{label[:1].upper()}{label[1:]}: {message}" if (label := labels.get(name)) else message
            for message in messages
        ]
        for name, messages in error.message_dict.items()
    ]


def approval_obstacles(task_state: TaskState, user) -> list[str]:
    """Why this person may not approve now: edited last, overtaken by an edit, or not fit to publish."""
    page = task_state.workflow_state.content_object
    newest = page.get_latest_revision()
    if is_last_editor(page, user):
        return [second_person_notice(page, user) or "Người sửa cuối cùng không tự duyệt được."]
    if newest.created_at > task_state.started_at and newest.pk != task_state.revision_id:
        return ["Trang đã được sửa sau khi gửi duyệt. Hãy mở trang, xem bản mới nhất rồi duyệt."]
    return refusals(newest.as_object())


def second_person_notice(page: Page, user) -> str:
    """The sentence for a reviewer who edited last, naming those who may approve; "" for anyone else."""
    task = page.current_workflow_task
    if not isinstance(task, SecondPersonTask) or not task.user_can_access_editor(page, user):
        return ""
    if not is_last_editor(page, user):
        return ""
    names = ", ".join(str(person) for person in task.approvers_of(page))
    who = f"Người có thể duyệt: {names}." if names else "Hiện chưa có người thứ hai nào được giao duyệt."
    return f"Ông/bà là người sửa cuối cùng nên không tự duyệt được bản này. {who}"


@transaction.atomic
def publish_urgently(page: Page, revision: Revision, user, reason: str) -> UrgentPublication:
    """Publish without approval and keep who did it and why, for the review afterwards."""
    revision.publish(user=user, skip_permission_checks=True)
    return UrgentPublication.objects.create(
        page_id=page.pk, title=revision.object_str[:255], revision=revision, by=user, reason=reason
    )
