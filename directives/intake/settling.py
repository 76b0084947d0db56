"""How the reading of a file ends for its record: what a person should look at, why it was not read."""

from collections.abc import Iterator

from django.db import transaction

from directives.models import IntakeRecord, IntakeState
from home.audit.recording import record_refusal
from search.extraction.pages import OCR
from search.extraction.reading import READER_VERSION
from search.extraction.refusals import ReadingFailed, Refused

from .keeping import drop_file
from .reading import Reading
from .secrecy import SECRET_MESSAGE
from .twins import said_of_number

MARK = "dấu chỉ độ mật"
GIVEN_UP = (
    "Tệp này đã nhiều lần làm dừng bộ đọc chữ nên không đọc nữa. "
    "Hãy lưu lại từ bản gốc rồi tải lên, hoặc tách thành tệp nhỏ hơn."
)
_LONGEST = IntakeRecord._meta.get_field("reason").max_length
_MOST_GAPS = 4
#: The fields by which a list tells one file from another.
LISTED = ("number", "separator", "notation", "abstract")


def settle(record: IntakeRecord, reading: Reading) -> None:
    """Fills a record with what was read; it then waits for a person. Saving is left to the caller."""
    record.reading, record.reader_version = reading.to_json(), READER_VERSION
    record.format = reading.format
    count = max((page.number for page in reading.pages), default=0)
    record.page_count = max(record.page_count, count)
    record.pages_read = record.page_count
    record.state, record.lease_until = IntakeState.REVIEW, None
    record.reason = " ".join(_to_look_at(record, reading))[:_LONGEST]
    record.recognition = record.recognition | {"listed": listed_as(reading)}


def listed_as(reading: Reading) -> dict[str, str | int]:
    """What the list says of a reading without loading it: `{"number": "12", "notation": "KH-SYT", …}`.

    Shape: number, separator, notation and abstract, "" for what was not read; `documents` is how many the file holds.
    """
    told = {name: str(reading.recognition.value(name, "") or "") for name in LISTED}
    return {**told, "abstract": told["abstract"][:_LONGEST], "documents": max(1, len(reading.parts))}


def _to_look_at(record: IntakeRecord, reading: Reading) -> Iterator[str]:
    found = reading.recognition
    if found.value("circulation") == "internal":
        yield f"Có dấu “{found.fields['circulation'].evidence}”: để trong nội bộ."
    if any(page.source == OCR for page in reading.pages):
        yield "Chữ đọc từ ảnh, cần soát kỹ."
    if reading.problem:
        yield reading.problem
    if said := said_of_number(reading, record.created_by):
        yield said
    gaps = [row["label"] for row in found.missing]
    if gaps:
        yield f"Còn thiếu: {', '.join(gaps[:_MOST_GAPS])}{' và mục khác' if len(gaps) > _MOST_GAPS else ''}."


def settle_problem(record: IntakeRecord, problem: Refused | ReadingFailed) -> None:
    """Writes why a kept file goes no further; of a secret one nothing stays but that it was refused."""
    if problem.message == SECRET_MESSAGE:
        forget(record, problem.message)
        return
    with transaction.atomic():
        fail(record, problem.message)
        if isinstance(problem, Refused):
            drop_file(record)


def fail(record: IntakeRecord, reason: str) -> None:
    """The record says why its file was not read; its original stays for another try."""
    record.state, record.reason, record.lease_until = IntakeState.FAILED, reason[:_LONGEST], None
    record.save(update_fields=["state", "reason", "lease_until"])


def forget(record: IntakeRecord, reason: str) -> None:
    """File, name, digest and every word are gone; the audit log says that somebody brought a secret."""
    with transaction.atomic():
        drop_file(record)
        record.name, record.sha256, record.format, record.reading = "", "", "", None
        record.recognition, record.values = {}, {}
        record.state, record.reason, record.lease_until = IntakeState.REFUSED, reason[:_LONGEST], None
        record.save()
        record_refusal(record.created_by, MARK)
