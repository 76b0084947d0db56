"""Reads the CSV files shipped with the product into catalogues, without ever undoing the office's edits."""

import csv
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction

from home.catalogue import ShippedRow, digest


class CatalogueFileError(ValueError):
    """A shipped file is wrong: the message names the file, the line and the cell, in Vietnamese."""


@dataclass
class LoadCounts:
    """What a load did: rows `added`, `updated`, `unchanged`, and `kept` as the office had edited them."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: int = 0


def catalogue_models() -> list[type[ShippedRow]]:
    """Every catalogue of the installed applications, those that others point to first."""
    found = [model for model in apps.get_models() if issubclass(model, ShippedRow) and model.catalogue_file]
    return sorted(found, key=count_of_others_named)


def count_of_others_named(model: type[ShippedRow]) -> int:
    fields = model._meta.concrete_fields
    return sum(field.is_relation and field.related_model is not model for field in fields)


def catalogue_path(model: type[ShippedRow]) -> Path:
    return Path(apps.get_app_config(model._meta.app_label).path) / "catalogues" / model.catalogue_file


@transaction.atomic
def load_rows(model: type[ShippedRow], csv_path: Path, *, key: tuple[str, ...] | None = None) -> LoadCounts:
    """Bring a catalogue up to its file: `load_rows(DocumentKind, path, key=("series", "slug")).added` is 84.

    Shape: the first line names fields; dates are ISO, `1` is yes, other rows go by slug, several with `|`.
    Errors: CatalogueFileError; then nothing at all is changed.
    """
    return FileLoad(model, csv_path, key or model.catalogue_key).run()


class FileLoad:
    """One pass over one file; holds the rows known so far, so that later lines may point to earlier ones."""

    def __init__(self, model, csv_path, key):
        self.model, self.path, self.key = model, Path(csv_path), key
        self.fields = {field.name: field for field in model.shipped_fields()}
        one = [name for name, field in self.fields.items() if field.many_to_one]
        self.many = [name for name, field in self.fields.items() if field.many_to_many]
        rows = model.objects.select_related(*one) if one else model.objects.all()
        self.rows = {self.key_of(row.texts()): row for row in rows.prefetch_related(*self.many)}
        self.related = {
            name: self.by_slug(model, self.rows.values())
            if self.fields[name].related_model is model
            else self.by_slug(self.fields[name].related_model)
            for name in (*one, *self.many)
        }
        self.counts, self.links, self.seen = LoadCounts(), [], set()

    @staticmethod
    def by_slug(model, rows=None):
        return {row.slug: row for row in (model.objects.all() if rows is None else rows)}

    def key_of(self, texts):
        return tuple(texts[name] for name in self.key)

    def run(self) -> LoadCounts:
        with self.path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            if unknown := set(reader.fieldnames or ["?"]) - set(self.fields):
                names = ", ".join(sorted(unknown))
                raise CatalogueFileError(f"{self.path.name}: danh mục không có cột {names}")
            for cells in reader:
                self.take(reader.line_num, cells)
        for row, name, slugs in self.links:
            getattr(row, name).set([self.find(name, slug) for slug in slugs.split("|") if slug])
        return self.counts

    def take(self, line: int, cells: dict[str, str]):
        """Compare one line with its row: add it, update it, or leave it alone."""
        try:
            wanted = self.row_of(cells)
            texts = wanted.texts() | {name: self.sorted_slugs(cells.get(name, "")) for name in self.many}
            if self.key_of(texts) in self.seen:
                raise CatalogueFileError("mục bị lặp")
            self.seen.add(self.key_of(texts))
            self.settle(wanted, texts)
        except (ValidationError, CatalogueFileError) as error:
            reasons = error.messages if isinstance(error, ValidationError) else [str(error)]
            raise CatalogueFileError(f"{self.path.name}, dòng {line}: {'; '.join(reasons)}") from error

    def settle(self, wanted, texts):
        row = self.rows.get(self.key_of(texts))
        present = digest(row.texts()) if row else ""
        if present == digest(texts):
            self.counts.unchanged += 1
        elif row and present != row.shipped:
            self.counts.kept += 1
        else:
            self.counts.added += row is None
            self.counts.updated += row is not None
            self.write(row, wanted, texts)

    def write(self, row, wanted, texts):
        wanted.pk = row.pk if row else None
        wanted._state.adding = row is None
        wanted.shipped = digest(texts)
        wanted.full_clean()
        wanted.save()
        self.rows[self.key_of(texts)] = wanted
        self.links += [(wanted, name, texts[name]) for name in self.many]
        for name, rows in self.related.items():
            if self.fields[name].related_model is self.model:
                rows[wanted.slug] = wanted

    def row_of(self, cells):
        """An unsaved row holding what the line says, each value turned by its own field."""
        values = {}
        for name, text in cells.items():
            field = self.fields[name]
            if field.many_to_many:
                continue
            if field.is_relation:
                values[name] = self.find(name, text) if text else None
            elif text:
                values[name] = field.to_python(text)
        return self.model(**values)

    def find(self, name, slug):
        if slug not in self.related[name]:
            raise CatalogueFileError(f"{name}: không có mục “{slug}”")
        return self.related[name][slug]

    @staticmethod
    def sorted_slugs(text):
        return "|".join(sorted(slug for slug in text.split("|") if slug))
