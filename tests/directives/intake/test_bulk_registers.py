"""Registers as offices keep them: any heading, any encoding; their values compared with what a file says."""

import datetime
import io
import unicodedata

import openpyxl
import pytest

from directives.intake.bulk.agreement import same
from directives.intake.bulk.columns import columns_of, find_headings
from directives.intake.bulk.hinting import apply_row
from directives.intake.bulk.register_values import read_values
from directives.intake.bulk.registers import RegisterUnreadable, Row, read_register, rows_of
from directives.intake.bulk.sources import NO_NAME, NOT_THERE, OUTSIDE, SEVERAL, match_rows

TABLE = [
    ["SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG"],
    ["SỔ ĐĂNG KÝ VĂN BẢN ĐI NĂM 2024"],
    ["Số, ký hiệu", "Ngày ban hành", "Tên loại và trích yếu nội dung văn bản", "Người ký", "Nơi nhận", "Tên tệp"],
    ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
    ["131/QĐ-STNMT", "05/03/2024", "Quyết định Về việc khen thưởng", "Đ/c Nguyễn Văn Lộc", "VP; Lưu: VT", "qd 131.pdf"],
    ["05-NQ/ĐU", "6.3.24", "Nghị quyết về nhiệm vụ", "", "", "nq 05.pdf"],
]  # fmt: skip


def as_csv(delimiter: str) -> str:
    return "".join(delimiter.join(f'"{cell}"' for cell in row) + "\r\n" for row in TABLE)


def in_cp1258(text: str) -> bytes:
    """As Excel of a Vietnamese Windows saves it: letters with their mark, tones as signs of their own."""
    tones, written = "\u0300\u0301\u0303\u0309\u0323", []
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        base = unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones))
        written.append(base + "".join(part for part in parts if part in tones))
    return "".join(written).encode("cp1258")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize(
    "encode", [str.encode, lambda text: text.encode("utf-8-sig"), lambda text: text.encode("utf-16"), in_cp1258],
    ids=["utf8", "bom", "utf16", "cp1258"],
)  # fmt: skip
def test_a_csv_of_any_excel_tells_the_same(tmp_path, delimiter, encode):
    register = tmp_path / "so.csv"
    register.write_bytes(encode(as_csv(delimiter)))
    first, second = read_register(register)
    assert (first.line, first.file) == (5, "qd 131.pdf")
    assert first.values == {
        "number": "131", "notation": "QĐ-STNMT", "separator": "/", "issued_on": "2024-03-05",
        "abstract": "Về việc khen thưởng", "kind": "Quyết định", "signer": "Nguyễn Văn Lộc",
        "recipients": ["VP", "Lưu: VT"],
    }  # fmt: skip
    assert (second.values["separator"], second.values["issued_on"]) == ("-", "2024-03-06")
    assert second.values["abstract"] == "Nghị quyết về nhiệm vụ"


