"""Kind, abstract and addressees read from printed lines."""

import re
from dataclasses import dataclass, field
from statistics import median

from .kinds import KindLine, match_kind
from .lines import Line
from .printed import LEFT, RIGHT, PrintedLine
from .printed_head import DATE, MOTTO, NUMBER, SUBJECT, URGENT

_TOP_LINES = 45
_ADDRESSEE = re.compile(r"^\W*k\wnh\s*g\wi\b")
_RECIPIENTS = re.compile(r"^\W*n\wi\s*nh\wn\b")
_OPENING = re.compile(
    r"^\W*(can cu\b|theo de nghi|xet (?:de nghi|to trinh)|hom nay|vao (?:luc|hoi)|ngay \d|duoc su|"
    r"\(?(?:ban hanh )?kem theo|hoi \d|so [^\W\d])"
)
# Words that begin a text as well as an abstract: a line in the middle of the page is still the abstract.
_MAYBE_OPENING = re.compile(
    r"^\W*(nam 20\d\d\b(?=.{15})|de |nham |trong (?:thoi gian|nhung|qua|nam)|tren co so|sau khi|"
    r"thuc hien (?:quyet dinh|cong van|ke hoach|nghi quyet|thong tu|chi thi|van ban|chi dao|y kien|chuong trinh|"
    r"luat|bo luat|phap lenh|nghi dinh|cong dien|ket luan|thong bao|huong dan|quy dinh)|"
    r"trien khai (?:thuc hien )?(?:quyet dinh|ke hoach|cong van|nghi quyet|chi thi) so)"
)
_SECTION = re.compile(
    r"^\W*([ivx]{1,4}|[a-d]|\d{1,2}(?!/\d))\s*[.\-)/:]\s*\S|^(chuong|phan|dieu|muc)\s+[\divx]+(?!\d*,? cua\b)"
)
_AUTHORITY = re.compile(
    r"^\W*(?:quyen |pho |q\. ?)?(giam doc|chu tich|bo truong|uy ban nhan dan|ubnd|chinh phu|thu tuong|hoi dong|"
    r"tong cuc truong|cuc truong|chi cuc truong|truong ban|hieu truong|quoc hoi|truong phong|chanh |ban thuong vu|"
    r"ban chap hanh|thu truong)\b"
)
# An abstract in capitals may break before an organ: "… CỦA" "THỦ TƯỚNG CHÍNH PHỦ VỀ …".
_OPEN_END = re.compile(r"\b(?:cua|do|va|giua|cho|voi|tai|boi)$")
_ITEM = re.compile(r"^\W{0,2}[-–+•]\s*\S")
# Some offices write the subject of a letter out: "Về việc …" under the number.
_ABOUT = re.compile(r"^\W*Về việc\b")
_MAX_LINES = 9
_MAX_LENGTH = 480


@dataclass
class PrintedTop:
    """The parts over the text: `find_top(lines).title[0].text == "KẾ HOẠCH"`; a part that is absent is empty."""

    head: list[PrintedLine] = field(default_factory=list)
    kind: KindLine | None = None
    title: list[PrintedLine] = field(default_factory=list)
    subject: list[PrintedLine] = field(default_factory=list)
    abstract: list[PrintedLine] = field(default_factory=list)
    addressees: list[PrintedLine] = field(default_factory=list)
    is_letter: bool = False


