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
    condition = condition_of(wanted)
    return named_among(_visible(user).filter(condition), wanted) if condition else {}


def condition_of(wanted: Mapping[str, Iterable[str]]) -> Q:
    """Entries of the pages with these keys; empty when there are none."""
    condition = Q()
    for facet, kind in KINDS_OF.items():
        places = Q()
        for key in wanted.get(facet, ()):
            places |= Q(url__endswith=f"/{key.replace('.', '/')}/")
            places |= Q(pk=int(key)) if _is_number(key) else Q()
        condition |= Q(kind=kind) & places if places else Q()
    return condition


def named_among(rows: Iterable, wanted: Mapping[str, Iterable[str]]) -> dict[tuple[str, str], NamedPage]:
    """Those of the keys that stand among some entries, e.g. `named_among(entries, {"unit": ["phong-dat-dai"]})`."""
    named = [(row.kind, _named(row)) for row in rows]
    found = {}
    for facet, kind in KINDS_OF.items():
        pages = [page for each, page in named if each == kind]
        held = {page.key: page for page in pages} | {str(page.page_id): page for page in pages}
        found |= {(facet, key): held[key] for key in wanted.get(facet, ()) if key in held}
    return found


def pages_of_ids(user, page_ids: Iterable[int]) -> dict[int, NamedPage]:
    """The same by number, units and campaigns together."""
    wanted = set(page_ids)
    rows = _visible(user).filter(kind__in=KINDS_OF.values(), pk__in=wanted) if wanted else ()
    return {row.page_id: _named(row) for row in rows}


def _visible(user):
    rows = Entry.objects.visible_to(user, are_named=True)
    return rows.values_list("kind", "page_id", "url", "title", named=True)


def _named(row) -> NamedPage:
    return NamedPage(row.page_id, key_of_address(row.url), row.title)


def _is_number(key: str) -> bool:
    return key.isascii() and key.isdigit() and len(key) <= 10
