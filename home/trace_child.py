"""The process that looks for what a file says of the people who made it: the file in, a list of pairs as JSON out.

Shape: `[["author", "Nguyễn Văn A"], ["change", "Trần Thị B"], …]`, in the order of `KINDS`.
"""

import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator

from search.extraction.bounded import Limits

MEGABYTE = 1024 * 1024
LIMITS = Limits(
    address_space_bytes=700 * MEGABYTE, cpu_seconds=10, wall_seconds=20, output_bytes=4 * MEGABYTE, open_files=64
)
KINDS = ("author", "editor", "company", "path", "comment", "change")
LONGEST_PART = 60 * MEGABYTE
MOST_FOUND = 5_000
#: Which part of a packed file holds which traces: the kind, the element, and its attribute ("" is its text).
OFFICE_XML = (
    (r"docProps/core\.xml", "author", "creator", ""),
    (r"docProps/core\.xml", "editor", "lastModifiedBy", ""),
    (r"docProps/app\.xml", "company", "Company", ""),
    (r"docProps/app\.xml", "company", "Manager", ""),
    (r"xl/workbook\.xml", "path", "absPath", "url"),
    (r"word/_rels/settings\.xml\.rels", "path", "Relationship", "Target"),
    (r"word/comments\.xml", "comment", "comment", "author"),
    (r"xl/(comments/)?comments?\d*\.xml", "comment", "author", ""),
    (r"xl/persons/person\.xml", "comment", "person", "displayName"),
    (r"word/(document|footnotes|header\d*|footer\d*)\.xml", "change", "ins", "author"),
    (r"word/(document|footnotes|header\d*|footer\d*)\.xml", "change", "del", "author"),
    (r"word/(document|footnotes|header\d*|footer\d*)\.xml", "change", "moveFrom", "author"),
)
OPEN_DOCUMENT = (
    (r"meta\.xml", "author", "initial-creator", ""),
    (r"meta\.xml", "editor", "creator", ""),
    (r"content\.xml", "comment", "annotation/creator", ""),
    (r"content\.xml", "change", "change-info/creator", ""),
)
#: Programs put their own names there.
PROGRAMS = re.compile(r"(?i)python-docx|openpyxl|apache poi|(microsoft|libre|open)\s?office( user)?|aspose.*|unknown")
IS_PATH = re.compile(r"^(?:[A-Za-z]:[\\/]|\\\\|file:/|/(?:home|Users)/)")
RTF_FIELD = re.compile(rb"\{\\(author|operator|company)\s+([^{}]{1,400})\}")
RTF_KINDS = {b"author": "author", b"operator": "editor", b"company": "company"}
RTF_LETTER = re.compile(r"\\u(-?\d{1,6})\s?\??|\\'([0-9a-fA-F]{2})")


def packed_traces(data: bytes, places) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in archive.infolist():
            wanted = [place[1:] for place in places if re.fullmatch(place[0], member.filename)]
            if wanted and member.file_size <= LONGEST_PART:
                yield from xml_traces(archive.read(member), wanted)


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
            if kind != "path" or IS_PATH.match(value):
                yield kind, value


def pdf_traces(data: bytes) -> Iterator[tuple[str, str]]:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    said = document.get_metadata_dict()
    yield "author", said.get("Author", "")
    if IS_PATH.match(said.get("Title", "")):
        yield "path", said["Title"]


def rtf_traces(data: bytes) -> Iterator[tuple[str, str]]:
    for name, value in RTF_FIELD.findall(data[:MEGABYTE]):
        yield RTF_KINDS[name], RTF_LETTER.sub(_rtf_letter, value.decode("cp1258", "replace"))


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