def test_a_workbook_tells_the_same_with_real_dates_and_numbers(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Ghi chú của văn thư"])
    sheet = book.create_sheet("Văn bản đi")
    sheet["B3"], sheet["C3"], sheet["D3"], sheet["E3"] = "File", "Số", "Ký hiệu", "Ngày ký"
    sheet["B4"], sheet["C4"], sheet["D4"], sheet["E4"] = "a.pdf", 7, "KH-SYT", datetime.date(2024, 3, 5)
    book.save(tmp_path / "so.xlsx")
    (row,) = read_register(tmp_path / "so.xlsx")
    assert (row.line, row.file) == (4, "a.pdf")
    assert row.values == {"number": "7", "notation": "KH-SYT", "issued_on": "2024-03-05"}


def test_a_register_that_tells_no_files_says_what_to_add(tmp_path):
    (tmp_path / "so.csv").write_text("Số,Trích yếu\n1,Kế hoạch\n", encoding="utf-8")
    with pytest.raises(RegisterUnreadable) as told:
        read_register(tmp_path / "so.csv")
    assert "Tên tệp" in told.value.message


@pytest.mark.parametrize("data", [b"PK\x03\x04 no zip", b"", b"\x00\x01\x02" * 50])
@pytest.mark.parametrize("name", ["so.csv", "so.xlsx"])
def test_what_is_no_register_is_said(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(RegisterUnreadable):
        read_register(tmp_path / name)


def test_a_sheet_as_wide_as_the_world_ends_in_a_sentence(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "Tệp", "x"
    stream = io.BytesIO()
    book.save(stream)
    (tmp_path / "so.xlsx").write_bytes(stream.getvalue())
    with pytest.raises(RegisterUnreadable):
        read_register(tmp_path / "so.xlsx")


def test_headings_are_found_in_any_order_and_spelling():
    assert columns_of(["STT", "TẬP TIN", "SỐ/KÝ HIỆU", "Ngày, tháng, năm", "Độ khẩn (nếu có)", "Đơn vị soạn thảo"]) == {
        "file": 1, "full_number": 2, "issued_on": 3, "urgency": 4, "unit": 5,
    }  # fmt: skip
    assert find_headings([["Sổ văn bản"], ["Số", "Tệp"]]) == (1, {"number": 0, "file": 1})
    assert find_headings([["a", "b"], ["1", "2"]]) == (-1, {})


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("number", "Số: 012", {"number": "12"}),
        ("number", "131/QĐ-UBND", {"number": "131", "notation": "QĐ-UBND", "separator": "/"}),
        ("issued_on", "2024-03-05 00:00:00", {"issued_on": "2024-03-05"}),
        ("issued_on", "3/2024", {"issued_on": "2024-03"}),
        ("issued_on", "ngày 5 tháng 3 năm 2024", {"issued_on": "2024-03-05"}),
        ("issued_on", "ngày … tháng 3 năm 2024", {"issued_on": "2024-03"}),
        ("kind", "QUYẾT ĐỊNH", {"kind": "Quyết định"}),
        ("signer", "Ông TS. Trần Thử", {"signer": "Trần Thử"}),
        ("urgency", "hoả tốc", {"urgency": "Hỏa tốc"}),
        ("secrecy", "Mật", {"is_secret": True}),
        ("secrecy", "Thường", {}),
        ("abstract", "…", {}),
    ],
)
def test_a_cell_is_read_as_people_mean_it(name, text, expected):
    assert read_values({name: text})[0] == expected


@pytest.mark.parametrize("text", ["31/02/2024", "31.2.24", "2024-02-31", "ngày 31 tháng 02 năm 2024", "05/13/2024"])
def test_a_day_that_no_calendar_has_is_quoted_as_written_and_gives_no_date(text):
    assert read_values({"issued_on": text}) == ({}, [f"ngày ban hành “{text}” không có trong lịch"])


def test_a_cell_nobody_understands_is_a_doubt():
    values, doubts = read_values({"issued_on": "hôm qua", "urgency": "rất gấp"})
    assert values == {} and [doubt.split(" “")[0] for doubt in doubts] == [
        "không hiểu ngày ban hành",
        "không hiểu độ khẩn",
    ]


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("agency", "Sở TN&MT", "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG"),
        ("agency", "UBND tỉnh", "Ủy ban nhân dân tỉnh Kon Tum"),
        ("signer", "Lộc", "Nguyễn Văn Lộc"),
        ("issued_on", "2024", "2024-03-05"),
        ("abstract", "V/v khen thuởng năm 2024", "Về việc khen thưởng năm 2024"),
        ("number", "07", "7"),
        ("kind", "Kế hoạch", "KẾ HOẠCH"),
    ],
)
def test_what_is_spelt_otherwise_is_the_same(name, one, other):
    assert same(name, one, other) and same(name, other, one)


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("agency", "Sở Y tế", "Sở Tài nguyên và Môi trường"),
        ("signer", "Trần Văn Lộc", "Nguyễn Văn Lộc"),
        ("issued_on", "2024-04", "2024-03-05"),
        ("abstract", "Kế hoạch phòng cháy rừng", "Khen thưởng tập thể, cá nhân năm 2024"),
        ("number", "70", "7"),
    ],
)
def test_what_differs_is_told_apart(name, one, other):
    assert not same(name, one, other)


