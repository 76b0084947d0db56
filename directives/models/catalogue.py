"""Catalogues of official documents: kinds, fields of work, and documents people cite by a familiar name."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from directives.models.organ import Organ, OrganName
from home.catalogue import CatalogueQuerySet, CatalogueRow, ShippedQuerySet, ShippedRow, plain_words

__all__ = ["CitationAlias", "DocumentKind", "Organ", "OrganName", "SubjectField"]


class DocumentKindQuerySet(CatalogueQuerySet):
    def find(self, code=None, name=None, series=None, on: date | None = None) -> "list[DocumentKind]":
        """Kinds of this code or name: `find(code="QĐ", series="party")` gives quyết định and quy định.

        Codes are compared exactly (`CTr` is not `CT`, `ĐA` is not `DA`). Rows in force on the day come alone;
        when none was, the others come, since a document older than the present decree still has a kind.
        """
        rows = self.filter(code=code) if code else self.all()
        rows = rows.filter(series=series) if series else rows
        rows = [row for row in rows if not name or plain_words(row.name) == plain_words(name)]
        return [row for row in rows if row.is_in_force(on)] or rows


class DocumentKind(CatalogueRow):
    class Series(models.TextChoices):
        STATE = "state", _("Hành chính (NĐ 30)")
        PARTY = "party", _("Đảng")
        LEGAL = "legal", _("Quy phạm pháp luật")
        COPY = "copy", _("Bản sao")
        OTHER = "other", _("Khác")

    catalogue_file = "document_kinds.csv"
    catalogue_key = ("series", "slug")

    slug = models.CharField(_("mã định danh"), max_length=80, blank=True)
    series = models.CharField(_("hệ thống văn bản"), max_length=8, choices=Series.choices)

    objects = models.Manager.from_queryset(DocumentKindQuerySet)()

    class Meta(CatalogueRow.Meta):
        verbose_name = _("loại văn bản")
        verbose_name_plural = _("loại văn bản")
        constraints = [models.UniqueConstraint(fields=["series", "slug"], name="one_document_kind_per_series")]

    def __str__(self):
        if self.series == self.Series.STATE:
            return self.name
        return f"{self.name} ({self.get_series_display()})"


class SubjectField(CatalogueRow):
    catalogue_file = "subject_fields.csv"

    class Meta(CatalogueRow.Meta):
        verbose_name = _("lĩnh vực")
        verbose_name_plural = _("lĩnh vực")


class CitationAliasQuerySet(ShippedQuerySet):
    def candidates(self, phrase: str) -> "list[CitationAlias]":
        """Documents known by this phrase, newest first: `candidates("Chỉ thị 39")` gives two, so ask."""
        rows = [row for row in self.matching(phrase) if plain_words(row.phrase) == plain_words(phrase)]
        return sorted(rows, key=lambda row: row.issued_on or date.min, reverse=True)


class CitationAlias(ShippedRow):
    """A familiar name of a document (`Chỉ thị 05`) and the document it may mean."""

    catalogue_file = "citation_aliases.csv"
    words_to_search = ("phrase", "notation", "abstract")

    phrase = models.CharField(_("cụm từ"), max_length=160)
    kind = models.CharField(_("loại văn bản"), max_length=80, help_text=_("Mã loại văn bản, ví dụ chi_thi"))
    number = models.CharField(_("số"), max_length=11, blank=True)
    separator = models.CharField(
        _("dấu giữa số và ký hiệu"), max_length=1, blank=True, choices=[("/", "/"), ("-", "-")]
    )
    notation = models.CharField(_("ký hiệu"), max_length=30, blank=True)
    issued_on = models.DateField(_("ngày ban hành"), null=True, blank=True)
    issuer = models.CharField(_("cơ quan ban hành"), max_length=200, blank=True)
    abstract = models.CharField(_("trích yếu"), max_length=500, blank=True)
    source = models.TextField(_("nguồn"), blank=True)
    needs_review = models.BooleanField(_("cần rà soát"), default=False)

    objects = models.Manager.from_queryset(CitationAliasQuerySet)()

    class Meta:
        ordering = ["phrase", "-issued_on"]
        verbose_name = _("tên gọi quen thuộc của văn bản")
        verbose_name_plural = _("tên gọi quen thuộc của văn bản")

    def __str__(self):
        return f"{self.phrase}: {self.number}{self.separator}{self.notation}"
