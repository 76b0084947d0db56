"""Counts what lies on the disk against what the rows name: a file without a row, a row without a file."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.apps import apps
from django.core.files.storage import Storage, default_storage
from django.db import models

from home.models import PortalRendition


@dataclass
class Census:
    """What does not fit: `Census(files=["documents/a.pdf"], rows=[MissingFile(…)])`."""

    files: list[str] = field(default_factory=list)
    rows: list["MissingFile"] = field(default_factory=list)


@dataclass(frozen=True)
class MissingFile:
    """A row that names a file which is not there."""

    model: type[models.Model]
    pk: object
    column: str
    name: str

    @property
    def label(self) -> str:
        return f"{self.model._meta.verbose_name} {self.pk}: {self.name}"


def take_census(storage: Storage = default_storage) -> Census:
    """Whatever does not fit. Files are listed before rows: one that comes in between is not called missing."""
    on_disk = set(files_in(storage))
    named, missing = set(), []
    for model, column in file_columns():
        rows = model._base_manager.exclude(**{column: ""}).exclude(**{column: None})
        for pk, name in rows.order_by().values_list("pk", column).iterator(chunk_size=2_000):
            named.add(name)
            if name not in on_disk and not storage.exists(name):
                missing.append(MissingFile(model, pk, column, name))
    return Census(sorted(on_disk - named), missing)


def file_columns() -> Iterator[tuple[type[models.Model], str]]:
    """Every column of every table that names a stored file."""
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.proxy and model._meta.managed:
            for column in model._meta.local_fields:
                if isinstance(column, models.FileField):
                    yield model, column.name


def files_in(storage: Storage, folder: str = "") -> Iterator[str]:
    """Every file, e.g. "documents/a.k3j5x8a2b4cd.pdf"."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    prefix = f"{folder}/" if folder else ""
    yield from (f"{prefix}{name}" for name in files)
    for name in folders:
        yield from files_in(storage, f"{prefix}{name}")


def remove_strays(census: Census, older_than_seconds: float, storage: Storage = default_storage) -> Census:
    """Remove what can be made again or belongs to nobody; gives what was removed.

    Shape: files without a row, and rows of sizes, which are made again. A younger file may belong to a row that is
    being written. A picture or document without its file stays listed: only a backup brings it back.
    """
    done = Census()
    newest = time.time() - older_than_seconds
    for name in census.files:
        if storage.exists(name) and storage.get_modified_time(name).timestamp() <= newest:
            storage.delete(name)
            done.files.append(name)
    for row in census.rows:
        if row.model is PortalRendition:
            for rendition in PortalRendition.objects.filter(pk=row.pk):
                rendition.delete()
            done.rows.append(row)
    return done
