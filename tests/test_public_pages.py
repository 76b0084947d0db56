"""Every kind of public page: at most twelve queries however much there is, no write, no outside address."""

import re
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from search.models import Entry, Grant
from tests import databases
from tests.builders import Tree, make_picture

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
# PostgreSQL declares a cursor for what is read in batches.
READS = ("SELECT", "WITH", "SAVEPOINT", "RELEASE", "DECLARE")
WRITES = re.compile(r"\b(INSERT|REPLACE) INTO\b|\bUPDATE \S+ SET\b|\bDELETE FROM\b")
SEARCHING = re.compile(r'<script src="/tinh/js/search[.\w]*\.js" defer>')
OUTSIDE = re.compile(r"""(?:src|href|action)=["'](https?://[^"']+)""")


def multiply(page, count: int) -> None:
    """`count` further public pages beside one, as the index and the tree know them."""
    entry, grant = Entry.objects.get(pk=page.pk), Grant.objects.get(page_id=page.pk)
    parent, shared = page.get_parent(), {"content_type_id": page.content_type_id, "locale_id": page.locale_id}
    copies = [
        Page(
            path=Page._get_path(parent.path, parent.depth + 1, 500 + n),
            depth=page.depth,
            live=True,
            title=page.title,
            draft_title=page.title,
            slug=f"{page.slug}-{n}",
            url_path=f"{page.url_path[:-1]}-{n}/",
            translation_key=uuid4(),
            **shared,
        )
        for n in range(count)
    ]
    Page.objects.bulk_create(copies)
    for copy in copies:
        entry.pk, entry.url, entry.year = copy.pk, f"/{copy.slug}/", 2019 + copy.pk % 6
        entry.month = copy.pk % 12 + 1
        Entry.objects.bulk_create([entry])
    Grant.objects.bulk_create(Grant(page_id=copy.pk, token=grant.token) for copy in copies)
    databases.count_rows()


def fill(count: int) -> list[str]:
    """A site with `count` documents, stories, news and units; then the address of one page of each kind."""
    tree = Tree.build()
    unit = tree.add_unit("VP", "Văn phòng Sở")
    picture = {"photo": make_picture(), "photo_alt": "Ảnh"}
    document = tree.add_directive("Văn bản", number="1", notation="QĐ-STNMT", unit=unit)
    campaign = tree.add_campaign("Phong trào", unit=unit)
    story = tree.add_story("Gương", unit=unit, campaign=campaign, **picture)
    article = tree.add_article("Tin", unit=unit, **picture)
    for page in (document, campaign, story, article, unit):
        multiply(page, count)
    own = [page.url for page in (document, story, article, campaign, unit)]
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
    addresses = fill(count)
    for address in addresses:  # renditions are made once, at the first showing
        client.get(address)
    costs = {address: queries_of(client, address) for address in addresses}
    too_many = {address: len(queries) for address, queries in costs.items() if len(queries) > MOST_QUERIES}
    assert too_many == {}
    writes = [sql for queries in costs.values() for sql in queries if not sql.startswith(READS) or WRITES.search(sql)]
    assert writes == []


def test_no_page_asks_an_outside_host_for_anything(client):
    for address in fill(2):
        html = client.get(address).content.decode()
        loaded = OUTSIDE.findall(re.sub(r"<a [^>]+>", "", html))
        hosts = {urlsplit(address).hostname for address in loaded} - {"127.0.0.1", "testserver", "localhost"}
        assert hosts == set(), address


def test_no_page_has_inline_code_and_none_but_that_of_searching_is_loaded(client):
    """That pages are whole without it is shown in a browser."""
    for address in fill(2):
        html = client.get(address).content.decode()
        scripts = re.findall(r"<script(?![^>]*application/ld\+json)[^>]*>", html)
        assert [each for each in scripts if not SEARCHING.fullmatch(each)] == [] and len(scripts) <= 1, address
        assert " style=" not in html and " onclick" not in html, address
