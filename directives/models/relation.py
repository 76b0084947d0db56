"""Typed relations between documents, readable from both sides."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable, Page

LABELS = {
    "basis": ("Căn cứ ban hành", "Là căn cứ của"),
    "amends": ("Sửa đổi, bổ sung", "Được sửa đổi, bổ sung bởi"),
    "replaces": ("Thay thế", "Bị thay thế bởi"),
    "repeals": ("Bãi bỏ", "Bị bãi bỏ bởi"),
    "corrects": ("Đính chính", "Được đính chính bởi"),
    "guides": ("Hướng dẫn thi hành", "Được hướng dẫn bởi"),
    "implements": ("Triển khai thực hiện", "Được triển khai bởi"),
    "recalls": ("Thu hồi", "Bị thu hồi bởi"),
    "answers": ("Trả lời", "Được trả lời bởi"),
    "related": ("Liên quan", "Liên quan"),
}


class RelationQuerySet(models.QuerySet):
    def touching(self, page_id: int):
        """Relations of which the page is either end."""
        return self.filter(Q(page_id=page_id) | Q(target_id=page_id)).order_by("pk")


class Relation(Orderable):
    """Document `page` does something to document `target`, e.g. replaces it."""

    page = ParentalKey("directives.DirectivePage", on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField("quan hệ", max_length=16, choices=[(key, pair[0]) for key, pair in LABELS.items()])
    target = models.ForeignKey(
        Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name="văn bản trên cổng"
    )
    target_text = models.CharField("văn bản ngoài cổng", max_length=500, blank=True)
    scope = models.CharField("phạm vi", max_length=160, blank=True, help_text="Điều, khoản, điểm nào.")

    objects = RelationQuerySet.as_manager()

    class Meta(Orderable.Meta):
        verbose_name = "văn bản liên quan"

    def clean(self) -> None:
        super().clean()
        if not self.target_id and not self.target_text:
            raise ValidationError({"target_text": "Hãy chọn văn bản trên cổng hoặc ghi văn bản ngoài cổng."})

    def other_than(self, page_id: int) -> int | None:
        """The end that is not this page."""
        return self.target_id if self.page_id == page_id else self.page_id

    def label_seen_from(self, page_id: int) -> str:
        """The relation in words, e.g. "Bị thay thế bởi" seen from the replaced document."""
        own, inverse = LABELS[self.kind]
        return own if self.page_id == page_id else inverse
