"""From blocks to fields: what kind of document this is and what it says."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from directives.citations import Citation, find_citations
from search.extraction.blocks import Block, text_of
from search.vietnamese.letters import fold, nfc

from .campaign import read_campaign, without_leaders
from .grammar.bases import read_addressees, read_bases
from .grammar.found import Found
from .grammar.head import number_from_name, read_head
from .grammar.missing import find_missing
from .grammar.organs import infer_agency
from .grammar.sentences import sentence_at
from .grammar.signing import read_signing
from .grammar.title import read_abstract, read_form, read_kind, read_title, read_year
from .readable import appendix_titles, read_body
from .secrecy import internal_mark
from .suggestions import find_suggestions
from .zones import Zones, find_zones

#: What a later citation of the same document may add.
_TOLD = ("issued_on", "issuer", "abstract")
_SENTENCE_GOES_ON = re.compile(
    r",\s+(?=(?:với|nhằm|để|đồng thời)\s|(?:Sở|Ban|UBND|Ủy ban|Công đoàn|Lãnh đạo|Giám "
    r"đốc|Chi cục|Trung tâm|Đảng ủy)\s)"
)


@dataclass(frozen=True)
class Recognition:
    """What a document says: `recognition.fields["place"].value == "Kon Tum"`.

    Shape: `fields` holds only what was found.
    Every document: agency, agencies (joint issue), parent_agency, organ_code, place, number,
    separator, notation, issued_on, kind, form ("campaign" or "directive"), title, abstract, year,
    addressees, bases, recipients, signature, signatures, drafting_unit_code, urgency ("1".."3"),
    circulation ("internal"), citations, appendices.
    A campaign call besides: name, sides, slogans, movements, sayings, objectives, participants,
    scope, tasks, occasions, stages, pledge_deadline, period.
    `body` is the readable text without head and signature; `missing` lists `{"code", "label"}`;
    `suggestions` lists `{"start", "end", "quote", "reason", "proposal"}` with places in the text of
    the whole document.
    """

    fields: dict[str, Found] = field(default_factory=dict)
    body: list[dict] = field(default_factory=list)
    missing: list[dict] = field(default_factory=list)
    suggestions: list[dict] = field(default_factory=list)

    def value(self, name: str, otherwise=None):
        """The value of a field, or `otherwise` when it was not found."""
        return self.fields[name].value if name in self.fields else otherwise

    def to_json(self) -> dict:
        """A dict for JSON; `Recognition.from_json` takes it back."""
        return {
            "fields": {name: found.to_json() for name, found in self.fields.items()},
            "body": self.body,
            "missing": self.missing,
            "suggestions": self.suggestions,
        }

    @classmethod
    def from_json(cls, data: dict) -> "Recognition":
        """The recognition that `to_json` wrote."""
        fields = {name: Found(**found) for name, found in data["fields"].items()}
        return cls(fields, data["body"], data["missing"], data["suggestions"])


@dataclass(frozen=True)
class Frame:
    """The parts of a document and the fields of its head, title and signature: `frame.fields["number"]`."""

    blocks: list[Block]
    zones: Zones
    fields: dict[str, Found]
    text: str


def recognise(blocks: list[Block], file_name: str = "", margins: list[str] | None = None) -> Recognition:
    """The fields, readable text, gaps and suggestions of a document; a pure function of its blocks."""
    return complete(read_frame(blocks), {}, file_name=file_name, margins=margins)


def read_frame(blocks: list[Block]) -> Frame:
    """Where the parts of a document lie, and what its head, title and signature say."""
    blocks = list(blocks)
    zones, whole = find_zones(blocks), text_of(blocks)
    fields = read_head(zones.head, whole)
    kinds = fields.pop("number_kinds").value if "number_kinds" in fields else []
    if "agencies" in fields:
        # The notation of a joint document ends with the organs, not with a drafting unit.
        fields.pop("drafting_unit_code", None)
    fields |= read_signing(zones.signature)
    names = tuple(fields[name].value for name in ("agency", "parent_agency") if name in fields)
    under = zones.abstract if zones.kind else zones.subject
    read = {
        "kind": read_kind(zones.kind, zones.subject, kinds, zones.title),
        "abstract": read_abstract(zones.kind, zones.title, under, whole, names),
        "addressees": read_addressees(zones.addressees),
        "bases": read_bases(zones.body),
    }
    return Frame(blocks, zones, fields | {name: found for name, found in read.items() if found}, whole)


def complete(
    frame: Frame,
    printed: Mapping[str, Found],
    *,
    is_read: bool = False,
    file_name: str = "",
    margins: list[str] | None = None,
) -> Recognition:
    """Everything that a document says, its frame completed by what `read_printed` found on its lines.

    Shape: of a document read from a picture (`is_read`) what its lines say counts first, else its blocks.
    """
    zones, whole = frame.zones, frame.text
    readable = [*zones.body, *zones.appendices, *zones.notes]
    text = text_of(readable)
    fields = merge_frames(frame.fields, printed, is_read)
    fields |= _read_title(frame, fields, printed, is_read)
    fields |= _read_inferred(fields, zones, whole, file_name)
    own = tuple(fields[name].value if name in fields else "" for name in ("number", "notation"))
    citations, cited = _read_citations(text, own)
    if citations:
        fields["citations"] = Found(citations, "typed", 0.9, citations[0]["evidence"])
    if fields["form"].value == "campaign":
        fields |= read_campaign(readable, text, fields, cited)
        # A call without a head is issued by those who launch it.
        if "agency" not in fields and "sides" in fields:
            sides = fields["sides"]
            fields["agency"] = Found(without_leaders(sides.value[0]), "inferred", 0.5, sides.evidence)
    if mark := internal_mark(frame.blocks, margins or []):
        fields["circulation"] = Found("internal", "typed", 0.95, mark)
    body = read_body(readable, fields["tasks"].value if "tasks" in fields else [])
    if titles := appendix_titles(body):
        fields["appendices"] = Found(titles, "typed", 0.9, titles[0])
    if is_read:
        fields = {name: replace(one, source="ocr" if one.source == "typed" else one.source)
                  for name, one in fields.items()}  # fmt: skip
    return Recognition(fields, body, find_missing(fields, text), find_suggestions(whole, citations))


def merge_frames(base: Mapping[str, Found], printed: Mapping[str, Found], is_read: bool) -> dict[str, Found]:
    """The fields of both readings of one head and end, those of the first where both have one."""
    printed = {name: found for name, found in printed.items() if name != "title"}
    if not is_read:
        return {**printed, **base}
    joint = {"agencies"} if "agency" in printed and "agencies" not in printed else set()
    return {name: found for name, found in base.items() if name not in joint} | printed


def _read_title(
    frame: Frame, fields: dict[str, Found], printed: Mapping[str, Found], is_read: bool
) -> dict[str, Found]:
    """`title` and `form`."""
    kind, abstract = fields.get("kind"), fields.get("abstract")
    title = None if is_read else read_title(kind, frame.zones.kind, abstract, frame.text)
    if title is None or ("kind" not in frame.fields and "title" in printed):
        title = printed.get("title") or read_title(kind, frame.zones.kind, abstract, frame.text)
    found = {"form": read_form(kind, title)}
    return found | {"title": title} if title else found


def _read_inferred(fields: dict[str, Found], zones: Zones, whole: str, file_name: str) -> dict[str, Found]:
    """What is not printed where it belongs but can be told from elsewhere."""
    found: dict[str, Found | None] = {}
    code = fields["organ_code"].value if "organ_code" in fields else ""
    if "agency" not in fields:
        found["agency"] = infer_agency(code, whole, zones.authority)
    if "number" not in fields and "notation" in fields and file_name:
        found["number"] = number_from_name(file_name, fields["notation"].value)
    found["year"] = read_year(fields.get("title"), fields.get("issued_on"), whole)
    return {name: value for name, value in found.items() if value}


def _read_citations(text: str, own: tuple[str, ...]) -> tuple[list[dict], list[tuple[int, int]]]:
    """The cited documents, the same one only once, and the spans that their names cover.

    Shape: `own` are number and notation of the document itself, which its appendices name: "(Kèm theo …)".
    """
    found: list[dict] = []
    spans: list[tuple[int, int]] = []
    seen: dict[str, list[tuple[dict, int | None]]] = {}
    for citation in join_numbers(find_citations(text), nfc(text)):
        spans.append((citation.start, max(citation.end, citation.whole_end)))
        value = _citation_value(citation, sentence_at(text, citation.start))
        if citation.repeats_previous or (all(own) and (value["number"], value["notation"]) == own):
            continue
        keys = _keys(citation)
        known = ((one, year) for one, year in seen.get(keys[0], []) if _agree(one, value))
        same = next((one for one, year in known if not (year and citation.year) or year == citation.year), None)
        if same is None:
            found.append(value)
            for key in keys:
                seen.setdefault(key, []).append((value, citation.year))
        else:
            same |= {name: value[name] for name in _TOLD if not same[name]}
    return found, spans


def _keys(citation: Citation) -> list[str]:
    """What a document is known by: a law with a number by its name too, so that the name alone means it later."""
    number = [str(citation.number)] if citation.number else []
    named = citation.kind == "luat_ten" or not number
    return number + ([fold(citation.title or citation.text)] if named else [])


def _agree(one: dict, other: dict) -> bool:
    """Whether two citations of one number can mean one document: neither names another day."""
    days = one["issued_on"], other["issued_on"]
    return not all(days) or days[0].startswith(days[1]) or days[1].startswith(days[0])


def join_numbers(citations: tuple[Citation, ...], text: str) -> list[Citation]:
    """The citations, a law named with its number as one: "Luật Thi đua, khen thưởng số 06/2022/QH15 ngày …"."""
    merged: list[Citation] = []
    for citation in citations:
        if not (merged and citation.repeats_previous):
            merged.append(citation)
            continue
        law = merged[-1]
        merged[-1] = replace(
            law,
            text=text[law.start : citation.end],
            end=citation.end,
            whole_end=citation.whole_end,
            issued_on=citation.issued_on or law.issued_on,
            issuer=citation.issuer or law.issuer,
            abstract=citation.abstract or law.abstract,
        )
    return merged


def _citation_value(citation, evidence: str) -> dict:
    number = citation.number
    return {
        "text": citation.text,
        "start": citation.start,
        "end": citation.end,
        "kind": citation.kind,
        "doc_kind": citation.doc_kind or "",
        "number": (number.number or "") if number else "",
        "separator": number.separator if number else "",
        "notation": number.notation if number else "",
        "issued_on": citation.issued_on.iso() if citation.issued_on else "",
        "issuer": citation.issuer or "",
        "abstract": _own_abstract(citation.abstract or ""),
        "title": citation.title or "",
        "evidence": evidence,
    }


def _own_abstract(text: str) -> str:
    """The abstract up to where the citing sentence goes on: `"… thi đua, Sở Y tế phát động"`."""
    return _SENTENCE_GOES_ON.split(text)[0].strip(" ,.;:")
