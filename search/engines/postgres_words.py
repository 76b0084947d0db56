"""Words for PostgreSQL's full text: its own parser is never asked, neither for texts nor for queries.

A document's vector holds its syllables ("dat"), its adjacent pairs ("dat_dai"), both again for the title
("=dat", "=dat_dai"), those that stand often in it once more ("+dat") and the parts of its number ("#39" beside
"39"). No text holds such a sign in a word.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce
from itertools import pairwise
from operator import and_, or_

from search.analysis import TreatedText

#: What a word of the title, one that stands often and a part of the number begin with.
TITLE, FREQUENT, NUMBER = "=+#"
#: So many times is often.
OFTEN = 3
#: A longer word is cut: two of them and a sign must fit in a word of the full text.
LONGEST_WORD = 200
# A vector holds a megabyte of words at most; what comes later in a text gives way.
_LARGEST_VECTOR = 900_000
_WORD = re.compile(r"[^\W_]+")
# A condition is read as it was written here: words, and groups of one sign each.
_PART = re.compile(r"'([^']*)'|([()&|])")
#: Matches no document.
NOTHING = "'#'"


def words_of(text: TreatedText) -> list[str]:
    """Every word of a document's vector, each once: `"thi dua"` as a title gives "=thi", "thi", "thi_dua", …"""
    counted: Counter[str] = Counter()
    for part in (text.title, text.number_parts, text.body, text.attachments):
        counted.update(_terms(part))
    words = [f"{NUMBER}{part}" for part in dict.fromkeys(text.number_parts.split())]
    words += [f"{TITLE}{word}" for word in dict.fromkeys(_terms(text.title))]
    words += [f"{FREQUENT}{word}" for word, times in counted.items() if times >= OFTEN]
    words += counted
    # A letter takes four bytes at most, and a word four beside its letters.
    is_small = 4 * (sum(map(len, words)) + len(words)) <= _LARGEST_VECTOR
    return words if is_small else list(_within_limit(words))


def counted_words(words: Iterable[str]) -> Iterator[str]:
    """Those of the words of a vector that are counted: all but the parts of numbers."""
    return (word for word in words if word[0] != NUMBER)


def _terms(text: str) -> list[str]:
    words = text.split()
    if len(text) > LONGEST_WORD:
        words = [word[:LONGEST_WORD] for word in words]
    return words + [f"{first}_{second}" for first, second in pairwise(words)]


def _within_limit(words: Iterable[str]) -> Iterator[str]:
    taken = 0
    for word in words:
        taken += len(word.encode()) + 4
        if taken > _LARGEST_VECTOR:
            return
        yield word


def clean_words(words: Sequence[str]) -> tuple[str, ...]:
    """Words as vectors hold them; what no vector can hold is left out."""
    return tuple(word[:LONGEST_WORD] for word in words if _WORD.fullmatch(word))


def phrase(words: Sequence[str], sign: str = "") -> str:
    """Words one after another as a condition on a vector: ("thi", "dua") -> "'thi_dua'".

    Shape: of three and more words every pair must stand somewhere; whether they stand together is asked of the
    text. NOTHING for words that no document can hold.
    """
    held = clean_words(words)
    if len(held) < len(words) or not held:
        return NOTHING
    if len(held) == 1:
        return f"'{sign}{held[0]}'"
    return all_of(f"'{sign}{first}_{second}'" for first, second in pairwise(held))


def all_of(parts: Iterable[str]) -> str:
    """Conditions that must all hold: "('a' & 'b')"; "" when there are none."""
    return _joined(" & ", parts)


def any_of(parts: Iterable[str]) -> str:
    """Alternatives: "('a' | 'b')"; "" when there are none."""
    return _joined(" | ", parts)


def words_in(condition: str) -> list[str]:
    """The words of a condition: "('a' & 'b')" -> ["a", "b"]."""
    return [word for word, _ in _PART.findall(condition) if word]


def holders(condition: str, posting: Callable[[str], int]) -> int:
    """The documents that meet a condition, from those that hold each word: of "('a' & 'b')" those of both.

    Shape: sets of documents are bits, see `search.engines.postings`.
    """
    groups: list[list[int]] = [[]]
    signs: list[str] = [""]
    for word, sign in _PART.findall(condition):
        if sign == "(":
            groups.append([])
            signs.append("")
        elif sign == ")":
            either = or_ if signs.pop() == "|" else and_
            group = groups.pop()
            groups[-1].append(reduce(either, group))
        elif sign:
            signs[-1] = sign
        else:
            groups[-1].append(posting(word))
    return groups[0][0]


def _joined(sign: str, parts: Iterable[str]) -> str:
    held = list(dict.fromkeys(part for part in parts if part))
    return f"({sign.join(held)})" if len(held) > 1 else "".join(held)
