"""People with an account: every account is a staff member."""

from functools import cached_property

from django.contrib.auth.models import AbstractUser
from django.contrib.sessions.base_session import AbstractBaseSession
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from intranet.official_data import refuse_private_email, refuse_private_number
from portal.office_models import SecondPersonTask, UnitDesk, UrgentPublication

__all__ = ["Membership", "SecondPersonTask", "StaffSession", "UnitDesk", "UrgentPublication", "User"]

EVERY_UNIT = "home.edit_every_unit"


class User(AbstractUser):
    """A staff member; family name comes first when the name is written."""

    email = models.EmailField(
        "thư điện tử cơ quan",
        blank=True,
        validators=[refuse_private_email],
        help_text="Hộp thư công vụ, hiện trong danh bạ.",
    )
    position = models.CharField("chức vụ", max_length=120, blank=True, validators=[refuse_private_number])
    office_phone = models.CharField(
        "điện thoại cơ quan",
        max_length=40,
        blank=True,
        validators=[refuse_private_number],
        help_text="Số máy bàn của cơ quan và số máy lẻ, ví dụ 0260 3862 000 (máy lẻ 12). Không ghi số riêng.",
    )

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
        return frozenset(self.memberships.today().values_list("unit_id", flat=True))

    @cached_property
    def sees_every_unit(self) -> bool:
        return self.has_perm(EVERY_UNIT)


class MembershipQuerySet(models.QuerySet):
    def today(self):
        """Those that have begun and not ended on this day; the last day counts."""
        today = timezone.localdate()
        begun = Q(starts_on__isnull=True) | Q(starts_on__lte=today)
        return self.filter(begun, Q(ends_on__isnull=True) | Q(ends_on__gte=today))


class Membership(models.Model):
    """A person belongs to a unit from one day to another; who comes back has a second row."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships", verbose_name="người dùng")
    unit = models.ForeignKey("home.UnitPage", on_delete=models.CASCADE, related_name="+", verbose_name="đơn vị")
    starts_on = models.DateField("từ ngày", null=True, blank=True, help_text="Để trống nếu không rõ ngày bắt đầu.")
    ends_on = models.DateField("đến ngày", null=True, blank=True, help_text="Ngày cuối cùng còn thuộc đơn vị.")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "nhân sự của đơn vị"
        verbose_name_plural = "nhân sự của đơn vị"
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="membership_ends_after_it_starts",
                violation_error_message="Ngày kết thúc phải bằng hoặc sau ngày bắt đầu.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.unit}"

    def clean(self) -> None:
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": "Ngày kết thúc phải bằng hoặc sau ngày bắt đầu."})
        if self.user_id and self.unit_id and self._overlapping().exists():
            raise ValidationError("Người này đã thuộc đơn vị trong khoảng thời gian đó; hãy sửa dòng đã có.")

    def _overlapping(self) -> models.QuerySet:
        rows = Membership.objects.filter(user_id=self.user_id, unit_id=self.unit_id).exclude(pk=self.pk)
        if self.starts_on:
            rows = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=self.starts_on))
        if self.ends_on:
            rows = rows.filter(Q(starts_on__isnull=True) | Q(starts_on__lte=self.ends_on))
        return rows


class StaffSession(AbstractBaseSession):
    """A session that knows whose it is, so that it ends with the account."""

    account_id = models.BigIntegerField("tài khoản", null=True, db_index=True)

    class Meta:
        verbose_name = "phiên đăng nhập"
        verbose_name_plural = "phiên đăng nhập"
        default_permissions = ()

    @classmethod
    def get_session_store_class(cls):
        from portal.sessions import SessionStore

        return SessionStore
