"""Pages of a search that are not there: what is said depends on how much there is, and whether anything was asked."""

import re
from dataclasses import replace

import pytest
from django.contrib.auth.models import AnonymousUser

from search.asking import Ask
from search.contract import COUNTED
from search.engines.null import NullEngine
from search.results import Search

pytestmark = pytest.mark.django_db
PAGE = "/tim-kiem/"


def words_of(client, status: int, **params) -> str:
    """The page as it reads, without markup."""
    response = client.get(PAGE, params)
    assert response.status_code == status, params
    html = response.content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


@pytest.fixture
def maps(tree):
    for place, day in enumerate(("05/03/2024", "06/04/2024", "07/05/2023"), 1):
        tree.add_directive(f"Bản đồ địa chính {place}", issued=day, number=str(place), notation="KH-STNMT")
    return tree


@pytest.fixture
def very_many(maps, monkeypatch):
    """An engine that finds more than any reader can turn over."""
    found = Search(AnonymousUser(), Ask(text="bản đồ")).result
    engine = NullEngine()
    engine.search = lambda query: replace(found, total=COUNTED, is_more=True)
    monkeypatch.setattr("search.results.reading_engine", lambda: engine)


@pytest.mark.parametrize("number", ["2", "100", "101", "999999999999999999999"])
def test_nothing_found_is_said_whatever_page_is_asked_for(client, maps, number):
    text = words_of(client, 200, q="khongcogihet", trang=number)
    assert "Không tìm thấy kết quả phù hợp" in text
    assert "trang 100" not in text and "Không có trang này" not in text and "0 kết quả" not in text


@pytest.mark.parametrize("number", ["2", "101"])
def test_a_page_of_no_search_is_the_empty_form(client, maps, number):
    text = words_of(client, 200, trang=number)
    assert "Nhập điều cần tìm" in text and "Không có trang này" not in text


@pytest.mark.parametrize("number", ["7", "101"])
def test_a_page_that_the_result_does_not_have(client, maps, number):
    text = words_of(client, 404, q="bản đồ", trang=number)
    assert "Không có trang này Kết quả tìm kiếm chỉ có 1 trang." in text and "Về trang kết quả đầu tiên" in text


@pytest.mark.parametrize("number", ["101", "999999999999999999999", "0101"])
def test_pages_beyond_the_hundredth_lead_to_narrowing_by_date(client, very_many, number):
    text = words_of(client, 404, q="bản đồ", trang=number)
    assert "Chỉ xem được đến trang 100 Tìm thấy hơn 10.000 kết quả." in text and "Chỉ xem năm 2024 2 kết quả" in text
    html = client.get(PAGE, {"q": "bản đồ", "trang": number}).content.decode()
    assert re.search(r'<details class="ways"[^>]* open', html)
