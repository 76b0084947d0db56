"""Organs that issue documents, each under the names and codes it bore at different times.

An organ is the lasting identity; a name is a dated row. When two organs merge into a new one, the new one is
another organ, and the old ones name it among their `successors`.
"""

import re
from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from home.catalogue import CatalogueRow, ShippedQuerySet, ShippedRow, plain_words

LEVEL_WORDS = "tinh|thanh pho|tp|huyen|thi xa|xa|phuong"


def comparable_codes(code: str) -> set[str]:
    """The forms of a code in a look-up: `STN&MT` as `STNMT`, `QH15` also as `QH`; `Đ` and case stay."""
    bare = re.sub(r"[&.\s]", "", code)
    return {bare, re.sub(r"(?<=QH)\d+$", "", bare)}


class OrganQuerySet(ShippedQuerySet):
    def matching(self, words):
        """Organs of which some name, past or present, holds every one of the words."""
        names = OrganName.objects.matching(words)
        return self.filter(pk__in=names.values("organ"))


class OrganManager(models.Manager.from_queryset(OrganQuerySet)):
    def get_queryset(self):
        # An organ is shown by its name, which is a row of another table: a list must not ask for each.
        return super().get_queryset().prefetch_related("names")

    def find(self, code=None, name=None, place=None, on=None) -> "list[Organ]":
        """Organs that bore this code or name that day: `find(code="STNMT", on=date(2024, 3, 5))`.

        Without a day every name counts, past and present. `place` (`"Kon Tum"`) prefers that place's organs
        and drops those of other places; organs of the whole country stay when none of the place answers.
        Several organs may remain: they are candidates, and the caller must not choose for the reader.
        """
        names = OrganName.objects.in_force(on) if on else OrganName.objects.all()
        named = names.select_related("organ").order_by("organ__position", "organ__slug", "valid_from")
        kept = [row for row in named if row.answers_to(code, name)]
        exact = [row for row in kept if not code or row.bears(code)]
        organs = list({row.organ_id: row.organ for row in exact or kept}.values())
        return of_place(organs, place) if place else organs


def of_place(organs: "list[Organ]", place: str) -> "list[Organ]":
    wanted = plain_words(place)
    local = [organ for organ in organs if plain_words(organ.place) == wanted]
    return local or [organ for organ in organs if not organ.place]


class Organ(ShippedRow, ClusterableModel):
    class Level(models.TextChoices):
        CENTRAL = "central", _("Trung ương")
        PARTY = "party", _("Cơ quan của Đảng")
        MINISTRY = "ministry", _("Bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ")
        PROVINCE = "province", _("Tỉnh")
        DEPARTMENT = "department", _("Sở, ban, ngành")
        DISTRICT = "district", _("Huyện")
        COMMUNE = "commune", _("Xã")
        UNION = "union", _("Mặt trận, đoàn thể")
        OTHER = "other", _("Khác")

    catalogue_file = "organs.csv"
    words_to_search = ("slug",)

    level = models.CharField(_("cấp"), max_length=12, choices=Level.choices)
    place = models.CharField(
        _("địa bàn"),
        max_length=80,
        blank=True,
        help_text=_("Tên riêng của tỉnh, huyện, xã; để trống ở cấp Trung ương"),
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("cơ quan cấp trên"),
    )
    successors = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="predecessors", verbose_name=_("cơ quan kế tục")
    )
    note = models.TextField(_("ghi chú"), blank=True)
    position = models.PositiveIntegerField(_("thứ tự"), default=0)

    objects = OrganManager()

    class Meta:
        ordering = ["position", "slug"]
        verbose_name = _("cơ quan, tổ chức")
        verbose_name_plural = _("cơ quan, tổ chức")

    def __str__(self):
        return self.name_on()

    def slug_words(self):
        return f"{self.get_level_display()} {self.place}"

    def row_on(self, on: date | None = None) -> "OrganName | None":
        """The name borne that day; after the last one ended, the last; before the first, the first."""
        on = on or timezone.localdate()
        rows = sorted(self.names.all(), key=lambda row: row.valid_from or date.min)
        begun = [row for row in rows if (row.valid_from or date.min) <= on]
        current = [row for row in begun if row.is_in_force(on)]
        return (current or begun or rows[:1] or [None])[-1]

    def name_on(self, on: date | None = None) -> str:
        """The name of that day (today when none is given): `"Sở Tài nguyên và Môi trường tỉnh Kon Tum"`."""
        row = self.row_on(on)
        return row.name if row else self.slug

    name_on.short_description = _("Tên hiện nay hoặc tên cuối cùng")

    def code_on(self, on: date | None = None) -> str:
        """The code of that day, `"STNMT"`; empty when it had none."""
        row = self.row_on(on)
        return row.code if row else ""


class OrganName(CatalogueRow):
    catalogue_file = "organ_names.csv"
    words_to_search = ("name", "code", "short_name", "aliases")

    organ = ParentalKey(Organ, on_delete=models.CASCADE, related_name="names", verbose_name=_("cơ quan, tổ chức"))
    short_name = models.CharField(_("tên viết gọn"), max_length=160, blank=True)
    aliases = models.TextField(_("cách gọi khác"), blank=True, help_text=_("Cách nhau bằng dấu chấm phẩy"))

    class Meta(CatalogueRow.Meta):
        ordering = ["valid_from", "position"]
        verbose_name = _("tên gọi của cơ quan")
        verbose_name_plural = _("tên gọi của cơ quan")

    def bears(self, code: str) -> bool:
        return bool(self.code) and not comparable_codes(code).isdisjoint(comparable_codes(self.code))

    def answers_to(self, code: str | None, name: str | None) -> bool:
        """Whether this row is called so; a code may lack marks or case, a name may leave out the place."""
        if not code and not name:
            return False
        wanted = {plain_words(form) for form in comparable_codes(code or "")}
        own = {plain_words(form) for form in comparable_codes(self.code)} if self.code else set()
        has_code = not code or not wanted.isdisjoint(own)
        return has_code and (not name or plain_words(name) in self.plain_names())

    def plain_names(self) -> set[str]:
        """Every way to say the name: whole, short, aliases; each also without its place and level word."""
        ways = (self.name, self.short_name, *self.aliases.split(";"))
        spoken = {plain_words(text) for text in ways if text}
        if place := plain_words(self.organ.place):
            spoken |= {re.sub(rf" {place}$", "", text) for text in spoken}
            spoken |= {re.sub(rf" (?:{LEVEL_WORDS})$", "", text) for text in spoken}
        return spoken