def find_top(lines: list[PrintedLine]) -> PrintedTop:
    """The parts over the text of a document that begins with the first of the lines."""
    top = [line for line in lines if line.page == lines[0].page][:_TOP_LINES] if lines else []
    # A clerk stamps "HỎA TỐC" where there is room, beside the title or the first lines of the text.
    stamps = [line for line in top if _is_stamp(line)]
    top = [line for line in top if not _is_stamp(line)]
    letter = next((i for i, line in enumerate(top) if _ADDRESSEE.match(line.key)), None)
    title = next((i for i, line in enumerate(top) if _is_title(line)), None)
    if title is not None and letter is not None and letter < title:
        title = None
    found = PrintedTop(is_letter=letter is not None)
    if title is not None:
        found.kind, found.title = _kind_of(top[title]), [top[title]]
        found.abstract = _abstract(top, title, found.kind)
    ends = [at for at in (title, letter) if at is not None]
    found.head = top[: min(ends)] if ends else top[: _last_mark(top) + 1]
    found.head += stamps
    found.subject = _subject(top[:letter] if letter is not None else found.head)
    if letter is not None:
        found.addressees = _addressees(top, letter)
    return found


def _is_stamp(line: PrintedLine) -> bool:
    return line.side == LEFT and line.is_upper and bool(URGENT.match(line.key))


def _last_mark(top: list[PrintedLine]) -> int:
    """Where the head of a document without title or addressee ends; -1 for a text without a head."""
    marks = (NUMBER, DATE, MOTTO, SUBJECT)
    return max((i for i, line in enumerate(top[:20]) if any(mark.search(line.key) for mark in marks)), default=-1)


def _is_title(line: PrintedLine) -> bool:
    if line.side == LEFT or (line.box is None and line.side == RIGHT) or not 0.25 < line.middle < 0.75:
        return False
    return not NUMBER.match(line.key) and _kind_of(line) is not None


def _kind_of(line: PrintedLine) -> KindLine | None:
    align = "center" if line.box and line.box[2] - line.box[0] < 0.5 else line.align
    # A speck of the paper beside a word: "'CHƯƠNG TRÌNH", ". CHỈ THỊ".
    text = re.sub(r"^[^\w“\"(]+", "", line.text) if line.is_read else line.text
    if re.fullmatch(r"(?:\w ){4,}\w", text):
        text = text.replace(" ", "")
    return match_kind(Line(text, 0, align=align, is_bold=line.is_bold))


def _abstract(top: list[PrintedLine], title: int, kind: KindLine | None) -> list[PrintedLine]:
    taken: list[PrintedLine] = []
    rest = kind.rest if kind and kind.slug != "phat_dong" else ""
    for line in top[title + 1 : title + 1 + _MAX_LINES]:
        if line.is_read and (line.confidence < 0.5 or _is_beside(line, top[title])):
            continue
        before = taken[-1] if taken else top[title]
        is_centred = _is_centred(line, top, title)
        if _ends_abstract(line, before, bool(taken or rest), is_centred):
            break
        if taken and not is_centred and _is_body(line, top, title):
            break
        taken.append(line)
        if sum(len(one.text) for one in taken) > _MAX_LENGTH:
            break
    return taken


def _is_beside(line: PrintedLine, title: PrintedLine) -> bool:
    """Whether a line leaves the middle under the title free, as the stamp of arrival at the margin does."""
    return line.box is not None and title.box is not None and not line.box[0] < title.middle < line.box[2]


def _is_centred(line: PrintedLine, top: list[PrintedLine], title: int) -> bool:
    """Whether a line stands in the middle under the title, and is not one that fills the width of the text."""
    if line.box is None or top[title].box is None:
        return False
    away = abs(line.middle - top[title].middle)
    # No paragraph begins with a small letter.
    if line.text[:1].islower() and away < 2 * _IN_MIDDLE:
        return True
    if away > _IN_MIDDLE * (1.4 if line.is_read else 1):
        return False
    below = [other.box for other in top[title + 1 :] if other.box]
    left, right = min(box[0] for box in below), max(box[2] for box in below)
    return line.box[0] > left + _FILLED and line.box[2] < right - _FILLED


