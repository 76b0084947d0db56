"""Each kind of file: its words, its structure, and what goes wrong with it."""

import datetime
import io
import struct
import unicodedata
import zipfile

import openpyxl
import pytest

from search.extraction import bounds, formats
from search.extraction.blocks import Table, text_of
from search.extraction.opening import Wishes, kind_of
from search.extraction.plain_text import decode
from search.extraction.reading import read_file
from search.extraction.refusals import ReadingFailed, Refused
from search.extraction.rtf_tokens import tokens
from tests.search.extraction.gathering import open_document

TCVN3 = "Së Tµi nguyªn vµ M«i tr\xad\xeang tØnh Kon Tum ph¸t ®éng phong trµo thi ®ua"
MODERN = "Sở Tài nguyên và Môi trường tỉnh Kon Tum phát động phong trào thi đua"
_OPEN_DOCUMENT = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
)


def odt(body: str, styles: str = "", **members: str) -> bytes:
    """The bytes of an OpenDocument text with this body."""
    content = (
        f"<office:document-content {_OPEN_DOCUMENT}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return stream.getvalue()


def rtf(body: str) -> bytes:
    """The bytes of an RTF file with a modern font 0 and a TCVN3 font 1."""
    fonts = r"{\fonttbl{\f0\froman\fcharset0 Times New Roman;}{\f1\fnil .VnTime;}{\f2\fnil .VnTimeH;}}"
    return rf"{{\rtf1\ansi\deff0{fonts}{body}}}".encode("latin-1")


def lines(data: bytes, name: str) -> list[str]:
    return text_of(open_document(data, name).blocks).split("\n")


def test_an_odt_is_read_with_styles_tables_lists_notes_and_boxes():
    styles = (
        '<style:font-face style:name="F" svg:font-family=".VnTime"/>'
        '<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
        '<style:style style:name="O" style:family="text"><style:text-properties style:font-name="F"/></style:style>'
    )
    body = (
        '<text:p>Kế <text:span text:style-name="B">hoạch</text:span><text:s text:c="2"/>số<text:tab/>5</text:p>'
        f'<text:p><text:span text:style-name="O">{TCVN3}</text:span></text:p>'
        "<table:table><table:table-row><table:table-cell><text:p>STT</text:p></table:table-cell>"
        "<table:table-cell><text:p>Việc</text:p></table:table-cell></table:table-row></table:table>"
        "<text:list><text:list-item><text:p>Sở Y tế;</text:p></text:list-item></text:list>"
        "<text:p>Thân<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>Theo sổ</text:p></text:note-body></text:note></text:p>"
        "<text:p><draw:frame><draw:text-box><text:p>HỎA TỐC</text:p></draw:text-box></draw:frame></text:p>"
        "<text:tracked-changes><text:p>XÓA</text:p></text:tracked-changes>"
    )
    found = open_document(odt(body, styles), "a.odt")
    expected = ["Kế hoạch  số\t5", MODERN, "STT", "Việc", "- Sở Y tế;", "Thân", "HỎA TỐC", "(1) Theo sổ"]
    assert text_of(found.blocks).split("\n") == expected
    assert [run.bold for run in found.blocks[0].runs] == [False, True, False]
    assert "phông chữ cũ" in found.warnings[0]


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"Basic__script.xml": "x"}, "macro"),
        ({"META-INF__manifest.xml": "<x><encryption-data/></x>"}, "mật khẩu"),
    ],
)
def test_an_odt_that_must_not_be_opened_says_why(members, words):
    with pytest.raises((Refused, ReadingFailed), match=words):
        open_document(odt("<text:p>x</text:p>", **members), "a.odt")


