"""Letters about approval: to those who may approve, then to the person who asked for it."""

from django.contrib.auth import get_user_model
from django.db.models import Q
from wagtail.models import AbstractGroupApprovalTask, Page, TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from portal.office.letters import (
    APPROVED,
    REJECTED,
    SUBMITTED,
    may_edit,
    may_read_or_edit,
    newest_of,
    receivers,
    send_letters,
)
from portal.office_models import is_last_editor


def tell_approvers(instance: TaskState, user=None, **kwargs) -> None:
    """A step of approval begins: one letter to each person of its group and each superuser who may approve it."""
    task, page = instance.task.specific, instance.workflow_state.content_object
    if not isinstance(task, AbstractGroupApprovalTask) or not isinstance(page, Page):
        return
    page = newest_of(page)
    in_charge = Q(groups__in=task.groups.all()) | Q(is_superuser=True)
    people = get_user_model().objects.filter(in_charge).exclude(pk=user.pk if user else None)

    def may_approve(person, page: Page) -> bool:
        """The page does not know yet that it is at this step, so the step itself is asked as well."""
        opens = may_edit(person, page) or task.user_can_access_editor(page, person)
        return opens and not is_last_editor(page, person)

    chosen = receivers(people.values_list("pk", flat=True), page, SUBMITTED, may_approve)
    asker = instance.workflow_state.requested_by
    send_letters(SUBMITTED, page, [(person, {"asker": asker}) for person in chosen])


def tell_of_approval(instance: WorkflowState, user=None, **kwargs) -> None:
    """The page is approved: who asked may know when they read the page now, or still edit it."""
    _tell_asker(APPROVED, instance, user, may_read_or_edit, {})


def tell_of_rejection(instance: WorkflowState, user=None, **kwargs) -> None:
    """The page comes back with a remark about the draft: only for who still edits it."""
    state = instance.current_task_state.specific
    _tell_asker(REJECTED, instance, user, may_edit, {"state": state, "remark": state.get_comment()})


def _tell_asker(notice: str, state: WorkflowState, user, is_allowed, context: dict) -> None:
    asker_id = state.requested_by_id
    if asker_id is None or (user and asker_id == user.pk) or not isinstance(state.content_object, Page):
        return
    page = newest_of(state.content_object)
    send_letters(notice, page, [(person, context) for person in receivers([asker_id], page, notice, is_allowed)])


def say_nothing(**kwargs) -> None:
    """The first step already told everybody: a second letter about one submission would be one too many."""


#: Wagtail's own letters, by the names under which Wagtail connects them, and what takes their place.
PLACES = (
    (task_submitted, TaskState, "group_approval_task_submitted_email_notification", tell_approvers),
    (workflow_submitted, WorkflowState, "workflow_state_submitted_email_notification", say_nothing),
    (workflow_rejected, WorkflowState, "workflow_state_rejected_email_notification", tell_of_rejection),
    (workflow_approved, WorkflowState, "workflow_state_approved_email_notification", tell_of_approval),
)


def connect() -> None:
    """Take the places of Wagtail's letters: a name already taken keeps Wagtail out, whoever comes first."""
    for signal, sender, name, receiver in PLACES:
        signal.disconnect(sender=sender, dispatch_uid=name)
        signal.connect(receiver, sender=sender, dispatch_uid=name)
