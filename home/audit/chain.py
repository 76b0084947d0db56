"""Adds events to the chain: whoever adds holds the head until the end of the transaction, so that it stays one line."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection, transaction

from home.audit.events import FIRST, Draft, seal, sign
from home.models import AuditEvent, AuditHead

#: Whoever only reads does not wait longer than this for a change that holds the chain.
PATIENCE_MS = 50
TRIES = 5


class ChainBusy(Exception):
    """Somebody else holds the chain for longer than a reader waits."""


@transaction.atomic(savepoint=False)
def append(drafts: Sequence[Draft], patiently: bool = True) -> list[AuditEvent]:
    """The events as they now stand in the chain, written in the present transaction.

    Errors: ChainBusy, unless `patiently`, while another transaction holds the head.
    """
    head = _locked_head() if patiently else _head_soon()
    events = []
    for draft in drafts:
        values = draft.as_row() | {"sequence": head.sequence + 1, "previous": head.digest}
        head.sequence, head.digest = values["sequence"], seal(values)
        events.append(AuditEvent(**values, digest=head.digest))
    AuditEvent.objects.bulk_create(events)
    signature = sign("head", head.sequence, head.digest)
    # No signal goes out: what follows the content of the site has nothing to do with its log.
    AuditHead.objects.filter(pk=head.pk).update(sequence=head.sequence, digest=head.digest, signature=signature)
    return events


def hold() -> None:
    """Let nobody else add to the chain until the present transaction ends."""
    _locked_head()


@contextmanager
def short_wait() -> Iterator[None]:
    """On SQLite a transaction begins by taking the one lock of all writers: do not wait the usual time for it."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    usual_ms = int(connection.settings_dict["OPTIONS"].get("timeout", 5) * 1000)
    _set_busy_timeout(PATIENCE_MS)
    try:
        yield
    finally:
        _set_busy_timeout(usual_ms)


def _set_busy_timeout(milliseconds: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {milliseconds}")


def _locked_head() -> AuditHead:
    head = AuditHead.objects.select_for_update().filter(pk=AuditHead.ONLY).first()
    if head is None:
        AuditHead.objects.bulk_create([AuditHead(pk=AuditHead.ONLY, digest=FIRST)], ignore_conflicts=True)
        head = AuditHead.objects.select_for_update().get(pk=AuditHead.ONLY)
    return head


def _head_soon() -> AuditHead:
    """The head, locked, within the patience of a reader."""
    can_skip = connection.features.has_select_for_update_skip_locked
    if not can_skip or not AuditHead.objects.filter(pk=AuditHead.ONLY).exists():
        return _locked_head()
    for _ in range(TRIES):
        if head := AuditHead.objects.select_for_update(skip_locked=True).filter(pk=AuditHead.ONLY).first():
            return head
        time.sleep(PATIENCE_MS / 1000 / TRIES)
    raise ChainBusy
