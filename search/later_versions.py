"""Approved later versions of pages, and what they take from readers when their hour comes, timer or none.

Only what they narrow counts before they are published: what is kept of a page is the text of its present version,
so nobody is given the page because a later version is for more readers.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from wagtail.models import Page, Revision

from search.visibility import LADDER, PEOPLE, PUBLIC, STAFF, UNITS, Audience

Hours = tuple[datetime | None, datetime | None]


@dataclass(frozen=True, slots=True)
class LaterVersion:
    """What a version that waits for its hour says of its readers: from `hour` on they are `audience`, until `ends`."""

    hour: datetime
    audience: Audience
    ends: datetime | None = None


def later_versions(page_ids: Iterable[int]) -> dict[int, list[LaterVersion]]:
    """The approved later versions of these pages, the next one first; one query for all of them."""
    keys = [str(pk) for pk in page_ids]
    rows = Revision.page_revisions.filter(object_id__in=keys, approved_go_live_at__isnull=False)
    found: dict[int, list[LaterVersion]] = {}
    for key, hour, content in rows.order_by("approved_go_live_at").values_list(
        "object_id", "approved_go_live_at", "content"
    ):
        found.setdefault(int(key), []).append(_read(hour, content))
    return found


def _read(hour: datetime, content: Mapping) -> LaterVersion:
    """From what was saved, without making a page of it: that would ask for everything it names."""
    if "audience" not in content:
        return LaterVersion(hour, Audience(PUBLIC))
    level = content["audience"] if content["audience"] in LADDER else STAFF
    units = content.get("audience_units") or () if level == UNITS else ()
    people = content.get("audience_people") or () if level == PEOPLE else ()
    ends = parse_datetime(content["expire_at"]) if content.get("expire_at") else None
    if ends and timezone.is_naive(ends):
        ends = timezone.make_aware(ends)
    return LaterVersion(hour, Audience(level, frozenset(units), frozenset(people)), ends)


def narrowed_hours(
    line: Sequence[Page], window: Hours, audience: Audience, later: Mapping[int, Sequence[LaterVersion]]
) -> dict[str, Hours]:
    """The hours of each token that opens the last page of `line`, the pages above it before it.

    Example: a public page that is for staff from nine on has `{"public": (None, nine), "staff": (nine, None)}`.
    """
    hours = dict.fromkeys(audience.tokens, window)
    present = audience.tokens
    for hour in sorted({each.hour for page in line for each in later.get(page.pk, ())}):
        said = [_version_at(page, hour, later) for page in line]
        wanted = _audience_of(said).tokens
        kept = {token for token in present if _is_covered(token, wanted)}
        new = {token for token in wanted if _is_covered(token, present)} - hours.keys()
        hours |= {token: (_later(hour, window[0]), window[1]) for token in new}
        hours |= {token: (hours[token][0], _sooner(hours[token][1], hour)) for token in present - kept}
        present = frozenset(kept | new)
        for ends in (each.ends for each in said if isinstance(each, LaterVersion) and each.ends):
            hours |= {token: (hours[token][0], _sooner(hours[token][1], max(ends, hour))) for token in present}
    return hours


def _version_at(page: Page, hour: datetime, later: Mapping[int, Sequence[LaterVersion]]) -> Page | LaterVersion:
    """The last version of a page whose hour has come by then; the page itself while none has."""
    return next((each for each in reversed(later.get(page.pk, ())) if each.hour <= hour), page)


def _audience_of(said: Sequence[Page | LaterVersion]) -> Audience:
    result = Audience(PUBLIC)
    for each in reversed(said):
        own = each.audience if isinstance(each, LaterVersion) else own_audience_of(each)
        result = result.within(own)
    return result


def own_audience_of(page: Page) -> Audience:
    return page.own_audience() if hasattr(page, "own_audience") else Audience(PUBLIC)


def _is_covered(token: str, tokens: Collection[str]) -> bool:
    """Whether everybody who holds the token holds one of these as well."""
    return token in tokens or PUBLIC in tokens or (STAFF in tokens and token != PUBLIC)


def _later(hour: datetime, other: datetime | None) -> datetime:
    return max(hour, other or hour)


def _sooner(moment: datetime | None, other: datetime) -> datetime:
    return min(moment or other, other)
