"""The process that looks for what a file says of the people who made it: the file in, a list of pairs as JSON out.

Shape: `[["author", "Nguyễn Văn A"], ["change", "Trần Thị B"], …]`, in the order of `KINDS`.
"""

import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator

from home.trace_pdf import pdf_people
from home.trace_pictures import picture_traces
from search.extraction.bounded import Limits

MEGABYTE = 1024 * 1024
LIMITS = Limits(
    address_space_bytes=700 * MEGABYTE, cpu_seconds=10, wall_seconds=20, output_bytes=4 * MEGABYTE, open_files=64
)
KINDS = ("author", "editor", "company", "person", "custom", "path", "place", "comment", "change")
LONGEST_PART = 60 * MEGABYTE
MOST_FOUND = 5_000
TEXT_PARTS = r"word/(glossary/)?(document|footnotes|endnotes|comments|styles|numbering|header\d*|footer\d*)\.xml"
#: Every way in which Word follows a change: of text, of its form, of paragraphs, sections and tables.
CHANGES = (
    *("ins", "del", "moveFrom", "cellIns", "cellDel", "cellMerge", "numberingChange"),
    *(f"{part}PrChange" for part in ("r", "p", "sect", "tbl", "tblEx", "tr", "tc")),
    "tblGridChange",
)
PICTURES = re.compile(r"(word|xl|ppt)/media/[^/]+|Pictures/[^/]+")
#: Which part of a packed file holds which traces: the kind, the element, and its attribute ("" is its text).
OFFICE_XML = (
    (r"docProps/core\.xml", "author", "creator", ""),
    (r"docProps/core\.xml", "editor", "lastModifiedBy", ""),
    (r"docProps/app\.xml", "company", "Company", ""),
    (r"docProps/app\.xml", "company", "Manager", ""),
    (r"docProps/custom\.xml", "custom", "property/lpwstr", ""),
    (r"docProps/custom\.xml", "custom", "property/lpstr", ""),
    (r"docProps/custom\.xml", "custom", "property/bstr", ""),
    (r"word/people\.xml", "person", "person", "author"),
    (r"xl/workbook\.xml", "path", "absPath", "url"),
    (r"word/_rels/settings\.xml\.rels", "path", "Relationship", "Target"),
    (r"word/comments\.xml", "comment", "comment", "author"),
    (r"xl/(comments/)?comments?\d*\.xml", "comment", "author", ""),
    (r"xl/persons/person\.xml", "comment", "person", "displayName"),
    (r"xl/revisions/revisionHeaders\.xml", "change", "header", "userName"),
    *((TEXT_PARTS, "change", place, "author") for place in CHANGES),
)
OPEN_DOCUMENT = (
    (r"meta\.xml", "author", "initial-creator", ""),
    (r"meta\.xml", "editor", "creator", ""),
    (r"content\.xml", "comment", "annotation/creator", ""),
    (r"content\.xml", "change", "change-info/creator", ""),
)
#: Entries that programs make for themselves.
OWN_ENTRIES = re.compile(r"(?i)ContentTypeId|KSO\w*|ICV|_?dlc_.*|MSIP_.*|AppVersion|DocSecurity|.*GUID|LINKTEK.*")
#: Programs put their own names there.
PROGRAMS = re.compile(r"(?i)python-docx|openpyxl|apache poi|(microsoft|libre|open)\s?office( user)?|aspose.*|unknown")
IS_PATH = re.compile(r"^(?:[A-Za-z]:[\\/]|\\\\|file:/|/(?:home|Users)/)")
RTF_FIELD = re.compile(rb"\{\\(author|operator|company)\s+([^{}]{1,400})\}")
RTF_NOTE = re.compile(rb"\{\\\*\\atnauthor\s+([^{}]{1,200})\}")
RTF_CHANGES = re.compile(rb"\{\\\*\\revtbl\s*((?:\{[^{}]{1,200}\}\s*){1,200})\}")
RTF_KINDS = {b"author": "author", b"operator": "editor", b"company": "company"}
RTF_LETTER = re.compile(r"\\u(-?\d{1,6})\s?\??|\\'([0-9a-fA-F]{2})")


