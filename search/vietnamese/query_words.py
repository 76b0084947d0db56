"""What a typed query says: its words in every form the search needs, its numbers and its quoted phrases."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from search.vietnamese.dates import PartialDate
from search.vietnamese.letters import clean, fold
from search.vietnamese.number_parts import dated_number, looks_like_number, number_parts
from search.vietnamese.syllables import TOKEN, exact_tokens, pairs, syllables

#: Characters of a query that count; what is typed beyond them is left out, and said to be.
LONGEST_QUERY = 256
# Invisible signs and runs of spaces are not counted against the reader, but do not cost time without end.
_LONGEST_TYPED = 4096
_LONGEST_WORD_CUT = 40
_QUOTES = dict.fromkeys(map(ord, '"“”„«»'), " ")
_QUOTED = re.compile(r'"([^"]{1,256})"|[“„«]([^“”„«»"]{1,256})[”»]')


@dataclass(frozen=True, slots=True)
class Word:
    """One word as typed and where: `Word("Đất", 0, 3, folded="dat", exact="đât1")`.

    Shape: `start` and `end` are places in `QueryWords.text`.
    """

    text: str
    start: int
    end: int
    folded: str
    exact: str

    @property
    def is_accented(self) -> bool:
        """True when the person typed a mark: "đất" but not "dat"."""
        return fold(self.text) != self.text.lower()


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words typed inside quotation marks: `Phrase("đất đai", ("dat", "dai"), ("đât1", "đai"))`."""

    text: str
    folded: tuple[str, ...]
    exact: tuple[str, ...]


@dataclass(frozen=True)
class QueryWords:
    """A query taken apart: `read_query("Đất đai 2024").folded` is `("dat", "dai", "2024")`.

    Shape: `text` is one tidy line of at most 256 characters; `is_cut` says that more was typed.
    """

    text: str
    is_cut: bool = False
    words: tuple[Word, ...] = ()
    phrases: tuple[Phrase, ...] = field(default=())

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """Folded syllables in order, repeated ones included."""
        return tuple(word.folded for word in self.words)

    @cached_property
    def exact(self) -> tuple[str, ...]:
        """The same words with their accents, tone as a digit: `("đât1", "đai", "2024")`."""
        return tuple(word.exact for word in self.words)

    @cached_property
    def pairs(self) -> tuple[str, ...]:
        """Adjacent folded pairs: `("dat_dai", "dai_2024")`."""
        return tuple(pairs(self.folded))

    @cached_property
    def exact_pairs(self) -> tuple[str, ...]:
        """Adjacent pairs with accents: `("đât1_đai", "đai_2024")`."""
        return tuple(pairs(self.exact))

    @cached_property
    def is_accented(self) -> bool:
        """True when the person typed any accent, so that accents may be held against a document."""
        return any(word.is_accented for word in self.words)

    @cached_property
    def codes(self) -> frozenset[str]:
        """Folded words typed in capitals among others that are not, or with digits: {"wto", "qh15"}; never mended."""
        is_shouted = len(self.words) > 1 and not any(letter.islower() for letter in self.text)
        return frozenset(
            word.folded
            for word in self.words
            if (word.text.isupper() and not is_shouted) or any(letter.isdigit() for letter in word.text)
        )

    @cached_property
    def number_parts(self) -> tuple[str, ...]:
        """Parts of the query as a document number: "05/2023/QĐ-UBND" -> `("5", "2023", "qd", "ubnd")`."""
        return tuple(number_parts(self.number_text))

    @cached_property
    def _dated_number(self) -> tuple[str, PartialDate | None]:
        return dated_number(self.text)

    @property
    def number_text(self) -> str:
        """The query without the date behind its number: of "39-CT/TW năm 2019" the first part."""
        return self._dated_number[0]

    @property
    def number_date(self) -> PartialDate | None:
        """The date behind the number: of "39-CT/TW năm 2019" the year 2019."""
        return self._dated_number[1]

    @cached_property
    def looks_like_number(self) -> bool:
        """True when the query asks for a number: "39 CT TW", "chỉ thị 05"."""
        return looks_like_number(self.text)

    def __bool__(self) -> bool:
        return bool(self.words)


def read_query(typed: str) -> QueryWords:
    """What was typed, taken apart: `read_query('"thi đua" 2024').phrases[0].folded` is `("thi", "dua")`.

    Shape: any text at all is taken; one without letters and digits has no words and is false.
    """
    tidy = clean(typed[:_LONGEST_TYPED])
    text = _cut(tidy)
    is_cut = len(text) < len(tidy) or bool(typed[_LONGEST_TYPED:].strip())
    return QueryWords(text, is_cut, tuple(_words(text)), tuple(_phrases(text)))


def without_quotes(text: str) -> str:
    """The words without quotation marks: `without_quotes('"thi đua" 2024')` is "thi đua 2024"."""
    return " ".join(text.translate(_QUOTES).split())


def _cut(tidy: str) -> str:
    """The longest beginning that ends with a whole word, unless that word is out of all measure."""
    if len(tidy) <= LONGEST_QUERY:
        return tidy
    head = tidy[:LONGEST_QUERY]
    border = head.rfind(" ", LONGEST_QUERY - _LONGEST_WORD_CUT)
    is_whole = tidy[LONGEST_QUERY] == " "
    return (head if is_whole or border < 0 else head[:border]).strip()


def _words(text: str) -> list[Word]:
    found = []
    for match in TOKEN.finditer(fold(text)):
        typed = text[match.start() : match.end()]
        for folded, exact in zip(syllables(typed), exact_tokens(typed), strict=False):
            found.append(Word(typed, match.start(), match.end(), folded, exact))
    return found


def _phrases(text: str) -> list[Phrase]:
    texts = [(match[1] or match[2]).strip() for match in _QUOTED.finditer(text)]
    taken = [Phrase(each, tuple(syllables(each)), tuple(exact_tokens(each))) for each in texts]
    return [phrase for phrase in taken if phrase.folded]
