"""Cited documents find those the site holds, both ways, and a Party number alone is never decided."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.safestring import mark_safe

from directives.models import Citation
from directives.models.reading import CANDIDATES, HELD, NAMED, DocumentReading
from tests.builders import make_person

pytestmark = pytest.mark.django_db
STRANGER = AnonymousUser()


def cite(text: str, **fields) -> tuple[str, dict]:
    blank = {
        "kind": "",
        "number": "",
        "separator": "/",
        "notation": "",
        "issued_on": None,
        "issuer": "",
        "abstract": "",
        "target": None,
    }
    return ("citation", blank | {"text": text} | fields)


def party(tree, number: str, issued: str, **fields):
    return tree.add_directive(
        f"Chỉ thị {number} ngày {issued}", issued, number=number, separator="-", notation="CT/TW", **fields
    )


def status_of(page, user=STRANGER) -> str:
    return DocumentReading(page, user).citations[0].status


def test_a_dated_citation_is_linked(tree):
    held = party(tree, "39", "01/11/2019", issuer_name="Ban Bí thư")
    party(tree, "39", "21/05/2004", issuer_name="Bộ Chính trị")
    citation = cite("Chỉ thị số 39-CT/TW", number="39", separator="-", notation="CT/TW", issued_on=held.issued_on)
    page = tree.add_directive(cited=[citation])
    assert Citation.objects.get(page=page).target_id == held.pk
    assert status_of(page) == HELD


def test_an_undated_party_number_stays_open_between_its_candidates(tree):
    party(tree, "39", "01/11/2019", issuer_name="Ban Bí thư")
    party(tree, "39", "21/05/2004", issuer_name="Bộ Chính trị")
    page = tree.add_directive(cited=[cite("Chỉ thị số 39-CT/TW", number="39", separator="-", notation="CT/TW")])
    assert status_of(page) == CANDIDATES
    assert len(DocumentReading(page, STRANGER).citations[0].candidates) == 2


def test_a_party_number_with_one_held_document_is_still_only_a_candidate(tree):
    party(tree, "39", "01/11/2019", issuer_name="Ban Bí thư")
    page = tree.add_directive(cited=[cite("Chỉ thị số 39-CT/TW", number="39", separator="-", notation="CT/TW")])
    assert status_of(page) == CANDIDATES


def test_a_familiar_name_is_linked(tree):
    held = tree.add_directive("Nghị quyết", "30/10/2016", number="04", separator="-", notation="NQ/TW")
    page = tree.add_directive(cited=[cite("Nghị quyết Trung ương 4 Khóa XII")])
    row = Citation.objects.get(page=page)
    assert (row.target_id, bool(row.known_as)) == (held.pk, True)


def test_a_document_published_later_is_linked_by_those_who_cited_it_before(tree):
    page = tree.add_directive(cited=[cite("Quyết định số 12/QĐ-STNMT", number="12", notation="QĐ-STNMT")])
    assert status_of(page) == NAMED
    held = tree.add_directive("Quyết định 12", number="12", notation="QĐ-STNMT")
    assert status_of(page) == HELD
    assert [entry.pk for entry in DocumentReading(held, STRANGER).cited_by] == [page.pk]


def test_a_target_the_reader_may_not_see_stays_a_name(tree):
    tree.add_directive("Bí danh zq", audience="staff", number="12", notation="QĐ-STNMT")
    page = tree.add_directive(cited=[cite("Quyết định số 12/QĐ-STNMT", number="12", notation="QĐ-STNMT")])
    assert status_of(page) == NAMED
    assert status_of(page, make_person("lan")) == HELD


def test_cited_phrases_are_linked_once_and_stay_escaped(tree):
    page = tree.add_directive(cited=[cite("Luật A & B")])
    html = DocumentReading(page, STRANGER).link_citations(
        mark_safe("<p>Theo Luật A &amp; B; <b>Luật A &amp; B</b></p>")
    )
    assert html == '<p>Theo <a class="cite nm" href="#vien-dan-1">Luật A &amp; B</a>; <b>Luật A &amp; B</b></p>'
