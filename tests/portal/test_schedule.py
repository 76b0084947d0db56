"""A dead timer shows nothing early or late; a run tidies, oldest first, whatever fails in between."""

from datetime import date, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page, PageLogEntry

from directives.models import DirectiveIndexPage, DirectivePage
from news.models import StoryPage
from portal.office import timetable
from search.models import Entry, Grant
from tests.office import draft, newest

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2024, 3, 5, 8, 0, tzinfo=HANOI)


@pytest.fixture
def clock(time_machine):
    time_machine.move_to(NOW, tick=False)
    return time_machine


def schedule(office, title: str, opens: datetime | None = None, closes: datetime | None = None, **fields):
    """A page whose approval already came; it waits for its hour or runs until its last."""
    fields = {"title": title, "unit": office.land, "audience": "public", "abstract": title} | fields
    page = draft(DirectiveIndexPage.objects.get(), DirectivePage(**fields), office.land_editor)
    page = newest(page)
    page.go_live_at, page.expire_at = opens, closes
    page.save_revision(user=office.land_editor).publish(user=office.leader, skip_permission_checks=True)
    return DirectivePage.objects.get(pk=page.pk)


def tick() -> str:
    output = StringIO()
    call_command("tick", stdout=output, stderr=output)
    return output.getvalue()


def readers_see(client, page) -> tuple[bool, bool]:
    """Whether a stranger opens the page, and whether a list shows it."""
    listed = Entry.objects.visible_to(None).filter(page_id=page.pk).exists()
    return client.get(f"/van-ban/{page.slug}/").status_code == 200, listed


def test_a_new_page_is_read_from_its_hour_on_without_any_timer(office, client, clock):
    page = schedule(office, "Chờ đến giờ", opens=NOW + timedelta(hours=2))
    assert not page.live
    assert readers_see(client, page) == (False, False)
    clock.move_to(NOW + timedelta(hours=1, minutes=59), tick=False)
    assert readers_see(client, page) == (False, False)
    clock.move_to(NOW + timedelta(hours=2), tick=False)
    assert readers_see(client, page) == (True, True)


def test_an_expiring_page_is_gone_at_its_hour_without_any_timer(office, client, clock):
    page = schedule(office, "Hết hạn", closes=NOW + timedelta(hours=2))
    assert readers_see(client, page) == (True, True)
    clock.move_to(NOW + timedelta(hours=2), tick=False)
    assert readers_see(client, page) == (False, False)


def test_a_waiting_page_that_expires_before_anybody_ran_the_timer_stays_gone(office, client, clock):
    page = schedule(office, "Thoáng qua", opens=NOW + timedelta(hours=1), closes=NOW + timedelta(hours=2))
    clock.move_to(NOW + timedelta(hours=3), tick=False)
    assert readers_see(client, page) == (False, False)
    tick()
    assert readers_see(client, page) == (False, False)


def test_a_run_publishes_and_withdraws_what_is_due_and_says_so(office, client, clock):
    opening = schedule(office, "Chờ đến giờ", opens=NOW + timedelta(hours=1))
    closing = schedule(office, "Hết hạn", closes=NOW + timedelta(hours=1))
    later = schedule(office, "Chưa đến giờ", opens=NOW + timedelta(days=1))
    clock.move_to(NOW + timedelta(hours=1), tick=False)
    said = tick()
    assert "Đã đăng theo lịch: “Chờ đến giờ”." in said
    assert "Đã hạ trang hết hạn: “Hết hạn”." in said
    assert "Chưa đến giờ" not in said
    states = {page.title: Page.objects.get(pk=page.pk).live for page in (opening, closing, later)}
    assert states == {"Chờ đến giờ": True, "Hết hạn": False, "Chưa đến giờ": False}
    assert readers_see(client, opening) == (True, True)
    assert tick() == "Không có việc nào đến hạn.\n"


def test_due_versions_go_oldest_first(office, clock):
    schedule(office, "Thứ hai", opens=NOW + timedelta(hours=2))
    schedule(office, "Thứ nhất", opens=NOW + timedelta(hours=1))
    clock.move_to(NOW + timedelta(hours=3), tick=False)
    said = tick()
    assert said.index("Thứ nhất") < said.index("Thứ hai")


def test_one_bad_page_stops_no_other_and_the_run_ends_with_an_error(office, clock):
    bad = schedule(office, "Bản hỏng", opens=NOW + timedelta(hours=1))
    good = schedule(office, "Bản lành", opens=NOW + timedelta(hours=2))
    ending = schedule(office, "Hết hạn", closes=NOW + timedelta(hours=2))
    revision = bad.revisions.get(approved_go_live_at__isnull=False)
    revision.content["kind"] = "không phải số"
    revision.save()
    tick()  # what only a first run has to do is done
    clock.move_to(NOW + timedelta(hours=3), tick=False)
    output, errors = StringIO(), StringIO()
    with pytest.raises(CommandError, match="1 việc đến hạn không làm được; 2 việc khác đã xong"):
        call_command("tick", stdout=output, stderr=errors)
    assert f"mã {revision.pk}" in errors.getvalue()
    assert "Bản lành" in output.getvalue()
    assert Page.objects.get(pk=good.pk).live
    assert not Page.objects.get(pk=ending.pk).live


def test_two_runs_that_found_the_same_work_do_it_once(office, clock):
    page = schedule(office, "Đăng một lần", opens=NOW + timedelta(hours=1))
    revision = page.revisions.get(approved_go_live_at__isnull=False)
    clock.move_to(NOW + timedelta(hours=1), tick=False)
    assert timetable.publish_due(revision.pk) == "Đã đăng theo lịch: “Đăng một lần”."
    assert timetable.publish_due(revision.pk) == ""
    assert PageLogEntry.objects.filter(page_id=page.pk, action="wagtail.publish.scheduled").count() == 1


def test_a_prolonged_page_is_not_withdrawn_by_a_run_that_listed_it_before(office, clock):
    page = schedule(office, "Gia hạn", closes=NOW + timedelta(hours=1))
    clock.move_to(NOW + timedelta(hours=2), tick=False)
    Page.objects.filter(pk=page.pk).update(expire_at=NOW + timedelta(days=9))
    assert timetable.unpublish_expired(page.pk) == ""
    assert Page.objects.get(pk=page.pk).live


def test_a_story_leaves_at_the_end_of_its_last_public_day(office, client, clock):
    story = office.tree.add_story("Gương có hạn", unit=office.land, public_until_on=date(2024, 3, 6))
    clock.move_to(datetime(2024, 3, 6, 23, 59, tzinfo=HANOI), tick=False)
    assert Entry.objects.visible_to(None).filter(page_id=story.pk).exists()
    clock.move_to(datetime(2024, 3, 7, 0, 0, tzinfo=HANOI), tick=False)
    assert not Entry.objects.visible_to(None).filter(page_id=story.pk).exists()
    assert client.get(f"/guong-dien-hinh/{story.slug}/").status_code == 404
    assert "Đã hạ gương hết hạn công khai: “Gương có hạn”." in tick()
    assert not StoryPage.objects.get(pk=story.pk).live
    assert not Grant.objects.filter(page_id=story.pk).exists()
