"""Records behind a story: who was commended by which decision, who consented to what."""

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable


class Commendation(Orderable):
    """One award decision; a revoked one takes the story off the site."""

    page = ParentalKey("news.StoryPage", on_delete=models.CASCADE, related_name="commendations")
    form = models.ForeignKey("news.AwardForm", on_delete=models.PROTECT, related_name="+", verbose_name="hình thức")
    level = models.ForeignKey(
        "news.AwardLevel", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="cấp"
    )
    decision_number = models.CharField("quyết định số", max_length=60, blank=True)
    decided_on = models.DateField("ngày quyết định", null=True, blank=True)
    decided_by = models.CharField("cơ quan quyết định", max_length=200, blank=True)
    revoked_on = models.DateField("ngày hủy quyết định", null=True, blank=True)
    revoked_by = models.CharField("quyết định hủy", max_length=200, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = "khen thưởng"

    def __str__(self) -> str:
        return str(self.form)


class Consent(Orderable):
    """Consent to publish image and information (law 91/2025): who, when, for what, and its withdrawal."""

    CHANNELS = [("form", "Phiếu đồng ý có chữ ký"), ("mail", "Thư điện tử"), ("minutes", "Biên bản"), ("other", "Khác")]

    page = ParentalKey("news.StoryPage", on_delete=models.CASCADE, related_name="consents")
    given_by = models.CharField("người đồng ý", max_length=120)
    given_on = models.DateField("ngày đồng ý")
    scope = models.CharField("phạm vi đồng ý", max_length=255, default="Tên, chức vụ, ảnh và thành tích trên cổng")
    covers_name = models.BooleanField("đồng ý nêu tên, chức vụ", default=True)
    covers_photo = models.BooleanField("đồng ý đăng ảnh", default=True)
    covers_story = models.BooleanField("đồng ý kể câu chuyện, thành tích", default=True)
    channel = models.CharField("hình thức", max_length=16, choices=CHANNELS, default="form")
    evidence_place = models.CharField(
        "nơi lưu phiếu",
        max_length=255,
        blank=True,
        help_text="Ví dụ: hồ sơ thi đua năm 2024, tập 3, tờ 12. Không tải phiếu có chữ ký lên cổng.",
    )
    withdrawn_on = models.DateField("ngày rút lại", null=True, blank=True)
    withdrawal_note = models.CharField("ghi chú rút lại", max_length=255, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = "đồng ý công khai"

    def __str__(self) -> str:
        return f"{self.given_by}, {self.given_on:%d/%m/%Y}"

    def clean(self) -> None:
        super().clean()
        if self.withdrawn_on and self.given_on and self.withdrawn_on < self.given_on:
            raise ValidationError({"withdrawn_on": "Ngày rút lại phải sau ngày đồng ý."})
