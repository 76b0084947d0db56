"""A unit as one reader may see it: the line of its names, its people, its relatives, what it published."""

from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from home.models import UnitPage
from home.renditions import load_renditions, pictures_in
from search.models import Entry
from search.vietnamese.dates import PartialDate, spell_short
from search.visibility import restrict

ROWS = {"documents": 6, "stories": 4, "news": 5}


@dataclass(frozen=True, slots=True)
class Strand:
    """One point on the line of names, with what to draw there.

    Shape: `joins` - another unit flows in here; `is_joined_next` - another line runs down to the next point.
    """

    day: str
    title: str
    text: str
    is_first: bool
    is_last: bool
    joins: str
    is_joined_next: bool


class UnitReading:
    """What templates ask of a unit, with a fixed number of queries however much it published."""

    def __init__(self, unit: UnitPage, user):
        self.unit = unit
        self.user = user

    # --- its history ----------------------------------------------------------

    @cached_property
    def names(self) -> list:
        return list(self.unit.names.all())

    @cached_property
    def strands(self) -> list[Strand]:
        """The points of its history, oldest first: its events, or its names when no event is written.

        Example: four names of one department give four strands, the third with `joins="Sở Nông nghiệp…"`.
        """
        events = [_event_point(event) for event in self.unit.events.all()]
        points = events or [_name_point(name) for name in self.names]
        last = len(points) - 1
        return [
            Strand(day, title, text, at == 0, at == last, joins, at < last and bool(points[at + 1][3]))
            for at, (day, title, text, joins) in enumerate(points)
        ]

    @cached_property
    def former_names(self) -> list:
        """The names it bore before the present one."""
        return [name for name in self.names if name.name != self.unit.title]

    # --- its people -----------------------------------------------------------

    @cached_property
    def leaders(self) -> list:
        """Those in office by rank, equals by given name: the head first, then the deputies An, Mẫu.

        The rank of an office is the place where the editor's list first names it.
        """
        now = self.unit.leaders_now()
        offices = list(dict.fromkeys(leader.office for leader in now))
        return sorted(now, key=lambda leader: (offices.index(leader.office), leader.sort_name))

    @cached_property
    def past_leaders(self) -> list:
        """Those no longer in office, the latest term first."""
        past = [leader for leader in self.unit.leaders.all() if leader.valid_until and leader not in self.leaders]
        return sorted(past, key=lambda leader: leader.valid_until, reverse=True)

    # --- units beside it --------------------------------------------------------

    @cached_property
    def relatives(self) -> list[UnitPage]:
        """Successors, predecessors and units below, those the reader may see."""
        links = UnitPage.successors.through.objects
        after = links.filter(from_unitpage=self.unit.pk, to_unitpage=OuterRef("pk"))
        before = links.filter(to_unitpage=self.unit.pk, from_unitpage=OuterRef("pk"))
        is_below = Q(path__startswith=self.unit.path, depth=self.unit.depth + 1)
        units = UnitPage.objects.annotate(is_successor=Exists(after), is_predecessor=Exists(before))
        units = units.filter(is_below | Q(is_successor=True) | Q(is_predecessor=True))
        # In order here: for the order of paths SQLite would walk through all pages there are.
        return sorted(restrict(units, self.user).order_by(), key=attrgetter("path"))

    @property
    def successors(self) -> list[UnitPage]:
        return [unit for unit in self.relatives if unit.is_successor]

    @property
    def predecessors(self) -> list[UnitPage]:
        return [unit for unit in self.relatives if unit.is_predecessor]

    @property
    def children(self) -> list[UnitPage]:
        """The units directly below it that are still at work."""
        return [unit for unit in self.relatives if unit.path.startswith(self.unit.path) and not unit.is_closed]

    # --- what it published --------------------------------------------------------

    @cached_property
    def published(self) -> dict[str, list[Entry]]:
        """What it, those under it and those it continues published, newest first, in one query.

        Example: `{"documents": [...], "stories": [...], "news": [...]}`.
        """
        found: dict[str, list[Entry]] = {name: [] for name in ROWS}
        for entry in _grouped(Entry.objects.visible_to(self.user), self.unit):
            if len(found[entry.group]) < ROWS[entry.group]:
                found[entry.group].append(entry)
        shown = [entry.picture for entry in found["stories"]]
        load_renditions([*shown, *pictures_in(self.unit.functions)])
        return found


def family_of(unit: UnitPage) -> QuerySet[UnitPage]:
    """The unit, those under it and those that became it."""
    return UnitPage.objects.filter(Q(path__startswith=unit.path) | Q(successors=unit.pk))


def _grouped(entries, unit: UnitPage):
    group = Case(
        When(is_official=True, then=Value("documents")),
        When(kind="story", then=Value("stories")),
        When(kind__in=("article", "notice"), then=Value("news")),
        output_field=CharField(),
    )
    rows = entries.filter(unit_id__in=family_of(unit).values("pk")).newest().annotate(group=group)
    order = list(rows.query.order_by)
    place = Window(RowNumber(), partition_by=F("group"), order_by=order)
    shown = rows.annotate(place=place).filter(group__isnull=False, place__lte=max(ROWS.values()))
    return shown.select_related("picture")


def _event_point(event) -> tuple[str, str, str, str]:
    joined = f"cùng {event.joins}" if event.joins else ""
    what = event.description or " ".join(part for part in (event.get_kind_display(), joined) if part)
    return _day(event.effective_on), event.title, _sentences(what, event.decision), event.joins


def _name_point(name) -> tuple[str, str, str, str]:
    code = f"Chữ viết tắt {name.code}" if name.code else ""
    return _day(name.valid_from), name.name, _sentences(code, name.basis), ""


def _day(day) -> str:
    return spell_short(PartialDate(day.year, day.month, day.day)) if day else "trước đó"


def _sentences(*parts: str) -> str:
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)
