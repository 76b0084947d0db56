"""Where a campaign stands on a day, computed from the dates of its stages and its period."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from search.vietnamese.dates import PartialDate

DONE, NEXT, LATER = "done", "next", "later"


@dataclass(frozen=True, slots=True)
class StageState:
    """A stage with its state, e.g. `StageState("Sơ kết", PartialDate(2024, 7, None), "done")`."""

    label: str
    held_on: PartialDate
    state: str
    note: str = ""
    is_today: bool = False

    @property
    def month(self) -> int:
        return self.held_on.month or 12


@dataclass(frozen=True, slots=True)
class Month:
    """A mark of the ruler, e.g. `Month(12, is_future=True)`."""

    number: int
    is_future: bool


@dataclass(frozen=True, slots=True)
class Today:
    """Where the day stands among the stages."""

    day: date
    is_today: bool = True

    @property
    def month(self) -> int:
        return self.day.month


@dataclass(frozen=True, slots=True)
class Progress:
    """A campaign in time: its stages in order with today among them; a ruler when all is in one year."""

    stages: list[StageState]
    day: date

    @property
    def is_one_year(self) -> bool:
        """Whether a ruler of twelve months can show the stages without two of them meeting."""
        months = [stage.month for stage in self.stages]
        is_spread = all(later - earlier >= 2 for earlier, later in pairwise(months))
        return len({stage.held_on.year for stage in self.stages}) == 1 and is_spread

    @property
    def is_under_way(self) -> bool:
        years = {stage.held_on.year for stage in self.stages}
        return self.day.year in years

    @property
    def months(self) -> list[Month]:
        year = self.stages[0].held_on.year or self.day.year
        return [Month(n, date(year, n, 1) > self.day) for n in range(1, 13)]

    @property
    def rows(self) -> list:
        """Stages and today in order of time; today is left out once the years of the campaign are over."""
        if not self.is_under_way:
            return list(self.stages)
        before = [stage for stage in self.stages if last_day(stage.held_on) < self.day]
        return [*before, Today(self.day), *self.stages[len(before) :]]


def last_day(value: PartialDate) -> date:
    """The last day a partial date may mean, e.g. 31 March for March."""
    month = value.month or 12
    year = value.year or date.max.year
    return date(year, month, value.day or monthrange(year, month)[1])


def stage_states(stages: list[tuple[str, PartialDate, str]], day: date) -> list[StageState]:
    """Each stage as done, next or later on a day.

    Example: on 2024-11-22 the stages March, July, December are done, done, next.
    """
    states, is_next_found = [], False
    for label, held_on, note in stages:
        if last_day(held_on) < day:
            state = DONE
        else:
            state, is_next_found = (LATER if is_next_found else NEXT), True
        states.append(StageState(label, held_on, state, note))
    return states


def campaign_claim(
    stages: list[tuple[str, PartialDate, str]], begins: PartialDate | None, ends: PartialDate | None, day: date
) -> str:
    """The status key of a campaign on a day: "upcoming", "running" or "done", "" when nothing is known.

    Example: begun in 2024, ending December 2024, on 2024-11-22 it is "running".
    """
    start = begins or (stages[0][1] if stages else None)
    end = ends or (stages[-1][1] if stages else None)
    if end and last_day(end) < day:
        return "done"
    if start and start.first_day() > day:
        return "upcoming"
    return "running" if start or end else ""
