"""Abbreviations that a search spells both ways, as the office keeps them."""

from django.core.exceptions import ValidationError
from django.db import models

from search.shipped_rows import ShippedRow, plain_words
from search.vietnamese.letters import clean
from search.vietnamese.syllables import exact_tokens, syllables

NO_LETTERS = "Chữ viết tắt phải có ít nhất một chữ cái hoặc chữ số."
TOO_SHORT = "Nghĩa đầy đủ phải có ít nhất hai tiếng, ví dụ “Ủy ban nhân dân”."
KNOWN = "“{short}” với nghĩa “{long}” đã có trong bảng."
SAME = "Chữ viết tắt và nghĩa đầy đủ đang giống nhau."


class Abbreviation(ShippedRow):
    """A short form and one of its meanings, e.g. "UBND", "Ủy ban nhân dân"; several meanings are several rows."""

    catalogue_file = "abbreviations.csv"
    catalogue_key = ("short", "long")
    words_to_search = ("short", "long")

    short = models.CharField("chữ viết tắt", max_length=40)
    long = models.CharField("nghĩa đầy đủ", max_length=200)
    note = models.CharField("ghi chú", max_length=255, blank=True)
    is_active = models.BooleanField(
        "đang dùng", default=True, help_text="Bỏ chọn thì tìm kiếm không hiểu chữ viết tắt này nữa."
    )

    class Meta:
        verbose_name = "từ viết tắt"
        verbose_name_plural = "từ viết tắt"
        ordering = ["folded", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["short", "long"],
                name="abbreviation_once",
                violation_error_message="Chữ viết tắt với nghĩa này đã có trong bảng.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.short}: {self.long}"

    @classmethod
    def shipped_fields(cls) -> list[models.Field]:
        """The short and the long form name a row in the file; the slug is made here."""
        return [field for field in super().shipped_fields() if field.name != "slug"]

    def clean(self) -> None:
        super().clean()
        self.short, self.long, self.note = clean(self.short), clean(self.long), clean(self.note)
        if not syllables(self.short):
            raise ValidationError({"short": NO_LETTERS})
        if len(syllables(self.long)) < 2:
            raise ValidationError({"long": TOO_SHORT})
        if syllables(self.short) == syllables(self.long):
            raise ValidationError({"long": SAME})
        if twin := self._twin():
            raise ValidationError({"long": KNOWN.format(short=twin.short, long=twin.long)})

    def _twin(self) -> "Abbreviation | None":
        """A row that says the same, whatever the case of its long form and the place of its tones."""
        alike = type(self).objects.exclude(pk=self.pk).filter(folded=plain_words(f"{self.short} {self.long}"))
        meaning = exact_tokens(self.long)
        return next((row for row in alike if row.short == self.short and exact_tokens(row.long) == meaning), None)
