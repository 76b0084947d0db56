"""Where the parts of an administrative document lie: head, title, text, signature, appendices."""

import re
from dataclasses import dataclass, field

from search.extraction.blocks import Block, Paragraph, Table

from .grammar.kinds import KindLine, match_kind
from .grammar.lines import Line, lines_of
from .grammar.signing import find_signature

_HEAD_LINES = 45
_MOTTO = re.compile(r"doc lap\W+tu do\W+hanh phuc|cong hoa xa hoi chu nghia|^\W*dang cong san viet nam\W*$")
_NUMBER = re.compile(r"^\W*(luat |nghi quyet |phap lenh )?so\b\s*:?\s*[\d.… _]*[a-z]?\s*[/-]\s*[a-z\d]")
_STAMP = re.compile(r"^\W*(hoa toc|thuong khan|khan|du thao|luu hanh noi bo|xem xong tra lai|tai lieu hoi nghi)\b")
_DATE = re.compile(r"^.{0,60}\bngay\b[\s\d.…_]{0,12}\bthang\b[\s\d.…_]{0,12}\bnam\b")
_SUBJECT = re.compile(r"^\W*v\s*/\s*v\b")
_ADDRESSEE = re.compile(r"^\W*kinh gui\b")
_OPENING = re.compile(
    r"^\W*(can cu|theo de nghi|xet de nghi|thuc hien |trien khai |nham |de |nam 20\d\d|ngay \d|hom nay|"
    r"trong (thoi gian|nhung|nam|qua)|tren co so|huong ung|phat huy|chao mung|sau khi|vua qua|quan triet)"
)
_SECTION = re.compile(r"^\W*([ivx]{1,4}|[a-d]|\d{1,2})\s*[.\-)/:]\s*\S|^(chuong|phan|dieu|muc)\s+[\divx]")
_AUTHORITY = re.compile(
    r"^\W*(quyen |pho )?(giam doc|chu tich|bo truong|uy ban nhan dan|hoi dong nhan dan|chanh van phong|"
    r"truong ban|cuc truong|chi cuc truong|tong cuc truong|hieu truong|ban thuong vu|ban chap hanh|thu "
    r"truong|chanh thanh tra|tong thanh tra|thong doc|vien truong|(?:thu tuong )?chinh phu\W*$|quoc hoi\W*$|"
    r"uy ban thuong vu quoc hoi\W*$)"
)
# An abstract in capitals may break before an organ: "… CỦA" "THỦ TƯỚNG CHÍNH PHỦ VỀ …".
_OPEN_END = re.compile(r"\b(?:cua|do|va|giua|cho|voi|tai|boi)$")
_ADDENDUM = re.compile(r"^\W*\(?\s*(ban hanh )?kem theo\b")


@dataclass
class Zones:
    """The lines and blocks of each part; a part that is absent is empty.

    Shape: `subject` holds the lines of "V/v …"; `abstract` those under the title; `body` starts
    with the legal bases and ends before the signature; `appendices` follow the signature.
    """

    head: list[Line] = field(default_factory=list)
    kind: KindLine | None = None
    title: list[Line] = field(default_factory=list)
    subject: list[Line] = field(default_factory=list)
    abstract: list[Line] = field(default_factory=list)
    addressees: list[Line] = field(default_factory=list)
    authority: list[Line] = field(default_factory=list)
    body: list[Block] = field(default_factory=list)
    signature: list[Line] = field(default_factory=list)
    appendices: list[Block] = field(default_factory=list)
    notes: list[Block] = field(default_factory=list)


def find_zones(blocks: list[Block]) -> Zones:
    """The parts of a document, as in `find_zones(blocks).title[0].text == "KẾ HOẠCH"`."""
    notes = [block for block in blocks if isinstance(block, Paragraph) and block.role == "note"]
    flow = [block for block in blocks if block not in notes] if notes else list(blocks)
    lines = [line for line in lines_of(flow) if not line.is_rule]
    zones = Zones(notes=notes)
    start = _read_top(zones, lines, flow)
    first, last = find_signature(lines, flow, start)
    zones.signature = [line for line in lines if first <= line.index < last]
    zones.body = flow[start:first]
    zones.appendices = flow[last:]
    return zones


def _read_top(zones: Zones, lines: list[Line], flow: list[Block]) -> int:
    """Fills the parts above the text and returns the index of the first block of text."""
    limit = _first_data_table(flow)
    top = [line for line in lines if line.index < limit][:_HEAD_LINES]
    marks = _head_marks(top)
    title = next((i for i, line in enumerate(top) if i > marks and _is_title(line)), None)
    letter = next((i for i, line in enumerate(top) if _ADDRESSEE.match(line.key)), None)
    if title is not None and (letter is None or title < letter):
        zones.kind = match_kind(top[title])
        end = _read_title(zones, top, title)
    else:
        end = marks + 1
    zones.head = top[: title if zones.kind else end]
    zones.subject = _subject_lines(zones.head)
    end = _read_addressees(zones, top, end)
    if end >= len(top):
        return top[-1].index + 1 if top else 0
    return top[end].index


