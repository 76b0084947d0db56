"""Which consents stand: a person who took it back counts again only by a consent given on a later day."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol


class ConsentRecord(Protocol):
    """What is asked of a consent, e.g. a row of `news.models.Consent`."""

    given_by: str
    given_on: date
    withdrawn_on: date | None
    covers_name: bool
    covers_photo: bool
    covers_story: bool


def standing(consents: Iterable[ConsentRecord]) -> list[ConsentRecord]:
    """The consents that hold now; those given up to the day on which the same person took it back do not.

    Example: given on 1 March, withdrawn on 5 May, given again on 9 June: the last one stands.
    Source: Law 91/2025/QH15 on the protection of personal data, withdrawal of consent.
    """
    rows = list(consents)
    ended: dict[str, date] = {}
    for row in rows:
        if row.withdrawn_on:
            person = _person(row)
            ended[person] = max(row.withdrawn_on, ended.get(person, row.withdrawn_on))
    return [row for row in rows if not row.withdrawn_on and not _is_over(row, ended)]


def is_withdrawn(consents: Iterable[ConsentRecord]) -> bool:
    """Whether somebody took it back and has not given it again: then nothing of the story may be shown."""
    rows = list(consents)
    again = {_person(row) for row in standing(rows)}
    return any(row.withdrawn_on and _person(row) not in again for row in rows)


def _is_over(row: ConsentRecord, ended: dict[str, date]) -> bool:
    end = ended.get(_person(row))
    return end is not None and (row.given_on is None or row.given_on <= end)


def _person(row: ConsentRecord) -> str:
    return " ".join((row.given_by or "").split()).casefold()
