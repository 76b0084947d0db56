"""Attached files as the index reads them: text by page, or a sentence, whatever the file is."""

import hashlib
import random
import subprocess
import sys
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from search.extraction import bounded, bounds, child
from search.extraction.opening import Wishes
from search.extraction.pages import Ending, FilePage, FileText
from search.extraction.reading import read_file, read_file_text

from . import pdf_writing
from .pdf_writing import pdf
from .writing import docx, p

FILES = Path(__file__).parent / "files"
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def read(tmp_path):
    """`read("a.pdf", data)` is the text of a file with these bytes."""

    def read_data(name: str, data: bytes) -> FileText:
        path = tmp_path / "stored"
        path.write_bytes(data)
        return read_file_text(path, name)

    return read_data


def test_a_report_is_read_page_by_page():
    found = read_file_text(FILES / "bao-cao.pdf", "Báo cáo.pdf")
    assert (found.format, found.problem, found.is_cut) == ("pdf", "", False)
    assert [page.number for page in found.pages] == [1, 2, 3]
    first, second, third = (page.text for page in found.pages)
    assert "Kế hoạch số 15/KH-STNMT ngày 05 tháng 3 năm 2024" in first
    assert "12.500 giấy chứng nhận quyền sử dụng đất" in second.replace("\n", " ")
    assert "tổ đo đạc bản đồ địa chính đã giữ vững mốc giới vùng biên" in third.replace("\n", " ")
    assert sum(text.count("Sở Tài nguyên và Môi trường – Báo cáo thi đua") for text in (first, second, third)) == 1
    assert "Trang" not in first + second + third


def test_a_report_with_a_password_says_so():
    found = read_file_text(FILES / "bao-cao-co-mat-khau.pdf", "Báo cáo.pdf")
    assert found == FileText("pdf", (), "Tệp “Báo cáo.pdf” có mật khẩu nên không đọc được. Hãy bỏ mật khẩu.")


def test_a_word_document_is_read(read):
    assert read("a.DOCX", docx(p("Đất đai"))) == FileText("docx", (FilePage(0, "Đất đai"),))


def test_broken_words_are_joined_and_numbers_keep_their_hyphen(read):
    found = read("a.pdf", pdf(["Quyết định số 15/2023/QĐ-", "UBND về infor-", "mation"]))
    assert found.pages == (FilePage(1, "Quyết định số 15/2023/QĐ-UBND về information"),)


def test_pages_that_are_pictures_are_named_where_no_engine_reads_them():
    none = Wishes(engines=())
    assert "là ảnh quét, chưa đọc được chữ trong ảnh" in read_file(pdf(None, None), "quet.pdf", none).problem
    found = read_file(pdf(["Trang đầu"], None, ["Trang cuối"]), "quet.pdf", none)
    assert [page.number for page in found.pages] == [1, 3]
    assert found.problem == "1 trong 3 trang của tệp “quet.pdf” là ảnh quét nên không tìm được chữ ở đó."
    assert not found.is_cut


def test_an_empty_page_is_no_picture(read):
    assert read("a.pdf", pdf([])).problem == "Tệp “a.pdf” không có chữ để tìm."
    assert read("a.pdf", pdf(["x"], [])) == FileText("pdf", (FilePage(1, "x"),))


def test_more_pages_than_are_read(read):
    found = read("dai.pdf", pdf(*[[f"Điều {n}", "x"] for n in range(bounds.MAX_PAGES + 1)]))
    assert (len(found.pages), found.is_cut) == (bounds.MAX_PAGES, True)
    assert found.problem == "Tệp “dai.pdf” có 301 trang; chỉ tìm được trong 300 trang đầu."


def test_more_text_than_is_read(monkeypatch):
    monkeypatch.setattr(bounds, "MAX_CHARACTERS", 5)
    parts = [FilePage(1, "abc"), FilePage(2, "def"), FilePage(3, "x"), Ending()]
    *kept, ending = child.cut(iter(parts), "dai.pdf")
    assert kept == [FilePage(1, "abc"), FilePage(2, "de")]
    assert ending == Ending("Tệp “dai.pdf” quá dài; chỉ tìm được trong 5 chữ cái đầu.", is_cut=True)
    assert list(child.cut(iter(parts[:1]), "dai.pdf")) == parts[:1]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.pdf", b"", "rỗng"),
        ("a.pdf", b"MZ" + bytes(2000), "Không nhận ra nội dung"),
        ("a.txt", b"MZ" + bytes(2000), "Không nhận ra nội dung"),
        ("a.html", b"<svg xmlns='http://www.w3.org/2000/svg'><p>x</p></svg>", "Không nhận ra nội dung"),
        ("a.pdf", b"%PDF-1.7 rac", "bị hỏng"),
        ("a.docx", b"%PDF-1.7", "bị hỏng"),
        ("a.docx", b"PK\x03\x04" + bytes(600), "bị hỏng"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "có mật khẩu"),
        ("a.xlsx", b"PK\x03\x04", "bị hỏng"),
        ("khong-co-duoi", b"x", "Không nhận ra nội dung"),
        ("", b"x", "Không nhận ra nội dung"),
    ],
)
def test_what_cannot_be_read_gets_a_sentence(read, name, data, words):
    found = read(name, data)
    assert words in found.problem
    assert found.problem.endswith(".")
    assert found.pages == ()


