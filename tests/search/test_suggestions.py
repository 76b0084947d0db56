"""Suggestions while typing: titles, numbers and units of what the reader may see, and how long they may be kept."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directives.models import DocumentKind
from search.contract import Suggestion
from search.engines.null import NullEngine
from search.models import Entry
from search.suggesting import MOST, suggest
from tests.builders import make_person

pytestmark = pytest.mark.django_db
STRANGER = AnonymousUser()
ADDRESS = "/tim-kiem/goi-y/"


@pytest.fixture
def tree(tree):
    tree.add_unit("TTr", "Thanh tra Sở")
    kind = DocumentKind.objects.get(series="party", slug="chi_thi")
    tree.add_directive("Về hòa giải ở cơ sở", number="39", separator="-", notation="CT/TW", kind=kind)
    tree.add_directive("Phân công nội bộ", audience="staff", number="12", notation="QĐ-STNMT")
    return tree


def titles(typed: str, user=STRANGER) -> list[str]:
    return [row["title"] for row in suggest(user, typed)]


@pytest.mark.parametrize("typed", ["hòa gi", "hoa gi", "HOA GIAI", "về hoà", "39", "39 ct", "39-CT/T", "ct39"])
def test_titles_and_numbers_are_suggested_however_they_are_begun(tree, typed):
    assert "Về hòa giải ở cơ sở" in titles(typed)


@pytest.mark.parametrize("typed", ["chỉ thị 39", "Chi thi so 3", "văn bản 39", "cv 39"])
def test_a_number_is_suggested_behind_the_name_of_a_kind(tree, typed):
    assert titles(typed) == ["Về hòa giải ở cơ sở"]


def test_units_are_suggested(tree):
    assert titles("thanh tr") == ["Thanh tra Sở"]


def test_a_row_says_number_kind_organ_day_and_address(tree):
    (row,) = suggest(STRANGER, "hòa giải")
    entry = Entry.objects.get(title="Về hòa giải ở cơ sở")
    assert row["number"] == "39-CT/TW" and row["url"] == entry.url
    assert row["note"].startswith("Chỉ thị") and row["note"].endswith("05/03/2024")


def test_internal_titles_are_suggested_to_staff_only(tree):
    person = make_person("lan")
    for typed in ("phân công", "12/QĐ", "phan cong noi"):
        assert titles(typed) == [] and titles(typed, person) == ["Phân công nội bộ"]


def test_an_engine_that_lags_behind_opens_nothing(tree, monkeypatch):
    internal = Entry.objects.get(title="Phân công nội bộ")

    class Stale(NullEngine):
        def suggest(self, text, query, limit=8):
            return (Suggestion(f"page:{internal.pk}", internal.title, "", "directive", internal.url),)

    monkeypatch.setattr("search.results.reading_engine", Stale)
    assert suggest(STRANGER, "phân công") == []


def test_at_most_eight(tree):
    for place in range(12):
        tree.add_directive(f"Kế hoạch rà soát số {place}", number=str(place), notation="KH-STNMT")
    assert len(suggest(STRANGER, "kế hoạch rà")) == MOST


def test_answers_to_strangers_may_be_kept_and_those_to_staff_not(client, tree):
    answer = client.get(ADDRESS, {"q": "hòa"})
    assert answer.json()["suggestions"] and "max-age=60" in answer["Cache-Control"] and "Cookie" in answer["Vary"]
    client.force_login(make_person("lan"))
    answer = client.get(ADDRESS, {"q": "hòa"})
    assert {"private", "no-store"} <= {part.strip() for part in answer["Cache-Control"].split(",")}
    assert "public" not in answer["Cache-Control"]


@pytest.mark.parametrize("typed", ["", " ", "\x00", '"', "*", "a" * 5000, "NEAR(", "🙂", "'; --", "\u202e", "٣٩"])
def test_strange_beginnings_answer_calmly(client, tree, typed):
    assert client.get(ADDRESS, {"q": typed}).status_code == 200


def test_only_reading_is_allowed(client, tree):
    assert client.post(ADDRESS, {"q": "hòa"}).status_code == 405


def test_suggestions_cost_at_most_three_queries(client, tree):
    client.get(ADDRESS, {"q": "hòa"})
    with CaptureQueriesContext(connection) as captured:
        client.get(ADDRESS, {"q": "hòa"})
    assert len(captured) <= 3
