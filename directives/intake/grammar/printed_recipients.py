"""Who a document goes to, read from lines with places on the page."""

import re
from dataclasses import replace

from directives.recipients import parse_recipients
from search.vietnamese.letters import fold

from .found import Found
from .printed import LEFT, PrintedLine
from .printed_columns import plain, top_of
from .signing import is_office

_RECIPIENTS = re.compile(r"^\W*n\wi\s*nh\wn\b\W*")
# A dash is read as "~", "=" or "_" now and then.
_ITEM = re.compile(r"^[\W_]{0,4}[-–—•+~=_]\s*\w|^\W{0,2}l\wu\b|^\W*nhu (?:tren|dieu)\b")
_FIRST_ITEM = re.compile(r"^[\W_]*nhu (?:tren|dieu \d)\W*$")
_ROW_GAP = 0.04


def list_start(lines: list[PrintedLine]) -> PrintedLine | None:
    """The first "Nơi nhận" that a list follows; where the label was misread, a line in its place."""
    for line in lines:
        if not _RECIPIENTS.match(line.key) or len(line.text) > 130:
            continue
        near = [other for other in lines if other.page == line.page and 0 < top_of(other) - top_of(line) < 0.14]
        if any(_ITEM.match(fold(other.text)) for other in near):
            return line
    first = next((line for line in lines if _FIRST_ITEM.match(line.key) and line.side == LEFT), None)
    if first is None or first.box is None:
        return None
    left, top, right, bottom = first.box
    return replace(first, text="", box=(left, top - (bottom - top), right, top))


def listed(page: list[PrintedLine], start: PrintedLine) -> list[PrintedLine]:
    """The lines under "Nơi nhận" on its side of the page."""
    edge = (start.box or (0.0,))[0]
    below = sorted((line for line in page if top_of(line) > top_of(start) + 0.004), key=top_of)
    found: list[PrintedLine] = []
    last = (start.box or (0, 0, 0, 0.0))[3]
    for line in below:
        if not any(map(str.isalnum, line.text)):
            continue
        left, top, right, bottom = line.box or (0.0, 0.0, 0.0, 0.0)
        if left > edge + 0.18 or (left + right) / 2 > 0.56 or is_office(plain(line)):
            continue
        if top - last > _ROW_GAP or (found and _is_closed(found[-1], line)):
            break
        is_item = bool(_ITEM.match(line.key))
        if is_item or (found and re.match(r"^[a-zà-ỹđ(0-9]", line.text)) or (found and not line.is_upper):
            found.append(line)
            last = bottom
    return found


def _is_closed(last: PrintedLine, line: PrintedLine) -> bool:
    """Whether the list ended with its archive line, and what comes next belongs to another part."""
    has_archive = re.match(r"^\W*l\wu\b", last.key) and last.text.rstrip().endswith(".")
    return bool(has_archive or re.match(r"^\W*(?:dieu \d|phu luc\b|chuong [ivx\d])", line.key))


def recipient_fields(listed: list[PrintedLine]) -> dict[str, Found]:
    texts: list[str] = []
    for line in listed:
        text = re.sub(r"^[\W_]{1,5}(?=[^\W_])", "- ", line.text) if _ITEM.match(line.key) else line.text
        if texts and not text.startswith("- ") and not _ITEM.match(line.key):
            texts[-1] += f" {text}"
        else:
            texts.append(text if text.startswith("- ") else f"- {text}")
    recipients = [one for one in parse_recipients("\n".join(texts)) if any(map(str.isalnum, one.raw))]
    if not recipients:
        return {}
    values = [
        {"kind": one.kind, "name": one.name, "purpose": one.purpose or "", "raw": one.raw,
         "drafting_units": list(one.drafting_units)}
        for one in recipients
    ]  # fmt: skip
    sureness = 0.95 * min(line.confidence for line in listed)
    return {"recipients": Found(values, "typed", sureness, "\n".join(line.text for line in listed))}
