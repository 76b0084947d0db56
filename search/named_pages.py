"""Units and campaigns as addresses name them: by the way to their page, never by a number of the database.

Numbers are given in turn: a gap between two of them would tell of a page that is not for everybody.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from search.models import Entry

#: Facet of the contract -> kind of the pages that are its values.
KINDS_OF = {"unit": "unit", "campaign": "campaign"}


@dataclass(frozen=True, slots=True)
class NamedPage:
    """A unit or a campaign that the reader may see, e.g. `NamedPage(7, "phong-dat-dai", "Phòng Đất đai")`."""

    page_id: int
    key: str
    title: str


def key_of_address(url: str) -> str:
    """How addresses name the page there: `key_of_address("/don-vi/chi-cuc/phong-mot/")` is "chi-cuc.phong-mot"."""
    return ".".join(url.strip("/").split("/")[1:])


def pages_of_keys(user, wanted: Mapping[str, Iterable[str]]) -> dict[tuple[str, str], NamedPage]:
    """Those of the pages that the reader may see; a number of the database is understood as well.

    Example: `pages_of_keys(user, {"unit": ["phong-dat-dai"]})[("unit", "phong-dat-dai")].page_id` is 7. One query.
    """
    pairs = {(facet, key) for facet in KINDS_OF for key in wanted.get(facet, ())}
    condition = Q(pk__in=[])
    for facet, key in pairs:
        place = Q(url__endswith=f"/{key.replace('.', '/')}/")
        condition |= Q(kind=KINDS_OF[facet]) & (place | Q(pk=int(key)) if _is_number(key) else place)
    found = {}
    for kind, *row in _visible(user).filter(condition) if pairs else ():
        page = _named(*row)
        facet = next(name for name, each in KINDS_OF.items() if each == kind)
        found |= {(facet, key): page for key in (page.key, str(page.page_id))}
    return {pair: page for pair, page in found.items() if pair in pairs}


def pages_of_ids(user, page_ids: Iterable[int]) -> dict[int, NamedPage]:
    """The same by number, units and campaigns together."""
    wanted = set(page_ids)
    rows = _visible(user).filter(kind__in=KINDS_OF.values(), pk__in=wanted) if wanted else ()
    return {row[0]: _named(*row) for _, *row in rows}


def _visible(user):
    return Entry.objects.visible_to(user).values_list("kind", "page_id", "url", "title")


def _named(page_id: int, url: str, title: str) -> NamedPage:
    return NamedPage(page_id, key_of_address(url), title)


def _is_number(key: str) -> bool:
    return key.isascii() and key.isdigit() and len(key) <= 10
