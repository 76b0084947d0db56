"""What changes about a unit: names, leaders, events of its life."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from home.models.unit import UnitPage
from search.vietnamese.collation import person_sort_key


class DatedRow(Orderable):
    """A fact about a unit that holds from one day to another."""

    valid_from = models.DateField("từ ngày", null=True, blank=True)
    valid_until = models.DateField("đến ngày", null=True, blank=True)

    class Meta(Orderable.Meta):
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValidationError({"valid_until": "Ngày kết thúc phải sau ngày bắt đầu."})

    def holds_on(self, day: date) -> bool:
        return (not self.valid_from or self.valid_from <= day) and (not self.valid_until or self.valid_until >= day)


class UnitName(DatedRow):
    """A name and code the unit bore, with the decision behind it."""

    page = ParentalKey(UnitPage, on_delete=models.CASCADE, related_name="names")
    name = models.CharField("tên gọi", max_length=255)
    code = models.CharField("chữ viết tắt", max_length=30, blank=True)
    basis = models.CharField("căn cứ", max_length=255, blank=True)

    class Meta(DatedRow.Meta):
        verbose_name = "tên gọi"


class UnitLeader(DatedRow):
    """An appointment: official data only (name, office, official phone and mail)."""

    page = ParentalKey(UnitPage, on_delete=models.CASCADE, related_name="leaders")
    name = models.CharField("họ và tên", max_length=80)
    office = models.CharField("chức vụ", max_length=120)
    phone = models.CharField("điện thoại công vụ", max_length=60, blank=True)
    email = models.EmailField("thư công vụ", blank=True)
    sort_name = models.CharField(max_length=200, editable=False, blank=True)

    class Meta(DatedRow.Meta):
        verbose_name = "lãnh đạo"

    def save(self, *args, **kwargs) -> None:
        self.sort_name = person_sort_key(self.name)[:200]
        super().save(*args, **kwargs)

    def is_in_office(self, day: date) -> bool:
        return self.holds_on(day)


class UnitEvent(Orderable):
    """Founding, renaming, merger, division… with the decision, in the words of the Civil Code."""

    KINDS = [
        ("founded", "Thành lập"),
        ("renamed", "Đổi tên"),
        ("merged_into", "Sáp nhập"),
        ("consolidated", "Hợp nhất"),
        ("divided", "Chia"),
        ("spun_off", "Tách"),
        ("dissolved", "Giải thể"),
        ("moved", "Chuyển cơ quan chủ quản"),
        ("converted", "Chuyển đổi loại hình"),
        ("recoded", "Đổi chữ viết tắt"),
        ("relocated", "Đổi trụ sở, địa bàn"),
    ]

    page = ParentalKey(UnitPage, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField("sự kiện", max_length=16, choices=KINDS)
    effective_on = models.DateField("ngày hiệu lực", null=True, blank=True)
    title = models.CharField("tên sau sự kiện", max_length=255)
    description = models.CharField("diễn giải", max_length=500, blank=True)
    decision = models.CharField("quyết định", max_length=255, blank=True, help_text="Số, ký hiệu, ngày, cơ quan.")
    joins = models.CharField("đơn vị cùng tham gia", max_length=255, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = "sự kiện"
