"""Searches that staff keep and may have mailed to them."""

import hashlib

from django.conf import settings
from django.db import models
from django.utils import timezone


class SavedSearch(models.Model):
    """A search of one person, e.g. name "Đất đai 2024", address "q=%C4%91%E1%BA%A5t+%C4%91ai&nam=2024".

    Shape: `known` lists the ids of pages that need no mail any more; `handled_on` is the first day of the last
    period that was dealt with; `unsent` is what a mail held whose sending was not seen to end.
    """

    DAILY, WEEKLY, NEVER = "hang-ngay", "hang-tuan", "khong-gui"
    FREQUENCIES = [(DAILY, "Hằng ngày"), (WEEKLY, "Hằng tuần"), (NEVER, "Không gửi")]

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches")
    name = models.CharField("tên", max_length=120)
    address = models.TextField(max_length=12_000)
    digest = models.CharField(max_length=64, editable=False)
    frequency = models.CharField("gửi thư", max_length=10, choices=FREQUENCIES, default=DAILY)
    created_at = models.DateTimeField(default=timezone.now)
    checked_at = models.DateTimeField(default=timezone.now)
    handled_on = models.DateField()
    known = models.JSONField(default=list)
    unsent = models.JSONField(default=list)

    class Meta:
        verbose_name = "tìm kiếm đã lưu"
        verbose_name_plural = "tìm kiếm đã lưu"
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["owner", "digest"], name="saved_search_once")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.digest = digest_of(self.address)
        super().save(*args, **kwargs)


def digest_of(address: str) -> str:
    """The fingerprint by which the same search is known again, 64 characters."""
    return hashlib.sha256(address.encode()).hexdigest()
