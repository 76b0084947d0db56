"""Keeps a search for its owner, changes it, and knows when its next mail is due."""

import logging
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import urlencode

from django.utils import timezone

from search.asking import Ask
from search.contract import EngineUnavailable
from search.facet_names import names_for
from search.office.new_hits import matching_ids
from search.office_models import SavedSearch
from search.office_models.saved import digest_of
from search.page_filters import named_filters
from search.vietnamese.letters import clean

logger = logging.getLogger(__name__)
MOST_SAVED = 50
LONGEST_NAME = 120
LONGEST_ADDRESS = 12_000


class CannotSave(ValueError):
    """Why a search is not saved, as a sentence for the person."""


def period_of(frequency: str, today: date) -> date:
    """The first day of the period a mail belongs to: the day itself, or the Monday of its week."""
    return today - timedelta(days=today.weekday()) if frequency == SavedSearch.WEEKLY else today


def save_search(user, ask: Ask) -> tuple[SavedSearch, bool]:
    """The search kept for this person, and whether it is new; the same search is kept once.

    Errors: `CannotSave`.
    """
    address = urlencode(replace(ask, page=1).pairs())
    if not address:
        raise CannotSave("Hãy nhập từ cần tìm hoặc chọn bộ lọc trước khi lưu.")
    if len(address) > LONGEST_ADDRESS:
        raise CannotSave("Tìm kiếm này có quá nhiều bộ lọc nên không lưu được.")
    own = SavedSearch.objects.filter(owner=user)
    if held := own.filter(digest=digest_of(address)).first():
        return held, False
    if own.count() >= MOST_SAVED:
        raise CannotSave(f"Mỗi người lưu được nhiều nhất {MOST_SAVED} tìm kiếm; hãy xóa bớt trước.")
    today = timezone.localdate()
    fields = {
        "name": _name_of(user, ask)[:LONGEST_NAME] or f"Tìm kiếm ngày {today:%d/%m/%Y}",
        "address": address,
        "known": _found_now(user, ask),
        "handled_on": period_of(SavedSearch.DAILY, today),
    }
    return SavedSearch.objects.get_or_create(owner=user, digest=digest_of(address), defaults=fields)


def change_search(saved: SavedSearch, name: str, frequency: str, ask: Ask) -> None:
    """Rename a search and set how often it is mailed; mails begin with what comes after they are turned on."""
    if name := clean(name)[:LONGEST_NAME]:
        saved.name = name
    changed = ["name"]
    if frequency != saved.frequency and frequency in dict(SavedSearch.FREQUENCIES):
        if saved.frequency == SavedSearch.NEVER:
            saved.checked_at, saved.known = timezone.now(), _found_now(saved.owner, ask)
        saved.frequency = frequency
        saved.handled_on = max(saved.handled_on, period_of(frequency, timezone.localdate()))
        changed += ["frequency", "handled_on", "checked_at", "known"]
    SavedSearch.objects.filter(pk=saved.pk).update(**{field: getattr(saved, field) for field in changed})


def _name_of(user, ask: Ask) -> str:
    """What a search is called until its owner renames it: its words, or its filters."""
    return ask.text or ", ".join(named_filters(ask, names_for(user, ask.chosen_pairs)))


def _found_now(user, ask: Ask) -> list[int]:
    """What the search finds today: none of it is news."""
    try:
        return matching_ids(user, replace(ask, page=1))
    except EngineUnavailable as error:
        logger.warning("A saved search begins without knowing what it finds: %s", error)
        return []
