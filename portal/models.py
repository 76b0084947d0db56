"""People with an account: every account is a staff member."""

from functools import cached_property

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils import timezone

from portal.office_models import SecondPersonTask, UnitDesk, UrgentPublication

__all__ = ["Membership", "SecondPersonTask", "UnitDesk", "UrgentPublication", "User"]

EVERY_UNIT = "home.edit_every_unit"


class User(AbstractUser):
    """A staff member; family name comes first when the name is written."""

    position = models.CharField("chức vụ", max_length=120, blank=True)

    class Meta(AbstractUser.Meta):
        verbose_name = "người dùng"
        verbose_name_plural = "người dùng"

    def get_full_name(self) -> str:
        return f"{self.last_name} {self.first_name}".strip() or self.username

    def __str__(self) -> str:
        return self.get_full_name()

    @cached_property
    def unit_ids(self) -> frozenset[int]:
        """Ids of the units this person belongs to today."""
        if not self.pk:
            return frozenset()
        today = timezone.localdate()
        rows = self.memberships.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=today), Q(ends_on__isnull=True) | Q(ends_on__gte=today)
        )
        return frozenset(rows.values_list("unit_id", flat=True))

    @cached_property
    def sees_every_unit(self) -> bool:
        return self.has_perm(EVERY_UNIT)


class Membership(models.Model):
    """A person belongs to a unit from one day to another."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships", verbose_name="người dùng")
    unit = models.ForeignKey("home.UnitPage", on_delete=models.CASCADE, related_name="+", verbose_name="đơn vị")
    starts_on = models.DateField("từ ngày", null=True, blank=True)
    ends_on = models.DateField("đến ngày", null=True, blank=True)

    class Meta:
        verbose_name = "nhân sự của đơn vị"
        verbose_name_plural = "nhân sự của đơn vị"
        constraints = [models.UniqueConstraint(fields=["user", "unit"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.user} – {self.unit}"
