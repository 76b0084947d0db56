"""The report of searches: what it shows, to whom, and as a table."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from search.office_models import FeedbackDay, QueryDay

pytestmark = pytest.mark.django_db
REPORT = "/quan-tri/bao-cao-tim-kiem/"


def asked(query: str, days_ago: int = 0, **fields) -> None:
    day = timezone.localdate() - timedelta(days=days_ago)
    fields = {"searches": 5, "total_ms": 50, "longest_ms": 30, "wording": query} | fields
    QueryDay.objects.create(day=day, query=query, **fields)


@pytest.fixture
def html(office, client, own_log):
    client.force_login(office.clerk)
    return lambda query="": client.get(REPORT + query).content.decode()


def test_tables_of_the_period(html):
    asked("dat dai", searches=4)
    asked("dat dai", days_ago=6, searches=3, wording="Đất đai")
    asked("mo da", zero=2, wording="mỏ đá")
    asked("cham that", slow=1, longest_ms=900)
    asked("lau roi", days_ago=40)
    asked("", searches=11)
    FeedbackDay.objects.create(day=timezone.localdate(), query="khong on", wording="không ổn", no=4, outdated=3, yes=1)
    month = html()
    for text in ("Đất đai", "mỏ đá", "cham that", "không ổn", "Hỏi nhiều nhất", "<dd>28</dd>", "<dd>11</dd>"):
        assert text in month, text
    assert "<td>7</td>" in month and "lau roi" not in month
    assert "lau roi" in html("?ky=90") and "<td>7</td>" in html("?ky=7")
    assert "<td>4</td><td>1</td><td>0</td><td>3</td><td>0</td>" in month
    assert "/quan-tri/tim-kiem-ghim-an/new/?cau=m%E1%BB%8F%20%C4%91%C3%A1" in month


def test_staff_and_strangers_are_kept_apart(html):
    asked("cong khai")
    asked("noi bo", is_staff=True)
    assert "cong khai" in html() and "noi bo</a>" not in html()
    assert "noi bo</a>" in html("?ai=noi-bo") and "cong khai</a>" not in html("?ai=noi-bo")


@pytest.mark.parametrize("query", ["?ky=x&ai=y", "?ky=0", "?ky=99999999999", "?xuat=exe", "?ky=%00"])
def test_nonsense_in_the_address_is_the_ordinary_report(html, query):
    assert "Báo cáo tìm kiếm" in html(query)


def test_an_empty_report_says_so(html):
    assert html().count("Không có câu tìm nào.") == 4


def test_only_those_who_look_after_search_read_it(office, client, own_log):
    asked("bi mat", is_staff=True)
    for person, is_open in (
        (office.clerk, True),
        (office.leader, True),
        (office.administrator, True),
        (office.land_editor, False),
    ):
        client.force_login(person)
        for query in ("", "?ai=noi-bo&xuat=csv", "?ai=noi-bo&xuat=xlsx"):
            answer = client.get(REPORT + query)
            assert (answer.status_code == 200) is is_open, (person, query)
            assert is_open or b"bi mat" not in answer.content
    client.logout()
    assert client.get(REPORT).status_code == 302


def test_tables_for_spreadsheets_hold_no_formula(office, client, own_log):
    asked("cong", wording='=HYPERLINK("http://a")', searches=9, zero=1)
    asked("tru", wording="-1+1", searches=8)
    asked("a cong", wording="@SUM(1)")
    FeedbackDay.objects.create(day=timezone.localdate(), query="cong", wording="x", no=2, missing=2)
    FeedbackDay.objects.create(day=timezone.localdate(), query="chi y kien", wording="chỉ ý kiến", yes=1)
    client.force_login(office.clerk)
    csv = client.get(REPORT, {"xuat": "csv"})
    assert "attachment" in csv["Content-Disposition"]
    text = csv.content.decode("utf-8-sig").splitlines()
    for line, start in zip(text, ("Câu tìm,Lượt tìm", "\"'=HYPERLINK", "'-1+1,8", "'@SUM(1),5"), strict=False):
        assert line.startswith(start)
    sheet = load_workbook(BytesIO(client.get(REPORT, {"xuat": "xlsx"}).content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[1] == ('\'=HYPERLINK("http://a")', 9, 1, 0, 6, 30, 0, 2, 2, 0, 0)
    assert rows[-1] == ("chỉ ý kiến", 0, 0, 0, 0, 0, 1, 0, 0, 0, 0)
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s", "n"}


def test_the_menu_leads_there(office, client):
    client.force_login(office.clerk)
    html = client.get("/quan-tri/").content.decode()
    assert "search-report" in html and "search-curation" in html and "search-abbreviations" in html
