"""The interface for programs: what it answers, refuses and keeps from strangers."""

import pytest

from directives.models import DocumentKind
from tests.builders import make_person

pytestmark = pytest.mark.django_db
ADDRESS = "/api/tim-kiem"


@pytest.fixture
def tree(tree):
    kind = DocumentKind.objects.get(series="party", slug="chi_thi")
    tree.add_directive("Về hòa giải ở cơ sở", number="39", separator="-", notation="CT/TW", kind=kind)
    tree.add_directive("Kế hoạch hòa giải nội bộ", audience="staff", number="12", notation="KH-STNMT")
    return tree


def ask(client, **params):
    return client.get(ADDRESS, params)


def test_a_hit_comes_with_its_number_and_marked_passage(client, tree):
    body = ask(client, q="hoa giai").json()
    assert [row["title"] for row in body["results"]] == ["Về hòa giải ở cơ sở"]
    row = body["results"][0]
    assert row["number"] == "39-CT/TW"
    assert row["url"].startswith("/van-ban/")
    assert body["total"] == 1
    assert {choice["value"] for choice in body["facets"]["nam"]} == {"2024"}


def test_staff_find_what_strangers_do_not(client, tree):
    assert ask(client, q="hòa giải nội bộ", khop="du-tu").json()["total"] == 0
    client.force_login(make_person("lan"))
    response = ask(client, q="hòa giải nội bộ", khop="du-tu")
    assert response.json()["total"] == 1
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    ("params", "name"),
    [
        ({"foo": "1"}, "foo"),
        ({"nam": "hai nghìn"}, "nam"),
        ({"tu": "32/01/2024"}, "tu"),
        ({"sap_xep": "ngau-nhien"}, "sap_xep"),
        ({"trang": "0"}, "trang"),
        ({"trang": "101"}, "trang"),
        ({"so_dong": "1000"}, "so_dong"),
        ({"q": "a" * 257}, "q"),
        ({"q": ["đất", "nước"]}, "q"),
        ({"trang": ["1", "2"]}, "trang"),
        ({"hieu_luc": "khong_ro"}, "hieu_luc"),
        ({"muc": "sach"}, "muc"),
        ({"muc": ["directive", "story"]}, "muc"),
        ({"khop": "gan-dung"}, "khop"),
        ({"gom_het_hieu_luc": "co"}, "gom_het_hieu_luc"),
        ({"nam": [str(2000 + each) for each in range(21)]}, "nam"),
    ],
)
def test_a_bad_parameter_is_named(client, tree, params, name):
    response = ask(client, **params)
    assert response.status_code == 422
    assert response.json()["parameter"] == name


@pytest.mark.parametrize("params", [{"tu": "2024-01-01", "den": "31/12/2024"}, {"nam": ["2023", "2024"]}, {"nam": ""}])
def test_good_parameters_are_taken(client, tree, params):
    response = ask(client, **params)
    assert response.status_code == 200
    assert response.json()["total"] >= 1


def test_the_same_answer_is_sent_once(client, tree):
    first = ask(client, q="hòa giải")
    again = client.get(ADDRESS, {"q": "hòa giải"}, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    tree.add_directive("Hòa giải thêm một lần")
    changed = client.get(ADDRESS, {"q": "hòa giải"}, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200


def test_it_only_reads(client):
    assert client.post(ADDRESS).status_code == 405


def test_every_parameter_that_is_taken_is_described(client):
    from search.asking import KNOWN

    description = client.get("/api/tim-kiem/mo-ta.json").json()
    operation = description["paths"]["/api/tim-kiem"]["get"]
    assert {each["name"] for each in operation["parameters"]} == KNOWN | {"so_dong"}


def test_every_field_that_is_answered_is_described(client, tree):
    body = ask(client, q="hòa giải").json()
    schemas = client.get("/api/tim-kiem/mo-ta.json").json()["components"]["schemas"]
    assert set(body) == set(schemas["Results"]["properties"])
    assert set(body["results"][0]) == set(schemas["Row"]["properties"])


def test_a_value_outside_a_short_list_is_answered_with_the_list(client):
    said = ask(client, muc="sach").json()["error"]
    assert "“sach”" in said and "directive, campaign, story, article, notice, unit, page" in said
    assert "moi-nhat, cu-nhat" in ask(client, sap_xep="ngau-nhien").json()["error"]


def test_a_value_of_a_catalogue_that_nobody_uses_finds_nothing(client, tree):
    body = ask(client, q="hòa giải", loai="khong-co").json()
    assert (body["total"], body["results"]) == (0, [])


def test_a_page_past_the_last_is_empty_and_keeps_the_total(client, tree):
    body = ask(client, q="hòa giải", trang="7").json()
    assert (body["page"], body["pages"], body["total"], body["results"]) == (7, 1, 1, [])


def test_the_description_says_what_happens_to_values_and_pages_beyond(client):
    parameters = {
        each["name"]: each
        for each in client.get("/api/tim-kiem/mo-ta.json").json()["paths"]["/api/tim-kiem"]["get"]["parameters"]
    }
    assert parameters["muc"]["schema"]["enum"][0] == "directive"
    assert parameters["hieu_luc"]["schema"]["items"]["enum"]
    assert "không có kết quả" in parameters["loai"]["description"]
    assert "trang trống" in parameters["trang"]["description"]
