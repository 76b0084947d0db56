"""A dry run: each file read and recognised as it would be taken in, nothing stored."""

import hashlib
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from directives.intake.first_look import registers
from directives.intake.gate import check_upload
from directives.intake.job import read_data
from directives.intake.reading import Reading
from directives.intake.settling import settle
from directives.intake.twins import said_of_twin
from directives.models import IntakeRecord, IntakeState
from search.extraction.refusals import ReadingFailed, Refused

from . import bounds
from .hinting import apply_row
from .sources import Item
from .taking import SECRET_ROW, TOO_BIG, Outcome, reason_with, unit_code, with_title
from .walk import NotOpened, read_bytes


@dataclass(frozen=True)
class Trier:
    """What taking in would come to: `Trier(root, user)(Item("qd 131.pdf")).state == "review"`."""

    root: Path
    user: object

    def __call__(self, item: Item) -> Outcome:
        """How the file would end."""
        begun = time.monotonic()
        return replace(self._try(item), seconds=time.monotonic() - begun)

    def _try(self, item: Item) -> Outcome:
        if item.row is not None and item.row.values.get("is_secret"):
            return Outcome(item.path, IntakeState.REFUSED, SECRET_ROW)
        try:
            data = read_bytes(self.root, item.path, bounds.MAX_FILE_BYTES)
        except NotOpened as problem:
            return Outcome(item.path, "", problem.reason)
        if len(data) > bounds.MAX_FILE_BYTES:
            return Outcome(item.path, IntakeState.REFUSED, TOO_BIG)
        digest = hashlib.sha256(data).hexdigest()
        try:
            checked = check_upload(item.name, data)
            if said := said_of_twin(digest, self.user):
                return Outcome(item.path, IntakeState.TWIN, said, digest)
            reading = read_data(data, checked.name, **registers())
        except Refused as problem:
            return Outcome(item.path, IntakeState.REFUSED, problem.message, digest)
        except ReadingFailed as problem:
            return Outcome(item.path, IntakeState.FAILED, problem.message, digest)
        return self._judged(item, reading, digest)

    def _judged(self, item: Item, reading: Reading, digest: str) -> Outcome:
        clashes: list[str] = []
        if item.row is not None:
            told, clashes = apply_row(reading.to_json(), item.row, unit_code(item.row))
            reading = Reading.from_json(told)
        record = IntakeRecord(created_by=self.user)
        settle(record, reading)
        reason = reason_with(clashes, item.row, record.reason) if item.row else record.reason
        outcome = Outcome(item.path, record.state, reason, digest, record.page_count)
        return with_title(outcome, {name: asdict(fact) for name, fact in reading.facts.items()})


def state_after(outcome: Outcome, seen: set[str]) -> str:
    """The state to count for an outcome as it comes, in any order: "twin" when its bytes were seen; it notes them."""
    if outcome.state != IntakeState.REVIEW:
        return outcome.state
    is_twin = outcome.sha256 in seen
    seen.add(outcome.sha256)
    return IntakeState.TWIN if is_twin else outcome.state


def mark_twins(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """The outcomes by path, of files with the same bytes all but the first called twins."""
    first: dict[str, str] = {}
    marked = []
    for outcome in sorted(outcomes, key=lambda one: one.path):
        if outcome.state == IntakeState.REVIEW and outcome.sha256 in first:
            reason = f"Trùng từng byte với tệp “{first[outcome.sha256]}” trong thư mục."
            outcome = replace(outcome, state=IntakeState.TWIN, reason=reason)
        elif outcome.state == IntakeState.REVIEW:
            first[outcome.sha256] = outcome.path
        marked.append(outcome)
    return marked
