"""The abbreviations in use, as the office keeps them."""

from functools import lru_cache
from pathlib import Path

from django.db import transaction
from django.db.models.signals import post_delete, post_save

from search.office_models import Abbreviation
from search.remembered import Remembered
from search.vietnamese.abbreviations import Abbreviations, read_rows

SHIPPED = Path(__file__).parent / "catalogues" / Abbreviation.catalogue_file


def current() -> Abbreviations:
    """The table as it is now, e.g. `current().expand("UBND xã")`; the shipped one until any row is loaded."""
    return _remembered()


def _load() -> Abbreviations:
    rows = list(Abbreviation.objects.order_by("pk").values_list("short", "long", "is_active"))
    if not rows:
        return _shipped()
    return _table(tuple((short, long) for short, long, is_active in rows if is_active))


@lru_cache(maxsize=2)
def _table(rows: tuple[tuple[str, str], ...]) -> Abbreviations:
    """The same rows make no new table, however often they are read."""
    return Abbreviations(rows)


@lru_cache(maxsize=1)
def _shipped() -> Abbreviations:
    with SHIPPED.open(encoding="utf-8", newline="") as lines:
        return Abbreviations(read_rows(lines))


_remembered = Remembered(_load)


def forget_table(**kwargs: object) -> None:
    """Read the table again: at once, and once more when the change is there for everybody."""
    _remembered.forget()
    transaction.on_commit(_remembered.forget)


for _signal in (post_save, post_delete):
    _signal.connect(forget_table, sender=Abbreviation, dispatch_uid="abbreviation_table")
