"""From the plain text of the data files to the blocks of a page.

Shape: one block per line. `#`, `##`, `###` headings; `- [tên ngắn] …` an entry of the table of contents;
`| a | b` rows of a table; in articles also `> lời | người nói`, `= số | ý nghĩa` and `! ảnh | chú thích`.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from django.utils.html import escape

from directives.intake.filling import table_of
from search.vietnamese.slugs import slugify

ITEM = re.compile(r"- \[(?P<short>[^\]]+)\] (?P<text>.+)")
NUMBERED = re.compile(r"(?:Chương|Mục|Phần|Điều) [\dIVX]+|[\dIVX]+(?=\.)")
GROUNDS = re.compile(r"Căn cứ .+;|Theo đề nghị của .+")
SIGNS = "|=-"


def document_blocks(text: str) -> list[tuple[str, object]]:
    """The blocks of an official document, e.g. `("heading", {"text": "Điều 1. …", "anchor": "dieu-1", …})`."""
    blocks = [_document_block(sign, lines) for sign, lines in _parts(text)]
    _tell_apart([value for kind, value in blocks if kind in ("heading", "item")])
    return blocks


def _tell_apart(values: list[dict]) -> None:
    """A second "Điều 1" (of the regulation a decision brings) becomes "dieu-1-2"."""
    seen: Counter[str] = Counter()
    for value in values:
        seen[value["anchor"]] += 1
        if seen[value["anchor"]] > 1:
            value["anchor"] += f"-{seen[value['anchor']]}"


def article_blocks(text: str, pictures: dict) -> list[tuple[str, object]]:
    """The blocks of an article, e.g. `("paragraph", "<p>…</p>")`; pictures by their name."""
    return [_article_block(sign, lines, pictures) for sign, lines in _parts(text)]


def _parts(text: str) -> Iterator[tuple[str, list[str]]]:
    """Lines of a table, of figures and of a list belong together; every other line stands alone."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    numbered = enumerate(lines)
    for (sign, _), group in groupby(numbered, lambda pair: (_sign(pair[1]), _alone(*pair))):
        yield sign, [line for _, line in group]


def _sign(line: str) -> str:
    return "item" if ITEM.match(line) else line[0] if line[0] in "#|=->!" else ""


def _alone(at: int, line: str) -> int:
    return -1 if _sign(line) in tuple(SIGNS) else at


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|=>! ").split("|")]


def _table(lines: list[str]) -> tuple[str, object]:
    rows = [_cells(line) for line in lines]
    return "table", table_of(rows)


def _document_block(sign: str, lines: list[str]) -> tuple[str, object]:
    line = lines[0]
    if sign == "#":
        words = line.lstrip("# ")
        level = str(len(line) - len(line.lstrip("#")))
        return "heading", {"text": words, "short": "", "level": level, "anchor": anchor_of(words)}
    if sign == "item":
        found = ITEM.match(line)
        short = found["short"]
        return "item", {"text": f"<p>- {escape(found['text'])}</p>", "short": short, "anchor": anchor_of(short)}
    if sign == "|":
        return _table(lines)
    return "paragraph", "".join(f"<p>{_dressed(line)}</p>" for line in lines)


def anchor_of(words: str) -> str:
    """The address of a heading on its page, e.g. "dieu-2", "muc-1", "cai-cach-hanh-chinh"."""
    if numbered := NUMBERED.match(words):
        number = numbered[0]
        return slugify(number if " " in number else f"muc {number}")
    return slugify(words)[:60].strip("-")


def _dressed(line: str) -> str:
    """Grounds in italics, a line such as "QUYẾT ĐỊNH:" in bold, as documents set them."""
    words = escape(line)
    if GROUNDS.fullmatch(line):
        return f"<i>{words}</i>"
    return f"<b>{words}</b>" if line.isupper() and line.endswith(":") else str(words)


def _article_block(sign: str, lines: list[str], pictures: dict) -> tuple[str, object]:
    line = lines[0]
    if sign == "#":
        return "heading", line.lstrip("# ")
    if sign == "|":
        return _table(lines)
    if sign == ">":
        text, speaker = (*_cells(line), "")[:2]
        return "quote", {"text": text, "speaker": speaker}
    if sign == "=":
        return "figures", [dict(zip(("value", "label"), _cells(each), strict=True)) for each in lines]
    if sign == "!":
        name, caption = _cells(line)
        image = pictures[name]
        return "picture", {"image": image, "alt": image.description, "caption": caption, "credit": image.credit}
    if sign == "-":
        items = "".join(f"<li>{escape(each.removeprefix('- '))}</li>" for each in lines)
        return "paragraph", f"<ul>{items}</ul>"
    return "paragraph", f"<p>{escape(line)}</p>"
