"""The way a page gets on the site: approval by a second person, or at once with a reason that others review."""

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail import hooks
from wagtail.models import Page, Revision, Task, Workflow, WorkflowPage, WorkflowState, WorkflowTask

from home.models import HomePage
from portal.office_models import SecondPersonTask, UrgentPublication

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
    """The messages of each field with its name before them, e.g. `[["Tóm tắt: Trường này không được trống."]]`."""
    if not hasattr(error, "error_dict"):
        return [error.messages]
    labels = {field.name: str(getattr(field, "verbose_name", field.name)) for field in page._meta.get_fields()}
    return [
        [f"{label[:1].upper()}{label[1:]}: {message}" if (label := labels.get(name)) else message for message in messages]
        for name, messages in error.message_dict.items()
    ]


@transaction.atomic
def publish_urgently(page: Page, revision: Revision, user, reason: str) -> UrgentPublication:
    """Publish without approval and keep who did it and why, for the review afterwards."""
    revision.publish(user=user, skip_permission_checks=True)
    return UrgentPublication.objects.create(
        page_id=page.pk, title=revision.object_str[:255], revision=revision, by=user, reason=reason
    )
