"""Catalogues: what a law or the office decides is a row with dates and a basis, never a constant in code.

Rows shipped with the product come from CSV files (`home.catalogue_files`); the office may edit each of them.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from search.shipped_rows import ShippedQuerySet, ShippedRow, digest, plain_words

__all__ = ["CatalogueQuerySet", "CatalogueRow", "ShippedQuerySet", "ShippedRow", "digest", "plain_words"]


class CatalogueQuerySet(ShippedQuerySet):
    def in_force(self, on: date | None = None):
        """Rows valid on that day, both ends included; today when no day is given."""
        on = on or timezone.localdate()
        begun = Q(valid_from=None) | Q(valid_from__lte=on)
        return self.filter(begun, Q(valid_until=None) | Q(valid_until__gte=on))


class CatalogueRow(ShippedRow):
    """One entry of a catalogue, valid between two days (both included; empty means no limit known)."""

    words_to_search = ("name", "code")

    name = models.CharField(_("tên"), max_length=255)
    code = models.CharField(_("ký hiệu, viết tắt"), max_length=40, blank=True)
    valid_from = models.DateField(_("có hiệu lực từ"), null=True, blank=True)
    valid_until = models.DateField(_("đến hết ngày"), null=True, blank=True)
    basis = models.TextField(_("căn cứ"), blank=True, help_text=_("Văn bản quy định mục này"))
    source = models.TextField(_("nguồn"), blank=True, help_text=_("Nơi lấy thông tin"))
    needs_review = models.BooleanField(_("cần rà soát"), default=False)
    position = models.PositiveIntegerField(_("thứ tự"), default=0)

    objects = models.Manager.from_queryset(CatalogueQuerySet)()

    class Meta:
        abstract = True
        ordering = ["position", "name"]

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            message = _("Ngày hết hiệu lực không được trước ngày bắt đầu có hiệu lực.")
            raise ValidationError({"valid_until": message})

    def is_in_force(self, on: date | None = None) -> bool:
        on = on or timezone.localdate()
        return (self.valid_from or date.min) <= on <= (self.valid_until or date.max)
