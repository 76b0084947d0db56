"""A file brought in through "Nhập văn bản", with what was read from it."""

from django.conf import settings
from django.db import models
from wagtail.models import Page


class IntakeRecord(models.Model):
    """Who brought which file, what was recognised, which draft it became."""

    document = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="tệp gốc"
    )
    sha256 = models.CharField(max_length=64, db_index=True)
    recognition = models.JSONField("kết quả nhận dạng")
    page = models.OneToOneField(Page, null=True, on_delete=models.SET_NULL, related_name="intake_record")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name="người nhập"
    )
    created_at = models.DateTimeField("thời điểm nhập", auto_now_add=True)

    class Meta:
        verbose_name = "lượt nhập văn bản"
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.document.title
