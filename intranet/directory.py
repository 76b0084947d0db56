"""The directory of staff: official data of those who work here today, found by name without accents."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from django.contrib.auth import get_user_model
from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, Q
from django.http import QueryDict
from django.utils.http import urlencode

from intranet.official_data import is_private_mailbox, private_number_in
from search.models import Entry
from search.vietnamese.collation import person_sort_key, sort_key
from search.vietnamese.syllables import syllables

PER_PAGE = 100
LONGEST_NAME = 100
NO_UNIT = "Chưa ghi đơn vị"


@dataclass(frozen=True, slots=True)
class Colleague:
    """One line of the directory, e.g. `Colleague("Nguyễn Thị Lan", "Chuyên viên", "0260 3862 000", "lan@…")`."""

    name: str
    position: str
    phone: str
    email: str

    @classmethod
    def of(cls, person) -> "Colleague":
        """What of a person's data is official; a number or mailbox of their own is left out, however it got there."""
        phone, position, email = person.office_phone, person.position, person.email
        return cls(
            name=person.get_full_name(),
            position="" if private_number_in(position) else position,
            phone="" if private_number_in(phone) else phone,
            email="" if is_private_mailbox(email) else email,
        )


@dataclass
class Office:
    """A unit with those of its people that stand on this page."""

    title: str
    url: str = ""
    colleagues: list[Colleague] = field(default_factory=list)


class Directory:
    """What a reader asked of the directory, e.g. `Directory(user, QueryDict("ten=lan&don_vi=7"))`."""

    def __init__(self, user, data: QueryDict):
        self.user = user
        self.name = data.get("ten", "").strip()[:LONGEST_NAME]
        self.asked_unit = data.get("don_vi", "")
        self.asked_page = data.get("trang", "1")

    @cached_property
    def units(self) -> dict[int, Entry]:
        """The units whose pages this reader may see, by name."""
        entries = Entry.objects.visible_to(self.user).filter(kind="unit").only("page_id", "title", "url")
        return {entry.pk: entry for entry in sorted(entries, key=lambda entry: sort_key(entry.title))}

    @cached_property
    def unit(self) -> Entry | None:
        number = self.asked_unit
        return self.units.get(int(number)) if number.isascii() and number.isdigit() and len(number) < 19 else None

    @cached_property
    def page(self) -> Page:
        """One page of lines, unit by unit and in each by given name."""
        return Paginator(sorted(self._lines(), key=_place), PER_PAGE).get_page(self.asked_page)

    def _lines(self) -> Iterator[tuple[str, int, Colleague]]:
        wanted = syllables(self.name)
        for person in self._people():
            colleague = Colleague.of(person)
            if not _is_named(colleague.name, wanted):
                continue
            seats = {row.unit_id for row in person.todays_memberships} & self.units.keys()
            for seat in {self.unit.pk} & seats if self.unit else seats or {0}:
                yield self.units[seat].title if seat else "", seat, colleague

    def _people(self):
        model = get_user_model()
        rows = model._meta.get_field("memberships").related_model.objects.today()
        people = model.objects.filter(is_active=True).exclude(Q(last_name="") & Q(first_name=""))
        return people.prefetch_related(Prefetch("memberships", rows, to_attr="todays_memberships"))

    @cached_property
    def offices(self) -> list[Office]:
        """The lines of the page under their units."""
        found: dict[int, Office] = {}
        for title, seat, colleague in self.page.object_list:
            url = self.units[seat].url if seat else ""
            found.setdefault(seat, Office(title or NO_UNIT, url)).colleagues.append(colleague)
        return list(found.values())

    def address(self, **changes: str) -> str:
        """The address with what was asked and these changes, e.g. `directory.address(trang="2")`."""
        asked = {"ten": self.name, "don_vi": str(self.unit.pk) if self.unit else ""} | changes
        return f"?{urlencode({name: value for name, value in asked.items() if value})}"


def _is_named(name: str, wanted: list[str]) -> bool:
    """Whether each word asked for begins a word of the name: "ng lan" finds "Nguyễn Thị Lan"."""
    words = syllables(name)
    return all(any(word.startswith(part) for word in words) for part in wanted)


def _place(line: tuple[str, int, Colleague]) -> tuple:
    title, seat, colleague = line
    return not seat, sort_key(title), seat, person_sort_key(colleague.name)
