"""Catalogues of emulation and commendation: award forms and levels, occasions, forms and scopes."""

from calendar import monthrange
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from home.catalogue import CatalogueQuerySet, CatalogueRow, plain_words

__all__ = ["AwardForm", "AwardLevel", "EmulationForm", "EmulationScope", "Occasion"]

LEAP_YEAR = 2024


class AwardLevel(CatalogueRow):
    catalogue_file = "award_levels.csv"

    class Meta(CatalogueRow.Meta):
        verbose_name = _("cấp khen thưởng")
        verbose_name_plural = _("cấp khen thưởng")


class AwardForm(CatalogueRow):
    class Group(models.TextChoices):
        TITLE = "title", _("Danh hiệu thi đua")
        ORDER = "order", _("Huân chương")
        MEDAL = "medal", _("Huy chương")
        HONOUR = "honour", _("Danh hiệu vinh dự nhà nước")
        PRIZE = "prize", _("Giải thưởng")
        INSIGNIA = "insignia", _("Kỷ niệm chương, huy hiệu")
        MERIT = "merit", _("Bằng khen")
        PRAISE = "praise", _("Giấy khen")

    class ForWhom(models.TextChoices):
        INDIVIDUAL = "individual", _("Cá nhân")
        COLLECTIVE = "collective", _("Tập thể")
        HOUSEHOLD = "household", _("Hộ gia đình")
        ANY = "any", _("Mọi đối tượng")

    class Grade(models.TextChoices):
        FIRST = "Nhất", _("Hạng Nhất")
        SECOND = "Nhì", _("Hạng Nhì")
        THIRD = "Ba", _("Hạng Ba")

    catalogue_file = "award_forms.csv"

    group = models.CharField(_("nhóm"), max_length=10, choices=Group.choices)
    for_whom = models.CharField(_("đối tượng"), max_length=10, choices=ForWhom.choices, default=ForWhom.ANY)
    grade = models.CharField(_("hạng"), max_length=4, choices=Grade.choices, blank=True)
    default_level = models.ForeignKey(
        AwardLevel,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cấp khen thưởng thường gặp"),
    )

    class Meta(CatalogueRow.Meta):
        verbose_name = _("danh hiệu, hình thức khen thưởng")
        verbose_name_plural = _("danh hiệu, hình thức khen thưởng")


class OccasionQuerySet(CatalogueQuerySet):
    def named_in(self, text: str) -> "list[Occasion]":
        """Occasions the text speaks of, in the order it names them: a launch of 2024 gives eight."""
        words = f" {plain_words(text)} "
        found = [(row.place_in(words), row) for row in self]
        return [row for place, row in sorted(found, key=lambda pair: pair[0]) if place >= 0]


class Occasion(CatalogueRow):
    class Calendar(models.TextChoices):
        SOLAR = "solar", _("Dương lịch")
        LUNAR = "lunar", _("Âm lịch")

    catalogue_file = "occasions.csv"
    words_to_search = ("name", "phrases")

    calendar = models.CharField(_("lịch"), max_length=5, choices=Calendar.choices, default=Calendar.SOLAR)
    day = models.PositiveSmallIntegerField(_("ngày"))
    month = models.PositiveSmallIntegerField(_("tháng"))
    first_year = models.PositiveSmallIntegerField(_("năm gốc"), null=True, blank=True)
    phrases = models.TextField(
        _("cách viết thường gặp"),
        blank=True,
        help_text=_("Cách nhau bằng dấu chấm phẩy; dùng để nhận ra dịp này trong văn bản"),
    )

    objects = models.Manager.from_queryset(OccasionQuerySet)()

    class Meta(CatalogueRow.Meta):
        ordering = ["calendar", "month", "day", "position"]
        verbose_name = _("dịp kỷ niệm")
        verbose_name_plural = _("dịp kỷ niệm")

    def clean(self):
        super().clean()
        if not 1 <= (self.month or 0) <= 12:
            raise ValidationError({"month": _("Tháng phải từ 1 đến 12.")})
        last = 30 if self.calendar == self.Calendar.LUNAR else monthrange(LEAP_YEAR, self.month)[1]
        if not 1 <= (self.day or 0) <= last:
            raise ValidationError({"day": _("Ngày không có trong tháng này.")})

    def anniversary_in(self, year: int) -> int | None:
        """How many years it marks: 94 for the founding of the Party in 2024; None without a first year."""
        return year - self.first_year if self.first_year and year >= self.first_year else None

    def date_in(self, year: int) -> date | None:
        """The day that year, `date(2024, 2, 3)`; None for a lunar occasion, whose solar day moves."""
        if self.calendar == self.Calendar.LUNAR:
            return None
        return date(year, self.month, min(self.day, monthrange(year, self.month)[1]))

    def place_in(self, words: str) -> int:
        """Where the plain words name this occasion, -1 when they do not."""
        phrases = filter(None, map(plain_words, (self.name, *self.phrases.split(";"))))
        places = [words.find(f" {phrase} ") for phrase in phrases]
        return min((place for place in places if place >= 0), default=-1)


class EmulationForm(CatalogueRow):
    catalogue_file = "emulation_forms.csv"

    class Meta(CatalogueRow.Meta):
        verbose_name = _("hình thức tổ chức thi đua")
        verbose_name_plural = _("hình thức tổ chức thi đua")


class EmulationScope(CatalogueRow):
    catalogue_file = "emulation_scopes.csv"

    class Meta(CatalogueRow.Meta):
        verbose_name = _("phạm vi thi đua")
        verbose_name_plural = _("phạm vi thi đua")
