"""The only audience rule: a page is visible iff one of the reader's tokens opens it now.

Grants are written when a page is published, moved, restricted or withdrawn; whether the time has come
is decided here, when reading.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

PUBLIC, STAFF, UNITS, PEOPLE = "public", "staff", "units", "people"
LADDER = (PUBLIC, STAFF, UNITS, PEOPLE)
LABELS = {PUBLIC: "Công khai", STAFF: "Nội bộ cơ quan", UNITS: "Đơn vị", PEOPLE: "Đích danh"}
OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Audience:
    """Who a page is for, e.g. `Audience("units", units=frozenset({7}))`. Unknown levels mean staff."""

    level: str
    units: frozenset[int] = frozenset()
    people: frozenset[int] = frozenset()

    @property
    def tokens(self) -> frozenset[str]:
        """The tokens that open the page, e.g. `{"public"}` or `{"unit:7", "office"}`."""
        if self.level == PUBLIC:
            return frozenset({PUBLIC})
        if self.level == UNITS:
            return frozenset({f"unit:{pk}" for pk in self.units} | {OFFICE})
        if self.level == PEOPLE:
            return frozenset(f"user:{pk}" for pk in self.people)
        return frozenset({STAFF})

    @property
    def rank(self) -> int:
        return LADDER.index(self.level) if self.level in LADDER else LADDER.index(STAFF)

    def within(self, outer: "Audience") -> "Audience":
        """This audience, never wider than `outer`: the narrower of the two, or what they share."""
        if self.rank != outer.rank:
            return self if self.rank > outer.rank else outer
        return Audience(self.level, self.units & outer.units, self.people & outer.people)


def tokens_of(user) -> frozenset[str]:
    """The tokens a reader holds, e.g. `{"public"}` for a stranger,
    `{"public", "staff", "user:4", "unit:7"}` for a staff member of unit 7.
    """
    if user is None or not user.is_authenticated or not user.is_active:
        return frozenset({PUBLIC})
    tokens = {PUBLIC, STAFF, f"user:{user.pk}"} | {f"unit:{pk}" for pk in user.unit_ids}
    if user.sees_every_unit:
        tokens.add(OFFICE)
    return frozenset(tokens)


def open_grants(user) -> QuerySet:
    """The grants that open pages to this reader at this moment."""
    now = timezone.now()
    return apps.get_model("search.Grant").objects.filter(
        Q(opens_at__isnull=True) | Q(opens_at__lte=now),
        Q(closes_at__isnull=True) | Q(closes_at__gt=now),
        token__in=sorted(tokens_of(user)),
    )


def restrict(queryset: QuerySet, user, page_field: str = "pk") -> QuerySet:
    """`queryset` without the rows whose page the reader may not see now."""
    return queryset.filter(Exists(open_grants(user).filter(page_id=OuterRef(page_field))))


def may_see_page(user, page_id: int) -> bool:
    return open_grants(user).filter(page_id=page_id).exists()


def may_see_file(user, kind: str, file_id: int) -> bool:
    """Whether a page the reader may see uses this file."""
    return bool(visible_files(user, kind, [file_id]))


def visible_files(user, kind: str, file_ids: Iterable[int]) -> set[int]:
    """Those of the files that some visible page uses."""
    uses = apps.get_model("search.FileUse").objects.filter(kind=kind, file_id__in=list(file_ids))
    return set(restrict(uses, user, "page_id").values_list("file_id", flat=True))
