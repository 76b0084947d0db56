"""Noise that files hold beside their words: control signs, ligatures, broken words, running lines."""

import re
import unicodedata
from collections import Counter
from dataclasses import replace

from .pages import FilePage

# A zero-width space parts words without being seen.
_PLAIN = str.maketrans({"\u200b": " "}) | str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"}
)
# PDFium writes this sign for a hyphen at the end of a line, together with the line end.
_BROKEN = "\ufffe"
# Only a word in plain small letters can be one word broken in two; "QĐ-" and "UBND", "thi-" and "đua" are not.
_BROKEN_WORD = re.compile(rf"(?<![^\W\d_])([a-z]{{2,}}){_BROKEN}([a-z]{{2,}})(?![^\W\d_])")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_BLANK = re.compile(r"[^\S\n]+")
_LINE_ENDS = re.compile(r" ?\n[ \n]*")
_PAGE_NUMBER = re.compile(r"[-–— ]*(?:trang )?\d{1,3}(?: ?[/|] ?\d{1,3})?[-–— ]*", re.IGNORECASE)
# A line that stands at the same edge of this many pages, and of half of all, runs through the file.
_RUNNING_PAGES = 3


def tidy(text: str) -> str:
    """Words as people read them, a line a line: `tidy("ho\\u0300a\\u200b  ﬁ") == "hòa fi"`.

    Shape: NFC; no control, invisible or private signs; no blank lines.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_PLAIN)
    text = _BROKEN_WORD.sub(r"\1\2", text).replace(_BROKEN, "-")
    seen = "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in _UNSEEN)
    return _LINE_ENDS.sub("\n", _BLANK.sub(" ", unicodedata.normalize("NFC", seen))).strip()


def is_page_number(line: str) -> bool:
    """Whether a line says nothing but its page: "- 3 -", "Trang 3/10"."""
    return bool(_PAGE_NUMBER.fullmatch(line.strip()))


def without_running_lines(pages: list[FilePage]) -> list[FilePage]:
    """The pages without their page numbers, each running head or foot only where it first stands."""
    parted = [(page, _without_page_numbers(page.text.split("\n"))) for page in pages]
    counts = Counter((edge, lines[edge]) for _, lines in parted for edge in (0, -1) if lines)
    running = {key for key, count in counts.items() if count >= max(_RUNNING_PAGES, len(pages) / 2)}
    met: set[tuple[int, str]] = set()
    found = []
    for page, lines in parted:
        for edge in (-1, 0):
            key = (edge, lines[edge]) if lines else None
            if key in met:
                del lines[edge]
            elif key in running:
                met.add(key)
        if lines:
            found.append(replace(page, text="\n".join(lines)))
    return found


def _without_page_numbers(lines: list[str]) -> list[str]:
    for edge in (0, -1):
        if lines and is_page_number(lines[edge]):
            del lines[edge]
    return lines
