"""Where a text names the documents it cites: in the cited words, and later by number or name alone."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape as escape_html

from django.utils.html import escape

from directives.models.citation import Citation

#: A link that stands in the text already, and what is inside a tag, is no place for another link.
TAKEN = r"<a\b[^>]*>.*?</a>|<[^>]*>"
_LAW = re.compile(r"(?:Bộ luật|Luật|Pháp lệnh) ")
_LAW_ENDS = re.compile(r"[\s,]+(?:số|ngày|năm)\s.*$", re.DOTALL)


class Mention:
    """`Mention("120/QĐ-SYT", pattern, 3)`: where `needle` stands in a text the pattern may find citation 3."""

    __slots__ = ("needle", "pattern", "position")

    def __init__(self, needle: str, pattern: str, position: int):
        self.needle, self.pattern, self.position = needle, pattern, position


def mentions_of(citations: Sequence[Citation]) -> list[Mention]:
    """All ways the documents are named, the words of the citations first and the longest first.

    Shape: `position` is that in the sequence. A short name that could mean two of them is none.
    """
    whole = {words: at for at, row in reversed([*enumerate(citations)]) for words in written_in_html(row.text)}
    short = [(needle, pattern, at) for at, row in enumerate(citations) for needle, pattern in _short_names(row)]
    counted = Counter(needle for needle, _, _ in short)
    found = [Mention(words, re.escape(words), at) for words, at in _longest_first(whole.items())]
    return found + [Mention(*each) for each in _longest_first(short) if counted[each[0]] == 1]


def _longest_first(rows) -> list:
    return sorted(rows, key=lambda row: len(row[0]), reverse=True)


def written_in_html(text: str) -> set[str]:
    """A phrase as it may stand in HTML: with and without its quotation marks escaped."""
    return {str(escape(text)), escape_html(text, quote=False)} if text else set()


def _short_names(row: Citation) -> Iterator[tuple[str, str]]:
    """What the document is called once it was cited: `"120/QĐ-SYT"`, `"Luật Đất đai"`, as needle and pattern."""
    if row.number and row.notation:
        number = escape_html(f"{row.number}{row.separator}{row.notation}", quote=False)
        kind = rf"(?:{_any_case(row.kind)}\s+)?" if row.kind else ""
        yield number, rf"(?<![\w/.-])(?:{kind}số:?\s+|{kind}){re.escape(number)}(?![\w/-]|\.\w)"
    if _LAW.match(row.text) and (name := _LAW_ENDS.sub("", row.text)) != row.text:
        for words in written_in_html(name):
            yield words, rf"(?<!\w){re.escape(words)}(?!\w)"


def _any_case(kind: str) -> str:
    """The kind as it stands at the beginning of a sentence and within one."""
    return rf"[{re.escape(kind[0].upper() + kind[0].lower())}]{re.escape(kind[1:])}"
