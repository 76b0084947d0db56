"""Rows that the product ships in a CSV file and the office may edit: each remembers what was shipped."""

import hashlib
import json
import re

from django.db import models
from django.utils.translation import gettext_lazy as _

from search.vietnamese.letters import fold, nfc


def plain_words(text: str) -> str:
    """Words without marks, case or punctuation: `plain_words("Sở TN&MT")` is `"so tn mt"`."""
    return re.sub(r"[\W_]+", " ", fold(nfc(text))).strip()


class ShippedQuerySet(models.QuerySet):
    def matching(self, words: str):
        """Rows holding every one of the words, typed with or without marks: `matching("ke hoach")`."""
        rows = self
        for word in plain_words(words).split():
            rows = rows.filter(folded__contains=word)
        return rows


class ShippedRow(models.Model):
    """A row with a lasting identity (`slug`) that remembers what the product shipped for it.

    `shipped` is a digest of the row as it came from the file: while the row still has that digest a newer
    file may change it; once the office has edited it, no file does.
    """

    catalogue_file = ""
    catalogue_key: tuple[str, ...] = ("slug",)
    words_to_search: tuple[str, ...] = ("name",)

    slug = models.CharField(_("mã định danh"), max_length=80, unique=True, blank=True)
    shipped = models.CharField(max_length=64, editable=False, blank=True, default="")
    folded = models.TextField(editable=False, default="")

    objects = models.Manager.from_queryset(ShippedQuerySet)()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        self.slug = self.slug or self.free_slug()
        self.folded = plain_words(" ".join(str(getattr(self, name)) for name in self.words_to_search))
        super().save(*args, **kwargs)

    def free_slug(self) -> str:
        """A slug nobody has yet, from the row's name: `"bao_cao_nhanh"`, then `"bao_cao_nhanh_2"`."""
        stem = plain_words(self.slug_words()).replace(" ", "_")[:70] or "muc"
        taken = set(type(self).objects.exclude(pk=self.pk).filter(slug__startswith=stem).values_list("slug", flat=True))
        numbered = (f"{stem}_{number}" for number in range(2, len(taken) + 3))
        return next(slug for slug in (stem, *numbered) if slug not in taken)

    def slug_words(self) -> str:
        return str(getattr(self, self.words_to_search[0]))

    @classmethod
    def shipped_fields(cls) -> list[models.Field]:
        """The fields a catalogue file may fill: all but the key of the database and the two computed ones."""
        own = [*cls._meta.concrete_fields, *cls._meta.many_to_many]
        return [field for field in own if not field.primary_key and field.name not in ("shipped", "folded")]

    def shipped_text(self, field: models.Field) -> str:
        """A field's value as a catalogue file writes it: `2024-03-05`, `1`, the slug of another row."""
        if field.many_to_many:
            return "|".join(sorted(row.slug for row in getattr(self, field.name).all())) if self.pk else ""
        value = getattr(self, field.name)
        if not value:
            return ""
        if field.is_relation:
            return value.slug
        return "1" if value is True else str(value)

    def texts(self) -> dict[str, str]:
        return {field.name: self.shipped_text(field) for field in self.shipped_fields()}


def digest(texts: dict[str, str]) -> str:
    """The fingerprint of a row; empty cells do not count, so a field added later leaves it unchanged."""
    filled = {name: text for name, text in texts.items() if text}
    return hashlib.sha256(json.dumps(filled, sort_keys=True).encode()).hexdigest()
