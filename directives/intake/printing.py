"""The fields of a document read from its printed lines alone, wherever columns and places come from."""

from collections.abc import Sequence
from dataclasses import replace

from .grammar.bases import read_addressees
from .grammar.found import Found
from .grammar.lines import Line
from .grammar.printed import PrintedLine
from .grammar.printed_end import read_printed_end
from .grammar.printed_head import read_printed_head
from .grammar.printed_title import PrintedTop, find_top
from .grammar.title import read_abstract, read_kind, read_title


def read_printed(lines: list[PrintedLine], witness: str, signers: Sequence[str] = ()) -> dict[str, Found]:
    """The fields of the main document, as in `read_printed(lines, text)["notation"].value == "KH-SYT"`.

    Shape: names and values as `recognise` gives them, `title` among them; `witness` is the whole text, whose
    running sentences tell how names in capitals are written; `signers` as in `read_printed_end`.
    """
    top = find_top(lines)
    fields = read_printed_head(top.head, witness)
    kinds = fields.pop("number_kinds").value if "number_kinds" in fields else []
    fields |= _read_title(top, kinds, fields, witness)
    return fields | read_printed_end(lines, signers)


def _read_title(top: PrintedTop, kinds: list[str], fields: dict[str, Found], witness: str) -> dict[str, Found]:
    title, under, subject = _plain(top.title), _plain(top.abstract), _plain(top.subject)
    names = tuple(fields[name].value for name in ("agency", "parent_agency") if name in fields)
    kind = read_kind(top.kind, subject, kinds, title)
    if kind is None and top.is_letter and "notation" in fields:
        kind = Found("cong_van", "inferred", 0.8, "Kính gửi")
    abstract = read_abstract(top.kind, title, under if top.kind else subject, witness, names)
    found = {
        "kind": kind,
        "abstract": abstract,
        "title": read_title(kind, top.kind, abstract, witness),
        "addressees": read_addressees(_plain(top.addressees)),
    }
    sureness = min((line.confidence for line in [*top.title, *top.abstract, *top.subject]), default=1.0)
    return {name: replace(one, confidence=one.confidence * sureness) for name, one in found.items() if one}


def _plain(lines: list[PrintedLine]) -> list[Line]:
    return [Line(line.text, 0, align=line.align, is_bold=line.is_bold) for line in lines]
