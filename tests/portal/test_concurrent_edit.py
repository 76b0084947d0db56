"""Two editors, one page: the second is told, sees both texts, and nothing is lost whatever they choose."""

import re

import pytest
from wagtail.models import PageLogEntry, Revision

from directives.models import DirectiveIndexPage, DirectivePage
from portal.office.concurrent_edit import KEPT_ASIDE
from tests.office import draft, edit_address, form_data, newest

JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def page(office):
    fields = {"title": "Kế hoạch chung", "abstract": "Về sử dụng đất", "unit": office.land, "audience": "public"}
    return draft(DirectiveIndexPage.objects.get(), DirectivePage(**fields), office.land_editor)


def titles(page) -> list[str]:
    revisions = Revision.objects.for_instance(page).order_by("created_at", "id")
    return [revision.content["title"] for revision in revisions]


@pytest.fixture
def refused(office, client, page):
    """What the clerk is shown after the editor saved first; the clerk had loaded the page before."""
    loaded_by_clerk = form_data(newest(page), title="Kế hoạch của văn phòng", abstract="Về sử dụng đất năm 2024")
    client.force_login(office.land_editor)
    client.post(edit_address(page), form_data(newest(page), title="Kế hoạch của phòng"))
    client.force_login(office.clerk)
    return client.post(edit_address(page), loaded_by_clerk), loaded_by_clerk


def test_the_second_person_is_told_who_saved_and_sees_both_texts(refused, page):
    answer, _ = refused
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "Nguyễn Văn Đất" in html
    assert "Những chỗ khác nhau" in html
    differences = re.search(r"office-conflict__table.*?</table>", html, re.S)[0]
    assert "Tiêu đề" in differences
    assert "Trích yếu" in differences
    assert "của văn phòng" in re.sub(r"<[^>]+>", "", differences).replace("của phòng", "")
    assert newest(page).title == "Kế hoạch của phòng"


def test_all_that_was_typed_is_still_in_the_form(refused):
    html = refused[0].content.decode()
    assert 'value="Kế hoạch của văn phòng"' in html
    assert "Về sử dụng đất năm 2024" in html
    assert "data-w-autosave-interval-value" not in html


def test_the_refused_text_is_kept_in_the_history_and_is_not_the_newest(office, refused, page):
    assert titles(page) == ["Kế hoạch chung", "Kế hoạch của văn phòng", "Kế hoạch của phòng"]
    assert PageLogEntry.objects.get(page_id=page.pk, action=KEPT_ASIDE).user == office.clerk
    kept = Revision.objects.for_instance(page).get(user=office.clerk)
    assert not kept.is_latest_revision()


def test_saving_again_without_choosing_is_refused_again_and_keeps_one_copy(client, refused, page):
    answer, posted = refused
    kept = re.search(r'name="kept-revision" value="(\d+)"', answer.content.decode())[1]
    again = client.post(edit_address(page), posted | {"kept-revision": kept, "title": "Kế hoạch lần hai"})
    assert "Chưa lưu" in again.content.decode()
    assert titles(page) == ["Kế hoạch chung", "Kế hoạch lần hai", "Kế hoạch của phòng"]


def test_a_deliberate_choice_saves_over_and_history_holds_both(office, client, refused, page):
    answer, posted = refused
    stamp = re.search(r'name="save-over" value="([^"]+)"', answer.content.decode())[1]
    assert client.post(edit_address(page), posted | {"save-over": stamp}).status_code == 302
    assert newest(page).title == "Kế hoạch của văn phòng"
    assert newest(page).latest_revision.user == office.clerk
    assert "Kế hoạch của phòng" in titles(page)


def test_a_choice_made_about_an_older_version_does_not_hold_for_a_newer_one(office, client, refused, page):
    answer, posted = refused
    stamp = re.search(r'name="save-over" value="([^"]+)"', answer.content.decode())[1]
    newest(page).save_revision(user=office.leader)
    page_of_leader = newest(page)
    page_of_leader.title = "Kế hoạch của lãnh đạo"
    page_of_leader.save_revision(user=office.leader)
    assert client.post(edit_address(page), posted | {"save-over": stamp}).status_code == 200
    assert newest(page).title == "Kế hoạch của lãnh đạo"


@pytest.mark.parametrize("action", ["action-submit", "action-publish"])
def test_submitting_a_stale_form_is_refused_too(office, client, page, action):
    loaded = form_data(newest(page), title="Bản cũ")
    mine = newest(page)
    mine.title = "Bản mới"
    mine.save_revision(user=office.land_editor)
    client.force_login(office.clerk)
    answer = client.post(edit_address(page), loaded | {action: "1"})
    assert "Chưa lưu" in answer.content.decode()
    assert newest(page).title == "Bản mới"
    assert not newest(page).workflow_in_progress


def test_a_loaded_version_that_autosave_overwrote_counts_as_stale(office, client, page):
    client.force_login(office.land_editor)
    loaded = form_data(newest(page), title="Bản của văn phòng")
    autosaved = form_data(newest(page), title="Tự lưu")
    autosaved |= {"overwrite_revision_id": autosaved["loaded_revision_id"]}
    answer = client.post(edit_address(page), autosaved, **JSON)
    assert answer.json()["success"], answer.json()
    assert loaded["loaded_revision_id"] == str(newest(page).latest_revision_id)
    client.force_login(office.clerk)
    assert "Chưa lưu" in client.post(edit_address(page), loaded).content.decode()
    assert newest(page).title == "Tự lưu"


def test_a_form_that_does_not_say_what_it_was_loaded_from_is_not_trusted(office, client, page):
    client.force_login(office.clerk)
    posted = form_data(newest(page), title="Không rõ nguồn")
    posted = {name: value for name, value in posted.items() if not name.startswith("loaded_")}
    assert "Chưa lưu" in client.post(edit_address(page), posted).content.decode()


def test_an_up_to_date_form_and_one_without_differences_are_saved(office, client, page):
    client.force_login(office.clerk)
    assert client.post(edit_address(page), form_data(newest(page), title="Mới")).status_code == 302
    stale = form_data(newest(page))
    newest(page).save_revision(user=office.land_editor)
    assert client.post(edit_address(page), stale).status_code == 302


def test_a_stale_form_with_an_error_shows_the_conflict_and_no_500(office, client, page):
    stale = form_data(newest(page), title="x" * 500, number="sai/so")
    mine = newest(page)
    mine.title = "Bản mới"
    mine.save_revision(user=office.land_editor)
    client.force_login(office.clerk)
    answer = client.post(edit_address(page), stale)
    assert answer.status_code == 200
    assert newest(page).title == "Bản mới"


def test_reverting_from_a_stale_form_is_refused(office, client, page):
    first = newest(page).latest_revision
    mine = newest(page)
    mine.title = "Bản hai"
    mine.save_revision(user=office.land_editor)
    stale = form_data(first.as_object())
    third = newest(page)
    third.title = "Bản ba"
    third.save_revision(user=office.land_editor)
    client.force_login(office.clerk)
    answer = client.post(f"/quan-tri/pages/{page.pk}/revisions/{first.pk}/revert/", stale)
    assert "Chưa lưu" in answer.content.decode()
    assert newest(page).title == "Bản ba"
