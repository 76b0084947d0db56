"""The order of a text: which paragraph stands under which."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from search.extraction.blocks import Block, Paragraph
from search.vietnamese.letters import fold

from .lines import tidy

# Each kind of mark with its pattern; the pattern's first group is the mark itself.
_MARKS = (
    ("part", re.compile(r"^((?:phan|chuong)\s+(?:thu\s+)?[\w]+)\b[.:\s-]*")),
    ("section", re.compile(r"^(muc\s+[\divx]+)\b[.:\s-]*")),
    ("article", re.compile(r"^(dieu\s+\d+[a-z]?)\s*[.:]?\s*")),
    ("roman", re.compile(r"^([ivx]{1,5})\s*[.)/-]\s*(?=\S)")),
    ("decimal3", re.compile(r"^(\d{1,2}\.\d{1,2}\.\d{1,2})[.)]?\s+")),
    ("decimal2", re.compile(r"^(\d{1,2}\.\d{1,2})[.)]?\s+")),
    ("decimal", re.compile(r"^(\d{1,2})\s*[.)/](?!\d)\s*(?=\S)")),
    ("letter", re.compile(r"^([a-z])\s*[.)]\s+(?=\S)")),
    ("dash", re.compile(r"^([-–—*])\s*(?=\S)")),
    ("plus", re.compile(r"^(\+)\s*(?=\S)")),
    ("bullet", re.compile(r"^([•●▪○◦·➢✓])\s*(?=\S)")),
)
_CAPITALS = re.compile(r"^[IVX]{1,5}\s*[.)/-]")


@dataclass
class Node:
    """One paragraph of the text: `Node("decimal", "1.", "Phát động …", children=[…])`.

    Shape: `text` is without the mark; `index` is the place of its block; a node without a mark has
    kind "".
    """

    kind: str
    mark: str
    text: str
    index: int
    paragraph: Paragraph | None = None
    children: list["Node"] = field(default_factory=list)
    parent: "Node | None" = None

    @property
    def key(self) -> str:
        """The text folded for comparing."""
        return fold(self.text)

    @property
    def is_lead(self) -> bool:
        """Whether it announces what follows: "… các nội dung sau đây:"."""
        return self.text.endswith(":")


def split_mark(text: str) -> tuple[str, str, str]:
    """Kind of mark, mark and the rest: `"1. Mục đích"` → `("decimal", "1.", "Mục đích")`."""
    text = tidy(text)
    key = fold(text)
    for kind, pattern in _MARKS:
        match = pattern.match(key)
        if not match or (kind == "roman" and not _CAPITALS.match(text)):
            continue
        rest = text[match.end() :]
        if rest or kind in ("part", "section"):
            return kind, text[: match.end()].strip(), rest
    return "", "", text


def build_outline(blocks: list[Block]) -> Node:
    """The root whose children are the paragraphs in their order of rank."""
    root = Node("root", "", "", -1)
    path: list[Node] = [root]
    lead: Node | None = None
    for index, block in enumerate(blocks):
        if not isinstance(block, Paragraph) or not block.text.strip():
            continue
        kind, mark, text = split_mark(block.line)
        kind = kind or _heading_kind(block, text)
        node = Node(kind, mark, text, index, block)
        if kind:
            _climb(path, kind)
            # Items under "… sau đây:" belong to the sentence that announces them.
            anchor = lead if lead and path[-1] is lead.parent and lead.kind == "" else path[-1]
            _attach(anchor, node)
            path.append(node)
            lead = lead if anchor is lead else None
        else:
            while path[-1].kind in ("dash", "plus", "bullet"):
                path.pop()
            _attach(path[-1], node)
            lead = node if node.is_lead else None
    return root


def walk(node: Node) -> Iterator[Node]:
    """The node and everything under it, in reading order."""
    yield node
    for child in node.children:
        yield from walk(child)


def _heading_kind(paragraph: Paragraph, text: str) -> str:
    """A short bold line without a mark ranks as a section of its own."""
    is_heading = paragraph.heading or (paragraph.is_bold and len(text) < 120 and not text.endswith("."))
    return "heading" if is_heading and any(letter.isalpha() for letter in text) else ""


def _climb(path: list[Node], kind: str) -> None:
    """Leaves the path at the node under which this kind of mark belongs."""
    kinds = [node.kind for node in path]
    if kind in kinds:
        del path[kinds.index(kind) :]
        return
    rank = _RANK[kind]
    while len(path) > 1 and _RANK[path[-1].kind] > rank:
        path.pop()


def _attach(parent: Node, node: Node) -> None:
    node.parent = parent
    parent.children.append(node)


_RANK = {
    "root": -1, "part": 0, "roman": 2, "section": 1, "heading": 3, "article": 3, "decimal": 4,
    "decimal2": 5, "decimal3": 6, "letter": 7, "dash": 8, "bullet": 8, "plus": 9, "": 10,
}  # fmt: skip
