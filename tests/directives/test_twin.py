"""The readable twin: addresses of articles, lists and tables, the original beside the text, how it was signed."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile

from directives.intake.filling import body_block
from directives.intake.readable import read_body
from directives.models import IntakeRecord, Original
from directives.models.original import Twin, keep_facts
from directives.models.reading import DocumentReading
from directives.text_parts import parts_of
from home.models import PortalDocument
from search.extraction.blocks import Paragraph, Run, Table
from search.extraction.pages import OCR, FilePage, page_to_json
from tests.directives.citing import cite_decision

STRANGER = AnonymousUser()
REGULATION = (
    "Chương I", "Điều 1. Phạm vi", "1. Quy chế này quy định việc tiếp công dân.", "a) Tại trụ sở;",
    "đ) Qua điện thoại.", "2. Không áp dụng với đơn thư.", "Chương II", "Mục 1. Tiếp công dân",
    "Điều 2. Lịch tiếp", "a) Hằng tuần;", "1. Giám đốc tiếp hằng tháng.", "Phụ lục I", "1. Mẫu sổ",
)  # fmt: skip
ADDRESSES = [
    "chuong-i", "dieu-1", "dieu-1-khoan-1", "dieu-1-khoan-1-diem-a", "dieu-1-khoan-1-diem-dd", "dieu-1-khoan-2",
    "chuong-ii", "chuong-ii-muc-1", "dieu-2", "dieu-2-diem-a", "dieu-2-khoan-1", "phu-luc-i", "muc-1",
]  # fmt: skip


def body_of(*texts: str, bold: str = "Chương|Mục") -> list[dict]:
    return read_body([Paragraph((Run(text, bold=bool(re.match(bold, text))),)) for text in texts], [])


def file_of(name: str, **fields) -> PortalDocument:
    return PortalDocument.objects.create(title=name, file=ContentFile(name.encode(), name=name), **fields)


def attached(*files) -> list:
    return [("attachment", {"document": file, "label": "", "note": ""}) for file in files]


def test_every_division_has_its_address():
    assert [block["anchor"] for block in body_of(*REGULATION)] == ADDRESSES


def test_an_address_that_comes_twice_is_counted():
    anchors = [block["anchor"] for block in body_of("Điều 1. Một", "1. A b", "Điều 1. Hai", "1. C d")]
    assert anchors == ["dieu-1", "dieu-1-khoan-1", "dieu-1-2", "dieu-1-2-khoan-1"]


def test_clauses_outside_articles_stay_items_of_the_contents():
    (item,) = body_of("1. Hạ tầng số: mở rộng mạng.")
    assert (item["anchor"], item["short"]) == ("muc-1", "1. Hạ tầng số")


@pytest.mark.django_db
def test_the_page_leads_to_every_division_and_lists_articles(tree, client):
    body = [block for row in body_of(*REGULATION) if (block := body_block(row))]
    page = tree.add_directive(body=body)
    html = client.get(page.url).content.decode()
    assert [anchor for anchor in ADDRESSES if f'id="{anchor}"' not in html] == []
    assert len(re.findall(r'\bid="', html)) == len(set(re.findall(r'\bid="([^"]+)"', html)))
    contents = [row["anchor"] for row in DocumentReading(page, STRANGER).contents]
    assert contents == [each for each in ADDRESSES if "khoan" not in each and "diem" not in each]
    assert '<a class="anc" href="#dieu-2" aria-label="Liên kết đến Điều 2">§</a>' in html
    assert 'href="#dieu-1-khoan-1"' not in html
    assert '<ul class="ls">' in html and '<li id="dieu-1-khoan-1-diem-a">a) Tại trụ sở;</li>' in html


@pytest.mark.django_db
def test_a_table_scrolls_by_itself_and_has_heads(tree, client):
    cells = tuple(tuple((Paragraph((Run(text),)),) for text in row) for row in (("Đơn vị", "Số"), ("Sở", "3")))
    body = [block for row in read_body([Table(cells, bordered=True)], []) if (block := body_block(row))]
    html = client.get(tree.add_directive(body=body).url).content.decode()
    assert '<div class="scroll" tabindex="0" role="region"' in html
    assert re.search(r'<th scope="col"\s*>Đơn vị</th>', html)


@pytest.mark.django_db
def test_a_note_in_the_margin_ends_a_list(tree):
    body = [("paragraph", f"<p>{text}</p>") for text in ("- Một", "- theo Quyết định số 12/QĐ-STNMT", "- Ba", "Hết")]
    page = tree.add_directive(body=body, cited=[cite_decision()])
    marks = [(part.opens_list, part.closes_list) for part in parts_of(DocumentReading(page, STRANGER))]
    assert marks == [(True, False), (False, True), (True, True), (False, False)]


SIGNED = {"signer": "Lan", "organisation": "Sở Y tế", "time": "2024-03-06T10:20:11+07:00", "is_intact": True}


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"format": "pdf", "page_count": 2, "signatures": [SIGNED]}, "Đã ký số: Sở Y tế, 10:20 ngày 06/03/2024."),
        (
            {"format": "pdf", "signatures": [SIGNED | {"organisation": "", "time": "", "is_intact": False}]},
            "Đã ký số: Lan. Tệp đã thay đổi sau khi ký.",
        ),
        ({"format": "pdf", "page_count": 2, "ocr_pages": 2}, "Bản quét từ giấy."),
        ({"format": "pdf", "page_count": 2, "ocr_pages": 1}, "Tệp không có chữ ký số."),
        ({"format": "docx"}, "Chưa có bản ký."),
    ],
)
def test_how_a_file_was_signed_in_words(facts, words):
    assert Original(**facts).signature_note == words


@pytest.mark.django_db
def test_what_intake_read_of_the_file_stands_beside_the_text(tree, client):
    draft, scan = file_of("du-thao.docx"), file_of("ban-quet.pdf")
    pages = [page_to_json(FilePage(number, "chữ", OCR)) for number in (1, 2, 3)]
    page = tree.add_directive(attachments=attached(draft, scan), body=[("paragraph", "<p>Chữ</p>")])
    reading = {"pages": pages, "signatures": []}
    IntakeRecord.objects.create(document=scan, sha256=scan.sha256, page=page, format="pdf", reading=reading)
    keep_facts(page)
    html = client.get(page.url).content.decode()
    assert Twin.of(page, DocumentReading(page, STRANGER).originals).file == scan
    for words in ("Bản đọc tham khảo.", "Văn bản gốc đã ký mới có giá trị pháp lý.", "3 trang", "Bản quét từ giấy.",
                  "Chữ ở đây do máy nhận dạng từ bản quét.", scan.sha256, draft.sha256):  # fmt: skip
        assert words in html, words


@pytest.mark.django_db
def test_a_text_without_a_signed_file_says_so(tree, client):
    body = [("paragraph", "<p>Chữ</p>")]
    bare, drafted = (
        tree.add_directive(body=body),
        tree.add_directive(body=body, attachments=attached(file_of("a.docx"))),
    )
    unknown = tree.add_directive(body=body, attachments=attached(file_of("a.pdf")))
    told = ["Chưa có bản ký." in client.get(page.url).content.decode() for page in (bare, drafted, unknown)]
    assert told == [True, True, False]
