"""The office's own forms on a desk and on a telephone: whole headings, room under the bar, events that can be read."""

from datetime import date
from itertools import pairwise

import pytest
from django.urls import reverse

from home.audit.actions import EDITED
from home.audit.events import Subject
from home.audit.recording import record
from news.models import Consent
from tests.builders import make_picture
from tests.office import make_office

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
WIDTHS = (1280, 360)
#: How far below the bar the first line stands, and whether any heading is longer than its place.
LAYOUT = """() => {
  const bar = document.querySelector("header.w-slim-header").getBoundingClientRect().bottom;
  const first = document.querySelector(".nice-padding :is(h2, p)").getBoundingClientRect().top;
  const heads = [...document.querySelectorAll("h2, header.w-slim-header div:has(nav)")];
  const cut = heads.filter((each) => each.clientWidth && each.scrollWidth > each.clientWidth + 1);
  const wide = document.documentElement.scrollWidth;
  return {room: first - bar, heads: heads.length, cut: cut.map((each) => each.textContent.trim()), wide};
}"""
#: The lines of messages that the button of the menu lies upon.
COVERED = """() => {
  const button = document.querySelector(".sidebar-nav-toggle").getBoundingClientRect();
  const lines = [...document.querySelectorAll(".messages li")].flatMap((message) => {
    const text = document.createRange();
    text.selectNodeContents(message);
    return [...text.getClientRects()];
  });
  const lies = (line) => line.width && line.left < button.right && line.top < button.bottom && line.bottom > button.top;
  return lines.filter(lies).map((line) => [line.left, line.top, line.width]);
}"""


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def story(office):
    page = office.tree.add_story(audience="staff")
    page.consents = [Consent(given_by="Người thử", given_on=date(2024, 3, 1))]
    page.save()
    return page


@pytest.mark.parametrize("width", WIDTHS)
def test_headings_are_whole_and_stand_clear_of_the_bar(page_at, office, story, width):
    draft = office.tree.add_directive("Kế hoạch " + "kiểm tra đất công ích của các xã " * 4, audience="staff")
    draft.save_revision()
    page = page_at(user=office.administrator, width=width)
    for address in (
        reverse("purge_state"),
        reverse("withdraw_consent", args=[story.pk]),
        reverse("anonymise", args=[story.pk]),
        reverse("audit"),
        reverse("audit_help"),
        reverse("urgent_review"),
        reverse("urgent_publication", args=[draft.pk]),
    ):
        page.goto(address)
        seen = page.evaluate(LAYOUT)
        assert seen["room"] >= 12, (address, seen)
        assert seen["heads"] and not seen["cut"] and seen["wide"] <= width, (address, seen)


def test_no_message_stands_under_the_button_of_the_menu(page_at, office, story):
    story.photo, story.photo_alt = make_picture(), "Rừng"
    story.save_revision().publish()
    page = page_at(user=office.administrator, width=360)
    page.goto(reverse("withdraw_consent", args=[story.pk]))
    page.get_by_role("button", name="Rút lại đồng ý và hạ bài").click()
    page.locator(".messages li").nth(1).wait_for()
    page.wait_for_timeout(1000)  # they slide in
    assert page.locator(".messages li").count() == 2
    assert page.evaluate(COVERED) == []


def test_the_log_shows_events_first_on_a_telephone_and_filters_on_a_desk(page_at, office):
    for number in range(3):
        record(EDITED, Subject("directive", number, "1/QĐ", office.land.pk, "units", "office"), office.clerk)
    page = page_at(user=office.administrator, width=360)
    page.goto(reverse("audit"))
    row = page.locator(".audit-table tbody tr").first
    assert row.bounding_box()["y"] < 500 and row.bounding_box()["width"] <= 340
    assert not page.locator("#id_viec").is_visible()
    page.locator(".audit-filter summary").click()
    page.locator("#id_viec").select_option(EDITED)
    page.get_by_role("button", name="Lọc", exact=True).click()
    assert "Việc: Sửa bản nháp" in page.locator(".audit-filter summary").inner_text()
    page.set_viewport_size({"width": 1280, "height": 800})
    fields = [page.locator(f"#id_{name}").bounding_box() for name in ("tu", "den", "nguoi", "viec")]
    assert all(left["x"] + left["width"] <= right["x"] for left, right in pairwise(fields))


def test_nothing_is_cut_in_the_door_on_a_telephone(page_at):
    page = page_at(width=360)
    page.goto("/quan-tri/login/")
    assert page.locator("[name=username]").is_visible()
    assert page.locator("input[placeholder]").count() == 0