def test_an_rtf_is_read_with_styles_tables_letters_and_notes():
    old = "".join(rf"\'{ord(letter):02x}" if ord(letter) > 127 else letter for letter in TCVN3)
    body = (
        r"\pard\qc\b K\u7871? ho\u7841?ch\b0\par"
        rf"\pard {{\f1 {old}}}\par"
        r"\trowd\cellx1\cellx2\pard\intbl STT\cell Vi\u7879?c\cell\row"
        r"\pard {\listtext\u-3913\'b7\tab}S\u7903? Y t\u7871?;\par"
        r" Th\'e2n{\footnote Theo s\u7893?}\par"
        r"{\*\shpinst{\sp{\sn x}{\sv y}}{\shptxt H\u7886?A\par}}"
        r"{\field{\*\fldinst INCLUDEPICTURE x}{\fldrslt k\u7871?t}}{\v \u7849?n}{\*\unknown b\u7887?}\par"
        r"{\f2 S\'eb}{\header L\u431?U H\'c0NH}"
    )
    found = open_document(rtf(body), "a.rtf")
    expected = ["Kế hoạch", MODERN, "STT", "Việc", "- Sở Y tế;", "Thân", "HỎA", "kết", "SỞ", "(1) Theo sổ"]
    assert text_of(found.blocks).split("\n") == expected
    assert found.margins == ("LƯU HÀNH",)
    assert (found.blocks[0].align, found.blocks[0].is_bold) == ("center", True)
    assert isinstance(found.blocks[2], Table)


def test_an_rtf_with_endless_groups_ends_in_a_sentence():
    with pytest.raises(ReadingFailed, match="lồng nhau"):
        open_document(rtf("{" * (bounds.MAX_NESTED_GROUPS + 5)), "a.rtf")


@pytest.mark.parametrize("body", ["\\", "}}}}", "\\u", "\\'zz", "\\bin99999999 x", "{\\fonttbl{\\f5", "\\cell\\row"])
def test_broken_rtf_never_raises_anything_else(body):
    list(tokens(rtf(body)))
    assert "\\" not in text_of(open_document(rtf(body), "a.rtf").blocks)


def test_html_is_read_without_scripts_and_with_tables():
    page = (
        "<html><head><title>T</title><style>p{}</style></head><body><script>alert(1)</script>"
        "<p align=center>KẾ <b>HOẠCH</b></p><table border=1><tr><td>STT<td>Việc</table><ul><li>Sở Y tế;</ul>"
        f'<p><font face=".VnTime">{TCVN3}</font></p><img src="http://127.0.0.1:9/x.png">Cuối</body></html>'
    )
    found = open_document(page.encode(), "trang.htm")
    assert text_of(found.blocks).split("\n") == ["KẾ HOẠCH", "STT", "Việc", "- Sở Y tế;", MODERN, "Cuối"]
    assert found.blocks[1].bordered


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Hoà bình".encode("utf-8-sig"), "Hoà bình"),
        ("Hoà bình".encode("utf-16"), "Hoà bình"),
        ("Đất đai: \u0110o\u0323".encode(), "Đất đai: Đọ"),
        (f"{MODERN}".encode(), MODERN),
    ],
)
def test_bytes_become_text_by_their_mark_or_utf_8(data, text):
    assert decode(data) == text


def test_bytes_of_windows_1258_are_known_by_their_words():
    spelt = "".join(
        letter
        if letter in "ăâđêôơưĂÂĐÊÔƠƯ"
        else unicodedata.normalize("NFD", letter)
        if letter not in "ấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữự"
        else _base_and_tone(letter)
        for letter in MODERN
    )
    assert decode(spelt.encode("cp1258")) == MODERN


