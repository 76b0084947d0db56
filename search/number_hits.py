"""Documents found by their number: which parts must hold, and which of them comes first."""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date

from search.contract import Wording
from search.vietnamese.letters import fold, nfc, plain_signs
from search.vietnamese.number_parts import unglued
from search.vietnamese.syllable_shapes import is_syllable_shape

_PIECE = re.compile(r"\d+|[^\W\d_]+")
_NO_KIND = frozenset({"vb"})
_KIND_WORDS_ALONE = frozenset({"luat", "lenh"}) | _NO_KIND


@dataclass(frozen=True, slots=True)
class AskedNumber:
    """The number a query asks for, e.g. of "chỉ thị 05": `parts=("5",)`, `initials="ct"`.

    Shape: `parts` must all stand in the document's number, in any order; `exact` are the typed ones with their
    accents; `initials` of the kind's name stand in the numbers of that kind; `days` are the first and the last
    on which it may have been issued.
    """

    parts: tuple[str, ...]
    exact: tuple[str, ...]
    initials: str = ""
    days: tuple[date, date] | None = None

    @property
    def exact_text(self) -> str:
        """As `exact_number` of a row: "39 đa tu"."""
        return " ".join(self.exact)

    @property
    def sorted_text(self) -> str:
        """As `sorted_number` of a row: "39 da tu"."""
        return " ".join(sorted(self.parts))

    def closeness(self, exact_number: str, sorted_number: str, issued_on: date | None = None) -> tuple[int, ...]:
        """How well a document's number answers, larger is better: the date, accents, then the whole, then the order."""
        held = exact_number.split()
        return (
            int(self._is_of_days(issued_on, held)),
            int(exact_number == self.exact_text),
            sum(part in held for part in self.exact),
            int(self.initials in sorted_number.split()) if self.initials else 0,
            int(sorted_number == self.sorted_text),
            int(tuple(held[: len(self.exact)]) == self.exact),
            -len(held),
        )

    def _is_of_days(self, issued_on: date | None, held: Sequence[str]) -> bool:
        """Whether a document is of the days asked for; where its date is not known, the year in its number tells."""
        if not self.days:
            return False
        first, last = self.days
        if issued_on:
            return first <= issued_on <= last
        return first.year == last.year and str(first.year) in held


def asked_number(wording: Wording) -> AskedNumber | None:
    """The number a wording asks for; None when it asks for none."""
    parts = wording.number_parts
    if not parts:
        return None
    said, initials = _said_beside(parts)
    exact = exact_number(wording.number_text)
    return AskedNumber(
        tuple(part for place, part in enumerate(parts) if place not in said),
        tuple(part for place, part in enumerate(exact) if place not in said),
        initials,
        wording.number_days,
    )


def exact_number(number: str) -> list[str]:
    """Parts of a number with their accents: "39-ĐA/TU" -> ["39", "đa", "tu"], which "39-DA/TU" is not."""
    found = _PIECE.findall(plain_signs(nfc(number)).lower())
    pieces = [piece for each in found for piece in _unglued(each)]
    return [piece.lstrip("0") or piece[:1] for piece in pieces]


def _unglued(piece: str) -> list[str]:
    """The pieces as `unglued` parts them, with their accents."""
    parts, start = [], 0
    for part in unglued(fold(piece)):
        parts.append(piece[start : start + len(part)])
        start += len(part)
    return parts


def _said_beside(parts: Sequence[str]) -> tuple[Container[int], str]:
    """Places before the first digits that no number holds, and the initials of the kind they name.

    Of chi, thi, so, 5 the first three and "ct"; of qd, so, 302 the second; of cv, 1186 the first and "cv".
    """
    opening = next((place for place, part in enumerate(parts) if part.isdigit()), 0)
    words = [part for part in parts[:opening] if part != "so"]
    if words == ["cv"]:
        return range(opening), "cv"
    if len(words) == 1:
        is_kind = words[0] in _KIND_WORDS_ALONE
    else:
        is_kind = all(len(word) > 1 and is_syllable_shape(word) for word in words)
    if is_kind:
        return range(opening), "".join(word[0] for word in words if word not in _NO_KIND)
    return {place for place in range(opening) if parts[place] == "so"}, ""
