"""A person who takes back the consent is off the site in the same moment, in every list and at the address."""

from datetime import date, timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from news.models import AwardForm, Commendation, Consent, StoryIndexPage, StoryPage
from portal.office.approval import refusals
from search.models import Entry, FileUse
from tests.builders import make_picture
from tests.office import draft, edit_address, form_data, newest

TODAY = timezone.localdate


@pytest.fixture
def story(office):
    """A published story of a person, with a standing consent."""
    page = StoryPage(title="Giữ rừng", subject="Y Mẫu", summary="Tóm tắt.", kind="individual", unit=office.land)
    page.audience = "public"
    page.consents = [Consent(given_by="Y Mẫu", given_on=date(2024, 3, 1))]
    page = draft(StoryIndexPage.objects.get(), page, office.land_editor)
    newest(page).get_latest_revision().publish()
    return StoryPage.objects.get(pk=page.pk)


def is_seen(client, story) -> bool:
    listed = Entry.objects.visible_to(None).filter(page_id=story.pk).exists()
    opened = client.get(f"/guong-dien-hinh/{story.slug}/").status_code == 200
    assert listed == opened
    return listed


def withdraw(client, story, person, day=None, note="Đơn ngày hôm nay"):
    client.force_login(person)
    address = reverse("withdraw_consent", args=[story.pk])
    answer = client.post(address, {"withdrawn_on": str(day or TODAY()), "note": note})
    client.logout()
    return answer


@pytest.mark.parametrize("who", ["land_editor", "clerk", "leader"])
def test_withdrawal_takes_the_story_down_at_once(office, client, story, who):
    assert is_seen(client, story)
    withdraw(client, story, getattr(office, who))
    assert not is_seen(client, story)
    story = StoryPage.objects.get(pk=story.pk)
    assert not story.live
    row = story.consents.get()
    assert (row.withdrawn_on, row.withdrawal_note) == (TODAY(), "Đơn ngày hôm nay")
    assert [consent.withdrawn_on for consent in newest(story).consents.all()] == [TODAY()]
    assert not FileUse.objects.filter(page_id=story.pk).exists()


def test_a_withdrawn_story_cannot_come_back_by_any_way(office, client, story):
    withdraw(client, story, office.clerk)
    client.force_login(office.clerk)
    urgent = client.post(reverse("urgent_publication", args=[story.pk]), {"reason": "Đăng lại theo yêu cầu"})
    assert "rút lại đồng ý" in " ".join(map(str, get_messages(urgent.wsgi_request)))
    client.post(edit_address(story), form_data(newest(story), **{"action-submit": "1"}))
    client.force_login(office.leader)
    posted = {"action-workflow-action": "true", "workflow-action-name": "approve", "workflow-action-extra-data": "{}"}
    answer = client.post(edit_address(story), form_data(newest(story), **posted))
    assert "rút lại đồng ý" in " ".join(map(str, get_messages(answer.wsgi_request)))
    assert not StoryPage.objects.get(pk=story.pk).live


def test_a_pending_draft_and_a_waiting_version_are_withdrawn_too(office, client, story):
    waiting = newest(story)
    waiting.title = "Giữ rừng, bản mới"
    waiting.go_live_at = timezone.now() + timedelta(days=1)
    waiting.save_revision(user=office.land_editor).publish(user=office.leader, skip_permission_checks=True)
    withdraw(client, story, office.clerk)
    story = StoryPage.objects.get(pk=story.pk)
    assert not story.revisions.filter(approved_go_live_at__isnull=False).exists()
    assert newest(story).title == "Giữ rừng, bản mới"
    assert newest(story).consents.get().withdrawn_on == TODAY()


def test_a_mere_draft_with_the_day_of_withdrawal_takes_the_story_down(office, client, story):
    client.force_login(office.land_editor)
    data = form_data(newest(story))
    data["consents-0-withdrawn_on"] = str(TODAY())
    answer = client.post(edit_address(story), data)
    assert answer.status_code == 302
    client.logout()
    assert not is_seen(client, story)
    assert StoryPage.objects.get(pk=story.pk).consents.get().withdrawn_on == TODAY()


def test_a_draft_with_a_revoked_award_takes_the_story_down(office, client, story):
    mine = newest(story)
    form = AwardForm.objects.first() or AwardForm.objects.create(name="Giấy khen", group="praise")
    mine.commendations = [Commendation(form=form, decision_number="12/QĐ-STNMT")]
    mine.save_revision(user=office.land_editor).publish()
    client.force_login(office.land_editor)
    data = form_data(newest(story))
    data["commendations-0-revoked_on"] = str(TODAY())
    assert client.post(edit_address(story), data).status_code == 302
    client.logout()
    assert not is_seen(client, story)
    assert StoryPage.objects.get(pk=story.pk).commendations.get().revoked_on == TODAY()


def test_the_form_refuses_a_day_before_the_consent_or_after_today(office, client, story):
    tomorrow = TODAY() + timedelta(days=1)
    for day, sentence in ((date(2020, 1, 1), "từ ngày đồng ý"), (tomorrow, "không được sau hôm nay")):
        assert sentence in withdraw(client, story, office.clerk, day).content.decode()
    assert is_seen(client, story)


def test_other_pages_with_the_same_picture_are_told(office, client, story):
    photo = make_picture()
    mine = newest(story)
    mine.photo, mine.photo_alt = photo, "Trong rừng"
    mine.save_revision(user=office.land_editor).publish()
    office.tree.add_story("Tập thể bên cạnh", photo=photo, photo_alt="Trong rừng")
    answer = withdraw(client, story, office.clerk)
    assert "“Tập thể bên cạnh”" in " ".join(map(str, get_messages(answer.wsgi_request)))


def test_another_units_editor_withdraws_nothing(office, client, story):
    assert withdraw(client, story, office.water_editor).status_code in (302, 403)
    assert is_seen(client, story)


@pytest.mark.parametrize("kind", ["individual", "household"])
def test_a_person_or_household_without_consent_is_not_published(office, kind):
    story = StoryPage(title="Chưa có phiếu", subject="A", summary="B", kind=kind, unit=office.land)
    story = draft(StoryIndexPage.objects.get(), story, office.land_editor)
    assert refusals(newest(story)) == [
        "Gương là cá nhân hoặc hộ gia đình phải có phiếu đồng ý công khai còn giá trị mới được đăng."
    ]


def test_a_collective_needs_no_consent(office):
    story = StoryPage(title="Tập thể", subject="A", summary="B", kind="collective", unit=office.land)
    story = draft(StoryIndexPage.objects.get(), story, office.land_editor)
    assert refusals(newest(story)) == []


def test_the_button_leads_to_the_form(office, client, story):
    client.force_login(office.land_editor)
    assert reverse("withdraw_consent", args=[story.pk]) in client.get(edit_address(story)).content.decode()
