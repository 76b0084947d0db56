"""One file of a batch brought to its end: taken in or refused, read, put beside its row of the register."""

import fcntl
import hashlib
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings
from django.db import transaction

from directives.intake.gate import clean_name
from directives.intake.pipeline import receive, refuse, work_on
from directives.intake.reading import Reading
from directives.intake.secrecy import SECRET_MESSAGE
from directives.intake.settling import MARK, settle
from directives.models import AT_WORK, IntakeBatch, IntakeRecord, IntakeState
from home.audit.recording import record_refusal
from home.models import UnitPage
from search.extraction.refusals import ReadingFailed, Refused
from search.vietnamese.letters import fold

from . import bounds
from .hinting import apply_row
from .registers import Row
from .sources import Item
from .walk import NotOpened, read_bytes

#: Units: seconds between two looks at a file that another worker is reading, and how long it is waited for.
PAUSE, PATIENCE = 0.5, 600.0
TOO_BIG = "Tệp vượt quá 20 MB. Hãy giảm dung lượng ảnh trong văn bản hoặc tách phụ lục thành tệp riêng."
SECRET_ROW = "Sổ ghi văn bản này có độ mật nên không mở tệp. Hãy xử lý theo quy định về tài liệu mật."
_LONGEST_REASON = 500
_NAMED = re.compile(r"(tệp|bảng tính|văn bản) “[^”]*”", re.IGNORECASE)


@dataclass(frozen=True)
class Outcome:
    """How a file ended: `Outcome("2019/qd 131.pdf", "review", reason="Còn thiếu: Số văn bản.")`.

    Shape: `state` is one of `IntakeState`, or "" for a file that could not be opened and has no record.
    Units: `seconds` of the clock.
    """

    path: str
    state: str
    reason: str = ""
    sha256: str = ""
    pages: int = 0
    number: str = ""
    title: str = ""
    seconds: float = 0.0


@dataclass(frozen=True)
class Taker:
    """Takes files in for a person: `Taker(root, batch, user)(Item("qd 131.pdf")).state == "review"`."""

    root: Path
    batch: IntakeBatch
    user: object

    def __call__(self, item: Item) -> Outcome:
        """How the file ended; called again for the same file it goes on where it was.

        Errors: what the database and the disk raise; the file is then as it was and can be taken again.
        """
        begun = time.monotonic()
        rows = IntakeRecord.objects.defer("reading")
        try:
            record = rows.filter(batch=self.batch, place=item.place).first() or self._bring_in(item)
        except NotOpened as problem:
            return Outcome(item.path, "", problem.reason)
        record = _read(record)
        if item.row is not None and record.state == IntakeState.REVIEW:
            put_beside_row(record.pk, item.row)
        return Outcome(item.path, record.state, record.reason, seconds=time.monotonic() - begun)

    def _bring_in(self, item: Item) -> IntakeRecord:
        if item.row is not None and item.row.values.get("is_secret"):
            return self._refuse_by_register(item)
        data = read_bytes(self.root, item.path, bounds.MAX_FILE_BYTES)
        if len(data) > bounds.MAX_FILE_BYTES:
            return refuse(self.batch, item.place, "", TOO_BIG)
        digest = hashlib.sha256(data).hexdigest()
        # Of two files with the same bytes the second must see the first.
        with only_one(digest):
            try:
                return receive(data, item.name, self.user, batch=self.batch, place=item.place)
            except Refused as problem:
                # Not even a digest of a secret stays.
                kept = "" if problem.message == SECRET_MESSAGE else digest
                return refuse(self.batch, item.place, kept, without_name(problem.message))
            except ReadingFailed as problem:
                return self._fail(item, digest, problem.message)

    def _refuse_by_register(self, item: Item) -> IntakeRecord:
        with transaction.atomic():
            record = refuse(self.batch, item.place, "", SECRET_ROW)
            record_refusal(self.user, MARK)
        return record

    def _fail(self, item: Item, digest: str, reason: str) -> IntakeRecord:
        """A file whose text cannot be read and of which nothing was kept."""
        return IntakeRecord.objects.create(
            batch=self.batch,
            place=item.place,
            name=clean_name(item.name),
            sha256=digest,
            state=IntakeState.FAILED,
            reason=reason[:_LONGEST_REASON],
            created_by=self.user,
        )


def _read(record: IntakeRecord) -> IntakeRecord:
    """The record after its file was read, by this process or by another that has it already."""
    end = time.monotonic() + PATIENCE
    while record.state in AT_WORK:
        record = work_on(record.pk)
        if record.state in AT_WORK:
            if time.monotonic() > end:
                return record
            time.sleep(PAUSE)
    return record


def put_beside_row(record_pk: int, row: Row) -> None:
    """Brings the values of the register into a record that waits for a person, once."""
    with transaction.atomic():
        rows = IntakeRecord.objects.select_for_update(of=("self",)).select_related("created_by")
        record = rows.filter(pk=record_pk, state=IntakeState.REVIEW, reading__isnull=False).first()
        if record is None or is_beside(record.reading, row):
            return
        reading, clashes = apply_row(record.reading, row, unit_code(row))
        settle(record, Reading.from_json(reading))
        record.reason = reason_with(clashes, row, record.reason)
        record.save(update_fields=["reading", "recognition", "reason", "version"])


def is_beside(reading: dict, row: Row) -> bool:
    """Whether the values of this row are in the reading already."""
    said = f"sổ, dòng {row.line}"
    found = [*(reading.get("facts") or {}).values(), *((reading.get("recognition") or {}).get("fields") or {}).values()]
    return any(said in str(one.get("evidence", "")) for one in found)


def reason_with(clashes: list[str], row: Row, reason: str) -> str:
    """What to look at, the contradictions first: `"Khác với sổ: số: …. Còn thiếu: Nơi nhận."`."""
    told = [f"Khác với sổ: {'; '.join(clashes)}."] if clashes else []
    told += [f"Sổ, dòng {row.line}: {'; '.join(row.doubts)}."] if row.doubts else []
    return " ".join([*told, reason]).strip()[:_LONGEST_REASON]


def unit_code(row: Row) -> str:
    """The code of the unit that the register calls the drafting one, by its code or its name; "" when unknown."""
    said = str(row.values.get("unit", "")).strip()
    if not said:
        return ""
    units = UnitPage.objects.exclude(code="").values_list("code", "title")
    return next((code for code, title in units if fold(said) in (fold(code), fold(title))), "")


def without_name(message: str) -> str:
    """The sentence without the name of the file: `without_name("Tệp “kin.docx” rỗng.") == "Tệp rỗng."`."""
    return _NAMED.sub(r"\1", message)


@contextmanager
def only_one(digest: str) -> Iterator[None]:
    """No other worker takes in the same bytes meanwhile; a killed one holds nobody up."""
    folder = Path(settings.VAR_DIR) / "intake"
    folder.mkdir(mode=0o750, parents=True, exist_ok=True)
    with (folder / f"same-{digest[:2]}.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def with_title(outcome: Outcome, facts: dict) -> Outcome:
    """The outcome with number and abstract for the report, from the facts of a reading."""

    def said(name: str) -> str:
        value = (facts.get(name) or {}).get("value") or ""
        return "; ".join(map(str, value)) if isinstance(value, list) else str(value)

    number = "/".join(filter(None, (said("number"), said("notation"))))
    return replace(outcome, number=number, title=said("abstract"))
