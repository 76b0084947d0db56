"""Judged questions as people would have typed them: cut short, without accents, in raw Telex, with a slip."""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from math import log

from search.contract import IndexRecord
from search.judged_sets import JudgedQuery
from search.vietnamese.letters import fold, nfc
from search.vietnamese.syllable_shapes import TONES, split_tone
from search.vietnamese.syllables import TOKEN, syllables

SHORT = 5
_TELEX_TONES, _VNI_TONES = dict(zip(TONES, "sfrxj", strict=True)), dict(zip(TONES, "12345", strict=True))
_TELEX = {"ă": "aw", "â": "aa", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw", "đ": "dd"}
_VNI = {"ă": "a8", "â": "a6", "ê": "e6", "ô": "o6", "ơ": "o7", "ư": "u7", "đ": "d9"}
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_LETTERS = "abcdefghiklmnopqrstuvxy"
_ARTICLE = re.compile(r"^Điều \d+[a-z]?\.\s*")

Rewrite = Callable[[str], str]


class Weights:
    """How rare syllables are in a corpus, e.g. `Weights(records).of("đất")` is 2.3."""

    def __init__(self, records: Iterable[IndexRecord]):
        held = [set(syllables(f"{record.title} {record.body}")) for record in records]
        self.documents, self.counts = len(held), Counter(word for each in held for word in each)

    def of(self, word: str) -> float:
        return log(1 + self.documents / (0.5 + self.counts[fold(word)]))


def words_of(text: str) -> list[str]:
    return TOKEN.findall(nfc(text))


def rewritten(queries: Sequence[JudgedQuery], rewrite: Rewrite) -> list[JudgedQuery]:
    """The same questions in other words."""
    return [JudgedQuery(rewrite(query.text), query.relevant) for query in queries]


def first_window(text: str) -> str:
    return " ".join(words_of(text)[:SHORT])


def last_window(text: str) -> str:
    return " ".join(words_of(text)[-SHORT:])


def rarest_window(text: str, weights: Weights) -> str:
    """Of all windows of five the one that says most: "mặt bằng cho dự án"."""
    words = words_of(text)
    windows = [words[start : start + SHORT] for start in range(max(1, len(words) - SHORT + 1))]
    return " ".join(max(windows, key=lambda window: sum(map(weights.of, window))))


def rarest_words(text: str, weights: Weights) -> str:
    """The five rarest words in their order, wherever they stand."""
    words = words_of(text)
    chosen = sorted(range(len(words)), key=lambda place: -weights.of(words[place]))[:SHORT]
    return " ".join(words[place] for place in sorted(chosen))


def from_titles(queries: Sequence[JudgedQuery], records: Sequence[IndexRecord], weights: Weights) -> list[JudgedQuery]:
    """A window of the title of each wanted document, every document that has it being right."""
    titles = {record.key: _ARTICLE.sub("", record.title) for record in records}
    asked = {}
    for key in dict.fromkeys(key for query in queries for key in sorted(query.relevant)):
        if len(words_of(titles.get(key, ""))) >= SHORT:
            text = rarest_window(titles[key], weights)
            asked[text] = frozenset(other for other, title in titles.items() if text in " ".join(words_of(title)))
    return [JudgedQuery(text, relevant) for text, relevant in asked.items()]


def telex(text: str) -> str:
    """Raw keys, the tone last: "quyết định" -> "quyeets ddinhj"."""
    return _keys(text, _TELEX, _TELEX_TONES).replace("uwow", "uow")


def telex_in_place(text: str) -> str:
    """Raw keys, the tone right after its letter: "quyết" -> "quyeest"."""
    return _keys(text, _TELEX, _TELEX_TONES, tone_last=False)


def vni(text: str) -> str:
    """Raw keys, the tone last: "quyết định" -> "quye6t1 d9inh5"."""
    return _keys(text, _VNI, _VNI_TONES)


def vni_in_place(text: str) -> str:
    return _keys(text, _VNI, _VNI_TONES, tone_last=False)


def _keys(text: str, marks: dict[str, str], tones: dict[str, str], tone_last: bool = True) -> str:
    typed = []
    for word in words_of(text):
        toneless, tone = split_tone(word.lower())
        if tone_last:
            typed.append("".join(marks.get(letter, letter) for letter in toneless) + tones.get(tone, ""))
        else:
            letters = [split_tone(letter) for letter in word.lower()]
            typed.append("".join(marks.get(plain, plain) + tones.get(mark, "") for plain, mark in letters))
    return " ".join(typed)


def late_tone(text: str, chance: random.Random) -> str:
    """One word whose tone key came too late for the input method: "quyết định" -> "quyêts định"."""
    words = words_of(text)
    toned = [place for place, word in enumerate(words) if split_tone(word.lower())[1]]
    if toned:
        place = chance.choice(toned)
        toneless, tone = split_tone(words[place].lower())
        words[place] = toneless + _TELEX_TONES[tone]
    return " ".join(words)


def slip(text: str, chance: random.Random, is_near: bool = False) -> str:
    """One letter of one word swapped, lost, doubled up or replaced: "quyết định" -> "quyết địh"."""
    words = words_of(text)
    places = [place for place, word in enumerate(words) if len(word) >= 3 and word.isalpha()]
    if not places:
        return " ".join(words)
    place = chance.choice(places)
    words[place] = _mistyped(words[place].lower(), chance, is_near)
    return " ".join(words)


def _mistyped(word: str, chance: random.Random, is_near: bool) -> str:
    for _ in range(20):
        at, kind = chance.randrange(len(word)), chance.choice(["swap", "lose", "add", "replace"])
        letter = _near(fold(word[at]), chance) if is_near else chance.choice(_LETTERS)
        mistyped = {
            "swap": word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
            "lose": word[:at] + word[at + 1 :],
            "add": word[:at] + letter + word[at:],
            "replace": word[:at] + letter + word[at + 1 :],
        }[kind]
        if fold(mistyped) != fold(word):
            return mistyped
    return word


def _near(letter: str, chance: random.Random) -> str:
    for row, keys in enumerate(_ROWS):
        if (place := keys.find(letter)) >= 0:
            near = [_ROWS[other][max(0, place - 1) : place + 2] for other in (row - 1, row, row + 1) if 0 <= other < 3]
            return chance.choice([key for key in "".join(near) if key != letter])
    return letter
