"""Records of the office: approval by a second person, urgent publications, the desk of each unit."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.core.validators import MinLengthValidator
from django.db import models, transaction
from wagtail.models import Collection, GroupApprovalTask, Page, Revision, TaskState

SHORTEST_REASON = 10
APPROVE = "approve"
REJECT = "reject"


class SecondPersonTask(GroupApprovalTask):
    """Approval by a group, and never by the person who edited last."""

    class Meta:
        verbose_name = "bước duyệt của người thứ hai"
        verbose_name_plural = "bước duyệt của người thứ hai"

    @classmethod
    def get_description(cls) -> str:
        return "Người trong nhóm đã chọn duyệt; người sửa cuối cùng không tự duyệt được."

    def get_actions(self, obj, user) -> list:
        """What the person may do: the last editor may ask for changes but not approve."""
        actions = super().get_actions(obj, user)
        if is_last_editor(obj, user):
            return [action for action in actions if action[0] != APPROVE]
        return actions

    @transaction.atomic
    def on_action(self, task_state, user, action_name, **kwargs):
        """Approval holds for the newest version, which is what goes on the site.

        Errors: PermissionDenied when the person edited last, whatever way the request came.
        """
        page = task_state.workflow_state.content_object
        if action_name == APPROVE:
            if is_last_editor(page, user):
                raise PermissionDenied
            task_state.revision = page.get_latest_revision()
        return super().on_action(task_state, user, action_name, **kwargs)

    def approvers_of(self, obj) -> list:
        """The people who may approve this page as it stands, e.g. `[<User: Trần Thị Mẫu>]`."""
        members = get_user_model().objects.filter(groups__in=self.groups.all(), is_active=True).distinct()
        return [person for person in members.order_by("first_name", "last_name") if not is_last_editor(obj, person)]


def is_last_editor(obj, user) -> bool:
    """Whether the newest revision of the page is this person's work.

    Read from the database: the page at hand may have been loaded before somebody saved.
    """
    newest = Revision.objects.for_instance(obj).order_by("-created_at", "-id").values_list("user_id", flat=True).first()
    return newest is not None and newest == user.pk


def awaiting_approval_by(user):
    """Task states the person may approve now, oldest first: their last editor is somebody else."""
    states = TaskState.objects.reviewable_by(user).select_related("revision", "workflow_state").order_by("started_at")
    return [state for state in states if not is_last_editor(state.workflow_state.content_object, user)]


class UrgentPublicationQuerySet(models.QuerySet):
    def awaiting_review(self):
        return self.filter(reviewed_at=None)

    def reviewable_by(self, user):
        """Those another person published: nobody reviews their own urgency."""
        return self.awaiting_review().exclude(by=user)


class UrgentPublication(models.Model):
    """A page published without approval: who, why, and who looked at it afterwards."""

    page = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name="trang")
    title = models.CharField("tiêu đề khi đăng", max_length=255)
    revision = models.ForeignKey(
        Revision, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name="phiên bản"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="người đăng",
    )
    at = models.DateTimeField("thời điểm đăng", auto_now_add=True)
    reason = models.TextField("lý do đăng khẩn", max_length=500, validators=[MinLengthValidator(SHORTEST_REASON)])
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="người soát",
    )
    reviewed_at = models.DateTimeField("thời điểm soát", null=True)
    verdict = models.TextField("ý kiến soát lại", max_length=500, blank=True)

    objects = UrgentPublicationQuerySet.as_manager()

    class Meta:
        verbose_name = "lượt đăng khẩn"
        verbose_name_plural = "lượt đăng khẩn"
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.title


class UnitDesk(models.Model):
    """The files and the group of a unit: who belongs to the unit works in its collection alone."""

    unit = models.OneToOneField("home.UnitPage", on_delete=models.CASCADE, related_name="+", verbose_name="đơn vị")
    collection = models.OneToOneField(Collection, on_delete=models.CASCADE, related_name="+", verbose_name="bộ tệp")
    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="+", verbose_name="nhóm")

    class Meta:
        verbose_name = "bàn làm việc của đơn vị"
        verbose_name_plural = "bàn làm việc của đơn vị"

    def __str__(self) -> str:
        return self.collection.name
