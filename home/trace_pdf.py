"""What a PDF says of people: its table of information, its XMP, the authors of its notes, its photos."""

import ctypes
import re
import zlib
from collections.abc import Iterator

from home.trace_pictures import embedded_traces, xmp_people

LONGEST_XMP = 4 * 1024 * 1024
PACKED_XMP = re.compile(rb"/Subtype\s*/XML\b[^>]{0,400}>>\s*stream\r?\n|/Type\s*/Metadata\b[^>]{0,400}>>\s*stream\r?\n")
#: A field of a form has its own name where a note has that of its author.
NO_NOTES = ("Widget", "Link", "Popup")


def pdf_people(data: bytes) -> Iterator[tuple[str, str]]:
    """`("author", …)` of the file, `("comment", …)` for each note, `("person", …)` and `("place", …)` of photos."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    author = document.get_metadata_dict().get("Author", "")
    yield "author", author
    for packet in _packets(data):
        yield from (("author", name) for name in xmp_people(packet) if name != author)
    for number in range(len(document)):
        page = document[number]
        yield from (("comment", name) for name in _note_authors(page))
        page.close()
    yield from embedded_traces(data)


def _packets(data: bytes) -> Iterator[bytes]:
    for found in re.finditer(rb"<x:xmpmeta\b.{0,4000000}?</x:xmpmeta>", data, re.DOTALL):
        yield found[0]
    for found in PACKED_XMP.finditer(data):
        try:
            yield zlib.decompressobj().decompress(data[found.end() :], LONGEST_XMP)
        except zlib.error:
            continue  # it lies open and is met above


def _note_authors(page) -> Iterator[str]:
    import pypdfium2.raw as pdfium

    subtypes = {getattr(pdfium, f"FPDF_ANNOT_{name.upper()}") for name in NO_NOTES}
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        note = pdfium.FPDFPage_GetAnnot(page, index)
        if not note:
            continue
        if pdfium.FPDFAnnot_GetSubtype(note) not in subtypes:
            length = pdfium.FPDFAnnot_GetStringValue(note, b"T", None, 0)
            buffer = ctypes.create_string_buffer(length)
            pdfium.FPDFAnnot_GetStringValue(note, b"T", ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), length)
            yield buffer.raw.decode("utf-16-le", "replace").rstrip("\0")
        pdfium.FPDFPage_CloseAnnot(note)
