"""The whole result as CSV, XLSX and Atom, and the description of the search for browsers."""

import csv
from datetime import date, datetime
from io import BytesIO, StringIO
from xml.etree import ElementTree

import pytest
from django.conf import settings
from openpyxl import load_workbook

from search.exports import BATCH, HEADINGS
from search.spreadsheets import harmless
from tests.builders import make_person

pytestmark = pytest.mark.django_db
FORMS = ("csv", "xlsx")
ATOM = "{http://www.w3.org/2005/Atom}"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


@pytest.fixture
def tree(tree):
    unit = tree.add_unit("VP", "Văn phòng Sở")
    tree.add_directive("Kế hoạch đo đạc", number="05", notation="KH-STNMT", unit=unit)
    tree.add_directive("=HYPERLINK(1) đo đạc", issued="2023", number="6", notation="KH-STNMT", unit=unit)
    tree.add_directive("Đo đạc nội bộ", audience="staff", number="7", notation="KH-STNMT", unit=unit)
    return tree


def table(client, form: str, **params) -> list[list]:
    response = client.get(f"/tim-kiem/ket-qua.{form}", params)
    assert response.status_code == 200
    body = b"".join(response)
    if form == "csv":
        assert body.startswith(b"\xef\xbb\xbf")
        return list(csv.reader(StringIO(body.decode("utf-8-sig"))))
    return [list(row) for row in load_workbook(BytesIO(body)).active.iter_rows(values_only=True)]


@pytest.mark.parametrize("form", FORMS)
def test_a_table_holds_the_result_and_what_it_says_of_a_document(client, tree, form):
    heads, *rows = table(client, form, q="kế hoạch đo đạc", khop="du-tu", sap_xep="cu-nhat")
    assert tuple(heads) == HEADINGS
    (row,) = [row for row in rows if row[3] == "Kế hoạch đo đạc"]
    day = row[1].date() if isinstance(row[1], datetime) else row[1]
    assert row[0] == "05/KH-STNMT" and day in ("05/03/2024", date(2024, 3, 5))
    assert row[5] == "Văn phòng Sở" and row[7].startswith(settings.SITE_ADDRESS)


@pytest.mark.parametrize("form", FORMS)
def test_nothing_in_a_table_is_computed(client, tree, form):
    cells = [cell for row in table(client, form, q="đo đạc") for cell in row if isinstance(cell, str)]
    assert "'=HYPERLINK(1) đo đạc" in cells
    assert [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r")] == []


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\x00=1", "\n=1"])
def test_formulas_become_texts(text):
    assert harmless(text).startswith("'")


def test_plain_texts_stay_as_they_are():
    assert harmless("Về 1+1 = 2 - 0 @ Sở") == "Về 1+1 = 2 - 0 @ Sở" and harmless("") == ""


@pytest.mark.parametrize("form", FORMS)
def test_tables_hold_what_the_reader_may_see(client, tree, form):
    assert "Đo đạc nội bộ" not in [row[3] for row in table(client, form, q="đo đạc")]
    client.force_login(make_person("lan"))
    assert "Đo đạc nội bộ" in [row[3] for row in table(client, form, q="đo đạc")]
    response = client.get(f"/tim-kiem/ket-qua.{form}", {"q": "đo đạc"})
    assert b"".join(response)
    assert "no-store" in response["Cache-Control"] and "private" in response["Cache-Control"]


def test_filters_narrow_a_table_and_its_page_does_not(client, tree):
    rows = table(client, "csv", q="đo đạc", nam="2023", trang="3")[1:]
    assert [(row[1], row[3]) for row in rows] == [("năm 2023", "'=HYPERLINK(1) đo đạc")]


def test_a_long_result_comes_whole_and_each_row_once(client, tree, monkeypatch):
    monkeypatch.setattr("search.exports.BATCH", 3)
    for place in range(8):
        tree.add_directive(f"Biên bản nghiệm thu {place}", number=str(place + 20), notation="BB-STNMT")
    titles = [row[3] for row in table(client, "csv", q="biên bản nghiệm thu", khop="du-tu")[1:]]
    assert sorted(titles) == [f"Biên bản nghiệm thu {place}" for place in range(8)]
    assert BATCH >= 100


def test_other_forms_are_not_there(client, tree):
    assert client.get("/tim-kiem/ket-qua.exe", {"q": "đo"}).status_code == 404


def test_a_search_can_be_followed_as_a_stranger_finds_it(client, tree):
    client.force_login(make_person("lan"))
    response = client.get("/tim-kiem/atom.xml", {"q": "đo đạc", "muc": "directive"})
    feed = ElementTree.fromstring(response.content)
    assert feed.findtext(f"{ATOM}title") == "Tìm kiếm: đo đạc"
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")]
    assert titles == ["05/KH-STNMT: Kế hoạch đo đạc", "6/KH-STNMT: =HYPERLINK(1) đo đạc"]
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert "/tim-kiem/atom.xml?q=" in links["self"] and "/tim-kiem/?q=" in links["alternate"]


def test_a_feed_of_nothing_is_empty(client, tree):
    assert ElementTree.fromstring(client.get("/tim-kiem/atom.xml").content).findall(f"{ATOM}entry") == []


def test_browsers_learn_how_to_search(client, tree):
    response = client.get("/opensearch.xml")
    assert response["Content-Type"].startswith("application/opensearchdescription+xml")
    description = ElementTree.fromstring(response.content)
    assert 0 < len(description.findtext(f"{OPENSEARCH}ShortName")) <= 16
    addresses = [url.get("template") for url in description.findall(f"{OPENSEARCH}Url")]
    assert f"{settings.SITE_ADDRESS}/tim-kiem/?q={{searchTerms}}" in addresses
    assert 'rel="search"' in client.get("/").content.decode()
