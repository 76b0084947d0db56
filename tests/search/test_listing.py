"""Search for now: accents, tone placement, NFD, half a number; and nothing the reader may not see."""

import unicodedata

import pytest
from django.contrib.auth.models import AnonymousUser

from directives.models import DocumentKind
from search.listing import SearchListing, mark_words
from tests.builders import make_person

pytestmark = pytest.mark.django_db
STRANGER = AnonymousUser()


def found(query: str, user=STRANGER) -> list[str]:
    return [entry.title for entry in SearchListing(user, {"q": query}).page]


@pytest.fixture
def tree(tree):
    tree.add_story("Gương điển hình về đất đai")
    kind = DocumentKind.objects.get(series="party", slug="chi_thi")
    tree.add_directive("Về hòa giải ở cơ sở", number="39", separator="-", notation="CT/TW", kind=kind)
    tree.add_directive("Phân công nội bộ", audience="staff", number="12", notation="QĐ-STNMT")
    return tree


@pytest.mark.parametrize(
    "query",
    ["gương điển hình", "guong dien hinh", unicodedata.normalize("NFD", "gương điển hình"), "GUONG  di\u200ben hinh"],
)
def test_a_story_is_found_however_it_is_typed(tree, query):
    assert "Gương điển hình về đất đai" in found(query)


@pytest.mark.parametrize("query", ["hoà giải", "hòa giải", "hoa giai"])
def test_tone_placement_does_not_matter(tree, query):
    assert found(query) == ["Về hòa giải ở cơ sở"]


@pytest.mark.parametrize("query", ["39-CT/TW", "39 CT TW", "39 ct tw", "CT39", "chi thi 39", "chỉ thị 39"])
def test_half_a_number_finds_the_document_first(tree, query):
    assert found(query)[:1] == ["Về hòa giải ở cơ sở"]


def test_internal_documents_are_found_by_staff_only(tree):
    assert found("phân công nội bộ") == []
    assert found("phân công nội bộ", make_person("lan")) == ["Phân công nội bộ"]


def test_counts_hold_nothing_the_reader_may_not_see(tree):
    assert SearchListing(STRANGER, {"q": "phân công"}).tabs[0].count == 0


@pytest.mark.parametrize("query", ["", "   ", '"', "\x00", "a" * 5000, "' OR 1=1 --", "%_%", "🙂", "\u202e", "(" * 300])
def test_strange_queries_answer_calmly(client, tree, query):
    response = client.get("/tim-kiem/", {"q": query})
    assert response.status_code == 200


def test_marked_words_are_escaped():
    assert mark_words("<b>Điển hình</b>", {"dien", "hinh"}) == "&lt;b&gt;<mark>Điển hình</mark>&lt;/b&gt;"


def test_the_name_of_a_kind_brings_that_kind_first(tree):
    tree.add_story("Giữ rừng đầu nguồn")
    tree.add_article("Họp xét gương điển hình")
    assert set(found("guong dien hinh")[:2]) == {"Giữ rừng đầu nguồn", "Gương điển hình về đất đai"}


@pytest.mark.parametrize("value", ["\x00", "%00", "x" * 5000, "-1", "9" * 400, "2024.5", "<script>", "٣"])
@pytest.mark.parametrize("name", ["nam", "thang", "loai", "don_vi", "co_quan", "linh_vuc", "sap_xep", "muc"])
def test_strange_filters_answer_calmly(client, tree, name, value):
    for address in ("/van-ban/", "/kho-luu-tru/", "/tim-kiem/"):
        assert client.get(address, {name: value, "q": "hòa"}).status_code == 200
