"""Cited documents find those the site holds, both ways, and a Party number alone is never decided."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.safestring import mark_safe

from directives.choosing import undecided
from directives.models import Citation
from directives.models.reading import CANDIDATES, HELD, NAMED, DocumentReading
from search.remembered import forget_everything
from tests.builders import make_person
from tests.directives.citing import cite, cite_decision, cite_party
from tests.office import make_office

pytestmark = pytest.mark.django_db
STRANGER = AnonymousUser()


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


def test_a_held_document_is_a_link_in_the_text_itself(tree):
    held = party(tree, "39", "01/11/2019")
    page = tree.add_directive(cited=[cite_party("39", "01/11/2019")])
    html = DocumentReading(page, STRANGER).link_citations(mark_safe("<p>Chỉ thị số 39-CT/TW</p>"))
    assert html == f'<p><a class="cite" href="{held.url}">Chỉ thị số 39-CT/TW</a></p>'


def test_what_a_person_chose_survives_publication_of_either_page(tree):
    first = party(tree, "39", "21/05/2004", issuer_name="Bộ Chính trị")
    held = party(tree, "39", "01/11/2019", issuer_name="Ban Bí thư")
    page = tree.add_directive(cited=[cite_party("39", target=held)])
    for each in (page, held, first, page):
        type(each).objects.get(pk=each.pk).save_revision().publish()
        assert DocumentReading(page, STRANGER).citations[0].entry.pk == held.pk
    held.delete()
    assert status_of(page) == CANDIDATES


def test_candidates_are_chosen_in_a_new_version_of_the_draft(client):
    office = make_office()
    held = party(office.tree, "39", "01/11/2019", issuer_name="Ban Bí thư")
    party(office.tree, "39", "21/05/2004", issuer_name="Bộ Chính trị")
    page = office.tree.add_directive(cited=[cite_party("05", "15/05/2016"), cite_party("39")], unit=office.land)
    address = reverse("choose_citations", args=[page.pk])
    client.force_login(office.water_editor)
    assert client.get(address).status_code != 200
    client.force_login(office.land_editor)
    editor = reverse("wagtailadmin_pages:edit", args=[page.pk])
    for shown in (address, editor):
        assert "Ban Bí thư, 01/11/2019" in client.get(shown).content.decode(), shown
    assert client.post(address, {"citation-1": "999999"}).status_code == 422
    assert client.post(address, {"citation-1": str(held.pk)}).status_code == 302
    type(page).objects.get(pk=page.pk).get_latest_revision().publish()
    assert Citation.objects.get(page=page, position=1).target_id == held.pk


def test_candidates_hidden_from_the_editor_are_not_offered(tree):
    party(tree, "39", "01/11/2019", audience="staff")
    page = tree.add_directive(cited=[cite_party("39")])
    someone = make_person("lan", is_active=False)
    assert undecided(page, someone) == []


def test_a_document_that_a_thousand_cite_is_linked_at_once_and_lists_the_newest(tree, client):
    pages = [tree.add_directive(f"Văn bản {n}", cited=[cite_decision()]) for n in range(3)]
    rows = [Citation(page=pages[0], position=n, text="Quyết định số 12/QĐ-STNMT", number="12", notation="QĐ-STNMT")
            for n in range(1, 1000)]  # fmt: skip
    Citation.objects.bulk_create(rows)
    with CaptureQueriesContext(connection) as spent:
        held = tree.add_directive("Quyết định 12", number="12", notation="QĐ-STNMT")
    assert Citation.objects.filter(target=held).count() == 1002
    assert len(spent) < 300, "each citation is not asked about by itself"
    for address in (held.url, pages[0].url, f"{pages[0].url}toan-van/"):
        forget_everything()
        client.get(address)
        caches["default"].clear()
        with CaptureQueriesContext(connection) as spent:
            assert client.get(address).status_code == 200
        assert len(spent) <= 12, address


def test_more_back_links_than_fit_are_left_to_search(tree, client, monkeypatch):
    monkeypatch.setattr("directives.models.reading.MOST_CITING", 2)
    held = tree.add_directive("Quyết định 12", number="12", notation="QĐ-STNMT")
    for n in range(3):
        tree.add_directive(f"Văn bản {n}", f"0{n + 1}/03/2024", cited=[cite_decision()])
    reading = DocumentReading(held, STRANGER)
    assert ([entry.title for entry in reading.cited_by], reading.is_cited_by_more) == (["Văn bản 2", "Văn bản 1"], True)
    assert "?q=12/Q%C4%90-STNMT" in client.get(held.url).content.decode()
