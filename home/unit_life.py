"""The life of a unit as one line of names, and what it published."""

from dataclasses import dataclass

from django.db.models import Case, CharField, F, Q, Value, When, Window
from django.db.models.functions import RowNumber

from home.models import UnitPage
from search.models import Entry
from search.vietnamese.dates import PartialDate, spell_short

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


def strands_of(unit: UnitPage) -> list[Strand]:
    """The points of a unit's history, oldest first: its events, or its names when no event is written.

    Example: four names of one department give four strands, the third with `joins="Sở Nông nghiệp…"`.
    """
    points = [_event_point(event) for event in unit.events.all()] or [
        _name_point(name) for name in unit.names.all()
    ]
    last = len(points) - 1
    return [
        Strand(day, title, text, at == 0, at == last, joins, at < last and bool(points[at + 1][3]))
        for at, (day, title, text, joins) in enumerate(points)
    ]


def _event_point(event) -> tuple[str, str, str, str]:
    kind = event.get_kind_display()
    joined = f"cùng {event.joins}" if event.joins else ""
    what = event.description or " ".join(part for part in (kind, joined) if part)
    return _day(event.effective_on), event.title, _sentences(what, event.decision), event.joins


def _name_point(name) -> tuple[str, str, str, str]:
    code = f"Chữ viết tắt {name.code}" if name.code else ""
    return _day(name.valid_from), name.name, _sentences(code, name.basis), ""


def _day(day) -> str:
    return spell_short(PartialDate(day.year, day.month, day.day)) if day else "trước đó"


def _sentences(*parts: str) -> str:
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)


def former_names(unit: UnitPage) -> list:
    """The names the unit bore before the present one."""
    return [name for name in unit.names.all() if name.name != unit.title]


def leaders_by_rank(leaders: list) -> list:
    """Leaders by rank, equals by given name: "Giám đốc" first, then the deputies A Mẫu, Lê Thị Mẫu.

    The rank of an office is the place where the editor's list first names it.
    """
    offices = list(dict.fromkeys(leader.office for leader in leaders))
    return sorted(leaders, key=lambda leader: (offices.index(leader.office), leader.sort_name))


def past_leaders(unit: UnitPage, now: list) -> list:
    """Those no longer in office, the latest term first."""
    past = [leader for leader in unit.leaders.all() if leader not in now and leader.valid_until]
    return sorted(past, key=lambda leader: leader.valid_until, reverse=True)


def entries_of_unit(unit: UnitPage, user) -> dict[str, list[Entry]]:
    """What the unit, those under it and those it continues published, newest first, in one query.

    Example: `{"documents": [...], "stories": [...], "news": [...]}`.
    """
    group = Case(
        When(is_official=True, then=Value("documents")),
        When(kind="story", then=Value("stories")),
        When(kind__in=("article", "notice"), then=Value("news")),
        output_field=CharField(),
    )
    units = UnitPage.objects.filter(Q(path__startswith=unit.path) | Q(successors=unit.pk)).values("pk")
    rows = Entry.objects.visible_to(user).filter(unit_id__in=units).newest().annotate(group=group)
    order = [F(name.lstrip("-")).desc() if name[0] == "-" else F(name) for name in rows.query.order_by]
    place = Window(RowNumber(), partition_by=F("group"), order_by=order)
    shown = rows.annotate(place=place).filter(group__isnull=False, place__lte=max(ROWS.values()))
    found: dict[str, list[Entry]] = {name: [] for name in ROWS}
    for entry in shown.select_related("picture").prefetch_related("picture__renditions"):
        if len(found[entry.group]) < ROWS[entry.group]:
            found[entry.group].append(entry)
    return found
