"""Originals that a kill left on the disk without a row, between the writing of the file and the commit."""

import posixpath
import time
from collections.abc import Iterable
from datetime import datetime

from django.core.files.storage import Storage, default_storage
from django.utils import timezone

from directives.intake.gate import clean_name
from home.media_census import take_census
from home.storage import plain_name
from home.uploads import clean_file_name

from .sources import Item

FOLDER = "documents/"
#: A younger file may belong to an upload that is being kept this moment. Units: seconds.
OLD_ENOUGH = 3.0


def remove_leftovers(items: Iterable[Item], since: datetime, storage: Storage = default_storage) -> list[str]:
    """Removes files of these names that no row names and that came since then, and gives their names.

    Shape: only names that a run over these items can have written; whatever else is astray is left to
    `media_verify`.
    """
    own = {_split(clean_file_name(clean_name(item.name))) for item in items}
    strays = [name for name in take_census(storage).files if _is_own(name, own)]
    written = {name: storage.get_modified_time(name) for name in strays if storage.exists(name)}
    strays = [name for name, at in written.items() if at >= since]
    if strays and (timezone.now() - max(written[name] for name in strays)).total_seconds() < OLD_ENOUGH:
        time.sleep(OLD_ENOUGH)
        still_astray = set(take_census(storage).files)
        strays = [name for name in strays if name in still_astray]
    for name in strays:
        storage.discard(name)
    return strays


def _split(name: str) -> tuple[str, str]:
    stem, extension = posixpath.splitext(name)
    return stem, extension


def _is_own(name: str, own: set[tuple[str, str]]) -> bool:
    """Whether a stored name comes from one of these; a long one was cut."""
    if not name.startswith(FOLDER):
        return False
    stem, extension = _split(plain_name(name))
    if (stem, extension) in own:
        return True
    return any(end == extension and whole.startswith(stem) for whole, end in own if len(whole) > len(stem) > 20)
