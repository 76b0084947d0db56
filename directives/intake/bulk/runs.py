"""A whole run: the files of a source taken in by several processes, told as they end, reported at last."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from time import monotonic

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from directives.models import IntakeBatch, IntakeState
from home.permissions import edits_every_unit

from .batches import count_states, open_batch, running, still_to_do, tell_doubles
from .crew import take_all
from .leftovers import remove_leftovers
from .report import Figures, Line, report_name, write_report
from .sources import Item, Source
from .taking import Outcome, Taker
from .trying import Trier, mark_twins, state_after

Begin = Callable[[int], Callable[[str], None]]


@dataclass
class Run:
    """One call of the command: `Run(source, user, workers=2).take_in(lambda total: print)`.

    Shape: `outcomes` are the files this run brought to an end; `batch` is None for a dry run.
    Units: `seconds` of the clock, without the report.
    """

    source: Source
    user: object
    workers: int
    batch: IntakeBatch | None = None
    outcomes: list[Outcome] = field(default_factory=list)
    begun: datetime = field(default_factory=timezone.now)
    seconds: float = 0.0
    is_interrupted: bool = False

    def take_in(self, begin: Begin, is_resumed: bool = False) -> None:
        """Takes in every file that has not ended; `begin(total)` gives what is called with each state.

        Errors: NotStarted when another run is at it, or the batch is known and nobody asked to go on.
        """
        with running(self.source):
            self.batch = open_batch(self.source, self.user, is_resumed)
            items = still_to_do(self.batch, self.source.items)
            count = begin(len(items))
            taker = Taker(self.source.root, self.batch, self.user)
            self._go_through(items, taker, lambda outcome: count(outcome.state))
            if not self.is_interrupted:
                tell_doubles(self.batch, edits_every_unit(self.user))
                remove_leftovers(self.source.items, self.batch.created_at)

    def try_out(self, begin: Begin) -> None:
        """Reads every file as if it were taken in; stores nothing."""
        items = self.source.items
        count, seen = begin(len(items)), set[str]()
        trier = Trier(self.source.root, self.user)
        self._go_through(items, trier, lambda outcome: count(state_after(outcome, seen)))
        self.outcomes = mark_twins(self.outcomes)

    def _go_through(self, items: Sequence[Item], job, tell: Callable[[Outcome], None]) -> None:
        start = monotonic()
        ended = take_all(items, job, self.workers, self.user)
        try:
            for outcome in ended:
                self.outcomes.append(outcome)
                tell(outcome)
        except KeyboardInterrupt:
            self.is_interrupted = True
        finally:
            ended.close()
            self.seconds = monotonic() - start

    @property
    def unfinished(self) -> int:
        """How many files of the source have not ended; another run goes on with them."""
        if self.batch is None:
            return len(self.source.items) - sum(1 for outcome in self.outcomes if outcome.state)
        return len(self.source.items) - sum(1 for line in self.lines if line.state not in _OPEN)

    @property
    def states(self) -> dict[str, int]:
        """How many files of the batch are in each state, or would be after a dry run."""
        if self.batch is not None:
            return count_states(self.batch)
        states = [outcome.state for outcome in self.outcomes if outcome.state]
        return {state: states.count(state) for state in sorted(set(states))}

    @property
    def lines(self) -> list[Line]:
        """All files of the source for the report, whichever run took them in."""
        if self.batch is None:
            return [_tried_line(outcome, self.source) for outcome in self.outcomes]
        told = {outcome.path: outcome.reason for outcome in self.outcomes if not outcome.state}
        records = _records(self.batch)
        return [_line(item, records.get(item.place), told.get(item.path, "")) for item in self.source.items]

    def report(self, path: Path | None) -> Path:
        """Writes the workbook, to the place asked for or to the portal's own folder, and gives its path."""
        place = path or Path(settings.VAR_DIR) / "bao-cao" / report_name(self.source, self.begun)
        figures = Figures(
            batch=f"{self.batch.pk} ({self.batch})" if self.batch else "",
            user=str(self.user),
            begun=self.begun,
            seconds=self.seconds,
            worked_on=len(self.outcomes),
            is_whole=not self.unfinished,
        )
        return write_report(place, self.source, self.lines, figures)


_OPEN = {"", IntakeState.RECEIVED, IntakeState.READING, IntakeState.PICTURES}


def _records(batch: IntakeBatch) -> dict[str, dict]:
    names = ("pk", "place", "state", "reason", "page_count", "reading__facts")
    return {row["place"]: row for row in batch.records.order_by().values(*names).iterator(chunk_size=500)}


def _line(item: Item, record: dict | None, reason: str) -> Line:
    row = item.row.line if item.row else 0
    if record is None:
        return Line(item.path, "", reason or "Chưa làm tới.", row=row)
    facts = record["reading__facts"] or {}
    is_open = record["state"] == IntakeState.REVIEW
    return Line(
        item.path, record["state"], record["reason"], _number(facts), _said(facts, "abstract"), record["page_count"],
        row, _address(record["pk"]) if is_open else "",
    )  # fmt: skip


def _tried_line(outcome: Outcome, source: Source) -> Line:
    rows = {item.path: item.row.line for item in source.items if item.row} if source.is_register else {}
    return Line(
        outcome.path, outcome.state, outcome.reason, outcome.number, outcome.title, outcome.pages,
        rows.get(outcome.path, 0),
    )  # fmt: skip


def _number(facts: dict) -> str:
    return "/".join(filter(None, (_said(facts, "number"), _said(facts, "notation"))))


def _said(facts: dict, name: str) -> str:
    value = (facts.get(name) or {}).get("value") or ""
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def _address(record_pk: int) -> str:
    try:
        return f"{settings.SITE_ADDRESS}{reverse('intake_review', args=[record_pk])}"
    except NoReverseMatch:
        return ""


def sum_up(run: Run, report: Path) -> dict[str, object]:
    """The run as one JSON object: `{"batch": 4, "states": {"review": 950, …}, "left_out": 3, …}`."""
    source = run.source
    told: dict[str, object] = {
        "batch": run.batch.pk if run.batch else None,
        "name": source.name,
        "user": run.user.get_username(),
        "dry_run": run.batch is None,
        "files": len(source.items),
        "states": run.states,
        "unfinished": run.unfinished,
        "left_out": len(source.left_out),
        "worked_on": len(run.outcomes),
        "seconds": round(run.seconds, 2),
        "files_per_second": round(len(run.outcomes) / run.seconds, 2) if run.seconds else 0.0,
        "interrupted": run.is_interrupted,
        "report": str(report),
    }
    if source.is_register:
        told["register"] = {"rows": source.row_count, "rows_to_check": _rows_told(source.row_issues)}
    return told


def _rows_told(issues: Iterable) -> list[dict[str, object]]:
    return [{"row": issue.line, "file": issue.file, "reason": issue.reason} for issue in issues]
