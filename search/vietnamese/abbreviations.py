"""Abbreviations of the sector, both ways: "UBND" finds "ủy ban nhân dân", and the long form finds the short."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from search.vietnamese.letters import fold, nfc, plain_signs
from search.vietnamese.number_parts import CODES, looks_like_number
from search.vietnamese.syllable_shapes import is_syllable_shape
from search.vietnamese.syllables import TOKEN, exact_tokens, syllables

Tokens = tuple[str, ...]

# Long forms inside longer ones are worth their own spelling from this many syllables on: "Sở TN&MT".
_INNER_LENGTH = 3
_AND = "va"
# Whatever ties digits to letters, 05/2023/QĐ-UBND, 39 - CT/TW, QH15, and digits before codes: 39 CT TW.
_TIED = r"[a-z]{1,15}\d[a-z0-9/&.-]{0,40}|\d{1,10}[a-z]?(?: ?[/-] ?[a-z0-9.&]{1,15}){1,7}"
_SPACED = rf"\d{{1,10}}(?: (?:{'|'.join(sorted(CODES))})(?![a-z0-9])){{1,4}}"
_NUMBER = re.compile(rf"(?<![a-z0-9])(?:{_TIED}|{_SPACED})")


@dataclass(frozen=True, slots=True)
class Expansion:
    """A piece of a query that is written otherwise elsewhere.

    Shape: `Expansion("UBND", 0, 4, ("Ủy ban nhân dân",))`; `start` and `end` are places in the NFC form of the
    query; each form is one alternative in reading spelling, long forms first; several meanings are several forms.
    """

    text: str
    start: int
    end: int
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Spelling:
    """One way to write a meaning; an empty `short` marks a long form."""

    meaning: str
    tokens: Tokens
    exact: Tokens
    short: str = ""


@dataclass(frozen=True, slots=True)
class _Typed:
    """One word of the query."""

    start: int
    end: int
    text: str
    folded: str
    exact: str

    @property
    def has_accents(self) -> bool:
        return fold(self.text) != self.text.lower()


class Abbreviations:
    """The table of abbreviations: `Abbreviations([("UBND", "ủy ban nhân dân")]).expand("UBND xã")`.

    Shape: rows of a short form and its long form, or several long forms; a short form may stand in several rows.
    """

    def __init__(self, rows: Iterable[tuple[str, str | Sequence[str]]]) -> None:
        self._forms: dict[str, dict[Tokens, str]] = defaultdict(dict)
        self._spellings: dict[Tokens, list[_Spelling]] = defaultdict(list)
        shorts: dict[str, list[str]] = defaultdict(list)
        longs: dict[str, str] = {}
        for short, expansions in rows:
            for long in [expansions] if isinstance(expansions, str) else expansions:
                meaning = " ".join(exact_tokens(long))
                longs.setdefault(meaning, long)
                shorts[meaning].append(short)
        inner = {tuple(syllables(long)): shorts[meaning][0] for meaning, long in longs.items()}
        for meaning, long in longs.items():
            self._add_long(meaning, long)
            for short in [*shorts[meaning], *_partly_short(long, inner)]:
                self._add_short(meaning, short)
        self._longest = max(map(len, self._spellings), default=0)

    def _add_long(self, meaning: str, long: str) -> None:
        tokens, exact = tuple(syllables(long)), tuple(exact_tokens(long))
        if len(tokens) < 2:
            return
        self._forms[meaning][tokens] = long
        self._spellings[tokens].append(_Spelling(meaning, tokens, exact))
        kept = [index for index, token in enumerate(tokens) if token != _AND]
        if 1 < len(kept) < len(tokens):
            pair = (tuple(tokens[index] for index in kept), tuple(exact[index] for index in kept))
            self._spellings[pair[0]].append(_Spelling(meaning, *pair))

    def _add_short(self, meaning: str, short: str) -> None:
        joined = re.sub(r"[^\w ]|_", "", short)
        for written in dict.fromkeys((short, joined)):
            tokens, exact = tuple(syllables(written)), tuple(exact_tokens(written))
            if not tokens:
                continue
            self._spellings[tokens].append(_Spelling(meaning, tokens, exact, written))
            # A form that reads as a plain syllable would find that syllable everywhere: "DA" is also "đã".
            if not _reads_as_syllables(tokens):
                self._forms[meaning].setdefault(tokens, written)

    @cached_property
    def short_words(self) -> frozenset[str]:
        """Folded words that stand in short forms and are no plain syllables: {"ubnd", "tnmt", "tn", "mt", …}."""
        words = {word for each in self._spellings.values() for one in each if one.short for word in one.tokens}
        return frozenset(word for word in words if not is_syllable_shape(word))

    def expand(self, query_text: str) -> list[Expansion]:
        """What a query may be written like elsewhere: "UBND xã" -> [Expansion("UBND", 0, 4, ("Ủy ban nhân dân",))].

        Shape: in order, never overlapping, the longest match first; document numbers are left alone.
        """
        text = nfc(query_text)
        if looks_like_number(text):
            return []
        words = _typed_words(text)
        is_accented = any(word.has_accents for word in words)
        is_shouted = len(words) > 1 and not any(letter.islower() for letter in text)
        found = []
        index = 0
        while index < len(words):
            count, spellings = self._longest_match(words, index, is_accented, is_shouted)
            if spellings and (forms := self._other_forms(spellings)):
                start, end = words[index].start, words[index + count - 1].end
                found.append(Expansion(text[start:end], start, end, forms))
            index += count
        return found

    def _longest_match(
        self, words: list[_Typed], index: int, is_accented: bool, is_shouted: bool
    ) -> tuple[int, list[_Spelling]]:
        for count in range(min(self._longest, len(words) - index), 0, -1):
            typed = words[index : index + count]
            known = self._spellings.get(tuple(word.folded for word in typed), ())
            fitting = [one for one in known if _fits(one, typed, is_accented, is_shouted)]
            if fitting:
                return count, _same_case(fitting, typed)
        return 1, []

    def _other_forms(self, spellings: list[_Spelling]) -> tuple[str, ...]:
        typed = spellings[0].tokens
        forms: dict[Tokens, str] = {}
        for spelling in spellings:
            for tokens, form in self._forms[spelling.meaning].items():
                if tokens != typed:
                    forms.setdefault(tokens, form)
        return tuple(forms.values())


def read_rows(lines: Iterable[str]) -> list[tuple[str, str]]:
    """Rows of a CSV file with the columns short, long and note: [("UBND", "Ủy ban nhân dân"), …].

    Errors: KeyError when a column is missing.
    """
    return [(row["short"], row["long"]) for row in csv.DictReader(lines)]


def _partly_short(long: str, inner: dict[Tokens, str]) -> Iterator[str]:
    """Spellings with a part made short: "Sở Tài nguyên và Môi trường" -> "Sở TN&MT"."""
    text = nfc(long)
    words = _typed_words(text)
    for count in range(len(words) - 1, _INNER_LENGTH - 1, -1):
        for first in range(len(words) - count + 1):
            part = words[first : first + count]
            short = inner.get(tuple(word.folded for word in part))
            if short and not _reads_as_syllables(syllables(short)):
                yield text[: part[0].start] + short + text[part[-1].end :]
                return


def _typed_words(text: str) -> list[_Typed]:
    folded = fold(text)
    inside_numbers = bytearray(len(folded))
    for number in _NUMBER.finditer(fold(plain_signs(text))):
        inside_numbers[number.start() : number.end()] = b"\1" * len(number[0])
    words = []
    for match in TOKEN.finditer(folded):
        start, end = match.span()
        typed = text[start:end]
        # A word of a number stays in its place but matches nothing.
        word = "" if inside_numbers[start] else match[0]
        words.append(_Typed(start, end, typed, word, "".join(exact_tokens(typed))))
    return words


def _fits(spelling: _Spelling, typed: Sequence[_Typed], is_accented: bool, is_shouted: bool) -> bool:
    """True when accents, where typed, agree, and what reads as a plain syllable was typed in capitals."""
    for word, exact in zip(typed, spelling.exact, strict=True):
        if word.has_accents and word.exact != exact:
            return False
    if spelling.short and _reads_as_syllables(spelling.tokens):
        is_same = not is_accented or tuple(word.exact for word in typed) == spelling.exact
        return is_same and not is_shouted and all(word.text.isupper() for word in typed)
    return True


def _same_case(spellings: list[_Spelling], typed: Sequence[_Typed]) -> list[_Spelling]:
    """Those written in the case that was typed, "CTr" and not "CTR"; all of them when none is."""
    if any(not spelling.short for spelling in spellings):
        return spellings
    wanted = [_bare(word.text) for word in typed]
    same = [one for one in spellings if [_bare(word.text) for word in _typed_words(nfc(one.short))] == wanted]
    return same or spellings


def _bare(text: str) -> str:
    """Letters without marks that keep their case: "QyĐ" -> "QyD"."""
    return "".join(plain.upper() if letter.isupper() else plain for letter, plain in zip(text, fold(text), strict=True))


def _reads_as_syllables(tokens: Sequence[str]) -> bool:
    return all(map(is_syllable_shape, tokens))
