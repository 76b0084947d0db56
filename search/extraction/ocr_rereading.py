"""The lines that a document is known by, read once more by another engine: head, title, recipients and signer.

The default engine reads words and loses marks ("tô chức", "tinh Lào Cai"); another one at its side costs little
where it reads only these lines, cut out and set one below the other.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from PIL import Image

from search.vietnamese.letters import fold
from search.vietnamese.people import has_family_name

from .pages import Box, Line
from .trust import is_known, is_syllable

#: Reads the rows of a picture: `read(picture)[0].text`.
ReadRows = Callable[[Image.Image], Sequence[Line]]

_MOTTO = re.compile(r"doc lap\W{0,4}tu do|cong h\w?a x\w h\w?i|dang cong san")
_RECIPIENTS = re.compile(r"^\W*n\wi\s*nh\wn\b|^\W*nhu (?:tren|dieu \d)")
#: The text begins here: what follows tells nothing of the document itself.
_TEXT = re.compile(r"^\W*(?:can cu|xet de nghi|theo de nghi|kinh gui|dieu 1\b|hom nay|trong nhung)\b")
_STAMP = re.compile(r"hoa toc(?: hen gio)?|thuong khan|khan|tuyet mat|toi mat|mat|luu hanh noi bo|xem xong tra lai")
_NUMBER = re.compile(r"^\W*so\W*[\d/]")
_DATE = re.compile(r"\bng\w?y\b.*\bth\w?ng\b")
# Syllables in use that most often are others without their mark: "tinh" for "tỉnh".
_CONFUSED = frozenset({"tinh", "to"})
# What the other engine sees where it is not: "mức chi" for it is "mức chỉ".
_BIASES = frozenset({("chi", "chỉ")})
_SURE, _FEW_LETTERS = 0.9, 5
_INDENT, _PAGE = 0.03, 0.7
_LETTERS = re.compile(r"[^\W\d_]+")
_QUOTE = re.compile(r"[“”\"]")
_WORD = re.compile(r"([\W_]*)(.*?)([\W_]*)", re.DOTALL)
_HEAD = 0.34
_ABOVE_LIST, _BELOW_LIST, _RIGHT_COLUMN = 0.08, 0.3, 0.4
_MOST_ROWS = 12
# White around a line and between two, in parts of its height.
_MARGIN, _GAP = 0.2, 0.6
_ALIKE = 0.6
#: How sure a line is at most of which the engines read other words, and one of which they read other digits.
DIFFERENT_WORDS, DIFFERENT_DIGITS = 0.8, 0.5


def reread(lines: Sequence[Line], upright: Image.Image, read_rows: ReadRows) -> tuple[Line, ...]:
    """The lines with the telling ones mended: "Sở Y tể tinh Lào Cai" becomes "Sở Y tế tỉnh Lào Cai".

    Shape: a line of which both engines do not read the same is less sure than before; digits never change.
    """
    wanted = telling_lines(lines)[:_MOST_ROWS]
    framed = _framed(upright) if wanted else []
    if not wanted:
        return tuple(lines)
    strip, edges = _stacked(upright, [*(lines[index].box for index in wanted), *framed])
    rows: dict[int, list[Line]] = defaultdict(list)
    for row in read_rows(strip):
        middle = (row.box[1] + row.box[3]) / 2 * strip.height
        rows[next((i for i, edge in enumerate(edges) if middle < edge), len(edges) - 1)].append(row)
    read = {at: " ".join(part.text for part in sorted(row, key=lambda part: part.box[0])) for at, row in rows.items()}
    mended = list(lines)
    for position, index in enumerate(wanted):
        if position in read:
            mended[index] = settle(lines[index], read[position])
    return _with_stamps(mended, framed, [read.get(len(wanted) + at, "") for at in range(len(framed))])


def _framed(page: Image.Image) -> list[Box]:
    # Comes with the engine that sees no frames; a machine without it reads no page twice.
    from .ocr_frames import framed

    return framed(page)


def _with_stamps(lines: list[Line], boxes: Sequence[Box], read: Sequence[str]) -> tuple[Line, ...]:
    """The lines with the stamps that stand in frames, each at its height; a frame with other words is none."""
    for box, text in zip(boxes, read, strict=True):
        words = " ".join(_LETTERS.findall(text))
        is_seen = any(_STAMP.fullmatch(fold(line.text).strip()) for line in lines)
        if _STAMP.fullmatch(fold(words)) and not is_seen:
            at = next((i for i, line in enumerate(lines) if line.box[1] > box[1]), len(lines))
            lines.insert(at, Line(words.upper(), box, DIFFERENT_WORDS))
    return tuple(lines)


def telling_lines(lines: Sequence[Line]) -> list[int]:
    """Which lines are worth a second look: those of the head under the motto, and of the end around "Nơi nhận"."""
    keys = [fold(line.text) for line in lines]
    head = [i for i, line in enumerate(lines) if line.box[1] < _HEAD]
    if not any(_MOTTO.search(keys[i]) for i in head):
        head = []
    text = min((lines[i].box[1] for i in head if _TEXT.match(keys[i]) or _is_indented(lines[i], lines)), default=_HEAD)
    start = next((line.box[1] for line, key in zip(lines, keys, strict=True) if _RECIPIENTS.match(key)), None)
    told = [i for i in head if lines[i].box[1] < text and not _MOTTO.search(keys[i])]
    number = min((lines[i].box[1] for i in told if _NUMBER.match(keys[i])), default=0.0)
    told = [i for i in told if not _is_plain(lines[i], keys[i], number) or _is_doubtful(lines[i])]
    told = [i for i in told if sum(map(len, _LETTERS.findall(lines[i].text))) >= _FEW_LETTERS]
    ending = [i for i, line in enumerate(lines) if start is not None and _is_at_end(line, start)]
    return [*dict.fromkeys(told + [i for i in ending if _is_doubtful(lines[i])])]


def _is_plain(line: Line, key: str, number: float) -> bool:
    """Whether a line of the head is read well without marks: date, an organ over the number, a kind alone."""
    is_kind = line.box[0] > _RIGHT_COLUMN and line.text.isupper() and line.text.count(" ") == 1
    return bool(_DATE.search(key)) or line.box[1] < number or is_kind


def _is_indented(line: Line, lines: Sequence[Line]) -> bool:
    """Whether a line is the first of a paragraph: set in at the left, and full at the right."""
    left, right = min(one.box[0] for one in lines), max(one.box[2] for one in lines)
    return _INDENT < line.box[0] - left < 3 * _INDENT and right - line.box[2] < _INDENT / 2 and right - left > _PAGE


def _is_doubtful(line: Line) -> bool:
    """Whether a line was read with doubt, has a word that is none in use, or is a name."""
    words = [word for word in _LETTERS.findall(line.text) if len(word) > 1]
    spoken = [word for word in words if not word.isupper() or is_syllable(word)]
    if len(words) < 2 or not spoken:
        return False
    is_name = 2 <= len(words) <= 5 and all(map(str.istitle, words)) and has_family_name(" ".join(words))
    is_odd = any(not is_known(word) or (word.isascii() and word.lower() in _CONFUSED) for word in spoken)
    return line.confidence < _SURE or is_name or is_odd


def _is_at_end(line: Line, start: float) -> bool:
    """Whether a line stands in the list of recipients that begins there, or in the signature beside it."""
    left, top, _, _ = line.box
    above = _ABOVE_LIST if left > _RIGHT_COLUMN else 0.0
    return start - above <= top < start + _BELOW_LIST


def settle(line: Line, other: str) -> Line:
    """A line as both readings tell it: our words, those whose marks only the other engine saw from there."""
    mine, theirs = line.text.split(), other.split()
    matcher = SequenceMatcher(None, [*map(_bare, mine)], [*map(_bare, theirs)], autojunk=False)
    words: list[str] = []
    for kind, start, end, from_, to in matcher.get_opcodes():
        words += _settled(kind, mine[start:end], theirs[from_:to])
    text = " ".join(words)
    sureness = line.confidence
    if _letters(text) != _letters(other) or text != line.text:
        sureness = min(sureness, DIFFERENT_WORDS)
    if _digits(line.text) and _digits(line.text) != _digits(other):
        sureness = min(sureness, DIFFERENT_DIGITS)
    return replace(line, text=text, confidence=sureness)


def _settled(kind: str, mine: list[str], theirs: list[str]) -> list[str]:
    if kind == "insert":
        return []
    if kind == "equal" or len(mine) == len(theirs):
        return [_better(one, other) for one, other in zip(mine, theirs, strict=True)]
    same = SequenceMatcher(None, "".join(map(_bare, mine)), "".join(map(_bare, theirs))).ratio()
    has_digits = any(map(str.isdigit, "".join(mine + theirs)))
    theirs = [word.strip("_|'`") for word in theirs]
    is_better = same >= _ALIKE and all(map(_is_in_use, theirs)) and not all(map(_is_in_use, mine))
    return theirs if is_better and not has_digits else mine


def _better(ours: str, theirs: str) -> str:
    """Of two readings of one word the one to keep; what is no word, or holds a digit, stays as it was read."""
    if any(map(str.isdigit, ours + theirs)) or _bare(ours) == "" or (ours.lower(), theirs.lower()) in _BIASES:
        return ours
    is_same = _bare(ours) == _bare(theirs)
    is_like = is_same or SequenceMatcher(None, _bare(ours), _bare(theirs)).ratio() >= _ALIKE
    is_name = is_same and (not _is_in_use(ours) or len(ours) == 1) and _is_built(theirs)
    is_wanted = _is_in_use(theirs) and (is_same or (is_like and not _is_in_use(ours)))
    if not (is_wanted or is_name):
        return ours
    # Signs at the ends stay ours: the other engine takes specks for full stops.
    (before, _, after), (start, word, end) = _parts(ours), _parts(theirs)
    if _QUOTE.search(start) and not before.startswith("("):
        before = start
    return f"{before}{word}{end if _QUOTE.search(end) and not _QUOTE.search(after) else after}"


def _parts(word: str) -> tuple[str, str, str]:
    """The signs before a word, the word, and those after it."""
    match = _WORD.fullmatch(word)
    return (match[1], match[2], match[3]) if match else ("", word, "")


def _stacked(page: Image.Image, boxes: Sequence[Box]) -> tuple[Image.Image, list[float]]:
    """The lines cut out of the page, one below the other on white, and where each ends."""
    cuts = []
    for box in boxes:
        left, top, right, bottom = (part * size for part, size in zip(box, page.size * 2, strict=True))
        margin = (bottom - top) * _MARGIN
        first, last = max(left - 2 * margin, 0), min(right + 2 * margin, page.width)
        cuts.append(page.crop((round(first), round(max(top - margin, 0)), round(last), round(bottom + margin))))
    gaps = [max(6, round(cut.height * _GAP)) for cut in cuts]
    strip = Image.new("L", (max(cut.width for cut in cuts) + 20, sum(gaps) + sum(cut.height for cut in cuts)), 255)
    edges, at = [], 0
    for cut, gap in zip(cuts, gaps, strict=True):
        strip.paste(cut, (10, at + gap // 2))
        at += cut.height + gap
        edges.append(float(at))
    return strip, edges


def _is_in_use(word: str) -> bool:
    letters = _LETTERS.findall(word)
    return bool(letters) and all(map(is_known, letters))


def _is_built(word: str) -> bool:
    letters = _LETTERS.findall(word)
    return bool(letters) and all(map(is_syllable, letters))


def _bare(word: str) -> str:
    return re.sub(r"[\W_]", "", fold(word))


def _letters(text: str) -> list[str]:
    return [word.lower() for word in _LETTERS.findall(text)]


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
