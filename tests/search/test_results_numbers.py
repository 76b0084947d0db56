"""Half numbers, the names of kinds beside them, and what the result page says of a number it was asked for."""

import pytest

from directives.models import DocumentKind
from search.asking import Ask
from search.results import Search
from tests.search.test_results_page import STRANGER, found, html_of, links_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree(tree):
    tree.directive_kind = DocumentKind.objects.get(series="party", slug="chi_thi")
    tree.add_directive("Về hòa giải ở cơ sở", number="39", separator="-", notation="CT/TW", kind=tree.directive_kind)
    return tree


@pytest.mark.parametrize(
    "query", ["nghị định 30/2020", "nghị định số 30/2020", "30/2020", "nđ số 30", "cv 30", "vb 30"]
)
def test_half_a_number_behind_the_name_of_its_kind(tree, query):
    tree.add_directive("Thi hành Nghị định số 30/2020/NĐ-CP, nghị định số 30/2020", number="7", notation="KH-STNMT")
    tree.add_directive("Về công tác văn thư", number="30", notation="2020/NĐ-CP")
    assert found(query)[0] == "Về công tác văn thư"


def test_a_standard_that_nobody_has_finds_nothing(tree):
    tree.add_directive("Về 99 cơ sở do Phòng TN&MT kiểm tra theo quy chuẩn kỹ thuật quốc gia")
    assert found("QCVN 99-MT:2031") == []


def test_a_document_is_found_by_the_name_of_its_kind(tree):
    letter = DocumentKind.objects.get(series="state", slug="cong_van")
    tree.add_directive("V/v kiểm soát nước thải", number="1150", notation="STNMT-VP", kind=letter)
    rows = Search(STRANGER, Ask(text="công văn nước thải", match="all")).rows
    assert [row.entry.title for row in rows] == ["V/v kiểm soát nước thải"]


def test_a_bare_number_counts_what_has_lost_its_force(client, tree):
    tree.add_directive("Văn bản cũ", number="88", notation="QĐ-STNMT", validity="expired")
    tree.add_directive("Văn bản mới", number="88", notation="HD-STNMT")
    text = words_of(html_of(client, q="88"))
    assert "Tìm thấy 2 kết quả" in text and "Đúng số, ký hiệu: 2 văn bản khác nhau" in text
    assert "không hiện" not in text


def test_a_number_among_other_words_is_said_with_the_way_back(client, tree):
    day = {"issued": "01/11/2019", "number": "39", "separator": "-", "notation": "CT/TW"}
    tree.add_directive("Về người khuyết tật", kind=tree.directive_kind, **day)
    html = html_of(client, q="39 ct tw hoa giai")
    text = words_of(html)
    assert "Đã hiểu là số, ký hiệu 39-CT/TW và cụm từ hoa giai ." in text
    assert text.index("Về hòa giải ở cơ sở") < text.index("Về người khuyết tật")
    assert "Đúng số, ký hiệu" not in words_of(html_of(client, q="39 ct tw hoa giai", nguyen_van="1"))
    assert links_of(html)["Tìm đúng như đã gõ"].endswith("nguyen_van=1")
