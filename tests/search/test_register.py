"""The register as a file: what it holds and for whom, how it prints, and that no text in it computes."""

import csv
from datetime import date
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from search import archive_views
from search.archive_views import disposition
from search.register import write_sheet
from search.spreadsheets import harmless
from tests.builders import make_person

pytestmark = pytest.mark.django_db
SHEET = "/kho-luu-tru/so-van-ban.xlsx"
DATA = "/kho-luu-tru/so-van-ban.csv"
HEADINGS = [
    "STT",
    "Số, ký hiệu",
    "Ngày ban hành",
    "Loại văn bản",
    "Trích yếu",
    "Cơ quan ban hành",
    "Đơn vị soạn thảo",
    "Tình trạng",
    "Địa chỉ",
]


@pytest.fixture(scope="module")
def built_register(built_site, django_db_blocker):
    with django_db_blocker.unblock():
        unit = built_site.add_unit("VP", "Văn phòng Sở")
        built_site.add_directive("Thứ hai", "06/03/2024", number="12", notation="QĐ-STNMT", unit=unit)
        built_site.add_directive("Thứ nhất", "05/03/2024", number="05", notation="QĐ-STNMT")
        built_site.add_directive("Chỉ biết năm", "2024", unit=unit)
        built_site.add_directive("Năm trước", "31/12/2023", unit=unit)
        built_site.add_directive("Nội bộ", "07/03/2024", audience="staff", unit=unit)
    return unit.pk


@pytest.fixture
def unit(built_register, tree):
    return built_register


def fetch(client, address: str = SHEET, **params) -> tuple:
    response = client.get(address, params)
    assert response.status_code == 200
    return response, b"".join(response)


def sheet_of(body: bytes):
    return load_workbook(BytesIO(body)).active


