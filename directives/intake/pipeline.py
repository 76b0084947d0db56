"""A file from the desk to the person who looks it over: received or refused, read, tried again, cancelled, discarded.

    received → reading → pictures → review → drafted → published
    twin, refused, failed and cancelled are the other ends; from twin, failed and cancelled a person may try again.

The request that brings a file reads as much of it as tells whether it may be kept at all (`first_look`); a worker
does the rest (`working`), and what it writes is in `settling`.
"""

from django.core.files.base import File
from django.db import transaction

from directives.models import AT_WORK, IntakeBatch, IntakeRecord, IntakeState
from home.audit.recording import record_refusal
from search.extraction.refusals import Refused

from .calling import wake_after_commit
from .first_look import look
from .gate import CheckedFile, check_upload
from .keeping import drop_file, keep_file
from .reading import Reading
from .secrecy import SECRET_MESSAGE
from .settling import MARK, settle
from .twins import earlier_record, said_of_twin, wait_for_others
from .working import work_off, work_on

__all__ = ["NotPossible", "cancel", "discard", "receive", "refuse", "retry", "work_off", "work_on"]

#: What a person may still stop, and what a person may have read again.
STOPPABLE = (*AT_WORK, IntakeState.REVIEW)
REPEATABLE = (IntakeState.FAILED, IntakeState.CANCELLED, IntakeState.TWIN, IntakeState.REVIEW)
DISCARDABLE = (IntakeState.TWIN, IntakeState.FAILED, IntakeState.REFUSED, IntakeState.CANCELLED, IntakeState.REVIEW)


class NotPossible(Exception):
    """The record has gone on meanwhile; its text is a sentence for the person."""


def receive(
    data: bytes,
    name: str,
    user,
    *,
    batch: IntakeBatch | None = None,
    place: str = "",
    again: bool = False,
    values: dict[str, str] | None = None,
) -> IntakeRecord:
    """The record of a file that was taken in, e.g. `receive(data, "131.pdf", user).state == "received"`.

    Shape: "twin" when the same bytes are here already, unless `again`; "review" for a kind of file that is read as
    a whole before it is kept; "received" for the others, which a worker reads. `values` are known beforehand.
    Errors: Refused or ReadingFailed with a Vietnamese sentence; then nothing was kept.
    """
    checked = check_upload(name, data)
    record = IntakeRecord(
        batch=batch, place=place, name=checked.name, sha256=checked.sha256, format=checked.format, created_by=user,
        values=values or {},
    )  # fmt: skip
    record.reason = "" if again else said_of_twin(checked.sha256, user)
    if record.reason:
        record.state = IntakeState.TWIN
        record.save()
        return record
    reading = _look(data, checked, user)
    return _keep(record, data, checked, reading, again)


def _look(data: bytes, checked: CheckedFile, user) -> Reading | None:
    try:
        return look(data, checked)
    except Refused as problem:
        if problem.message == SECRET_MESSAGE:
            record_refusal(user, MARK)
        raise


def _keep(
    record: IntakeRecord, data: bytes, checked: CheckedFile, reading: Reading | None, is_again: bool
) -> IntakeRecord:
    with transaction.atomic():
        wait_for_others(checked.sha256)
        # Another request may have taken in the same bytes while this one looked at them.
        if not is_again and (said := said_of_twin(checked.sha256, record.created_by)):
            record.state, record.reason = IntakeState.TWIN, said
        else:
            record.document = keep_file(data, checked, record.created_by)
        if record.document and reading is not None:
            settle(record, reading)
        record.save()
        if record.state == IntakeState.RECEIVED:
            wake_after_commit()
    return record


def refuse(batch: IntakeBatch | None, place: str, sha256: str, reason: str) -> IntakeRecord:
    """The record of a file of a batch that was not taken in: neither its name nor a word of it, only why."""
    return IntakeRecord.objects.create(
        batch=batch,
        place=place,
        sha256=sha256,
        reason=reason[:500],
        state=IntakeState.REFUSED,
        created_by=batch.created_by if batch else None,
    )


def retry(record: IntakeRecord, user) -> IntakeRecord:
    """The record waiting for a reader again; a twin is taken in although its bytes are here.

    Errors: NotPossible when its state allows none, or when no original is kept.
    """
    with transaction.atomic():
        own = _locked(record, REPEATABLE, "Văn bản này không còn ở bước đọc lại được. Hãy mở lại danh sách.")
        if own.state == IntakeState.TWIN:
            own.document = _copy_of_twin(own, user)
        if own.document is None:
            raise NotPossible("Tệp gốc không được giữ lại. Hãy tải tệp lên lại.")
        own.state, own.reason, own.attempts, own.lease_until = IntakeState.RECEIVED, "", 0, None
        own.reading, own.reader_version, own.pages_read = None, 0, 0
        own.version += 1
        own.save()
        wake_after_commit()
    return own


def _copy_of_twin(record: IntakeRecord, user):
    first = earlier_record(record.sha256)
    if first is None or first.document is None:
        return None
    with first.document.file.open("rb") as stored:
        data = File(stored).read()
    return keep_file(data, CheckedFile(record.name, record.format, len(data), record.sha256), user)


def cancel(record: IntakeRecord, user) -> IntakeRecord:
    """The record out of the way; a worker that is reading it stops. The original stays until it is discarded.

    Errors: NotPossible when a page was made of it meanwhile, or it had ended already.
    """
    with transaction.atomic():
        own = _locked(record, STOPPABLE, "Văn bản này đã xong nên không hủy được. Hãy mở lại danh sách.")
        own.state, own.lease_until = IntakeState.CANCELLED, None
        own.reason = f"{user} đã hủy."[:500]
        own.version += 1
        own.save(update_fields=["state", "lease_until", "reason", "version"])
    return own


def discard(record: IntakeRecord, user) -> None:
    """The record is gone, with its original unless a page uses it.

    Errors: NotPossible while it is being read, or when a page was made of it.
    """
    with transaction.atomic():
        own = _locked(record, DISCARDABLE, "Văn bản này đang được đọc hoặc đã thành trang nên không xóa được.")
        drop_file(own)
        own.delete()


def _locked(record: IntakeRecord, states, sentence: str) -> IntakeRecord:
    rows = IntakeRecord.objects.select_for_update(of=("self",)).select_related("document", "created_by")
    own = rows.filter(pk=record.pk, state__in=states, page=None).first()
    if own is None:
        raise NotPossible(sentence)
    return own
