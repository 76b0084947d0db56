"""The editors' search: Vietnamese however it is typed, numbers, and nothing that crashes."""

import unicodedata

import pytest
from wagtail.models import Page
from wagtail.search.query import Phrase, PlainText

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree(tree):
    tree.add_directive("Về hòa giải tranh chấp đất đai ở cơ sở", number="39", notation="QĐ-STNMT")
    tree.add_story("Gương điển hình giữ rừng")
    return tree


def found(query, method="search"):
    return [page.title for page in getattr(Page.objects, method)(query)]


@pytest.mark.parametrize(
    "query",
    ["hòa giải", "hoà giải", "hoa giai", "HOA GIAI", unicodedata.normalize("NFD", "hòa giải"), "dat dai hoa giai"],
)
def test_a_page_is_found_however_its_title_is_typed(tree, query):
    assert found(query) == ["Về hòa giải tranh chấp đất đai ở cơ sở"]


@pytest.mark.parametrize("query", ["guong dien", "gương đi", "Guong dien hinh gi"])
def test_the_chooser_goes_on_from_half_a_word(tree, query):
    assert "Gương điển hình giữ rừng" in found(query, "autocomplete")


@pytest.mark.parametrize("query", ["39", "39/QĐ-STNMT", "39 qd stnmt"])
@pytest.mark.parametrize("method", ["search", "autocomplete"])
def test_a_document_is_found_by_its_number(tree, query, method):
    assert found(query, method) == ["Về hòa giải tranh chấp đất đai ở cơ sở"]


def test_a_new_title_replaces_the_old_one(tree):
    page = Page.objects.get(title="Gương điển hình giữ rừng")
    page.title = "Gương bảo vệ nguồn nước"
    page.save()
    assert found("nguon nuoc") == ["Gương bảo vệ nguồn nước"]
    assert found("giu rung") == []


def test_built_queries_fold_as_well(tree):
    assert found(Phrase("Hoà giải")) == ["Về hòa giải tranh chấp đất đai ở cơ sở"]
    assert len(found(PlainText("hoà rừng", operator="or"))) == 2


@pytest.mark.parametrize(
    "query", ['"', "\x00", "' OR 1=1", "a" * 5000, "((((", "NEAR(", "\ud800", "🙂", "*", "x " * 1000]
)
@pytest.mark.parametrize("method", ["search", "autocomplete"])
def test_strange_queries_do_not_crash(tree, query, method):
    assert isinstance(found(query, method), list)
