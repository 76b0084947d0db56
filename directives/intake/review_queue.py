"""The files that wait for review, in the order they came: which of how many this one is, and its neighbours."""

from dataclasses import dataclass

from directives.intake.record_access import own_records
from directives.models import IntakeRecord, IntakeState


@dataclass(frozen=True, slots=True)
class Place:
    """`Place(2, 4, 17, 23)`: the second of four, between the records 17 and 23; `number` 0 when it does not wait."""

    number: int
    count: int
    previous: int | None
    next: int | None


def place_in_queue(record: IntakeRecord, user) -> Place:
    """Where a file stands among those the person has to review."""
    waiting = own_records(user).filter(state=IntakeState.REVIEW)
    before, after = waiting.filter(pk__lt=record.pk), waiting.filter(pk__gt=record.pk)
    count_before, count_after = before.count(), after.count()
    waits = record.state == IntakeState.REVIEW
    return Place(
        count_before + 1 if waits else 0,
        count_before + count_after + waits,
        before.order_by("-pk").values_list("pk", flat=True).first(),
        after.order_by("pk").values_list("pk", flat=True).first(),
    )


def next_to_review(record: IntakeRecord, user) -> int | None:
    """The next file after this one, else the first that waits; None when all are done."""
    waiting = own_records(user).filter(state=IntakeState.REVIEW).exclude(pk=record.pk).order_by("pk")
    pks = waiting.values_list("pk", flat=True)
    return pks.filter(pk__gt=record.pk).first() or pks.first()
