"""What an archive's address chooses, read back whatever people or programs write there."""

from collections.abc import Iterable, Mapping

from django.http import QueryDict

from search.archive_tally import TOPIC
from search.asking import PAGE_KEY, read_number
from search.shelves import SHELVES
from search.vietnamese.letters import clean

#: The year or the month of entries that have none, as an address writes it.
UNKNOWN = "khong-ro"
OLDEST_FIRST = "cu-nhat"
ORDERS = (OLDEST_FIRST, "moi-nhat")
SLUGS = frozenset(shelf.slug for shelf in SHELVES)
_NUMBERED = ("nam", "thang", "don_vi", "phong_trao")
_LONGEST = {"loai": 64, "co_quan": 120, TOPIC: 120}
_PAGES = ("don_vi", "phong_trao")


def read_choices(params: Mapping) -> dict[str, int | str]:
    """What an address chooses, e.g. `read_choices(QueryDict("nam=2024&loai=chi_thi"))`.

    Shape: nonsense counts as not given; of repeated parameters the last valid one holds; 0 asks for what has no
    year or no month.
    """
    held: dict[str, int | str | None] = {
        "nam": _last_time(params, "nam", 1900, 2100),
        "thang": _last_time(params, "thang", 1, 12),
    }
    for name in _PAGES:
        held[name] = next((text for text in reversed(_given(params, name)) if PAGE_KEY.fullmatch(text[:200])), None)
    for name, most in _LONGEST.items():
        texts = [clean(text[: 4 * most])[:most].replace("|", "") for text in _given(params, name)]
        held[name] = next((text for text in reversed(texts) if text), None)
    if held["nam"] == 0:
        held["thang"] = None
    return {name: value for name, value in held.items() if value is not None}


def unused_choices(params: Mapping, chosen: Mapping) -> list[tuple[str, str]]:
    """What an address states and the archive cannot use, e.g. `[("nam", "abc")]`."""
    unread = [name for name in _NUMBERED if name not in chosen and not (name == "thang" and chosen.get("nam") == 0)]
    unused = [(name, value) for name in unread for value in _given(params, name) if value]
    for name, taken in (("sap_xep", ORDERS), ("muc", SLUGS)):
        unused += [(name, value) for value in _given(params, name)[-1:] if value and value not in taken]
    return unused


def _given(params: Mapping, name: str) -> list[str]:
    values = params.getlist(name) if isinstance(params, QueryDict) else [params.get(name, "")]
    return [str(value) for value in values]


def _last(numbers: Iterable[int | None]) -> int | None:
    return next((number for number in reversed(list(numbers)) if number is not None), None)


def page_asked(params: Mapping) -> int:
    """The number of a page, e.g. `page_asked(QueryDict("trang=3"))`; 1 for nonsense, any other number as it stands."""
    numbers = [text for text in _given(params, "trang") if text.isascii() and text.isdigit()]
    return max(1, int(numbers[-1][:9])) if numbers else 1


def _last_time(params: Mapping, name: str, lowest: int, highest: int) -> int | None:
    return _last(0 if text == UNKNOWN else read_number(text, lowest, highest) for text in _given(params, name))
