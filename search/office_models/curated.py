"""Answers that the office pins to a query or hides from it."""

from django.conf import settings
from django.contrib.admin import display
from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable, Page

from search.vietnamese.letters import clean
from search.vietnamese.query_words import read_query

MOST_WORDINGS = 20
NO_WORDS = "Mỗi dòng phải có ít nhất một từ để tìm."
TOO_MANY = f"Một mục có nhiều nhất {MOST_WORDINGS} cách viết câu tìm."
TAKEN = "Câu tìm “{wording}” đã nằm trong mục “{other}”; hãy sửa mục đó."


def key_of(text: str) -> str:
    """The name of a query in the office's rules, whatever its accents: `key_of("Đất đai!")` is "dat dai"."""
    return " ".join(read_query(text).folded)


class CuratedQuery(ClusterableModel):
    """One thing people ask, in one or several wordings, with the pages pinned to it and hidden from it.

    Shape: `wordings` one a line; `keys` the same as keys, between line breaks: "\\ndat dai\\nluat dat dai\\n".
    """

    wordings = models.TextField(
        "câu tìm",
        max_length=4000,
        help_text="Mỗi dòng một cách viết; có dấu hay không dấu, chữ hoa hay chữ thường đều như nhau.",
    )
    keys = models.TextField(editable=False, default="")
    note = models.TextField(
        "ghi chú", blank=True, max_length=1000, help_text="Vì sao ghim hoặc ẩn; người đọc không thấy."
    )
    until_on = models.DateField("áp dụng đến hết ngày", null=True, blank=True, help_text="Để trống nếu không có hạn.")
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="người sửa",
    )
    updated_at = models.DateTimeField("sửa lúc", auto_now=True)

    class Meta:
        verbose_name = "kết quả ghim và ẩn"
        verbose_name_plural = "kết quả ghim và ẩn"
        ordering = ["-updated_at"]

    def __str__(self) -> str:
        return self.first_wording()

    @display(description="câu tìm", ordering="wordings")
    def first_wording(self) -> str:
        """What lists call the rule."""
        return self.lines[0] if self.lines else "…"

    @property
    def lines(self) -> list[str]:
        """The wordings, tidy, each once."""
        return list(dict.fromkeys(filter(None, map(clean, self.wordings.splitlines()))))

    def clean(self) -> None:
        super().clean()
        lines = self.lines
        if not lines or not all(map(key_of, lines)):
            raise ValidationError({"wordings": NO_WORDS})
        if len(lines) > MOST_WORDINGS:
            raise ValidationError({"wordings": TOO_MANY})
        self.wordings = "\n".join(lines)
        for line in lines:
            others = type(self).objects.exclude(pk=self.pk).filter(keys__contains=f"\n{key_of(line)}\n")
            if other := others.first():
                raise ValidationError({"wordings": TAKEN.format(wording=line, other=other)})

    def save(self, *args, **kwargs) -> None:
        keys = dict.fromkeys(filter(None, map(key_of, self.lines)))
        self.keys = "\n" + "".join(f"{key}\n" for key in keys)
        super().save(*args, **kwargs)


class PinnedPage(Orderable):
    """A page shown before the hits."""

    rule = ParentalKey(CuratedQuery, on_delete=models.CASCADE, related_name="pins")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+", verbose_name="trang")

    class Meta(Orderable.Meta):
        verbose_name = "trang ghim"
        verbose_name_plural = "trang ghim"

    def __str__(self) -> str:
        return str(self.page)


class HiddenPage(Orderable):
    """A page left out of the hits."""

    rule = ParentalKey(CuratedQuery, on_delete=models.CASCADE, related_name="hidden_pages")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+", verbose_name="trang")

    class Meta(Orderable.Meta):
        verbose_name = "trang ẩn"
        verbose_name_plural = "trang ẩn"

    def __str__(self) -> str:
        return str(self.page)
