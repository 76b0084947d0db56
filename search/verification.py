"""Compares pages, what is kept of them, and what each engine holds; brings the three together when asked to."""

from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field

from wagtail.models import Page

from search import worker
from search.comparison import AHEAD, STALE, Difference, differences
from search.contract import EngineUnavailable, SearchEngine
from search.engines import chosen
from search.indexing import forget, refresh_batch
from search.models import IndexRun, IndexState
from search.reading import batches_of, every_page
from search.rebuild import is_remote
from search.runs import beat, last_run, running
from search.settling import outrun, settle
from search.survey import survey

Say = Callable[[int], None]
#: A page that changes while it is compared looks different once; what looks so each time is so.
LOOKS = 3
ALL = "all"


@dataclass(slots=True)
class Findings:
    """What one engine held, e.g. `Findings("sqlite", missing=0, stale=1, ghost=0, drift_total=0)` after a repair.

    Shape: `missing`, `stale` and `ghost` count what the engine lacked, held in another version, or held though
    it was gone; `drift_total` is what is left of them.
    """

    engine: str
    missing: int = 0
    stale: int = 0
    ghost: int = 0
    drift_total: int = 0
    error: str = ""


@dataclass(slots=True)
class Report:
    """A whole check: `unnoticed` pages had changed behind the back of the index; `drift_total` is what is left."""

    checked: int = 0
    unnoticed: int = 0
    fixed: int = 0
    drift_total: int = 0
    engines: list[Findings] = field(default_factory=list)

    def as_dict(self) -> dict:
        """For a machine: the sums over all engines, then each engine."""
        sums = {name: sum(getattr(each, name) for each in self.engines) for name in ("missing", "stale", "ghost")}
        return asdict(self) | sums


def verify(fix: bool = False, say: Say = lambda checked: None) -> Report:
    """Check every engine that is on, and repair what differs when `fix` is set; the result is kept.

    Errors: AlreadyRunning. An engine that is away is told in its findings.
    """
    report = Report()
    with running(IndexRun.VERIFY, ALL) as run:
        _check_pages(report, run, fix, say)
        for engine in (chosen.database_engine(), chosen.remote_engine()):
            if engine is not None:
                report.engines.append(_check_engine(engine, fix))
        found = report.unnoticed + sum(each.missing + each.stale + each.ghost for each in report.engines)
        left = 0 if fix else report.unnoticed
        report.drift_total = left + sum(each.drift_total for each in report.engines)
        report.fixed = found - report.drift_total
        run.report = report.as_dict()
    return report


def last_report() -> dict:
    """The result of the last finished check, `{}` before the first: `{"drift_total": 0, "engines": […]}`."""
    run = last_run(IndexRun.VERIFY)
    return dict(run.report) if run else {}


def _check_pages(report: Report, run: IndexRun, fix: bool, say: Say) -> None:
    for page_ids in every_page():
        unlike = sorted(survey(page_ids).unlike)
        # Looked at again: an editor may have been at work in that very moment.
        unlike = sorted(survey(unlike).unlike) if unlike else []
        report.unnoticed += len(unlike)
        if fix and unlike:
            refresh_batch(unlike, always=True)
        report.checked += len(page_ids)
        beat(run)
        say(report.checked)
    lost = _states_without_page()
    report.unnoticed += len(lost)
    if fix:
        forget(lost)


def _states_without_page() -> list[int]:
    """Pages that were deleted behind the back of the index."""
    lost = []
    states = IndexState.objects.filter(is_removed=False, version__gt=0).order_by("page_id")
    for page_ids in batches_of(list(states.values_list("page_id", flat=True))):
        held = set(Page.objects.filter(pk__in=page_ids).values_list("pk", flat=True))
        lost += [pk for pk in page_ids if pk not in held]
    return lost


def _check_engine(engine: SearchEngine, fix: bool) -> Findings:
    findings = Findings(engine.name)
    try:
        found = lasting_differences(engine)
        counts = Counter(STALE if each.kind == AHEAD else each.kind for each in found)
        for name, count in counts.items():
            setattr(findings, name, count)
        findings.drift_total = len(found)
        if fix and found:
            _repair(engine, found)
            findings.drift_total = len(lasting_differences(engine))
    except EngineUnavailable as outage:
        findings.error = str(outage) or type(outage).__name__
    return findings


def lasting_differences(engine: SearchEngine) -> list[Difference]:
    """Differences that are still there at a second and third look; what the outbox still has is none."""
    found = _look(engine)
    for _ in range(LOOKS - 1):
        if found:
            again = _look(engine)
            found = {difference for difference in found if difference in again}
    return sorted(found, key=lambda difference: difference.page_id)


def _look(engine: SearchEngine) -> set[Difference]:
    return {each for each in differences(engine.versions()) if not (is_remote(engine) and each.is_pending)}


def _repair(engine: SearchEngine, found: list[Difference]) -> None:
    """The engine of the database at once; the remote one through the outbox, which alone speaks to it."""
    outrun(found, with_missing=True)
    keys = [difference.key for difference in found]
    beside = chosen.database_engine()
    # The versions were raised: the engine of the database takes them too, whichever engine was wrong.
    wanted = frozenset(keys)
    settle(beside, [each for each in differences(beside.versions()) if each.key in wanted])
    if not is_remote(engine):
        return
    for start in range(0, len(keys), 500):
        states = IndexState.objects.filter(key__in=keys[start : start + 500])
        states.update(indexed_version=0, attempts=0, not_before=None, error="")
    worker.work_off()
