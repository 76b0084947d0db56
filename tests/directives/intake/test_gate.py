"""The gate: what may be opened, and what the clerk is told otherwise."""

import io
import struct
import zipfile

import pytest

from directives.intake import bounds
from directives.intake.gate import check_upload, clean_name
from search.extraction.bounds import MAX_DIRECTORY_BYTES, MAX_ENTRIES, MAX_XML_BYTES, MEGABYTE
from search.extraction.refusals import Refused
from tests.search.extraction.writing import docx, p


def archive(**members) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("word/document.xml", "<document/>")
        for name, data in members.items():
            file.writestr(name.replace("__", "/"), data)
    return stream.getvalue()


def refusal(name, data) -> str:
    with pytest.raises(Refused) as caught:
        check_upload(name, data)
    return caught.value.message


def test_a_word_document_passes_with_its_name_size_and_hash():
    data = docx(p("Văn bản"))
    checked = check_upload("Kế hoạch số 5.docx", data)
    assert (checked.name, checked.format, checked.size) == ("Kế hoạch số 5.docx", "docx", len(data))
    assert len(checked.sha256) == 64


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.docx", b"", "rỗng"),
        ("a.docx", b"PK" + b"0" * (bounds.MAX_FILE_BYTES + 1), "vượt quá 20 MB"),
        ("a.exe", b"MZ", "lưu văn bản thành .docx"),
        ("khong-co-duoi", b"PK\x03\x04", "lưu văn bản thành .docx"),
        ("virus.pdf", b"MZ\x90\x00" + b"\x00" * 900, "không phải là PDF"),
        ("virus.docx", b"MZ\x90\x00" + b"\x00" * 900, "không phải là Word (.docx)"),
        ("khoa.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "mật khẩu"),
        ("anh.docx", b"\x89PNG\r\n\x1a\n", "không phải là Word (.docx) mà là ảnh PNG"),
        ("van-ban.jpg", b"%PDF-1.7", "không phải là ảnh JPEG mà là PDF"),
        ("so-do.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Các định dạng được nhận"),
        ("so-do.html", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "không phải là trang HTML"),
        ("hong.docx", b"PK\x03\x04" + b"\x00" * 400, "bị hỏng"),
    ],
)
def test_a_file_that_cannot_be_opened_gets_a_sentence_that_says_what_to_do(name, data, words):
    message = refusal(name, data)
    assert words in message
    assert message.endswith(".") and "ãy " in message


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("quet.pdf", b"rac" * 100 + b"%PDF-1.7", "pdf"),
        ("cu.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc"),
        ("bang.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xls"),
        ("thu.rtf", b"{\\rtf1 x}", "rtf"),
        ("quet.JPEG", b"\xff\xd8\xff\xe0", "jpg"),
        ("quet.tif", b"II*\x00", "tiff"),
        ("ghi-chep.txt", "Kế hoạch".encode(), "txt"),
        ("ghi-chep.md", "# Kế hoạch".encode(), "md"),
        ("trang.htm", b"<html><body>a</body></html>", "html"),
        # What registers really hold: letters whose name tells another kind than their content.
        ("thu.doc", b"{\\rtf1 x}", "rtf"),
        ("thu.doc", b"<html><body>a</body></html>", "html"),
        ("thu.pdf", b"<!DOCTYPE html><html></html>", "html"),
        ("thu.doc", docx(p("x")), "docx"),
        ("bang.xls", b"<table><tr><td>1</td></tr></table>", "html"),
        ("anh.jpg", b"\x89PNG\r\n\x1a\n", "png"),
    ],
)
def test_every_readable_kind_passes_as_what_its_content_is(name, data, kind):
    assert check_upload(name, data).format == kind


def test_a_spreadsheet_is_no_document_of_words():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("xl/workbook.xml", "<x/>")
    assert check_upload("bang.xlsx", stream.getvalue()).format == "xlsx"
    assert "không phải là Word (.docx) mà là Excel (.xlsx)" in refusal("bang.docx", stream.getvalue())


def test_an_archive_without_word_content_is_no_document():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        file.writestr("anh.png", "x")
    assert "không phải là văn bản Word" in refusal("bang.docx", stream.getvalue())


def test_macros_are_refused():
    assert "macro" in refusal("a.docx", archive(word__vbaProject="x"))


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "C:/x", "word/..\\..\\x"])
def test_names_that_leave_the_archive_are_refused(name):
    stream = io.BytesIO(archive())
    with zipfile.ZipFile(stream, "a") as file:
        file.writestr(zipfile.ZipInfo(name), "x")
    assert "cấu trúc bất thường" in refusal("a.docx", stream.getvalue())


def test_too_many_entries_are_refused_from_the_table_of_contents():
    many = archive(**{f"word__{number}.xml": "" for number in range(MAX_ENTRIES + 1)})
    assert "quá lớn sau khi giải nén" in refusal("a.docx", many)


def test_a_table_of_contents_that_lies_about_its_length_is_refused_before_it_is_read():
    data = bytearray(archive())
    end = data.rfind(b"PK\x05\x06")
    struct.pack_into("<I", data, end + 12, MAX_DIRECTORY_BYTES + 1)
    assert "quá lớn sau khi giải nén" in refusal("a.docx", bytes(data))


def test_a_bomb_is_refused_by_its_ratio_and_a_large_xml_by_its_size():
    assert "quá lớn sau khi giải nén" in refusal("a.docx", archive(word__a="0" * (2 * MEGABYTE)))
    noise = "".join(chr(33 + (i * i + i // 7) % 90) for i in range(70_000))
    large = archive(**{"word__b.xml": noise * (MAX_XML_BYTES // 70_000 + 1)})
    assert "quá lớn sau khi giải nén" in refusal("a.docx", large)


def test_a_locked_member_is_refused():
    data = bytearray(docx(p("x")))
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    assert "mật khẩu" in refusal("a.docx", bytes(data))


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("C:\\Users\\x\\Công văn.docx", "Công văn.docx"),
        ("../../../etc/a.docx", "a.docx"),
        ("bao\u202excod.docx", "baoxcod.docx"),
        ("ke\u200b-ho\ufeffach\x00.docx", "ke-hoach.docx"),
        ("Kế   hoạch\n số.docx", "Kế hoạch số.docx"),
        ("Ke\u0302\u0301 hoa\u0323ch.docx", "Kế hoạch.docx"),
        ("", "van-ban"),
        ("a" * 400 + ".docx", "a" * 145 + ".docx"),
    ],
)
def test_file_names_lose_folders_and_invisible_letters(given, clean):
    assert clean_name(given) == clean
