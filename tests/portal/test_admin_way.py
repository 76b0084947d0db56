"""The way of a document through the office in a real browser: every word on it is Vietnamese."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from directives.models import DirectiveIndexPage, DirectivePage
from tests.office import make_office

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ENGLISH = json.loads((Path(__file__).parent / "admin_strings.json").read_text())
# What people read, and what a screen reader says.
WORDS_ON_PAGE = """() => [
  document.title, document.body.innerText,
  ...[...document.querySelectorAll('[aria-label],[title],[placeholder],[alt]')].flatMap(
    e => ['aria-label', 'title', 'placeholder', 'alt'].map(name => e.getAttribute(name))),
  ...[...document.querySelectorAll('input[type=submit],input[type=button],option')].map(e => e.value + ' ' + e.text),
].filter(Boolean).join('\\n')"""
KNOWN = re.compile("|".join(rf"(?<![\w]){re.escape(text)}(?![\w])" for text in sorted(ENGLISH, key=len, reverse=True)))


ADMINISTRATION = (
    "/quan-tri/users/",
    "/quan-tri/groups/",
    "/quan-tri/images/",
    "/quan-tri/documents/",
    "/quan-tri/redirects/",
    "/quan-tri/workflows/list/",
    "/quan-tri/collections/",
    "/quan-tri/account/",
    "/quan-tri/reports/site-history/",
    "/quan-tri/images/add/",
    "/quan-tri/documents/multiple/add/",
)


def english_on(page) -> set[str]:
    """The strings of the English catalogue that stand on the page, each in its line."""
    lines = page.evaluate(WORDS_ON_PAGE).splitlines()
    return {f"{word} ({line.strip()[:80]})" for line in lines for word in KNOWN.findall(line)}


class Walk:
    """A person in the admin; every screen they see is read for English words."""

    def __init__(self, page):
        self.page = page
        self.found: dict[str, set[str]] = {}

    def go(self, address: str):
        self.page.goto(address)
        self.look(address)
        return self

    def look(self, name: str) -> None:
        self.page.wait_for_load_state("networkidle")
        if words := english_on(self.page):
            self.found[name] = words

    def press(self, label: str, name: str) -> None:
        """Press what bears this label, opening the menu of actions when it hides there."""
        button = self.page.get_by_role("button", name=label, exact=True)
        if not button.first.is_visible():
            self.page.locator("footer .w-dropdown button").first.click()
        button.first.click()
        self.look(name)


def test_the_catalogue_of_english_words_does_find_english():
    assert KNOWN.findall("Lưu nháp · Save Draft · Gửi duyệt") == ["Save Draft"]


def test_a_document_goes_from_the_desk_to_the_site_and_back_in_vietnamese(page_at):
    people = make_office()
    section = DirectiveIndexPage.objects.get()
    stranger = Walk(page_at())
    stranger.go("/quan-tri/login/")
    writer = Walk(page_at(user=people.land_editor))
    writer.go("/quan-tri/").go(f"/quan-tri/pages/{section.pk}/").go("/quan-tri/nhap-van-ban/")
    writer.go(f"/quan-tri/pages/add/directives/directivepage/{section.pk}/")
    writer.page.locator("#id_title").fill("Về đất đai")
    writer.page.locator("#id_unit-chooser, #id_unit").first.wait_for(state="attached")
    writer.press("Lưu nháp", "saved")
    page = DirectivePage.objects.get()
    assert page.slug == "ve-dat-dai"
    page.unit = people.land
    page.save_revision(user=people.land_editor)
    writer.go(f"/quan-tri/pages/{page.pk}/edit/")
    writer.press("Gửi duyệt", "submitted")
    assert page.__class__.objects.get(pk=page.pk).workflow_in_progress
    leader = Walk(page_at(user=people.leader))
    leader.go("/quan-tri/").go(f"/quan-tri/pages/{page.pk}/edit/").go(f"/quan-tri/pages/{page.pk}/view_draft/")
    approve(page, people.leader)
    assert DirectivePage.objects.get(pk=page.pk).live
    office = Walk(page_at(user=people.clerk))
    for address in after_publication(page):
        office.go(address)
    admin = Walk(page_at(user=people.administrator))
    for address in ADMINISTRATION:
        admin.go(address)
    seen = [walk.found for walk in (stranger, writer, leader, office, admin)]
    assert {address: words for found in seen for address, words in found.items()} == {}


def approve(page, leader) -> None:
    state = page.current_workflow_task_state
    state.task.specific.on_action(state, leader, "approve")


def after_publication(page) -> list[str]:
    """The screens of a published page: history, comparison, schedule, taking down, lists."""
    base = f"/quan-tri/pages/{page.pk}"
    page.expire_at = timezone.now() + timedelta(days=3)
    page.save_revision()
    older, newer = page.revisions.order_by("created_at").values_list("pk", flat=True)[:2]
    return [f"{base}/edit/", f"{base}/history/", f"{base}/revisions/compare/{older}...{newer}/", f"{base}/unpublish/",
            f"{base}/delete/", f"{base}/copy/", f"{base}/move/", f"{base}/usage/", f"{base}/workflow_history/",
            "/quan-tri/pages/search/?q=dat", "/quan-tri/"]  # fmt: skip
