"""The readable twin of the text: headings, paragraphs, items and tables with their addresses."""

import re
from html import escape

from search.extraction.blocks import Block, Paragraph, Run, Table, flatten_blocks
from search.vietnamese.letters import fold

from .grammar.lines import is_upper, tidy
from .grammar.outline import split_mark
from .grammar.topics import short_name

_LEVELS = {
    "part": 1,
    "roman": 1,
    "section": 1,
    "article": 2,
    "decimal": 2,
    "decimal2": 3,
    "decimal3": 3,
    "letter": 3,
}
_PREFIXES = {
    "roman": "phan-",
    "decimal": "muc-",
    "decimal2": "muc-",
    "decimal3": "muc-",
    "letter": "diem-",
}
_LONG_HEADING = 160
_APPENDIX = re.compile(r"^\W*phu luc\b")


class Places:
    """The addresses given so far, and the chapter, article and clause in which the next block stands.

    Example: after "dieu-3" the mark "2." is "dieu-3-khoan-2", and "đ)" below it "dieu-3-khoan-2-diem-dd".
    """

    def __init__(self) -> None:
        self.used: set[str] = set()
        self.chapter = self.article = self.clause = ""

    def is_within_article(self, kind: str) -> bool:
        """Whether a mark of this kind counts the clauses or points of an article."""
        return bool(self.article) and kind in ("decimal", "letter")

    def anchor(self, kind: str, mark: str, text: str) -> str:
        """The address of a block, unlike all others, e.g. `anchor("article", "Điều 3.", "…")` is "dieu-3"."""
        if self.is_within_article(kind):
            return self._within_article(kind, mark)
        name = "-".join(re.findall(r"[a-z0-9]+", fold(mark)))
        if kind == "heading":
            name = "-".join(re.findall(r"[a-z0-9]+", fold(text))[:6]) or "de-muc"
        elif kind == "section" and self.chapter:
            name = f"{self.chapter}-{name}"
        found = self.only(f"{_PREFIXES.get(kind, '')}{name}")
        if kind in ("part", "roman", "heading"):
            self.chapter, self.article = (found if kind == "part" else ""), ""
        if kind == "article":
            self.article, self.clause = found, ""
        return found

    def _within_article(self, kind: str, mark: str) -> str:
        if kind == "decimal":
            self.clause = self.only(f"{self.article}-khoan-{fold(mark).strip(' .)/')}")
            return self.clause
        letter = "dd" if mark[:1].casefold() == "đ" else fold(mark).strip(" .)")
        return self.only(f"{self.clause or self.article}-diem-{letter}")

    def only(self, anchor: str) -> str:
        """The address, with a count when another block has it: "dieu-1-2"."""
        candidate, count = anchor, 2
        while candidate in self.used:
            candidate, count = f"{anchor}-{count}", count + 1
        self.used.add(candidate)
        return candidate


def read_body(blocks: list[Block], tasks: list[dict]) -> list[dict]:
    """The blocks for the page, as in `[{"type": "item", "text": "- …", "anchor": "nhiem-vu-1"}]`.

    Shape: `type` is heading, paragraph, item, table or title; `text` is as typed with its list
    mark; `html` holds only b, i, u and br; `level` is 1..3 for headings, else 0; `short` names the
    block in a table of contents; `rows` (tables) are lists of texts. What stands under an article bears its
    address: "dieu-3-khoan-2-diem-a".
    """
    by_index = {task["index"]: number for number, task in enumerate(tasks, start=1)}
    places = Places()
    found = []
    for index, block in enumerate(blocks):
        if isinstance(block, Table):
            if block.text.strip():
                found.append(_table(block))
        elif any(map(str.isalnum, block.text)):
            number = by_index.get(index)
            task = tasks[number - 1] if number else None
            found.append(_paragraph(block, task, number, places))
    return found


def appendix_titles(body: list[dict]) -> list[str]:
    """The headings of the appendices, with the line under a bare "Phụ lục I": `["Phụ lục: …"]`."""
    titles = []
    for position, block in enumerate(body):
        if block["type"] == "heading" and _APPENDIX.match(fold(block["text"])):
            below = body[position + 1] if position + 1 < len(body) else None
            is_bare = len(block["text"].split()) <= 3 and below is not None and below["type"] != "table"
            titles.append(f"{block['text']} {below['text']}" if is_bare else block["text"])
    return titles


def to_html(paragraph: Paragraph) -> str:
    """The paragraph with its bold, italic and underlined words, escaped: `"<b>Điều 1.</b> …"`."""
    parts = [escape(f"{paragraph.label} ", quote=False)] if paragraph.label else []
    for run in _trimmed(paragraph.runs):
        parts.append(_run_html(run))
    return re.sub(r"[ \t\u00a0]+", " ", "".join(parts)).strip()


def _run_html(run: Run) -> str:
    html = escape(run.text, quote=False).replace("\n", "<br>").replace("\t", " ")
    if not run.text.strip():
        return html
    for is_on, tag in ((run.underline, "u"), (run.italic, "i"), (run.bold, "b")):
        html = f"<{tag}>{html}</{tag}>" if is_on else html
    return html


def _trimmed(runs: tuple[Run, ...]) -> list[Run]:
    kept = list(runs)
    while kept and not kept[0].text.strip():
        kept.pop(0)
    while kept and not kept[-1].text.strip():
        kept.pop()
    return kept


def _paragraph(paragraph: Paragraph, task: dict | None, number: int | None, places: Places) -> dict:
    text = tidy(paragraph.line)
    kind, mark, rest = split_mark(paragraph.line)
    block = {
        "type": "paragraph",
        "text": text,
        "html": to_html(paragraph),
        "anchor": "",
        "level": 0,
        "short": "",
    }
    if task:
        return block | {
            "type": "item",
            "anchor": places.only(f"nhiem-vu-{number}"),
            "short": task["heading"],
        }
    if _is_heading(paragraph, kind, text):
        kind = kind or "heading"
        level = 3 if places.is_within_article(kind) else _LEVELS.get(kind, paragraph.heading or 2)
        return block | {"type": "heading", "anchor": places.anchor(kind, mark, text), "level": level}
    if places.is_within_article(kind):
        return block | {"type": "item", "anchor": places.anchor(kind, mark, text)}
    if kind in ("article", "roman", "decimal"):
        named = mark.rstrip(".: ") if kind == "article" else f"{mark} {short_name(rest)}".strip()
        return block | {"type": "item", "anchor": places.anchor(kind, mark, text), "short": named}
    if kind:
        return block | {"type": "item"}
    if is_upper(text) and paragraph.align == "center":
        return block | {"type": "title"}
    return block


def _is_heading(paragraph: Paragraph, kind: str, text: str) -> bool:
    if _APPENDIX.match(fold(text)) and len(text) < _LONG_HEADING:
        return True
    if kind in ("dash", "plus", "bullet") or len(text) > _LONG_HEADING:
        return False
    if kind in ("part", "section") or paragraph.heading:
        return True
    stands_out = paragraph.is_bold or is_upper(text)
    return stands_out and (bool(kind) or (paragraph.align != "center" and not re.search(r"[;:,]$", text)))


def _table(table: Table) -> dict:
    rows = [
        [" ".join(tidy(p.line) for p in flatten_blocks(cell) if tidy(p.text)) for cell in row] for row in table.rows
    ]
    width = max((len(row) for row in rows), default=0)
    rows = [row + [""] * (width - len(row)) for row in rows]
    return {"type": "table", "text": tidy(table.text), "html": "", "anchor": "", "level": 0, "short": "",
            "rows": rows, "bordered": table.bordered}  # fmt: skip
