"""What the admin warns of: a person is named no page that they may neither read nor edit."""

from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from directives.completeness import said_of_twins
from directives.models import DirectiveIndexPage, DirectivePage
from home.partial_dates import read_partial_date
from news.models import ArticlePage, Consent, NewsIndexPage, StoryIndexPage, StoryPage
from tests.builders import make_person, make_picture, publish
from tests.office import draft, edit_address, form_data, newest

TOKEN = "Zqkemat"
SAME = {"number": "15", "notation": "QĐ-STNMT"}


@pytest.fixture
def page(office):
    """A draft of the unit for land with a number that other documents bear as well."""
    page = DirectivePage(title="Quyết định của phòng", unit=office.land, audience="staff", **SAME)
    page.issued_on = read_partial_date("05/03/2024")
    return draft(DirectiveIndexPage.objects.get(), page, office.land_editor)


def warned(office, client, page, person) -> str:
    """What the person reads after saving, and in the editor."""
    client.force_login(person)
    answer = client.post(edit_address(page), form_data(newest(page)))
    assert answer.status_code == 302
    said = " ".join(str(message) for message in get_messages(answer.wsgi_request))
    return f"{said} {client.get(edit_address(page)).content.decode()}"


def of_named(office):
    office.tree.add_directive(f"{TOKEN} tuyệt mật", audience="people", audience_people=[office.leader], **SAME)


def of_other_unit(office):
    office.tree.add_directive(
        f"{TOKEN} đơn vị", unit=office.water, audience="units", audience_units=[office.water], **SAME
    )


def of_draft(office):
    page = DirectivePage(title=f"{TOKEN} dự thảo", unit=office.water, audience="public", **SAME)
    page.issued_on = read_partial_date("05/03/2024")
    draft(DirectiveIndexPage.objects.get(), page, office.water_editor)


def of_unpublished(office):
    office.tree.add_directive(f"{TOKEN} đã hạ", unit=office.water, **SAME).unpublish()


@pytest.mark.parametrize("add", [of_named, of_other_unit, of_draft, of_unpublished])
def test_a_number_used_by_a_hidden_document_is_said_without_its_title(office, client, page, add):
    add(office)
    said = warned(office, client, page, office.land_editor)
    assert TOKEN not in said and said.count("ngoài phạm vi ông/bà phụ trách") >= 2
    assert TOKEN in warned(office, client, page, office.clerk)


def test_known_twins_are_named_and_hidden_ones_said_once(office, page):
    for add in (of_named, of_draft):
        add(office)
    office.tree.add_directive("Quyết định công khai", **SAME)
    office.tree.add_directive("Quyết định nội bộ", audience="staff", **SAME)
    said = said_of_twins(page, office.land_editor)
    assert [sentence.split("“")[-1] for sentence in said[:2]] == ["Quyết định công khai”.", "Quyết định nội bộ”."]
    assert len(said) == 3 and "một văn bản của cùng cơ quan" in said[2]
    assert len(said_of_twins(page, office.clerk)) == 3


def test_a_number_of_its_own_is_not_warned_of(office, client, page):
    office.tree.add_directive(f"{TOKEN} khác năm", "05/03/2023", **SAME)
    assert "Trùng số" not in warned(office, client, page, office.land_editor)


@pytest.fixture
def story(office):
    """A published story of a person with a photo, which the editor of the unit for land looks after."""
    page = StoryPage(title="Giữ rừng", subject="Y Mẫu", summary="Tóm tắt.", kind="individual", unit=office.land)
    page.audience, page.photo, page.photo_alt = "public", make_picture(), "Y Mẫu"
    page.consents = [Consent(given_by="Y Mẫu", given_on=date(2024, 3, 1), covers_photo=True)]
    page = draft(StoryIndexPage.objects.get(), page, office.land_editor)
    newest(page).get_latest_revision().publish()
    return StoryPage.objects.get(pk=page.pk)


def withdraw(client, story, person) -> str:
    client.force_login(person)
    address = reverse("withdraw_consent", args=[story.pk])
    answer = client.post(address, {"withdrawn_on": str(timezone.localdate()), "note": "Đơn"})
    assert answer.status_code == 302
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


def show_in(story, title: str, **fields) -> None:
    page = ArticlePage(title=title, live=False, photo=story.photo, photo_alt="Y Mẫu", **fields)
    publish(NewsIndexPage.objects.get(), page)


def test_other_pages_with_the_picture_are_named_to_who_may_know_them(office, client, story):
    show_in(story, "Tin công khai", audience="public")
    show_in(story, f"{TOKEN} một", audience="people", audience_people=[office.leader])
    show_in(story, f"{TOKEN} hai", audience="units", audience_units=[office.water], unit=office.water)
    said = withdraw(client, story, office.land_editor)
    assert "“Tin công khai” và 2 trang khác ngoài phạm vi ông/bà phụ trách" in said and TOKEN not in said


def test_hidden_pages_alone_are_counted(office, client, story):
    show_in(story, f"{TOKEN} một", audience="people", audience_people=[office.leader])
    said = withdraw(client, story, office.land_editor)
    assert "hãy thay ảnh ở đó: 1 trang ngoài phạm vi" in said and TOKEN not in said


def test_the_office_is_named_all_of_them(office, client, story):
    show_in(story, f"{TOKEN} một", audience="people", audience_people=[office.leader])
    assert f"“{TOKEN} một”." in withdraw(client, story, office.clerk)


def test_a_picture_used_once_is_not_warned_of(office, client, story):
    assert "Ảnh của bài cũng" not in withdraw(client, story, make_person("admin", is_superuser=True))