def _base_and_tone(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    tone = next(sign for sign in parts if sign in "\u0300\u0301\u0303\u0309\u0323")
    return unicodedata.normalize("NFC", parts.replace(tone, "")) + tone


def test_text_files_in_old_tables_come_out_in_unicode():
    assert lines(TCVN3.encode("latin-1"), "a.txt") == [MODERN]


def test_a_spreadsheet_is_a_page_a_sheet_with_dates_and_whole_numbers():
    book = openpyxl.Workbook()
    book.active.append(["STT", "Ngày", "Điểm"])
    book.active.append([1, datetime.date(2024, 3, 5), 9.5])
    book.create_sheet("Trống")
    book.create_sheet("Hai").append(["Sở Y tế"])
    stream = io.BytesIO()
    book.save(stream)
    found = open_document(stream.getvalue(), "a.xlsx")
    assert [(page.number, page.text.split("\n")[1:]) for page in found.pages] == [
        (1, ["STT Ngày Điểm", "1 05/03/2024 9.5"]),
        (3, ["Sở Y tế"]),
    ]
    assert found.blocks[1].bordered


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"junk" * 200 + b"%PDF-1.7", "a.doc", "pdf"),
        (b"{\\rtf1 x}", "a.doc", "rtf"),
        (b"\xef\xbb\xbf<html><p>x</p>", "a.pdf", "html"),
        (b"II*\x00" + bytes(20), "a.jpg", "tiff"),
        (odt("<text:p>x</text:p>"), "a.docx", "odt"),
        (b"x", "a.txt", "txt"),
    ],
)
def test_the_content_decides_what_a_file_is(data, name, kind):
    assert kind_of(data, name) == kind


def test_a_disguised_file_is_read_with_a_warning():
    found = read_file(b"<html><p>Xin ch\xc3\xa0o</p></html>", "cong-van.doc")
    assert (found.format, found.text) == ("html", "Xin chào")
    assert "thật ra là trang HTML" in found.warnings[0]


@pytest.mark.parametrize("name", ["a.exe", "a.svg", "a", "a.docx"])
@pytest.mark.parametrize("data", [b"MZ\x90\x00" + bytes(99), b"<svg/>", b"\x7fELF", b"#!/bin/sh"])
def test_what_nothing_reads_is_refused(name, data):
    with pytest.raises(Refused, match="Không nhận ra"):
        kind_of(data, name)


@pytest.mark.parametrize("damage", range(12))
def test_damaged_files_end_in_a_sentence(damage):
    """Any byte may be wrong: text, or one of our two errors."""
    for data, name in ((odt("<text:p>x</text:p>" * 50), "a.odt"), (rtf(r"abc\par " * 50), "a.rtf")):
        broken = bytearray(data)
        for at in range(damage, len(broken), 97):
            broken[at] ^= 0x5A
        try:
            open_document(bytes(broken), name)
        except (Refused, ReadingFailed) as error:
            assert error.message.endswith(".")


def test_an_ole_file_tells_what_it_holds(tmp_path):
    assert kind_of(ole("WordDocument"), "a.doc") == "doc"
    assert kind_of(ole("Workbook"), "a.xls") == "xls"
    with pytest.raises(Refused, match="mật khẩu"):
        kind_of(ole("EncryptedPackage"), "a.docx")
    with pytest.raises(Refused, match="macro"):
        kind_of(ole("WordDocument", "Macros"), "a.doc")
    with pytest.raises(Refused, match="không phải là văn bản"):
        kind_of(ole("PowerPoint Document"), "a.doc")


def ole(*names: str) -> bytes:
    """The head, one table sector and one directory sector of an OLE file."""
    head = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    struct.pack_into("<HHHHH", head, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<III", head, 44, 1, 1, 0)
    struct.pack_into("<IIIII", head, 56, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<109I", head, 76, 0, *[0xFFFFFFFF] * 108)
    table = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)
    entries = b""
    for name, kind in [("Root Entry", 5), *((name, 2) for name in names)]:
        raw = name.encode("utf-16-le")
        entry = bytearray(128)
        entry[: len(raw)] = raw
        struct.pack_into("<HB", entry, 64, len(raw) + 2, kind)
        struct.pack_into("<II", entry, 116, 0xFFFFFFFE, 0)
        entries += bytes(entry)
    return bytes(head) + table + entries.ljust(512, b"\x00")


def test_every_kind_has_a_name_for_people():
    assert all(kind.label for kind in formats.FORMATS.values())


def test_no_picture_is_read_without_an_engine():
    found = read_file(b"\x89PNG\r\n\x1a\n" + bytes(50), "anh.png", Wishes(engines=()))
    assert "bị hỏng" in found.problem
