"""A file on its way from the desk to a page: what was read from it, how far it came, which page it became."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from wagtail.models import Page


class IntakeState(models.TextChoices):
    """How far a file has come; each file is in exactly one."""

    RECEIVED = "received", "Đã nhận"
    READING = "reading", "Đang đọc chữ"
    PICTURES = "pictures", "Đang nhận dạng chữ trong ảnh"
    REVIEW = "review", "Chờ soát"
    DRAFTED = "drafted", "Đã mở bản nháp"
    PUBLISHED = "published", "Đã đăng"
    TWIN = "twin", "Trùng"
    FAILED = "failed", "Không đọc được"
    REFUSED = "refused", "Bị từ chối"
    CANCELLED = "cancelled", "Đã hủy"


#: Somebody, or some process, has still to do something for these.
AT_WORK = (IntakeState.RECEIVED, IntakeState.READING, IntakeState.PICTURES)


class IntakeBatch(models.Model):
    """Files that came together, from the admin or from a folder, e.g. "so-van-ban-2019"."""

    name = models.CharField("tên đợt", max_length=255)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name="người nhập"
    )
    created_at = models.DateTimeField("thời điểm nhập", auto_now_add=True)
    #: Which folder or register it is: the digest of its path; empty for files from the admin.
    source = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = "đợt nhập văn bản"
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["source"], condition=~Q(source=""), name="one_batch_of_a_source"),
        ]

    def __str__(self) -> str:
        return self.name


class IntakeRecord(models.Model):
    """Who brought which file, what was read, how far it came, which page it became.

    Shape: `reading` is what `directives.intake.reading.Reading.to_json` wrote, without it nothing was read yet;
    `recognition` keeps the evidence beside the fields of the page; `values` are what a person typed so far;
    `version` goes up with each change by a person, so that a second one is told.
    """

    batch = models.ForeignKey(
        IntakeBatch, null=True, blank=True, on_delete=models.CASCADE, related_name="records", verbose_name="đợt"
    )
    document = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="tệp gốc",
    )
    #: Empty for a refused file: its name may tell what must not be told.
    name = models.CharField("tên tệp", max_length=255, blank=True)
    #: Which file of the batch it is: the digest of its path there, for a path may tell what must not be told.
    place = models.CharField(max_length=64, blank=True)
    sha256 = models.CharField(max_length=64, db_index=True)
    format = models.CharField("định dạng", max_length=10, blank=True)
    state = models.CharField(
        "trạng thái", max_length=10, choices=IntakeState, default=IntakeState.RECEIVED, db_index=True
    )
    reason = models.CharField("lý do", max_length=500, blank=True)
    pages_read = models.PositiveSmallIntegerField("số trang đã đọc", default=0)
    page_count = models.PositiveSmallIntegerField("số trang", default=0)
    reader_version = models.PositiveSmallIntegerField(default=0)
    reading = models.JSONField("nội dung đọc được", null=True)
    recognition = models.JSONField("kết quả nhận dạng", default=dict)
    values = models.JSONField("giá trị đã sửa", default=dict)
    version = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    page = models.OneToOneField(Page, null=True, on_delete=models.SET_NULL, related_name="intake_record")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name="người nhập"
    )
    created_at = models.DateTimeField("thời điểm nhập", auto_now_add=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name="người xác nhận"
    )
    confirmed_at = models.DateTimeField("thời điểm xác nhận", null=True)

    class Meta:
        verbose_name = "lượt nhập văn bản"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "created_at"])]
        constraints = [
            models.UniqueConstraint(fields=["batch", "place"], name="one_record_of_a_file_in_a_batch"),
            models.CheckConstraint(
                condition=~Q(state="refused") | Q(name="", reading__isnull=True, document__isnull=True),
                name="refused_keeps_nothing",
            ),
        ]

    def __str__(self) -> str:
        return self.name