def table(sheet) -> list[list]:
    """The rows below the headings."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    start = next(at for at, row in enumerate(rows) if row[0] == "STT")
    return rows[start + 1 :]


def rows_of(body: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(body.decode("utf-8-sig"))))


# --- content --------------------------------------------------------------------


def test_a_year_is_listed_in_the_order_of_its_dates(client, unit):
    _, body = fetch(client, nam="2024")
    rows = table(sheet_of(body))
    assert [row[0] for row in rows] == [1, 2, 3]
    assert [row[1] for row in rows[:2]] == ["05/QĐ-STNMT", "12/QĐ-STNMT"]
    assert [row[4] for row in rows] == ["Thứ nhất", "Thứ hai", "Chỉ biết năm"]
    assert rows[1][6] == "Văn phòng Sở" and rows[1][8].startswith("http://") and "/van-ban/" in rows[1][8]


def test_a_unit_and_a_month_narrow_the_list(client, unit):
    assert [row[4] for row in table(sheet_of(fetch(client, don_vi=unit)[1]))] == [
        "Năm trước",
        "Thứ hai",
        "Chỉ biết năm",
    ]
    assert [row[4] for row in table(sheet_of(fetch(client, nam="2024", thang="3")[1]))] == ["Thứ nhất", "Thứ hai"]


def test_dates_are_dates_and_what_is_less_is_said_in_words(client, unit):
    sheet = sheet_of(fetch(client, nam="2024")[1])
    cells = [row[2] for row in sheet.iter_rows() if row[0].value in (1, 2, 3)]
    assert [cell.is_date for cell in cells] == [True, True, False]
    assert cells[0].value.date() == date(2024, 3, 5) and cells[0].number_format == "dd/mm/yyyy"
    assert cells[2].value == "năm 2024"


def test_the_head_names_agency_unit_and_span(client, unit):
    head = [row[0].value for row in sheet_of(fetch(client, nam="2024", don_vi=unit)[1]).iter_rows(max_row=8)]
    assert "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG TỈNH KON TUM" in head
    assert "SỔ VĂN BẢN" in head and "Năm 2024" in head and "Đơn vị: Văn phòng Sở" in head
    assert any(line and line.startswith("2 văn bản, xuất ngày ") for line in head)


def test_the_sheet_prints_on_a4_with_its_headings_on_every_page(client, unit):
    sheet = sheet_of(fetch(client, nam="2024")[1])
    at = next(row[0].row for row in sheet.iter_rows() if row[0].value == "STT")
    assert [cell.value for cell in sheet[at]] == HEADINGS
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage and int(sheet.page_setup.fitToHeight) == 0
    assert sheet.print_title_rows == f"${at}:${at}" and sheet.freeze_panes == f"A{at + 1}"
    assert sheet.oddFooter.right.text == "Trang &P/&N"
    assert sheet.column_dimensions["E"].width > 40 and sheet[f"E{at + 1}"].alignment.wrap_text


def test_the_data_hold_the_same_rows(client, unit):
    response, body = fetch(client, DATA, nam="2024")
    assert body.startswith(b"\xef\xbb\xbf") and response["Content-Type"] == "text/csv; charset=utf-8"
    head, *rows = rows_of(body)
    assert head == HEADINGS
    assert [(row[0], row[1], row[2]) for row in rows[:2]] == [
        ("1", "05/QĐ-STNMT", "05/03/2024"),
        ("2", "12/QĐ-STNMT", "06/03/2024"),
    ]


def test_a_unit_has_a_register_of_its_own(client, unit, tree):
    below = tree.add_directive("Ở đơn vị khác", "01/01/2024", unit=tree.add_unit("TTr", "Thanh tra Sở"))
    response, body = fetch(client, "/don-vi/van-phong-so/luu-tru/so-van-ban.xlsx", nam="2024")
    assert [row[4] for row in table(sheet_of(body))] == ["Thứ hai", "Chỉ biết năm"] and below.title not in str(body)
    assert "so-van-ban-nam-2024-van-phong-so.xlsx" in response["Content-Disposition"]
    assert len(rows_of(fetch(client, "/don-vi/van-phong-so/luu-tru/so-van-ban.csv")[1])) == 4


def test_stories_and_news_are_listed_without_numbers(client, tree):
    tree.add_story("Gương")
    tree.add_article("Tin")
    stories, news = (rows_of(fetch(client, DATA, muc=slug)[1]) for slug in ("guong-dien-hinh", "tin-tuc"))
    assert "Số, ký hiệu" not in stories[0] and "Gương" in stories[1] and len(stories) == 2
    assert "Tin" in news[1] and len(news) == 2


# --- readers ----------------------------------------------------------------------


def test_strangers_do_not_get_what_is_internal(client, unit):
    for address in (SHEET, "/don-vi/van-phong-so/luu-tru/so-van-ban.xlsx"):
        sheet = sheet_of(fetch(client, address)[1])
        assert "Nội bộ" not in [row[4] for row in table(sheet)] and "Phạm vi" not in str(list(sheet.values))
    assert "Nội bộ" not in fetch(client, DATA)[1].decode()


def test_staff_are_told_for_whom_a_document_is_and_nobody_keeps_their_copy(client, unit):
    client.force_login(make_person("lan"))
    for address in (SHEET, DATA):
        response, body = fetch(client, address, nam="2024")
        assert "private" in response["Cache-Control"] and "no-store" in response["Cache-Control"]
    head, *rows = rows_of(body)
    at = head.index("Phạm vi")
    assert {row[4]: row[at] for row in rows}["Nội bộ"] == "Nội bộ cơ quan"
    assert {row[4]: row[at] for row in rows}["Thứ nhất"] == "Công khai"


# --- safety -----------------------------------------------------------------------


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t=", "\r=", "\n@", "\u200b=", " =", "＝"])
def test_no_text_computes(sign):
    assert harmless(f"{sign}cmd|' /C calc'!A0").startswith("'")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_no_title_computes_in_a_file(client, tree, sign):
    tree.add_directive(f'{sign}HYPERLINK("http://vi-du.vn")', "05/03/2020")
    [row] = table(sheet_of(fetch(client, nam="2020")[1]))
    assert row[4] == f'\'{sign}HYPERLINK("http://vi-du.vn")'
    assert rows_of(fetch(client, DATA, nam="2020")[1])[1][4].startswith(f"'{sign}")


def test_control_characters_do_not_break_a_file():
    held = write_sheet("Sổ", ["\x00Sở\x0b", "", "SỔ\x1f"], [], [])
    assert [row[0].value for row in load_workbook(held).active.iter_rows(max_row=3)] == ["Sở", None, "SỔ"]


def test_the_name_of_a_file_reads_with_and_without_accents():
    held = disposition("Sổ văn bản năm 2024 Phòng Đất đai", "xlsx")
    assert 'filename="so-van-ban-nam-2024-phong-dat-dai.xlsx"' in held
    assert "filename*=UTF-8''S%E1%BB%95%20v%C4%83n%20b%E1%BA%A3n" in held
    assert held.isascii()


def test_a_name_from_the_address_cannot_add_a_header(client, unit):
    response, _ = fetch(client, nam="2024", don_vi="99", linh_vuc='a"\r\nX-Evil: 1')
    assert "X-Evil" not in response.headers and "\n" not in response["Content-Disposition"]


# --- bounds -----------------------------------------------------------------------


def test_a_list_too_long_for_a_file_offers_its_years_and_months(client, unit, monkeypatch):
    monkeypatch.setattr(archive_views, "MOST_ROWS", 2)
    for address in (SHEET, DATA):
        response = client.get(address)
        assert response.status_code == 400
        assert 'href="?nam=2024' in response.content.decode() and "quá dài" in response.content.decode()
    months = client.get(SHEET, {"nam": "2024"}).content.decode()
    assert "Xuất tháng 3" in months and "thang=3" in months
    assert client.get(SHEET, {"nam": "2024", "thang": "3"}).status_code == 200


@pytest.mark.parametrize("address", [SHEET, DATA])
def test_an_empty_list_is_a_file_with_headings_only(client, tree, address):
    _, body = fetch(client, address, nam="1999")
    assert (table(sheet_of(body)) if address == SHEET else rows_of(body)[1:]) == []


def test_only_reading_is_allowed(client, tree):
    assert client.post(SHEET).status_code == 405
    assert client.head(SHEET).status_code == 200
