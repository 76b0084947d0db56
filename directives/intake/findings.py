"""What the text of a file says: every field, citation and division of the document that stands in it."""

from collections.abc import Sequence
from dataclasses import replace

from search.extraction.pages import OCR, DigitalSignature
from search.extraction.reading import FileContent

from .cited import cited_in, flowing_text
from .facts import NAMED, SIGNED, Fact, facts_of
from .grammar.articles import find_divisions
from .grammar.found import Found
from .grammar.misread import mend_misread
from .grammar.printed import lines_of_blocks, lines_of_pages, part_frames, without_asterisks
from .grammar.register_names import mend_organs
from .parts import find_parts, said_of_parts
from .places import Spot, find_spot
from .printing import read_printed
from .reading import Findings
from .recognition import Frame, complete, read_frame

# Three hundred pages have fewer paragraphs; each takes most of a millisecond.
_MOST_BLOCKS = 10_000
_LAST_BLOCKS = 400
# A title may be long without running over to the next line.
_FULL = 0.85
_AT_THE_END = {"signer", "office", "authority", "recipients"}


def findings_of(
    content: FileContent,
    file_name: str,
    signers: Sequence[str] = (),
    organs: Sequence[str] = (),
    signatures: Sequence[DigitalSignature] = (),
) -> Findings:
    """Everything that the text of a file says.

    Shape: `signers` and `organs` are names that mend those misread from a picture; `signatures` suggest what the
    text does not tell.
    """
    whole = content
    content, parts = find_parts(_shortened(content))
    is_read = bool(content.pages) and content.pages[0].source == OCR
    frame, printed = _frames(content, is_read, signers, organs)
    margins = list(content.body.margins)
    found = complete(frame, printed, is_read=is_read, file_name=file_name, margins=margins)
    # What only the whole text tells counts as read from the blocks; what both tell is surer.
    told = {name: one for name, one in found.fields.items() if name not in printed and one.source != NAMED}
    facts, remarks = facts_of(told | frame.fields, printed, content.text, file_name, is_read, signatures)
    if is_read and "signer" in facts and facts["signer"].value not in signers:
        # The marks of a name cannot be told by its neighbours.
        facts["signer"] = replace(facts["signer"], sure=False)
    facts = {name: replace(fact, box=_spot_of(name, fact, content)) for name, fact in facts.items()}
    if len(whole.blocks) > _MOST_BLOCKS + _LAST_BLOCKS:
        remarks.append("Văn bản quá dài nên phần giữa không được nhận dạng; tệp gốc vẫn đầy đủ.")
    if parts:
        remarks.insert(0, said_of_parts(parts))
    return Findings(
        replace(found, fields=found.fields | _hinted(facts)),
        facts,
        tuple(cited_in(content.pages, facts)),
        tuple(find_divisions(lines_of_text(content))),
        parts,
        tuple(remarks),
    )


def _frames(
    content: FileContent, is_read: bool, signers: Sequence[str], organs: Sequence[str]
) -> tuple[Frame, dict[str, Found]]:
    """Head, title and signature as the blocks tell them, and as the printed lines do."""
    blocks = part_frames(without_asterisks(content.blocks) if content.format == "md" else content.blocks)
    lines = lines_of_pages(content.pages) or lines_of_blocks(blocks)
    # Nobody mends what was typed.
    printed = read_printed(lines, content.text, signers if is_read else ())
    frame = read_frame(blocks)
    if not is_read:
        return frame, printed
    fields, printed = mend_misread(frame.fields), mend_misread(printed)
    return replace(frame, fields=mend_organs(fields, organs)), mend_organs(printed, organs)


def lines_of_text(content: FileContent) -> list[tuple[str, int | None]]:
    """The lines of a file, each with its page: `[("Điều 1. …", 2)]`; None where pages are not known.

    Shape: printed lines of one paragraph are one, so that the title of an article does not end with its line.
    """
    return [(line, page.number or None) for page in content.pages for line in flowing_text(page, _FULL).split("\n")]


def _shortened(content: FileContent) -> FileContent:
    """The document without the middle of a text that no office writes."""
    blocks = content.blocks
    if len(blocks) <= _MOST_BLOCKS + _LAST_BLOCKS:
        return content
    kept = blocks[:_MOST_BLOCKS] + blocks[-_LAST_BLOCKS:]
    return replace(content, body=replace(content.body, blocks=kept))


def _spot_of(name: str, fact: Fact, content: FileContent) -> Spot | None:
    if fact.source in (NAMED, SIGNED):
        return None
    value = " ".join(map(str, fact.value)) if isinstance(fact.value, list) else str(fact.value)
    is_last = name in _AT_THE_END
    return find_spot(fact.evidence, content.pages, from_end=is_last) or find_spot(
        value, content.pages, from_end=is_last
    )


def _hinted(facts: dict[str, Fact]) -> dict[str, Found]:
    """What the file name or a digital signature told, under the names of the grammar."""
    names = ("number", "notation", "issued_on")
    told = {name: facts[name] for name in names if name in facts and facts[name].source in (NAMED, SIGNED)}
    return {name: Found(one.value, one.source, one.confidence, one.evidence) for name, one in told.items()}
