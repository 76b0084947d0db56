"""Text in an old code table whose font is not told: found by what the words become, run by run, not by file."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from .blocks import Block, Paragraph, Table, flatten_blocks
from .legacy_fonts import UNICODE_ONLY, convert_pieces
from .trust import is_known

# Letters by which the fonts of the 1990s draw what Latin-1 lacks.
_SUSPECT = re.compile("[\u00a1-\u00ff\u2212]|\xad")
_WORD = re.compile(r"(?:[^\W\d_]|[\u00a1-\u00bf\u00d7\u00f7\u2212\xad])+")
_LETTERS = re.compile(r"[^\W\d_]+")
_ENCODINGS = ("tcvn3", "vni")
# So many words must turn into syllables in use before a file is said to hold old text.
_LEAST_GAIN = 5
# In a file that is Unicode elsewhere a line must show it by itself.
_LEAST_LINE_GAIN = 3
_LEAST_LINE_PART = 0.6


@dataclass(frozen=True, slots=True)
class Guess:
    """The old code table of a file, "" for none, and whether the file also holds Unicode text."""

    encoding: str = ""
    is_mixed: bool = False

    def of(self, line: str) -> str:
        """The code table of one line: `Guess("tcvn3").of("Sè: 12") == "tcvn3"`."""
        if not self.encoding or UNICODE_ONLY.search(line) or not _SUSPECT.search(line):
            return ""
        gain, words = _gain(line, self.encoding)
        if not self.is_mixed:
            return self.encoding if gain >= 0 else ""
        return self.encoding if gain >= max(_LEAST_LINE_GAIN, words * _LEAST_LINE_PART) else ""


def guess(lines: Iterable[str]) -> Guess:
    """The code table that the lines of a file seem to be in, as in `guess(["Uû ban nh©n d©n …"]).encoding`."""
    suspects, unicode_lines = [], 0
    for line in lines:
        if UNICODE_ONLY.search(line):
            unicode_lines += 1
        elif _SUSPECT.search(line):
            suspects.append(line)
    if not suspects:
        return Guess()
    gains = {encoding: sum(_gain(line, encoding)[0] for line in suspects) for encoding in _ENCODINGS}
    best = max(gains, key=gains.__getitem__)
    return Guess(best, unicode_lines * 4 > len(suspects)) if gains[best] >= _LEAST_GAIN else Guess()


def looks_legacy(text: str) -> bool:
    """Whether text without a telling font seems to be in an old one, as `"Uû ban nh©n d©n tØnh …"` does."""
    return bool(guess(text.split("\n")).encoding)


def convert_guessed(text: str) -> str:
    """Text without telling fonts in Unicode when it seems to be in an old one, else the text as it is."""
    lines = text.split("\n")
    found = guess(lines)
    if not found.encoding:
        return text
    return "\n".join(_convert([line], found.of(line))[0] for line in lines)


def convert_blocks(blocks: Sequence[Block]) -> tuple[list[Block], bool]:
    """The blocks in Unicode and without soft hyphens, and whether anything had to be converted."""
    texts = [paragraph.text for paragraph in flatten_blocks(blocks)]
    found = guess(texts)
    if not found.encoding and not any("\xad" in text for text in texts):
        return list(blocks), False
    return [_convert_block(block, found) for block in blocks], bool(found.encoding)


def raise_capitals(text: str) -> str:
    """Capital letters put back that TCVN3 has no codes for: `"GI¸M §èC"` came out as "GIáM ĐốC".

    Its capital letters are another font, which text without fonts does not tell: the words around decide.
    """
    found = list(_LETTERS.finditer(text))
    cases = [_case(match[0]) for match in found]
    signs = list(text)
    for index, match in enumerate(found):
        near = [cases[i] for i in range(max(0, index - 2), min(len(cases), index + 3)) if i != index]
        is_upper = cases[index] == "upper" or (
            cases[index] == "one" and len(match[0]) > 1 and near.count("upper") > near.count("lower")
        )
        is_upper = is_upper or (cases[index] == "none" and near.count("upper") > near.count("lower"))
        if is_upper:
            signs[match.start() : match.end()] = list(match[0].upper())
    return "".join(signs)


def _case(word: str) -> str:
    plain = [letter for letter in word if letter.isascii()]
    if any(map(str.islower, plain)):
        return "lower"
    return "upper" if len(plain) > 1 else "one" if plain else "none"


def _convert_block(block: Block, found: Guess) -> Block:
    if isinstance(block, Table):
        rows = tuple(tuple(tuple(_convert_block(b, found) for b in cell) for cell in row) for row in block.rows)
        return replace(block, rows=rows)
    return _convert_paragraph(block, found)


def _convert_paragraph(block: Paragraph, found: Guess) -> Paragraph:
    texts = _convert([run.text for run in block.runs], found.of(block.text))
    # The soft hyphen is the letter ư of TCVN3; anywhere else it is not seen.
    runs = (replace(run, text=text.replace("\xad", "")) for run, text in zip(block.runs, texts, strict=True))
    return replace(block, runs=tuple(runs))


def _convert(pieces: list[str], encoding: str) -> list[str]:
    if not encoding:
        return pieces
    converted = convert_pieces(pieces, encoding)
    if encoding != "tcvn3":
        return converted
    raised = raise_capitals("".join(converted))
    ends = [sum(map(len, converted[:index])) for index in range(len(converted) + 1)]
    return [raised[start:end] for start, end in pairwise(ends)]


def _gain(line: str, encoding: str) -> tuple[int, int]:
    """How many more words are syllables in use once converted, and how many words are in question."""
    words = [word for word in _WORD.findall(line) if _SUSPECT.search(word)]
    after = [convert_pieces([word], encoding)[0] for word in words]
    return sum(map(_is_word, after)) - sum(map(_is_word, words)), len(words)


def _is_word(text: str) -> bool:
    letters = _LETTERS.findall(text)
    return bool(letters) and "".join(letters) == text.strip("-") and all(map(is_known, letters))
