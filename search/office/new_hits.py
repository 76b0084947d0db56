"""What a saved search finds that its owner was not told about yet."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict

from search.asking import Ask, read_ask
from search.contract import ALL_WORDS, ANY_WORDS, NEWEST
from search.models import Entry
from search.office_models import SavedSearch
from search.results import Search
from search.visibility import open_grants

DEPTH = 200
#: A page published this long before the last look still counts: the index may have been behind then.
OVERLAP = timedelta(days=3)
MOST_KNOWN = 5_000


def ask_of(saved: SavedSearch) -> Ask:
    """The search that was saved, on its first page."""
    return replace(read_ask(QueryDict(saved.address)), page=1)


def matching_ids(user, ask: Ask) -> list[int]:
    """Ids of pages this reader may find, best first: the best by relevance, then the newest that hold every word.

    Errors: `EngineUnavailable`.
    """
    asks = [ask] if ask.text else [replace(ask, order=NEWEST)]
    if ask.text:
        match = ALL_WORDS if ask.match == ANY_WORDS else ask.match
        asks.append(replace(ask, match=match, order=NEWEST))
    keys = [hit.key for each in asks for hit in Search(user, each, per_page=DEPTH, facets=()).result.hits]
    return [int(key.removeprefix("page:")) for key in dict.fromkeys(keys)]


def new_entries(saved: SavedSearch, user) -> list[Entry]:
    """Entries published, or opened to this reader, since the last look and never mailed for this search.

    Errors: `EngineUnavailable`.
    """
    known = set(saved.known)
    ids = [pk for pk in matching_ids(user, ask_of(saved)) if pk not in known]
    since = saved.checked_at - OVERLAP
    opened = open_grants(user).filter(page_id=OuterRef("page_id"), opens_at__gt=since)
    is_new = Q(page__last_published_at__gt=since) | Exists(opened)
    return visible_entries(user, ids, is_new)


def visible_entries(user, ids: Sequence[int], condition: Q | None = None) -> list[Entry]:
    """The entries this reader may see now, in the order of the ids."""
    rows = Entry.objects.visible_to(user).filter(condition or Q(), page_id__in=ids)
    held = {entry.pk: entry for entry in rows.defer("body", "folded_text")}
    return [held[pk] for pk in ids if pk in held]


def with_known(known: Sequence[int], added: Sequence[int]) -> list[int]:
    """The ids that need no mail any more, newest last, never more than some thousands."""
    return list(dict.fromkeys([*known, *added]))[-MOST_KNOWN:]
