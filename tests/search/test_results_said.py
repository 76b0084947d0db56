"""What the result page says of a query and of what it found: once, rightly, and to nobody what is not for them."""

import re
from html import unescape

import pytest
from django.contrib.auth.models import AnonymousUser

from directives.models import DocumentKind, Organ
from search.asking import Ask, read_ask
from search.models import Entry
from search.office_models import CuratedQuery, PinnedPage
from search.remembered import forget_everything
from search.result_page import ResultPage
from search.results import Search
from tests.builders import make_person

pytestmark = pytest.mark.django_db
STRANGER = AnonymousUser()
PAGE = "/tim-kiem/"


def words_of(client, **params) -> str:
    """The page as it reads, without markup."""
    response = client.get(PAGE, params)
    assert response.status_code == 200, params
    html = response.content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def test_a_pinned_answer_to_a_query_that_finds_nothing_is_no_count_of_zero(client, tree):
    page = tree.add_directive("Lịch tiếp công dân", number="7", notation="TB-STNMT")
    rule = CuratedQuery.objects.create(wordings="khongcogihet")
    PinnedPage.objects.create(rule=rule, page_id=page.pk)
    forget_everything()
    text = words_of(client, q="khongcogihet")
    assert "Nội dung dưới đây do Văn phòng chọn." in text and "Lịch tiếp công dân" in text
    assert "Tìm thấy 0" not in text and "Tất cả 0" not in text and "Tải kết quả" not in text


def test_a_pinned_answer_does_not_come_again_on_a_later_page(tree):
    for number in range(1, 13):
        tree.add_directive("Bản đồ địa chính", number=str(number), notation="KH-STNMT")
    keys = [[row.entry.pk for row in Search(STRANGER, Ask(text="bản đồ", page=page)).rows] for page in (1, 2)]
    assert len(keys[0]) == 10 and len(keys[1]) > 1
    rule = CuratedQuery.objects.create(wordings="bản đồ")
    PinnedPage.objects.create(rule=rule, page_id=keys[1][0])
    forget_everything()
    again = [[row.entry.pk for row in Search(STRANGER, Ask(text="bản đồ", page=page)).rows] for page in (1, 2)]
    assert again == [[keys[1][0], *keys[0]], keys[1][1:]]


def test_what_stands_for_repeated_or_quoted_words_is_said_once(client, tree):
    tree.add_directive("Công tác thi đua, khen thưởng", number="7", notation="TB-STNMT")
    for query in ("thi đua khen thưởng " * 3, '"thi đua" "khen thưởng"'):
        said = words_of(client, q=query)
        assert said.count("cho “thi đua khen thưởng”") == 1, query


def test_a_kind_named_with_a_number_keeps_other_kinds_out_of_the_exact_ones(tree):
    kind = DocumentKind.objects.get(series="party", slug="chi_thi")
    tree.add_directive("Về học tập", number="05", separator="-", notation="CT/TW", kind=kind)
    tree.add_directive("Về tên cơ quan", number="05", notation="TB-STNMT")

    def exact(query: str) -> list[str]:
        return [row.entry.notation for row in ResultPage(Search(STRANGER, Ask(text=query))).exact]

    assert exact("chỉ thị 05") == ["CT/TW"]
    assert exact("thông báo số 05") == ["TB-STNMT"]
    assert sorted(exact("kế hoạch 05")) == sorted(exact("công văn 05")) == ["CT/TW", "TB-STNMT"]


def test_the_name_of_an_issuer_is_told_to_those_who_may_read_something_of_it(client, tree):
    organ = Organ.objects.get(slug="dang_uy_so_tnmt_kon_tum")
    page = tree.add_directive("Phân công", audience="staff", number="12", notation="QĐ/ĐU", issuer=organ)
    key, name = Entry.objects.values_list("issuer_key", "issuer_name").get(pk=page.pk)
    params = {"q": "khongcogihet", "co_quan": key}
    assert name not in words_of(client, **params) and key in words_of(client, **params)
    assert name not in client.get("/api/tim-kiem", params).content.decode()
    client.force_login(make_person("lan"))
    assert name in words_of(client, **params)


@pytest.mark.parametrize("typed", ["5/3/2024", "05/03/2024", "2024-03-05", "5-3-2024", "05.03.2024"])
def test_a_day_is_read_as_people_write_it(typed):
    assert str(read_ask({"tu": typed}).since) == "2024-03-05"


@pytest.mark.parametrize("typed", ["1/1/24", "31/02/2024", "5/3-2024", "1/1/0001", "2024", "1_0/1/2024", "٥/3/2024"])
def test_what_is_no_day_is_not_guessed(client, tree, typed):
    assert read_ask({"tu": typed}).since is None
    assert f"Không đọc được ngày “{typed}”" in words_of(client, q="đất", tu=typed)


@pytest.mark.parametrize("query", ["39-CT/TW 2004", "39/ct-tw/2004", "chi thi 39 nam 2004", "39 CT TW (2004)"])
def test_the_year_behind_a_number_decides_between_documents_of_that_number(tree, query):
    for day in ("21/05/2004", "01/11/2019"):
        tree.add_directive(f"Văn bản ngày {day}, khác năm 2004", day, number="39", separator="-", notation="CT/TW")
    rows = Search(STRANGER, Ask(text=query)).rows
    assert [row.entry.issued_on.year for row in rows] == [2004, 2019]


@pytest.mark.parametrize(
    ("typed", "label", "address"),
    [
        ("20/11/2024", "ngày 20/11/2024", "?tu=2024-11-20&den=2024-11-20"),
        ("ngay 20 thang 11 nam 2024", "ngày 20/11/2024", "?tu=2024-11-20&den=2024-11-20"),
        ("thang 11/2024", "tháng 11 năm 2024", "?tu=2024-11-01&den=2024-11-30"),
        ("năm 2024", "năm 2024", "?tu=2024-01-01&den=2024-12-31"),
    ],
)
def test_a_date_typed_as_words_leads_to_all_of_its_days(client, tree, typed, label, address):
    tree.add_directive("Về Ngày Nhà giáo", issued="20/11/2024")
    html = unescape(client.get(PAGE, {"q": typed}).content.decode())
    assert f'href="{address}">Xem mọi nội dung của {label}</a>' in html
    assert "Về Ngày Nhà giáo" in words_of(client, tu="2024-11-20", den="2024-11-20")


def test_a_date_leads_nowhere_where_the_reader_may_see_nothing_of_it(client, tree):
    tree.add_directive("Trực lễ", issued="20/11/2024", audience="staff")
    tree.add_directive("Ngày 20/11/2024 nghỉ", issued="02/01/2023")
    assert "Xem mọi nội dung" not in words_of(client, q="20/11/2024")
    for other in ("kế hoạch tháng 11/2023", "31/12", "20/11/2024 đến"):
        assert "Xem mọi nội dung" not in words_of(client, q=other)
    client.force_login(make_person("lan"))
    assert "Xem mọi nội dung của ngày 20/11/2024" in words_of(client, q="20/11/2024")