def _ends_abstract(line: PrintedLine, before: PrintedLine, has_some: bool, is_centred: bool) -> bool:
    key = line.key
    is_open = has_some and _OPEN_END.search(before.key)
    if _ADDRESSEE.match(key) or _RECIPIENTS.match(key):
        return True
    if line.is_upper and not is_open and (_AUTHORITY.match(key) or (_kind_of(line) and has_some)):
        return True
    if len(line.text) > 330 or (line.text.isdigit() and not (is_centred and _YEAR.fullmatch(line.text))):
        return True
    is_opening = _OPENING.match(key) or (not is_centred and _MAYBE_OPENING.match(key))
    if is_opening and not is_open and (has_some or len(line.text) > 60):
        return True
    if _SECTION.match(key) and not is_open and (has_some or not line.is_upper):
        return True
    if not has_some:
        return False
    if line.text.endswith(":"):
        return True
    if re.search(r"[.;:]$", before.text) or (before.is_upper and line.side == LEFT):
        return True
    if line.box and before.box:
        return line.box[1] - before.box[3] > 2.4 * (before.box[3] - before.box[1])
    return len(line.text) > 200 or (before.align == "center" != line.align)


def _is_body(line: PrintedLine, top: list[PrintedLine], title: int) -> bool:
    """Whether a line is the first of a paragraph: indented, and as far to the right as the text goes."""
    if line.box is None:
        return False
    below = [other.box for other in top[title + 1 :] if other.box]
    reaches_out = line.box[2] > max(box[2] for box in below) - 0.015
    is_indented = line.box[0] > min(box[0] for box in below) + 0.02
    if reaches_out and is_indented and len(below) > 3 and line.middle > top[title].middle + _OFF_CENTRE:
        return True
    wide = [other.box for other in top if other.box and other.box[2] - other.box[0] > _WIDE_TEXT]
    if len(wide) < 3:
        return False
    left, right = median(box[0] for box in wide), median(box[2] for box in wide)
    is_full = line.box[2] > right - 0.015
    is_off_centre = abs(line.middle - (left + right) / 2) > 0.012
    return is_full and is_off_centre


_WIDE_TEXT = 0.7
_IN_MIDDLE = 0.012
_FILLED = 0.004
_YEAR = re.compile(r"(?:19|20)\d\d")
_OFF_CENTRE = 0.015


def _subject(head: list[PrintedLine]) -> list[PrintedLine]:
    """The lines of "V/v …" under the number."""
    start = next((i for i, line in enumerate(head) if SUBJECT.match(line.key)), None)
    if start is None:
        start = next((i for i, line in enumerate(head) if line.side == LEFT and _ABOUT.match(line.text)), None)
    if start is None:
        return []
    found = [head[start]]
    for line in head[start + 1 :]:
        if line.side != found[0].side:
            continue
        is_mark = any(mark.search(line.key) for mark in (NUMBER, DATE, MOTTO)) or _opens(line)
        is_stamp = line.is_upper and URGENT.match(line.key)
        if is_mark or is_stamp or (line.is_upper and len(line.text) > 8) or len(found) > 6:
            break
        if line.box and found[-1].box and line.box[1] - found[-1].box[3] > 0.022:
            break
        found.append(line)
    return found


def _addressees(top: list[PrintedLine], start: int) -> list[PrintedLine]:
    found = [top[start]]
    is_open = bool(re.search(r"[:;,]$", top[start].text)) or len(top[start].text) < 14
    for line in top[start + 1 :]:
        is_first = is_open and len(found) < 3 and not _ends_address(line, found)
        runs_over = len(found) > 1 and line.text[0].islower() and not re.search(r"[;.]$", found[-1].text)
        if not (_ITEM.match(line.text) or is_first or runs_over):
            break
        found.append(line)
    return found


def _ends_address(line: PrintedLine, found: list[PrintedLine]) -> bool:
    is_over = bool(re.search(r"\.$", found[-1].text)) or len(line.text) > 110
    return is_over or _opens(line) or bool(_SECTION.match(line.key))


def _opens(line: PrintedLine) -> bool:
    return bool(_OPENING.match(line.key) or _MAYBE_OPENING.match(line.key))
