"""Which part of a document is shown and what is marked in it."""

import pytest
from django.contrib.auth.models import AnonymousUser

from search.asking import Ask
from search.models import AttachmentPage, Entry
from search.passages import best_passages
from search.results import Search

pytestmark = pytest.mark.django_db
FAR = "Các cơ quan thực hiện nhiệm vụ được giao theo kế hoạch hằng năm của tỉnh. " * 6


def passage_of(entry: Entry, query: str):
    return best_passages([entry], Search(AnonymousUser(), Ask(text=query)).understanding)[entry.pk]


def marks(entry: Entry, query: str) -> tuple[list[str], list[str]]:
    """What is marked in the title and in the passage."""
    passage = passage_of(entry, query)
    return tuple([text for text, is_found in pieces if is_found] for pieces in (passage.title, passage.text))


def add(tree, title: str, body: str) -> Entry:
    entry = Entry.objects.get(pk=tree.add_directive(title, number="7", notation="BC-STNMT").pk)
    entry.body = body
    return entry


@pytest.mark.parametrize(
    ("query", "found"), [("lúa", ["lúa"]), ("lụa", ["Lụa"]), ("lua", ["Lụa", "lúa"]), ("LÚA", ["lúa"])]
)
def test_the_word_is_marked_as_it_was_typed(tree, query, found):
    entry = add(tree, "Báo cáo nghề lua", "Lụa tơ tằm và ruộng lúa hai vụ.")
    assert marks(entry, query)[1] == found


def test_the_passage_is_taken_where_the_accents_agree(tree):
    entry = add(tree, "Báo cáo", f"Có số liệu. {FAR} Hòa giải ở cơ sở.")
    assert marks(entry, "cơ sở")[1] == ["cơ sở"]
    assert marks(entry, "co so")[1] == ["Có số"]


def test_letters_alone_are_marked_where_nothing_better_is_held(tree):
    entry = add(tree, "Bao cao", "Hoa giai o co so.")
    assert marks(entry, "hòa giải cơ sở") == ([], ["Hoa giai", "co so"])


def test_another_word_of_the_same_letters_is_not_marked_below_a_title_that_holds_the_word(tree):
    entry = add(tree, "Kế hoạch gieo cấy lúa", f"{FAR} Lụa tơ tằm.")
    assert marks(entry, "lúa") == (["lúa"], [])
    assert marks(entry, "lua")[1] == ["Lụa"]


def test_an_abbreviation_is_marked_in_its_long_form(tree):
    entry = add(tree, "Quyết định", "Bàn nhân dân. Ủy ban nhân dân tỉnh.")
    assert marks(entry, "UBND")[1] == ["nhân dân", "Ủy ban nhân dân"]
    assert marks(entry, "uy ban nhan dan")[1] == ["Bàn nhân dân", "Ủy ban nhân dân"]


def test_a_mended_word_is_marked_whatever_its_accents(tree):
    entry = add(tree, "Khoáng sản rắn", "Mỏ khoáng sản rắn.")
    assert marks(entry, "khoáng snả rắn")[1] == ["khoáng sản rắn"]


def test_the_page_of_a_file_that_holds_the_word_as_typed_is_shown(tree):
    entry = add(tree, "Báo cáo", "Lụa tơ tằm.")
    entry.has_files = True
    for number, text, folded in ((1, "Lụa, lua, lụa.", " lua lua lua "), (2, "Ruộng lúa.", " ruong lua ")):
        AttachmentPage.objects.create(
            page_id=entry.pk, position=number, file_id=1, file_name="bc.pdf", number=number, text=text, folded=folded
        )
    passage = passage_of(entry, "lúa")
    assert (passage.source, passage.source_page, ("lúa", True) in passage.text) == ("bc.pdf", 2, True)
    assert passage_of(entry, "lua").source == ""
