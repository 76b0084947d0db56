"""The order of a regulation or decision: chapters, sections, articles, clauses and points with their pages."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from search.vietnamese.letters import fold

from .lines import is_upper, tidy

CHAPTER, SECTION, ARTICLE, CLAUSE, POINT = "chapter", "section", "article", "clause", "point"
_CHAPTER = re.compile(r"^chuong\s+(?:thu\s+)?([ivxlc]+|\d{1,2})\b\s*[.:\-–]?\s*")
_SECTION = re.compile(r"^muc\s+([ivx]+|\d{1,2})\b\s*[.:\-–]?\s*")
_ARTICLE = re.compile(r"^dieu\s+(\d{1,3})([a-z]?)\s*(?:[.:]\s*|$)")
_CLAUSE = re.compile(r"^(\d{1,2})\s*[.)]\s+(?=\S)|^khoan\s+(\d{1,2})\s*[.:]\s*(?=\S)")
_POINT = re.compile(r"^([a-zđ]{1,2})\s*\)\s*(?=\S)|^diem\s+([a-zđ])\s*[.:]\s*(?=\S)")
_END = re.compile(r"^\W*(noi nhan|phu luc)\b")
_LETTERS = ["a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u", "v"]
_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Division:
    """`Division("article", "Điều 5", "Tổ chức thực hiện", page=3)`; page None where pages are not known."""

    level: str
    label: str
    title: str
    page: int | None = None


@dataclass
class _Place:
    """Where the reading stands: the last article, clause and point."""

    article: int = 0
    clause: int = 0
    point: str = ""
    is_over: bool = False  # the last article ended; an item of an appendix is no clause of it
    is_open: bool = False  # a chapter or section whose name comes on the next line


def find_divisions(lines: Iterable[tuple[str, int | None]]) -> list[Division]:
    """The divisions of a text in order, given its lines with their pages; `[]` for a text without articles.

    Shape: a number out of its order is a citation or a line that happens to begin so, and is no division.
    """
    found: list[Division] = []
    place = _Place()
    for text, page in lines:
        text = tidy(text)
        place.is_over = place.is_over or bool(_END.match(fold(text)))
        division = _heading(text, page, place) or _article(text, page, place) or _inner(text, page, place)
        if division:
            found.append(division)
            place.is_open = division.level in (CHAPTER, SECTION) and not division.title
        elif place.is_open and text:
            _name_last(found, text, place)
    return found if any(one.level in (CHAPTER, SECTION, ARTICLE) for one in found) else []


def _heading(text: str, page: int | None, place: _Place) -> Division | None:
    for level, word, pattern in ((CHAPTER, "Chương", _CHAPTER), (SECTION, "Mục", _SECTION)):
        match = pattern.match(fold(text))
        title = text[match.end() :] if match else ""
        # "Chương II của Luật này" in running text goes on in small letters.
        if match and text[0].isupper() and (not title or is_upper(title) or title[0].isupper()) and len(text) < 160:
            place.clause, place.point = 0, ""
            return Division(level, f"{word} {match[1].upper()}", title, page)
    return None


def _article(text: str, page: int | None, place: _Place) -> Division | None:
    match = _ARTICLE.match(fold(text))
    if match is None or not text[0].isupper():
        return None
    number = int(match[1])
    if not (number == place.article + 1 or number == 1 or (match[2] and number == place.article)):
        return None
    place.article, place.clause, place.point, place.is_over = number, 0, "", False
    return Division(ARTICLE, f"Điều {match[1]}{match[2]}", _title(text[match.end() :]), page)


def _inner(text: str, page: int | None, place: _Place) -> Division | None:
    """A clause or a point, which only an article has."""
    if not place.article or place.is_over:
        return None
    if match := _CLAUSE.match(text.lower()):
        number = int(match[1] or match[2])
        if number == place.clause + 1:
            place.clause, place.point = number, ""
            return Division(CLAUSE, str(number), _title(text[match.end() :]), page)
    elif match := _POINT.match(text.lower()):
        letter = match[1] or match[2]
        if letter in _LETTERS and letter == _next_letter(place.point):
            place.point = letter
            return Division(POINT, letter, _title(text[match.end() :]), page)
    return None


def _next_letter(letter: str) -> str:
    at = _LETTERS.index(letter) + 1 if letter else 0
    return _LETTERS[at] if at < len(_LETTERS) else ""


def _name_last(found: list[Division], text: str, place: _Place) -> None:
    """The name of a chapter that stands under it, on one line or more in capitals."""
    last = found[-1]
    if is_upper(text) or not last.title:
        found[-1] = Division(last.level, last.label, f"{last.title} {text}".strip()[:_LONGEST_TITLE], last.page)
        place.is_open = is_upper(text)
    else:
        place.is_open = False


def _title(text: str) -> str:
    """The words of a division up to the end of its first sentence."""
    return re.split(r"(?<=[.;:])\s", text, maxsplit=1)[0].strip(" .;:/")[:_LONGEST_TITLE]
