"""One file read and recognised without storing anything: what `manage.py read_document` prints."""

import bisect
import hashlib
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from itertools import pairwise, zip_longest
from pathlib import Path
from typing import Any

from directives.citations import Citation, find_citations
from search.extraction.pages import OCR, FilePage
from search.extraction.reading import FileContent, read_file

from . import secrecy
from .facts import Fact, facts_of, kind_name, lines_of_text
from .grammar.articles import Division, find_divisions
from .recognition import join_numbers

_STAMP_ZONE = 0.45
_HEAD_LINES = 15
_BEGINS = re.compile(r"^\s*(?:[-–+•]\s|\d{1,2}[.)]\s|[a-zđ]\)|Điều \d|Căn cứ\b)")
# A reader of pictures loses the marks of a stamp before its letters.
_READ_STAMP = re.compile(r"^\W*(?:TUY\wT\s*|T\wI\s*)?M[ẬẠẤÂÁẦẨẪ]T\W*$")
# What a head, a text and an end need; more paragraphs than any document has would only take time.
_MOST_BLOCKS = 4_000
_LAST_BLOCKS = 400


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands in a file: `read_paper(Path("131.pdf")).facts["notation"].value == "QĐ-UBND"`.

    Shape: `refused` is the reason why the file must not be taken in, then nothing of its text is here;
    `is_unreadable` tells that no word of it could be read, `warnings` then say why. Citations give places
    in the texts of the pages joined by line ends.
    """

    format: str
    sha256: str
    refused: str = ""
    is_unreadable: bool = False
    pages: tuple[FilePage, ...] = ()
    facts: dict[str, Fact] | None = None
    citations: tuple[dict[str, Any], ...] = ()
    structure: tuple[Division, ...] = ()
    warnings: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """A dict for JSON, with `refused` None for a file that may be taken in."""
        return {
            "format": self.format,
            "sha256": self.sha256,
            "refused": self.refused or None,
            "pages": [{"number": page.number, "source": page.source, "text": page.text} for page in self.pages],
            "fields": {name: fact.to_json() for name, fact in (self.facts or {}).items()},
            "citations": list(self.citations),
            "structure": [asdict(division) for division in self.structure],
            "warnings": list(self.warnings),
        }


def read_paper(path: Path, file_name: str = "", signers: Sequence[str] = ()) -> Paper:
    """A file read by a bounded process, and what it says.

    Shape: `file_name` is what people call the file when it is stored under another name.
    Errors: OSError when the file cannot be opened.
    """
    name = file_name or path.name
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    content = read_file(path, name)
    warnings = [*content.warnings, *([content.problem] if content.problem else [])]
    if is_secret(content):
        return Paper(content.format, digest, refused=secrecy.SECRET_MESSAGE)
    if content.is_refused or not content.pages:
        return Paper(content.format, digest, is_unreadable=True, warnings=tuple(warnings))
    facts, remarks = facts_of(_shortened(content), name, signers)
    return Paper(
        content.format,
        digest,
        pages=content.pages,
        facts=facts,
        citations=tuple(cited_in(content.pages, facts)),
        structure=tuple(find_divisions(lines_of_text(content.pages))),
        warnings=(*warnings, *remarks),
    )


def is_secret(content: FileContent) -> bool:
    """Whether a stamp of state secrecy stands in the document, also one read from a picture."""
    if secrecy.has_secret_mark(list(content.blocks), list(content.body.margins)):
        return True
    edges = content.pages[:1] + content.pages[-1:]
    lines = [line for page in edges if page.source == OCR for line in page.lines if line.box[1] < _STAMP_ZONE]
    return any(_READ_STAMP.match(line.text) for line in lines)


def _shortened(content: FileContent) -> FileContent:
    """The document without the middle of a text that no office writes."""
    blocks = content.blocks
    if len(blocks) <= _MOST_BLOCKS + _LAST_BLOCKS:
        return content
    kept = blocks[:_MOST_BLOCKS] + blocks[-_LAST_BLOCKS:]
    return replace(content, body=replace(content.body, blocks=kept))


def cited_in(pages: Sequence[FilePage], facts: dict[str, Fact]) -> list[dict[str, Any]]:
    """The documents that the pages cite, in order, without the number of the document itself."""
    text = "\n".join(page.text for page in pages)
    flowing = "\n".join(_flowing(page) for page in pages)
    starts, at = [], 0
    for page in pages:
        starts.append(at)
        at += len(page.text) + 1
    head = _head_end(text)
    own = tuple(facts[name].value if name in facts else "" for name in ("number", "notation"))
    found = []
    for citation in join_numbers(find_citations(flowing), flowing):
        number = citation.number
        is_own = number and (number.number or "", number.notation) == own
        if is_own or _is_head_number(citation, text, head):
            continue
        page = pages[bisect.bisect_right(starts, citation.start) - 1].number
        found.append(_citation(citation, text[citation.start : citation.end], page or None))
    return found


def _flowing(page: FilePage) -> str:
    """The text of a page with a space for each line end inside a paragraph, of the same length."""
    if not page.lines:
        return page.text
    lines = page.text.split("\n")
    full = 0.7 * max(map(len, lines))
    ends = ["\n" if len(a) < full or _BEGINS.match(b) or a.endswith((";", ":")) else " " for a, b in pairwise(lines)]
    return "".join(part for pair in zip_longest(lines, ends, fillvalue="") for part in pair)


def _head_end(text: str) -> int:
    return len("\n".join(text.split("\n", _HEAD_LINES)[:_HEAD_LINES]))


def _is_head_number(citation: Citation, text: str, head: int) -> bool:
    """Whether a number stands on the line "Số: …" of the head."""
    line = text[text.rfind("\n", 0, citation.start) + 1 : citation.end]
    return citation.start < head and bool(re.match(r"\W*S[ốỐôÔóÓ]\b", line))


def _citation(citation: Citation, printed: str, page: int | None) -> dict[str, Any]:
    number = citation.number
    slug = citation.doc_kind or ("tieu_chuan" if citation.kind == "tieu_chuan" else "")
    return {
        "text": printed,
        "start": citation.start,
        "end": citation.end,
        "page": page,
        "kind": kind_name(slug) if slug else "",
        "number": (number.number or "") if number else "",
        "notation": number.notation if number else "",
        "issued_on": citation.issued_on.iso() if citation.issued_on else "",
    }