def reading(**facts) -> dict:
    plain = {"confidence": 0.7, "evidence": "x", "box": None}
    made = {
        name: plain | {"value": value, "source": source, "sure": source == "typed"}
        for name, (value, source) in facts.items()
    }
    missing = [{"code": "number", "label": "Số văn bản"}, {"code": "day", "label": "Ngày ban hành"}]
    return {"facts": made, "recognition": {"fields": {}, "missing": missing}}


def test_a_register_fills_gaps_and_names_its_line():
    told, clashes = apply_row(reading(), Row(12, "a.pdf", {"number": "131", "issued_on": "2024-03-05"}))
    number = told["facts"]["number"]
    assert (number["value"], number["source"], number["evidence"]) == ("131", "person", "sổ, dòng 12")
    assert told["recognition"]["fields"]["number"]["value"] == "131"
    assert told["recognition"]["missing"] == [] and clashes == []


def test_a_register_confirms_what_a_picture_only_suggested():
    told, clashes = apply_row(reading(number=("131", "ocr")), Row(12, "a.pdf", {"number": "0131"}))
    assert told["facts"]["number"]["sure"] and told["facts"]["number"]["confidence"] > 0.9 and clashes == []


def test_a_contradiction_is_told_and_the_typed_words_stand():
    told, clashes = apply_row(reading(number=("137", "typed")), Row(12, "a.pdf", {"number": "131"}))
    assert clashes == ["số: sổ, dòng 12 ghi “131”, tệp ghi “137”"]
    assert (told["facts"]["number"]["value"], told["facts"]["number"]["sure"]) == ("137", False)


def test_a_misread_picture_gives_way_but_is_told():
    told, clashes = apply_row(reading(number=("4A3", "ocr")), Row(12, "a.pdf", {"number": "413"}))
    assert (told["facts"]["number"]["value"], told["facts"]["number"]["sure"]) == ("413", False)
    assert clashes


def test_a_row_applied_twice_is_as_applied_once():
    row = Row(12, "a.pdf", {"number": "131", "abstract": "Khen thưởng", "kind": "Quyết định"})
    once, _ = apply_row(reading(abstract=("Khen thưởng", "typed")), row)
    assert apply_row(once, row) == (once, [])


def test_files_are_found_whatever_the_case_and_the_form_of_letters():
    files = ["2024/Quyết định 131.PDF", unicodedata.normalize("NFD", "kế hoạch.docx"), "a/x.pdf", "b/x.pdf"]
    rows = [
        Row(2, "quyết định 131.pdf"), Row(3, "KẾ HOẠCH.DOCX"), Row(4, "x.pdf"), Row(5, "B\\X.pdf"),
        Row(6, "2024/quyết định 131.pdf"), Row(7, ""), Row(8, "mất.pdf"),
    ]  # fmt: skip
    items, issues = match_rows(rows, files)
    assert [(item.path, item.row.line) for item in items] == [(files[0], 2), (files[1], 3), ("b/x.pdf", 5)]
    assert [(issue.line, issue.reason) for issue in issues if issue.line != 6] == [
        (4, SEVERAL), (7, NO_NAME), (8, NOT_THERE),
    ]  # fmt: skip
    assert "dòng 2" in next(issue.reason for issue in issues if issue.line == 6)


@pytest.mark.parametrize("file", ["../a.pdf", "/etc/passwd", "C:\\a.pdf", "2024/../../a.pdf", "\\\\may-chu\\a.pdf"])
def test_a_path_that_leads_out_is_refused(file):
    items, (issue,) = match_rows([Row(2, file)], ["a.pdf"])
    assert items == [] and issue.reason == OUTSIDE


def test_two_rows_with_one_number_and_two_files_are_told():
    values = {"number": "1", "notation": "QĐ-X", "issued_on": "2024-03-05"}
    items, (issue,) = match_rows([Row(2, "a.pdf", values), Row(3, "b.pdf", values)], ["a.pdf", "b.pdf"])
    assert len(items) == 2 and issue.line == 3 and "dòng 2" in issue.reason


def test_rows_under_the_line_of_column_numbers_are_kept():
    rows = rows_of([(1, ["Tệp", "Số"]), (2, ["(1)", "(2)"]), (3, ["a.pdf", "5"])])
    assert [(row.line, row.file) for row in rows] == [(3, "a.pdf")]