def test_a_file_over_the_limit_is_not_read(tmp_path):
    path = tmp_path / "lon"
    with path.open("wb") as file:
        file.write(b"%PDF-1.7")
        file.truncate(bounds.MAX_FILE_BYTES + 1)
    assert "lớn hơn 50 MB" in read_file_text(path, "a.pdf").problem


def test_a_file_that_is_not_there_gets_a_sentence(tmp_path):
    assert "Không mở được tệp" in read_file_text(tmp_path / "khong-co", "a.pdf").problem
    assert "Không mở được tệp" in read_file_text(tmp_path, "a.pdf").problem


@pytest.mark.parametrize("name", ["a\x00b.pdf", "\ud800.pdf", "a\u202e\n.pdf", "x" * 300_000 + ".pdf"])
def test_any_name_will_do(read, name):
    assert read(name, pdf(["Chữ"])).pages == (FilePage(1, "Chữ"),)


def test_a_page_too_heavy_to_read_leaves_the_others(read, monkeypatch):
    """The second page unpacks to more strokes than any document has."""
    bomb = zlib.compress(b"0 0 m 1 1 l S\n" * (bounds.MAX_PAGE_OBJECTS + 1))
    plain = pdf_writing._content

    def content(page):
        return bomb if page == ["BOM"] else plain(page)

    monkeypatch.setattr(pdf_writing, "_content", content)
    data = pdf(["Trang đầu"], ["BOM"]).replace(
        f"<</Length {len(bomb)}>>".encode(), f"<</Filter/FlateDecode/Length {len(bomb)}>>".encode()
    )
    found = read("nang.pdf", data)
    assert found.pages == (FilePage(1, "Trang đầu"),)
    assert found.is_cut
    assert found.problem == "1 trong 2 trang của tệp “nang.pdf” bị hỏng hoặc quá nặng nên không đọc được."


def test_pages_before_a_fatal_one_are_kept(read, monkeypatch):
    page = '["found","pdf",""]\n["page",1,"Trang đầu","text",[],""]\n["page",2,"Tra'
    monkeypatch.setattr(bounded, "run", lambda *_: bounded.Outcome(-9, page.encode()))
    found = read("nang.pdf", pdf(["x"]))
    assert found.pages == (FilePage(1, "Trang đầu"),)
    assert found.is_cut
    assert found.problem.endswith("Vẫn tìm được trong 1 trang đọc được trước đó.")


def test_a_process_that_takes_too_long_gets_a_sentence(read, monkeypatch):
    monkeypatch.setattr(bounded, "NURSED", {})
    monkeypatch.setattr(bounds, "PROCESS", replace(bounds.PROCESS, wall_seconds=0.01, more_seconds=0))
    found = read("a.pdf", pdf(["x"]))
    assert found == FileText("", (), "Đọc tệp “a.pdf” quá lâu nên đã dừng. Hãy tách thành tệp nhỏ hơn.", True)


def test_the_process_binds_itself_to_the_limits_before_it_reads(read, monkeypatch):
    telling = "child.open_parts = lambda *_: [child.Ending(str(resource.getrlimit(resource.RLIMIT_AS)[0]))]"
    start = "import sys, resource; sys.path.insert(0, {root!r}); from search.extraction import child"
    monkeypatch.setattr(bounded, "NURSED", {})
    monkeypatch.setattr(bounded, "_START", f"{start}; {telling}; child.main()")
    assert read("a.pdf", pdf(["x"])).problem == str(bounds.PROCESS.address_space_bytes)


@pytest.mark.parametrize(
    "output",
    [b"", b"rac", b"[]\n{}\n", b'["page",1]\n', b'["end"]\n', b"\xff\n", b'["page",1,"a', b'["crashed","at x.py:1"]\n'],
)
def test_a_process_that_talks_nonsense_is_a_broken_file(read, monkeypatch, output):
    monkeypatch.setattr(bounded, "run", lambda *_: bounded.Outcome(0, output))
    found = read("a.pdf", pdf(["x"]))
    assert (found.pages, found.is_cut) == ((), True)
    assert "bị hỏng hoặc quá nặng" in found.problem


def test_a_crash_is_logged_by_its_place(read, monkeypatch, caplog):
    monkeypatch.setattr(bounded, "run", lambda *_: bounded.Outcome(0, b'["crashed","ValueError at pdf.py:10"]\n'))
    read("ten-rieng.pdf", pdf(["x"]))
    assert "ValueError at pdf.py:10" in caplog.text
    assert "ten-rieng" not in caplog.text


def test_the_parent_loads_no_parser():
    """What opens documents stays out of the process that asks for their text."""
    code = "import sys; from search.extraction import reading; print({'pypdfium2', 'lxml'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout == "set()\n"


def test_damaged_files_never_raise(read):
    """A report with bytes changed at random places: text, part of it, or a sentence."""
    whole = (FILES / "bao-cao.pdf").read_bytes()
    chance = random.Random(31)
    for _ in range(12):
        data = bytearray(whole)
        for _ in range(chance.choice([1, 20, 400])):
            data[chance.randrange(len(data))] = chance.randrange(256)
        found = read("a.pdf", bytes(data[: chance.choice([len(data), len(data) // 2])]))
        assert found.pages or found.problem


@pytest.mark.parametrize(("name", "data"), [("a.txt", b"abc"), ("a.exe", b"MZ\x90\x00"), ("a.docx", b"PK\x03\x04")])
def test_a_file_is_known_by_its_content_whether_it_is_read_or_not(name, data):
    assert read_file(data, name).sha256 == hashlib.sha256(data).hexdigest()
