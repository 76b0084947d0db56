"""What a query is taken to mean, by the words of documents in the index."""

import pytest
from django.contrib.auth.models import AnonymousUser

from search.asking import Ask
from search.results import Search

pytestmark = pytest.mark.django_db
TITLES = (
    "Quyết định khen thưởng phong trào thi đua",
    "Kế hoạch bảo vệ môi trường",
    "Quyết định giao đất, cho thuê đất",
)


@pytest.fixture
def tree(tree):
    for number, title in enumerate(TITLES, start=1181):
        tree.add_directive(title, number=str(number), notation="QĐ-STNMT")
    return tree


def search(text: str, **fields) -> Search:
    return Search(AnonymousUser(), Ask(text=text, **fields))


@pytest.mark.parametrize(
    "typed", ["quyeets ddinhj khen thuowngr", "quye61t d9i5nh khen thu7o73ng", "quyết định khen thưởng"]
)
def test_raw_telex_and_vni_are_read(tree, typed):
    found = search(typed)
    assert found.used_text == "quyết định khen thưởng"
    assert found.rows[0].entry.title == TITLES[0]


def test_as_typed_changes_nothing(tree):
    assert search("quyeets ddinhj", as_typed=True).understanding.changes == ()


@pytest.mark.parametrize("typed", ["quyt định khen thưởng", "quyết địnhh khen thưởng"])
def test_a_slip_is_mended_and_spelled_as_documents_do(tree, typed):
    assert search(typed).used_text == "quyết định khen thưởng"


@pytest.mark.parametrize(
    ("typed", "used"), [("quản lí đất đai", "quản lý đất đai"), ("quan li dat dai", "quan ly dat dai")]
)
def test_i_and_y_are_one_word_in_two_spellings(tree, typed, used):
    tree.add_directive("Kế hoạch quản lý đất đai", number="1190", notation="KH-STNMT")
    found = search(typed)
    assert (found.understanding.changes, found.understanding.used_text) == ((), used)
    assert found.rows[0].entry.title == "Kế hoạch quản lý đất đai"
    assert "".join(piece for piece, is_marked in found.rows[0].title if is_marked).endswith("quản lý đất đai")


def test_a_code_in_capitals_has_one_spelling(tree):
    tree.add_directive("Kế hoạch quản lý đất đai", number="1190", notation="KH-STNMT")
    assert search("đất đai LI").understanding.used_text == "đất đai LI"


def test_a_space_left_out_is_put_back(tree):
    tree.add_directive("Phong trào thi đua năm 2024", number="1190", notation="KH-STNMT")
    assert search("khen thưởng thiđua").used_text == "khen thưởng thi đua"
    assert search("phongtrao").used_text == "phong trào"


@pytest.mark.parametrize("typed", ["1182", "1182/QĐ-STNMT môi trường", "môi trường 1182 qđ stnmt"])
def test_a_number_among_other_words_leads_its_document(tree, typed):
    first = search(typed).rows[0]
    assert (first.entry.number, first.is_number_hit) == ("1182", True)


def test_a_number_asks_for_no_other_words(tree):
    assert [row.entry.number for row in search("số 1182/QĐ-STNMT").rows] == ["1182"]


def test_words_side_by_side_are_marked_before_scattered_ones(tree):
    title = search("thi dua").rows[0].title
    assert [text for text, is_found in title if is_found] == ["thi đua"]


def test_of_one_number_the_date_typed_behind_it_chooses(tree):
    days = {
        day: tree.add_directive("Về đất đai", issued=f"{day}/03/2024", number="77", notation="QĐ-UBND")
        for day in (11, 12)
    }
    for day, page in days.items():
        assert search(f"77/QĐ-UBND ngày {day}/3/2024").rows[0].entry.pk == page.pk


def test_accents_that_no_found_document_has_are_asked_about(tree):
    for number in range(5):
        tree.add_directive(f"Xây dựng nông thôn mới đợt {number}", number=str(200 + number), notation="KH-UBND")
    assert search("nông thôn mơi").did_you_mean == "nông thôn mới"
    assert search("nông thôn mới").did_you_mean == search("nong thon moi").did_you_mean == ""
    assert search("nông thôn mơi", as_typed=True).did_you_mean == ""


def test_who_typed_no_accents_is_asked_for_none(tree):
    for number in range(5):
        tree.add_directive(f"Quản lý đất đai đợt {number}", number=str(200 + number), notation="KH-UBND")
    found = search("quan li dat dai")
    assert (found.total, found.did_you_mean) == (5, "")
