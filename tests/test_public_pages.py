"""Every kind of public page: at most twelve queries however much there is, no write, no outside address."""

import re
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directives.models import DirectiveIndexPage, DirectivePage
from news.models import StoryIndexPage, StoryPage
from search.indexing import refresh
from tests.builders import Tree, make_picture

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
OUTSIDE = re.compile(r"""(?:src|href|action)=["'](https?://[^"']+)""")


def fill(tree: Tree, count: int) -> list[str]:
    """`count` documents and stories, then the address of one page of each kind."""
    units = [tree.add_unit(f"Đ{n}", f"Đơn vị {n}") for n in range(min(count, 20))]
    picture = make_picture()
    sections = DirectiveIndexPage.objects.get(), StoryIndexPage.objects.get()
    for n in range(count):
        fields = {"audience": "public", "live": True, "unit": units[n % len(units)]}
        document = DirectivePage(title=f"Văn bản {n}", abstract=f"Trích yếu {n}", number=str(n + 1),
                                 notation="QĐ-STNMT", issued_on=f"2024-{n % 12 + 1:02d}-05", **fields)  # fmt: skip
        story = StoryPage(title=f"Gương {n}", subject=f"Tập thể {n}", summary="Tóm tắt", kind="collective",
                          photo=picture, photo_alt="Ảnh", **fields)  # fmt: skip
        for section, page in zip(sections, (document, story), strict=True):
            section.add_child(instance=page)
            refresh(page)
    article = tree.add_article("Tin", unit=units[0])
    campaign = tree.add_campaign("Phong trào", unit=units[0])
    own = [page.url for page in (document, story, article, campaign, units[0])]
    views = [f"{document.url}ban-in/", f"{campaign.url}toan-van/", f"{campaign.url}ban-in/"]
    lists = ["/", "/van-ban/", "/phong-trao/", "/guong-dien-hinh/", "/tin-tuc/", "/don-vi/", "/gioi-thieu/",
             "/kho-luu-tru/", "/tim-kiem/?q=van+ban", "/tim-kiem/?q=khongcogi", "/van-ban/?nam=2024&loai=quyet_dinh",
             "/van-ban/atom.xml", "/sitemap.xml"]  # fmt: skip
    return own + views + lists


def queries_of(client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200, address
    return [query["sql"] for query in captured.captured_queries]


@pytest.mark.slow
@pytest.mark.parametrize("count", [10, 1000])
def test_pages_cost_a_constant_number_of_queries_and_write_nothing(client, count):
    addresses = fill(Tree.build(), count)
    for address in addresses:  # renditions are made once, at the first showing
        client.get(address)
    costs = {address: queries_of(client, address) for address in addresses}
    too_many = {address: len(queries) for address, queries in costs.items() if len(queries) > MOST_QUERIES}
    assert too_many == {}
    writes = [
        sql for queries in costs.values() for sql in queries if not sql.startswith(("SELECT", "SAVEPOINT", "RELEASE"))
    ]
    assert writes == []


def test_no_page_asks_an_outside_host_for_anything(client):
    for address in fill(Tree.build(), 2):
        html = client.get(address).content.decode()
        loaded = OUTSIDE.findall(re.sub(r"<a [^>]+>", "", html))
        hosts = {urlsplit(address).hostname for address in loaded} - {"127.0.0.1", "testserver", "localhost"}
        assert hosts == set(), address


def test_no_page_needs_javascript_or_inline_style(client):
    for address in fill(Tree.build(), 2):
        html = client.get(address).content.decode()
        scripts = re.findall(r"<script(?![^>]*application/ld\+json)[^>]*>", html)
        assert scripts == [] and " style=" not in html and " onclick" not in html, address
