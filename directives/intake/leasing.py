"""Who reads which file: a lease, renewed while the reading goes on, so that a dead worker's file is soon free."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from directives.models import AT_WORK, IntakeRecord, IntakeState

#: A worker that has not renewed its lease for so long is taken for dead.
LEASE = timedelta(seconds=30)
#: A file that ended its reader so often is given up.
MOST_ATTEMPTS = 3


@dataclass
class Lease:
    """The right to read the file of a record until a moment; that very moment is the sign of whose it is."""

    record_pk: int
    until: datetime

    def mine(self) -> QuerySet[IntakeRecord]:
        """The record, as long as nobody cancelled it or took it over."""
        return IntakeRecord.objects.filter(pk=self.record_pk, lease_until=self.until, state__in=AT_WORK)

    def renew(self, **told) -> bool:
        """Whether the file is still ours, now for a while longer; writes progress with it."""
        until = timezone.now() + LEASE
        if not self.mine().update(lease_until=until, **told):
            return False
        self.until = until
        return True

    def give_back(self) -> None:
        """The file is free again, as if nobody had tried."""
        self.mine().update(state=IntakeState.RECEIVED, lease_until=None, attempts=F("attempts") - 1)


def due() -> QuerySet[IntakeRecord]:
    """The records that wait for a reader: what a person brought alone before what came in a batch, older first."""
    free = Q(lease_until=None) | Q(lease_until__lte=timezone.now())
    return IntakeRecord.objects.filter(free, state__in=AT_WORK).order_by(F("batch").asc(nulls_first=True), "pk")


def take(record_pk: int) -> Lease | None:
    """The lease of a record that waits; None when it is read already, cancelled, or another worker's."""
    lease = Lease(record_pk, timezone.now() + LEASE)
    free = due().filter(pk=record_pk).order_by()
    taken = free.update(state=IntakeState.READING, lease_until=lease.until, attempts=F("attempts") + 1, pages_read=0)
    return lease if taken else None
