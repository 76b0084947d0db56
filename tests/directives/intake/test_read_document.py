"""`manage.py read_document` on the sample files: what it prints, and how it ends."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from directives.management.commands import read_document
from search.extraction import ocr, office
from tests.directives.intake.samples import expected, shared
from tests.search.extraction.writing import docx, p

pytestmark = pytest.mark.django_db
KEYS = ["format", "sha256", "refused", "pages", "fields", "citations", "structure", "warnings"]
HEAD = {
    "agency": "Sở Tài nguyên và Môi trường",
    "parent_agency": "UBND tỉnh Kon Tum",
    "place": "Kon Tum",
    "notation": "STNMT-VP",
    "issued_on": "2024",
    "kind": "Phát động",
    "abstract": "Thực hiện nhiệm vụ chính trị của ngành tài nguyên và môi trường năm 2024",
    "recipients": [
        "Bộ TN&MT", "UBND tỉnh", "Sở Nội vụ", "Các đơn vị thuộc Sở", "Phòng TN&MT các huyện, tp", "Website Sở",
        "Lưu: VT, VP",
    ],
    "office": "Giám đốc",
    "signer": "Nguyễn Văn Lộc",
}  # fmt: skip
SCAN = pytest.mark.skipif(not ocr.installed(), reason="no OCR engine is installed here")
WORD = pytest.mark.skipif(not office.is_installed(), reason="LibreOffice is not installed here")


def read(name, **options) -> dict:
    out = io.StringIO()
    call_command("read_document", str(shared(name)), json=True, stdout=out, **options)
    return json.loads(out.getvalue())


def values(answer) -> dict:
    return {name: fact["value"] for name, fact in answer["fields"].items()}


@pytest.mark.parametrize(
    "name",
    [
        "phat-dong-thi-dua-2024.docx",
        "phat-dong-thi-dua-2024.pdf",
        "phat-dong-thi-dua-2024.txt",
        "phat-dong-thi-dua-2024.nfd.txt",
        "phat-dong-thi-dua-2024.tcvn3.docx",
        "phat-dong-thi-dua-2024.vni.docx",
        "phat-dong-the-thuc-day-du.docx",
        "phat-dong-the-thuc-day-du.odt",
        "phat-dong-the-thuc-day-du.pdf",
        "phat-dong-the-thuc-day-du.rtf",
        pytest.param("phat-dong-the-thuc-day-du.doc", marks=WORD),
        pytest.param("phat-dong-the-thuc-day-du.scan.pdf", marks=[SCAN, pytest.mark.slow]),
    ],
)
def test_every_format_of_the_call_says_the_same(name):
    answer = read(f"samples/{name}")
    assert list(answer) == KEYS
    assert answer["refused"] is None
    assert values(answer) == HEAD
    assert len(answer["citations"]) == len(expected()["van_ban_vien_dan"])
    is_scan = ".scan" in name
    assert {fact["source"] for fact in answer["fields"].values()} == {"ocr" if is_scan else "typed"}
    assert all(set(fact) == {"value", "source", "confidence", "sure", "evidence"} for fact in answer["fields"].values())
    text = "\n".join(page["text"] for page in answer["pages"])
    assert all(text[one["start"] : one["end"]] == one["text"] for one in answer["citations"])


def test_markdown_without_a_head_still_names_its_organ_and_signer():
    found = values(read("samples/phat-dong-thi-dua-2024.md"))
    assert "parent_agency" not in found
    assert found == {name: value for name, value in HEAD.items() if name != "parent_agency"}


def test_pages_and_sections_are_told_of_a_pdf():
    answer = read("samples/phat-dong-the-thuc-day-du.pdf")
    assert [page["number"] for page in answer["pages"]] == [1, 2, 3]
    assert {one["page"] for one in answer["citations"]} == {1, 2}


def test_the_given_name_counts_not_that_of_the_stored_file():
    answer = read("samples/phat-dong-the-thuc-day-du.docx", file_name="95-stnmt.docx")
    number = answer["fields"]["number"]
    assert (number["value"], number["source"], number["sure"]) == ("95", "file_name", False)


def test_a_secret_is_refused_and_nothing_of_it_is_printed(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(docx(p("SỞ Y TẾ"), p("TỐI MẬT"), p("Nội dung không được in ra")))
    out = io.StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("read_document", str(path), json=True, stdout=out)
    answer = json.loads(out.getvalue())
    assert caught.value.returncode == 3
    assert "dấu chỉ độ mật" in answer["refused"]
    assert (answer["pages"], answer["fields"]) == ([], {})
    assert "không được in ra" not in out.getvalue()


@pytest.mark.parametrize(
    ("name", "said"), [("trunc.docx", "bị hỏng"), ("enc_user.pdf", "mật khẩu"), ("macro.docx", "macro")]
)
def test_a_file_that_cannot_be_read_ends_with_4_and_says_why(name, said):
    out = io.StringIO()
    with pytest.raises(CommandError, match=said) as caught:
        call_command("read_document", str(shared(f"samples/hostile/{name}")), json=True, stdout=out)
    assert caught.value.returncode == 4
    assert said in json.loads(out.getvalue())["warnings"][0]


def test_people_get_a_listing_in_vietnamese():
    out = io.StringIO()
    call_command("read_document", str(shared("samples/phat-dong-thi-dua-2024.docx")), stdout=out)
    lines = out.getvalue().splitlines()
    assert "Thời gian: năm 2024 (chữ trong tệp, 99 %)" in lines
    assert "Văn bản được viện dẫn: 6" in lines


def test_without_a_database_a_document_is_still_read(monkeypatch):
    def fail():
        raise OperationalError

    monkeypatch.setattr(read_document, "registers", fail)
    assert values(read("samples/phat-dong-thi-dua-2024.docx")) == HEAD


@SCAN
def test_a_register_mends_the_name_of_who_signed(monkeypatch):
    monkeypatch.setattr(read_document, "registers", lambda: {"signers": ("Nguyễn Văn Lốc",), "organs": ()})
    answer = read("samples/phat-dong-the-thuc-day-du.scan.pdf")
    assert answer["fields"]["signer"]["value"] == "Nguyễn Văn Lốc"
    # What was typed stays as it was typed.
    assert values(read("samples/phat-dong-the-thuc-day-du.pdf"))["signer"] == "Nguyễn Văn Lộc"
