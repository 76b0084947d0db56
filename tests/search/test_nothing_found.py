"""What a reader is offered where nothing was found: each way says what it does, and does it."""

import re
from html import unescape

import pytest
from django.contrib.auth.models import AnonymousUser
from wagtail.models import Page

from search.asking import Ask
from search.remembered import forget_everything
from search.results import Search
from search.ways_on import ways_on
from tests.builders import make_person

pytestmark = pytest.mark.django_db
STRANGER = AnonymousUser()
PAGE = "/tim-kiem/"


def html_of(client, **params) -> str:
    response = client.get(PAGE, params)
    assert response.status_code == 200, params
    return response.content.decode()


def words_of(html: str) -> str:
    """The page as it reads, without markup."""
    main = html[html.index("<main") : html.index("</main>")]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def links_of(html: str) -> dict[str, str]:
    """Addresses by the words of their link."""
    pairs = re.findall(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', html, re.DOTALL)
    return {" ".join(re.sub(r"<[^>]+>", " ", text).split()): unescape(address) for address, text in pairs}


@pytest.fixture
def years(tree):
    """Documents about the cadastral map: two of 2024, one of 2023."""
    titles = (("Bản đồ địa chính xã Đăk Hà", "05/03/2024"), ("Bản đồ địa chính xã Ngọk Bay", "06/04/2024"),
              ("Bản đồ địa chính xã Vinh Quang", "07/05/2023"))  # fmt: skip
    for place, (title, day) in enumerate(titles, 1):
        tree.add_directive(title, issued=day, number=str(place), notation="KH-STNMT")
    tree.add_directive("Phân công nội bộ", audience="staff", number="12", notation="QĐ-STNMT")
    return tree


def test_an_empty_page_counts_what_each_dropped_filter_would_bring(client, years):
    text = words_of(html_of(client, q="bản đồ", nam="2019", muc="directive"))
    assert "Không có nội dung công khai nào khớp với “bản đồ”" in text
    assert "Bỏ bộ lọc Năm: 2019 còn 3 kết quả" in text
    assert "Xem sổ văn bản theo năm trong Kho lưu trữ" in text


def test_ways_on_count_only_what_the_reader_may_see(years):
    ask = Ask(text="phân công nội bộ", chosen={"year": ("2019",)})
    assert ways_on(Search(STRANGER, ask)) == []
    ways = ways_on(Search(make_person("lan"), ask))
    assert [(way.label, way.outcome) for way in ways] == [("Bỏ bộ lọc Năm: 2019", "còn 1 kết quả")]


def test_every_way_out_of_an_empty_page_says_what_it_does_and_does_it(client, years):
    years.add_directive("Bản đồ địa chính cũ", validity="expired", number="9", notation="QĐ-STNMT")
    cases = {
        "Bỏ dấu ngoặc kép": {"q": '"bản đồ Đăk Hà"'},
        "Khớp phần lớn các từ thay vì đúng cả cụm": {"q": "bản đồ Đăk Hà", "khop": "cum-tu"},
        "Khớp phần lớn các từ thay vì đủ các từ": {"q": "bản đồ Đăk Tô", "khop": "du-tu"},
        "Tìm trong tất cả các mục": {"q": "bản đồ", "muc": "story"},
        "Bỏ bộ lọc Năm: 2019": {"q": "bản đồ", "nam": "2019"},
        "Bỏ bộ lọc Từ ngày 01/01/2030": {"q": "bản đồ", "tu": "2030-01-01"},
        "Gồm cả văn bản đã hết hiệu lực": {"q": "bản đồ địa chính cũ", "khop": "cum-tu"},
        "Tìm cả cách viết khác": {"q": "khorng bieets", "nguyen_van": "1"},
        "Chỉ giữ các từ, bỏ mọi bộ lọc và điều kiện": {"q": '"bản đồ Đăk Hà"', "nam": "2019", "muc": "story"},
    }
    years.add_directive("Không biết", number="8", notation="KH-STNMT")
    for label, params in cases.items():
        html = html_of(client, **params)
        assert "Không tìm thấy kết quả phù hợp" in html, label
        ways = re.findall(r'href="([^"]*)">([^<]*)</a> <span class="k">(?:còn|thêm) (\d+) kết quả', html)
        address, _, count = next(way for way in ways if unescape(way[1]) == label)
        led = words_of(client.get(PAGE + unescape(address)).content.decode())
        assert f"Tìm thấy {count} kết quả" in led, label


@pytest.mark.parametrize("more", [{}, {"muc": "directive"}, {"thang": "3"}])
def test_no_way_out_leads_to_the_empty_form(client, years, more):
    html = html_of(client, nam="1999", **more)
    ways = re.findall(r'href="(\?[^"]*)">([^<]*)</a> <span class="k">còn (\d+) kết quả', html)
    assert "Không tìm thấy kết quả phù hợp" in html and len(ways) == len(more)
    for address, label, count in ways:
        led = words_of(client.get(PAGE + unescape(address)).content.decode())
        assert f"Tìm thấy {count} kết quả" in led, label


def test_the_archive_and_the_office_are_offered_where_they_fit(client, years):
    links = links_of(html_of(client, q="khongcogi", nam="2024"))
    assert "Xem sổ văn bản theo năm trong Kho lưu trữ" in links_of(html_of(client, q="khongcogi", nam="2001"))
    assert links["Xem văn bản năm 2024 trong Kho lưu trữ"] == "/kho-luu-tru/?nam=2024"
    assert links_of(html_of(client, q="khongcogi", muc="story"))[
        "Xem gương điển hình theo năm trong Kho lưu trữ"
    ].endswith("?muc=guong-dien-hinh")
    assert links["Hỏi trực tiếp: địa chỉ, điện thoại, thư điện tử"] == "/lien-he/"
    Page.objects.get(slug="lien-he").delete()
    forget_everything()
    assert "Hỏi trực tiếp: địa chỉ, điện thoại, thư điện tử" not in links_of(html_of(client, q="khongcogi"))
