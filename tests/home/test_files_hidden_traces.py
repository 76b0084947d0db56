"""Names and places deeper in a file: endnotes, changes of form, own entries, photos, XMP, notes in a PDF."""

import io
import zlib

import pytest
from PIL import Image

from home.trace_child import find_traces
from tests.home.test_files_traces import W, docx, make_file, packed, pdf, traces_of, utf16

AUTHOR, EDITOR, PHOTOGRAPHER = "Nguyễn Văn Soạn", "Trần Thị Sửa", "Le Van Chup"
XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator><rdf:Seq>'
    f"<rdf:li>{AUTHOR}</rdf:li></rdf:Seq></dc:creator><dc:title>Kế hoạch</dc:title></rdf:Description>"
    "</rdf:RDF></x:xmpmeta>"
).encode()
CUSTOM = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    f'<property name="Người kiểm tra"><vt:lpwstr>{EDITOR}</vt:lpwstr></property>'
    '<property name="KSOProductBuildVer"><vt:lpwstr>1033-11.2</vt:lpwstr></property>'
    '<property name="Bản"><vt:i4>3</vt:i4></property></Properties>'
)


def photo(**extra) -> bytes:
    exif = Image.Exif()
    exif[0x013B] = PHOTOGRAPHER
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (14.0, 21.0, 0.0), "E", (108.0, 0.0, 0.0)
    buffer = io.BytesIO()
    Image.new("RGB", (16, 16)).save(buffer, "JPEG", exif=exif, **extra)
    return buffer.getvalue()


def changed(place: str) -> str:
    return f'<w:part {W}><w:{place} w:id="1" w:author="{EDITOR}"/></w:part>'


@pytest.mark.parametrize(
    ("part", "place"),
    [
        ("word/endnotes.xml", "ins"),
        ("word/comments.xml", "del"),
        ("word/styles.xml", "rPrChange"),
        ("word/document.xml", "rPrChange"),
        ("word/document.xml", "pPrChange"),
        ("word/document.xml", "sectPrChange"),
        ("word/document.xml", "tblPrChange"),
        ("word/document.xml", "tcPrChange"),
        ("word/document.xml", "cellIns"),
        ("word/header2.xml", "numberingChange"),
    ],
)
def test_a_change_is_found_wherever_word_keeps_it(part, place):
    assert find_traces(docx(**{part: changed(place)}), "docx") == [("change", EDITOR)]


def test_own_entries_are_found_and_those_of_programs_are_not():
    assert find_traces(docx(**{"docProps/custom.xml": CUSTOM}), "docx") == [("custom", f"Người kiểm tra: {EDITOR}")]


def test_people_who_ever_took_part_are_found():
    people = f'<w15:people xmlns:w15="http://x" xmlns:w="http://y"><w15:person w15:author="{EDITOR}"/></w15:people>'
    assert find_traces(docx(**{"word/people.xml": people}), "docx") == [("person", EDITOR)]


@pytest.mark.parametrize(
    ("kind", "part"), [("docx", "word/media/image1.jpeg"), ("xlsx", "xl/media/a.jpg"), ("odt", "Pictures/1.jpg")]
)
def test_a_photo_within_tells_its_place_and_its_maker(kind, part):
    assert find_traces(packed({part: photo()}), kind) == [("person", PHOTOGRAPHER), ("place", "14.35000, 108.00000")]
    assert find_traces(packed({part: photo(xmp=XMP)}), kind).count(("person", AUTHOR)) == 1
    assert find_traces(packed({part: photo()[:40]}), kind) == []


def with_stream(words: str, data: bytes) -> bytes:
    stream = f"5 0 obj\n<< {words} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream\nendobj\n"
    return pdf("/Producer (LibreOffice)").replace(b"xref\n0 5", stream + b"xref\n0 5", 1)


@pytest.mark.parametrize("pack", [bytes, zlib.compress])
def test_the_xmp_of_a_pdf_is_read_packed_or_not(pack):
    words = "/Type /Metadata /Subtype /XML" + (" /Filter /FlateDecode" if pack is zlib.compress else "")
    assert find_traces(with_stream(words, pack(XMP)), "pdf") == [("author", AUTHOR)]


def test_a_photo_in_a_pdf_tells_its_place():
    found = find_traces(with_stream("/Type /XObject /Subtype /Image /Filter /DCTDecode", photo()), "pdf")
    assert ("place", "14.35000, 108.00000") in found and ("person", PHOTOGRAPHER) in found


def test_notes_in_a_pdf_tell_who_wrote_them_and_fields_of_a_form_do_not():
    note = f"<< /Type /Annot /Subtype /Text /Rect [10 10 20 20] /T {utf16(EDITOR)} /Contents (a) >>"
    field = "<< /Type /Annot /Subtype /Widget /FT /Tx /Rect [10 10 20 20] /T (ho_ten) >>"
    data = pdf("/Producer (LibreOffice)").replace(b"/MediaBox", f"/Annots [ {note} {field} ] /MediaBox".encode())
    assert find_traces(data, "pdf") == [("comment", EDITOR)]


def test_notes_and_changes_of_rtf_are_found():
    data = b"{\\rtf1{\\*\\revtbl {Unknown;}{Tran Thi Sua;}}a{\\*\\atnid X}{\\*\\atnauthor Le Van Hoi}b}"
    assert find_traces(data, "rtf") == [("person", "Tran Thi Sua"), ("comment", "Le Van Hoi")]


@pytest.mark.django_db
def test_the_office_reads_of_places_and_entries_in_sentences():
    file = make_file("ke-hoach.docx", docx(**{"docProps/custom.xml": CUSTOM, "word/media/a.jpg": photo()}))
    assert traces_of(file) == [
        f"Tệp còn ghi tên người khác có dự phần: {PHOTOGRAPHER}.",
        f"Tệp còn ghi mục riêng trong phần thông tin của tệp: Người kiểm tra: {EDITOR}.",
        "Tệp còn ghi tọa độ nơi chụp ảnh trong tệp: 14.35000, 108.00000.",
    ]
