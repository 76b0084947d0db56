"""Which of several sources a field is taken from, and when a person need not look."""

from directives.intake import findings
from directives.intake.cited import cited_in
from directives.intake.findings import findings_of
from directives.intake.secrecy import is_secret
from search.extraction.blocks import paragraph
from search.extraction.pages import Body, FilePage
from search.extraction.reading import FileContent
from tests.directives.intake.sheets import DECISION, scanned

TYPED = [
    "UBND TỈNH KON TUM",
    "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG",
    "Số: 15/KH-STNMT",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Kon Tum, ngày 05 tháng 3 năm 2024",
    "KẾ HOẠCH",
    "Triển khai phong trào thi đua năm 2024",
    "Thực hiện Quyết định số 131/QĐ-UBND ngày 05/01/2024 của UBND tỉnh, Sở ban hành kế hoạch.",
]


def read(name, *pages):
    return facts_of(FileContent("pdf", scanned(*pages)), name)


def facts_of(content, name):
    found = findings_of(content, name)
    return found.facts, list(found.warnings)


def is_secret_scan(*rows) -> bool:
    return is_secret((), (), scanned(list(rows)))


def typed(lines=TYPED):
    blocks = tuple(paragraph(line) for line in lines)
    return FileContent("docx", (FilePage(0, "\n".join(lines)),), body=Body(blocks))


def with_number(text):
    return [(text if row[0].startswith("Số:") else row[0], *row[1:]) for row in DECISION]


def test_a_number_read_from_a_picture_is_never_sure_alone():
    facts, _ = read("scan.pdf", with_number("Số: 131/QĐ-STNMT"))
    assert (facts["number"].value, facts["number"].source, facts["number"].sure) == ("131", "ocr", False)


def test_a_file_name_that_agrees_makes_it_sure():
    facts, warnings = read("131-QD-STNMT.pdf", with_number("Số: 131/QĐ-STNMT"))
    assert facts["number"].sure
    assert warnings == []


def test_a_file_name_fills_what_was_not_read_without_being_sure():
    facts, _ = read("131-qd-stnmt ngày 5.6.2024.pdf", DECISION)
    assert (facts["number"].value, facts["number"].source, facts["number"].sure) == ("131", "file_name", False)
    # June 2024 was read; the name agrees and knows the day.
    assert (facts["issued_on"].value, facts["issued_on"].source) == ("2024-06-05", "file_name")


def test_a_file_name_that_disagrees_is_said_and_nothing_is_sure():
    facts, warnings = read("137-qd-stnmt.pdf", with_number("Số: 131/QĐ-STNMT"))
    assert not facts["number"].sure
    assert "137" in warnings[0]
    assert "131" in warnings[0]


def test_the_words_over_an_appendix_are_a_second_witness():
    appendix = [
        ("PHỤ LỤC", 0.45, 0.06, 0.58),
        ("(Kèm theo Quyết định số 131/QĐ-STNMT ngày 05 tháng 6 năm 2024)", 0.2, 0.085, 0.85),
    ]
    facts, _ = read("scan.pdf", with_number("Số: 131/QĐ-STNMT"), appendix)
    assert facts["number"].sure
    assert (facts["issued_on"].value, facts["issued_on"].sure) == ("2024-06-05", True)
    other, _ = read("scan.pdf", with_number("Số: 181/QĐ-STNMT"), appendix)
    assert not other["number"].sure


def test_a_file_name_never_overrides_typed_text():
    facts, warnings = facts_of(typed(), "QĐ 131 ngày 5.6.2024.docx")
    assert (facts["number"].value, facts["number"].source, facts["number"].sure) == ("15", "typed", True)
    assert (facts["issued_on"].value, facts["issued_on"].source) == ("2024-03-05", "typed")
    assert "131" in warnings[0]


def test_the_own_number_is_no_citation():
    content = typed()
    facts, _ = facts_of(content, "a.docx")
    cited = cited_in(content.pages, facts)
    assert [(one["number"], one["notation"], one["issued_on"], one["kind"]) for one in cited] == [
        ("131", "QĐ-UBND", "2024-01-05", "Quyết định")
    ]
    assert content.pages[0].text[cited[0]["start"] : cited[0]["end"]] == cited[0]["text"]


def test_a_citation_that_runs_over_a_line_knows_its_page():
    facts, _ = read("scan.pdf", DECISION)
    cited = cited_in(scanned(DECISION), facts)
    assert ("12", "2022/QĐ-UBND", 1) in [(one["number"], one["notation"], one["page"]) for one in cited]
    assert all(one["notation"] != "QĐ-STNMT" for one in cited)


def test_a_stamp_of_secrecy_is_seen_on_a_picture_but_not_in_words():
    stamp = [*DECISION, ("TỐI MẬT", 0.2, 0.16, 0.3)]
    assert is_secret_scan(*stamp)
    assert is_secret_scan(*DECISION, ("MẤT", 0.2, 0.16, 0.3))
    assert not is_secret_scan(*DECISION, ("công tác bảo mật", 0.2, 0.16, 0.4))


def test_a_printed_signing_time_is_only_suggested():
    lines = [line for line in TYPED if not line.startswith("Kon Tum")]
    facts, _ = facts_of(typed([*lines, "Thời gian ký: 06.03.2024 10:20:11 +07:00"]), "a.docx")
    assert (facts["issued_on"].value, facts["issued_on"].source, facts["issued_on"].sure) == (
        "2024-03-06",
        "signature",
        False,
    )


def test_a_document_that_is_replaced_is_no_witness_for_the_date():
    lines = [line for line in TYPED if not line.startswith("Kon Tum")]
    text = "Ban hành kèm theo Kế hoạch này phụ lục; thay thế Kế hoạch số 12/KH-STNMT ngày 03/3/2020."
    facts, _ = facts_of(typed([*lines, text]), "a.docx")
    assert "issued_on" not in facts
    other, _ = facts_of(typed([*lines, "(Kèm theo Kế hoạch số 12/KH-STNMT ngày 03/3/2020)"]), "a.docx")
    assert (other["number"].value, "issued_on" in other) == ("15", False)


def test_a_year_on_the_next_line_belongs_to_the_day():
    rows = [row for row in DECISION if not row[0].startswith("Kon Tum")]
    rows += [("Kon Tum, ngày 05 tháng 6 năm", 0.54, 0.136, 0.9), ("2024", 0.68, 0.152, 0.74)]
    facts, _ = read("a.pdf", rows)
    assert facts["issued_on"].value == "2024-06-05"


def test_a_signer_read_from_a_picture_is_sure_only_when_the_register_knows_the_name():
    content = FileContent("pdf", scanned(DECISION))
    alone = findings_of(content, "a.pdf").facts["signer"]
    known = findings_of(content, "a.pdf", signers=("Nguyễn Văn Lộc",)).facts["signer"]
    assert (alone.value, alone.sure) == ("Nguyễn Văn Lộc", False)
    assert known.value == "Nguyễn Văn Lộc"


def test_the_middle_of_an_endless_text_is_left_out_and_that_is_said(monkeypatch):
    monkeypatch.setattr(findings, "_MOST_BLOCKS", 20)
    monkeypatch.setattr(findings, "_LAST_BLOCKS", 5)
    found = findings_of(typed([*TYPED, *(f"Đoạn {number}" for number in range(100))]), "a.docx")
    assert len(found.recognition.body) < 30
    assert any("quá dài" in warning for warning in found.warnings)
    assert found.facts["number"].value == "15"