def _is_title(line: Line) -> bool:
    return line.columns == 1 and match_kind(line) is not None


def _first_data_table(flow: list[Block]) -> int:
    return next((i for i, b in enumerate(flow) if i > 0 and isinstance(b, Table) and b.bordered), len(flow))


def _head_marks(top: list[Line]) -> int:
    """The position of the last line that only a head has; -1 when there is no head."""
    last = -1
    for position, line in enumerate(top):
        if _ADDRESSEE.match(line.key) or (line.columns == 1 and len(line.text) > 150):
            break
        if _is_title(line) and last >= 0:
            break
        if any(p.search(line.key) for p in (_MOTTO, _NUMBER, _DATE, _SUBJECT)) or line.columns > 1:
            last = position
            continue
        is_stamp = line.is_upper and len(line.text) < 40 and _STAMP.match(line.key)
        if is_stamp or (last >= 0 and _continues_subject(top, position)):
            last = position
    return last


def _continues_subject(top: list[Line], position: int) -> bool:
    """Whether a plain line goes on with the "V/v …" above it (short, no opening of a text)."""
    before = [line for line in top[max(0, position - 3) : position] if _SUBJECT.match(line.key)]
    line = top[position]
    return bool(before) and len(line.text) < 90 and not _OPENING.match(line.key) and not line.is_upper


def _subject_lines(head: list[Line]) -> list[Line]:
    start = next((i for i, line in enumerate(head) if _SUBJECT.match(line.key)), None)
    if start is None:
        start = next((i for i, line in enumerate(head) if _is_written_out(line)), None)
    if start is None:
        return []
    found = [head[start]]
    for line in head[start + 1 :]:
        same_place = (line.column, line.columns) == (found[0].column, found[0].columns)
        if not same_place or any(p.search(line.key) for p in (_MOTTO, _NUMBER, _DATE)) or line.is_upper:
            break
        found.append(line)
    return found


def _is_written_out(line: Line) -> bool:
    """Whether a line under the number begins the subject as some offices write it: "Về việc …"."""
    return line.columns > 1 and line.column == 0 and line.text.startswith("Về việc ")


def _read_title(zones: Zones, top: list[Line], start: int) -> int:
    """Takes the title and the abstract under it; returns the position after them."""
    zones.title = [top[start]]
    position = start + 1
    while position < len(top) and zones.kind.rest and _continues_title(top[start], top[position]):
        zones.title.append(top[position])
        position += 1
    while position < len(top) and _continues_abstract(zones, top[position]):
        zones.abstract.append(top[position])
        position += 1
    # Who decides stands between title and text and is read as part of the text.
    for line in top[position : position + 3]:
        if not (line.is_upper and _AUTHORITY.match(line.key)):
            break
        zones.authority.append(line)
    return position


def _continues_title(title: Line, line: Line) -> bool:
    return title.is_upper and line.is_upper and not _AUTHORITY.match(line.key) and not _SECTION.match(line.key)


def _continues_abstract(zones: Zones, line: Line) -> bool:
    taken = zones.abstract
    if line.columns > 1 or len(taken) >= 8 or _ADDRESSEE.match(line.key) or _ADDENDUM.match(line.key):
        return False
    is_open = bool(taken) and bool(_OPEN_END.search(taken[-1].key))
    if line.is_upper and not is_open and (_AUTHORITY.match(line.key) or match_kind(line)):
        return False
    if zones.title[0].align == "center":
        # A justified paragraph under a centred title is the text.
        is_section = _SECTION.match(line.key) and not line.text.startswith("(")
        return line.align == "center" and not is_section
    if taken and re.search(r"[.;:]$", taken[-1].text):
        return False
    is_text = _OPENING.match(line.key) or _SECTION.match(line.key) or re.search(r"[.;:]$", line.text)
    return len(line.text) < 200 and not (is_text and (taken or zones.kind.rest or len(line.text) > 100))


def _read_addressees(zones: Zones, top: list[Line], start: int) -> int:
    """Takes "Kính gửi: …" with its list when the text begins with it."""
    if start >= len(top) or not _ADDRESSEE.match(top[start].key):
        return start
    zones.addressees = [top[start]]
    position = start + 1
    is_open = bool(re.search(r"(:|;|,)$", top[start].text)) or len(top[start].text) < 12
    while position < len(top) and is_open:
        # Of a head in two columns the right one may come after "Kính gửi:", which stands under the left one.
        is_beside = top[position].column > 0 and zones.addressees[0].columns > 1
        if not is_beside:
            if not _is_list_line(top[position], zones.addressees):
                break
            zones.addressees.append(top[position])
        position += 1
    return position


def _is_list_line(line: Line, taken: list[Line]) -> bool:
    if re.match(r"^[-–+•*]\s*\S", line.text):
        return True
    ended = re.search(r"\.$", taken[-1].text)
    return not ended and len(line.text) < 120 and not _OPENING.match(line.key)
