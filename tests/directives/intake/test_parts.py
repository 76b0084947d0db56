"""Several documents in one file: the fields are those of the first, appendices are none of their own."""

from directives.intake.findings import findings_of
from search.extraction.blocks import paragraph
from search.extraction.layout import blocks_of_pages
from search.extraction.pages import Body, FilePage
from search.extraction.reading import FileContent

from .sheets import DECISION, scanned

LETTER = [
    ("SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG", 0.1, 0.06, 0.45),
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 0.5, 0.06, 0.92),
    ("Số: 45/STNMT-VP", 0.2, 0.1, 0.36),
    ("Độc lập - Tự do - Hạnh phúc", 0.55, 0.08, 0.85),
    ("Kon Tum, ngày 07 tháng 6 năm 2024", 0.55, 0.12, 0.9),
    ("Kính gửi: Ủy ban nhân dân tỉnh", 0.3, 0.16, 0.7),
    ("Thực hiện Quyết định số 77/QĐ-UBND ngày 02/01/2024 của UBND tỉnh, Sở báo cáo như sau.", 0.1, 0.2, 0.9),
]
REGULATION = [
    ("UBND TỈNH KON TUM", 0.1, 0.06, 0.45),
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 0.5, 0.06, 0.92),
    ("SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG", 0.1, 0.08, 0.45),
    ("QUY CHẾ", 0.45, 0.14, 0.55),
    ("(Ban hành kèm theo Quyết định số 131/QĐ-STNMT ngày 05 tháng 6 năm 2024)", 0.2, 0.16, 0.8),
    ("Điều 1. Phạm vi điều chỉnh", 0.1, 0.2, 0.6),
]
FORM = [
    ("Mẫu số 01", 0.7, 0.04, 0.9),
    ("SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG", 0.1, 0.06, 0.45),
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 0.5, 0.06, 0.92),
    ("Số:     /TTr-STNMT", 0.2, 0.1, 0.36),
]


def found(*pages):
    read = scanned(*pages)
    return findings_of(FileContent("pdf", read, body=Body(blocks_of_pages(read))), "quet.pdf")


def test_two_documents_in_one_file_are_told_apart():
    findings = found(DECISION, LETTER)
    assert [(one.first_page, one.last_page) for one in findings.parts] == [(1, 1), (2, 2)]
    assert "STNMT" in findings.parts[0].title
    assert "45/STNMT-VP" in findings.parts[1].title
    alone = found(DECISION)
    assert alone.parts == ()
    assert findings.facts == alone.facts
    assert findings.citations == alone.citations
    assert "Tệp chứa 2 văn bản" in findings.warnings[0]


def test_a_regulation_and_a_form_that_a_decision_brings_are_no_documents_of_their_own():
    assert found(DECISION, REGULATION, FORM).parts == ()


def test_a_page_that_repeats_the_head_goes_on_with_the_document():
    assert found(LETTER, LETTER).parts == ()


def test_two_documents_in_a_text_without_pages_are_told_apart():
    typed = [[row[0] for row in page] for page in (LETTER, LETTER)]
    typed[1] = [line.replace("45/STNMT-VP", "46/STNMT-QLĐĐ").replace("07 tháng 6", "09 tháng 7") for line in typed[1]]
    lines = typed[0] + typed[1]
    content = FileContent("txt", (FilePage(0, "\n".join(lines)),), body=Body(tuple(map(paragraph, lines))))
    findings = findings_of(content, "a.txt")
    assert [one.title for one in findings.parts] == ["Văn bản số 45/STNMT-VP", "Văn bản số 46/STNMT-QLĐĐ"]
    assert findings.facts["number"].value == "45"
    assert findings.facts["issued_on"].value == "2024-06-07"
    assert len(findings.citations) == 1