def packed_traces(data: bytes, places) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in archive.infolist():
            wanted = [place[1:] for place in places if re.fullmatch(place[0], member.filename)]
            if member.file_size > LONGEST_PART:
                continue
            if wanted:
                yield from xml_traces(archive.read(member), wanted)
            elif PICTURES.fullmatch(member.filename):
                yield from picture_traces(archive.read(member))


def xml_traces(part: bytes, wanted) -> Iterator[tuple[str, str]]:
    from lxml import etree

    parser = etree.iterparse(io.BytesIO(part), resolve_entities=False, no_network=True, load_dtd=False)
    for _, element in parser:
        name = etree.QName(element).localname if isinstance(element.tag, str) else ""
        above = element.getparent()
        outer = etree.QName(above).localname if above is not None else ""
        for kind, place, attribute in wanted:
            if place not in (name, f"{outer}/{name}"):
                continue
            named = {etree.QName(key).localname: value for key, value in element.attrib.items()}
            value = named.get(attribute, "") if attribute else element.text or ""
            if kind == "custom":
                value = _named_entry(above.get("name", ""), value)
            if kind != "path" or IS_PATH.match(value):
                yield kind, value


def _named_entry(name: str, value: str) -> str:
    """An entry that somebody made, e.g. "Người kiểm tra: Trần Thị B"; nothing where a program made it."""
    return f"{name}: {value.strip()}" if value.strip() and not OWN_ENTRIES.fullmatch(name) else ""


def pdf_traces(data: bytes) -> Iterator[tuple[str, str]]:
    import pypdfium2

    title = pypdfium2.PdfDocument(data).get_metadata_dict().get("Title", "")
    if IS_PATH.match(title):
        yield "path", title
    yield from pdf_people(data)


def rtf_traces(data: bytes) -> Iterator[tuple[str, str]]:
    for name, value in RTF_FIELD.findall(data[:MEGABYTE]):
        yield RTF_KINDS[name], _rtf_text(value)
    for value in RTF_NOTE.findall(data):
        yield "comment", _rtf_text(value)
    for table in RTF_CHANGES.findall(data):
        yield from (("person", _rtf_text(name)) for name in re.findall(rb"\{([^{}]{1,200}?);?\}", table))


def _rtf_text(value: bytes) -> str:
    return RTF_LETTER.sub(_rtf_letter, value.decode("cp1258", "replace"))


def _rtf_letter(found: re.Match) -> str:
    return chr(int(found[1]) % 0x10000) if found[1] else bytes.fromhex(found[2]).decode("cp1258", "replace")


READERS = {
    "docx": lambda data: packed_traces(data, OFFICE_XML),
    "xlsx": lambda data: packed_traces(data, OFFICE_XML),
    "odt": lambda data: packed_traces(data, OPEN_DOCUMENT),
    "ods": lambda data: packed_traces(data, OPEN_DOCUMENT),
    "pdf": pdf_traces,
    "rtf": rtf_traces,
}


def find_traces(data: bytes, extension: str) -> list[tuple[str, str]]:
    """What the file says of people, e.g. `[("author", "Nguyễn Văn A")]`; nothing of a kind that has no reader."""
    found = []
    for kind, value in READERS.get(extension, lambda data: ())(data):
        words = " ".join(value.split())[:200]
        if words and not PROGRAMS.fullmatch(words) and len(found) < MOST_FOUND:
            found.append((kind, words))
    return sorted(found, key=lambda each: KINDS.index(each[0]))


def main() -> None:
    LIMITS.bind()
    found = find_traces(sys.stdin.buffer.read(), sys.argv[1])
    sys.stdout.buffer.write(json.dumps(found).encode())
