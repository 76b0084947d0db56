"""From a file on the desk to a page on the site in a browser: counted, by keyboard, without a script, accessible."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import expect

from directives.models import DirectivePage, IntakeRecord, IntakeState
from news.models import CampaignPage
from tests.directives.intake.intake_files import letter
from tests.directives.intake.reviewed import decision, under_review
from tests.directives.intake.samples import SEED, shared
from tests.office import make_office
from tests.search.extraction.writing import center, docx, head, p

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
MOST_STROKES = 12
WITH_TABLES = "samples/phat-dong-the-thuc-day-du.docx"
#: Units: milliseconds; the page editor loads much on a busy machine.
PATIENCE = 60_000
APPROVE = "footer [data-workflow-action-name=approve]:not([data-workflow-action-modal-url])"


@pytest.fixture
def office():
    people = make_office()
    call_command("load_catalogues", verbosity=0)
    return people


class Hand:
    """A person at a browser whose clicks and keys are counted; a file picked in the system's dialog is two clicks."""

    def __init__(self, page):
        self.page = page
        self.strokes = 0

    def click(self, target, leads_on: bool = False) -> None:
        self.strokes += 1
        if not leads_on:
            return target.click()
        with self.page.expect_navigation(timeout=PATIENCE):
            target.click()

    def press(self, keys: str, leads_on: bool = False) -> None:
        self.strokes += 1
        if not leads_on:
            return self.page.keyboard.press(keys)
        with self.page.expect_navigation(timeout=PATIENCE):
            self.page.keyboard.press(keys)

    def pick(self, button, file) -> None:
        self.strokes += 2
        with self.page.expect_file_chooser() as dialog:
            button.click()
        dialog.value.set_files(str(file))


def button(page, name: str):
    return page.get_by_role("button", name=name, exact=True).first


@pytest.mark.parametrize("name", [SEED, WITH_TABLES])
def test_from_drop_to_page_in_at_most_twelve_strokes(page_at, office, name):
    clerk = Hand(page_at(user=office.clerk))
    clerk.page.goto("/quan-tri/")
    clerk.click(clerk.page.get_by_role("link", name="Nhập văn bản từ tệp"), leads_on=True)
    clerk.pick(clerk.page.locator(".intake__drop label"), shared(name))
    clerk.click(clerk.page.get_by_label("Tôi xác nhận văn bản không chứa bí mật nhà nước"))
    clerk.click(button(clerk.page, "Đọc văn bản"), leads_on=True)
    clerk.page.wait_for_selector(".rv-form")
    clerk.click(clerk.page.get_by_label("Tôi xác nhận văn bản không chứa bí mật nhà nước"))
    clerk.press("Control+Enter", leads_on=True)
    page = CampaignPage.objects.get()
    assert not page.live and page.workflow_in_progress
    leader = Hand(page_at(user=office.leader))
    leader.page.goto("/quan-tri/")
    leader.click(leader.page.locator(".office-waiting__list").get_by_role("link", name=page.title), leads_on=True)
    leader.click(leader.page.locator(APPROVE).first, leads_on=True)
    leader.page.wait_for_selector("text=đã lên cổng")
    page.refresh_from_db()
    assert page.live and IntakeRecord.objects.get().state == IntakeState.PUBLISHED
    # Opening and approving is no edit, also of what the editor keeps in a form of its own.
    assert not page.has_unpublished_changes and not page.revisions.filter(user=office.leader).exists()
    assert clerk.strokes + leader.strokes <= MOST_STROKES


def test_who_sends_several_files_sees_which_one_bears_a_secrecy_mark(page_at, office):
    secret = docx(head("UBND TỈNH GIA LAI", "SỞ Y TẾ", "Số: 12/SYT-VP", ""), center("MẬT"), p("nội dung"))
    files = [("a.docx", letter("1")), ("b.docx", secret), ("la.xyz", b"abc")]
    page = page_at(user=office.clerk)
    page.goto("/quan-tri/nhap-van-ban/")
    page.locator(".intake__form input[type=file]").set_input_files(
        [{"name": name, "mimeType": "application/octet-stream", "buffer": data} for name, data in files]
    )
    page.get_by_label("Tôi xác nhận văn bản không chứa bí mật nhà nước").check()
    button(page, "Đọc văn bản").click()
    page.wait_for_selector("text=Đã nhận 1 trên 3 tệp.", timeout=PATIENCE)
    told = page.locator(".intake__told .intake__error").all_inner_texts()
    assert told[0].startswith("Tệp thứ 2 trong 3, “b.docx”: Văn bản có dấu chỉ độ mật")
    assert told[1].startswith("Tệp thứ 3 trong 3: Không nhận tệp “la.xyz”") and len(told) == 2


def open_review(page_at, office, width=1280, **options):
    record = under_review(b"x", "12-qd.docx", office.clerk, decision(place="", abstract=""))
    page = page_at(width, user=office.clerk, **options)
    page.goto(reverse("intake_review", args=[record.pk]))
    return page


def focused(page) -> str:
    return page.evaluate("document.activeElement.id")


def test_the_form_is_walked_by_keyboard(page_at, office):
    page = open_review(page_at, office)
    page.locator("#id_issuer_name").focus()
    page.keyboard.press("Enter")
    assert focused(page) == "id_parent_issuer_name"
    page.keyboard.press("Alt+j")
    assert focused(page) == "id_place"
    page.keyboard.type("Kon Tum")
    page.keyboard.press("Enter")
    page.keyboard.press("Alt+j")
    assert focused(page) == "id_abstract"
    page.keyboard.type("Về việc kiện toàn")
    page.keyboard.press("Control+Enter")
    assert focused(page) == "id_is_not_secret" and not DirectivePage.objects.exists()
    assert "hãy đánh dấu ô xác nhận" in page.get_by_role("status").filter(has_text="Chưa gửi").inner_text()
    page.keyboard.press("Space")
    assert page.locator("#rv-said").inner_text() == "" and said(page) == "đủ điều kiện gửi duyệt"
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    made = DirectivePage.objects.get()
    assert (made.place, made.abstract) == ("Kon Tum", "Về việc kiện toàn") and made.workflow_in_progress


def said(page) -> str:
    return page.locator("#rv-why").inner_text()


def test_what_is_to_be_looked_at_is_gone_round_with_the_required_box(page_at, office):
    page = open_review(page_at, office)
    names = ["id_place", "id_abstract", "id_signers", "id_recipients", "id_unit", "id_is_not_secret"]
    for name in [*names, names[0]]:
        page.keyboard.press("Alt+j")
        assert focused(page) == name
    page.locator("#id_is_not_secret").check()
    page.keyboard.press("Alt+j")
    assert focused(page) == names[0]


def test_enter_goes_on_from_a_list_and_shift_enter_begins_a_line(page_at, office):
    page = open_review(page_at, office)
    page.locator("#id_addressees").focus()
    page.keyboard.type("Sở A")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("Sở B")
    page.keyboard.press("Enter")
    assert focused(page) == "id_signers"
    assert page.locator("#id_addressees").input_value() == "Sở A\nSở B"
    assert page.locator("#cu-addressees").get_by_text("Shift+Enter để xuống dòng").is_visible()


def test_faults_are_counted_until_they_are_touched(page_at, office):
    page = open_review(page_at, office)
    page.locator("#id_issued_on").fill("31/02/2024")
    page.locator("#id_number").fill("12 abc/!")
    page.locator("#id_is_not_secret").check()
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    page.locator("#id_is_not_secret").check()
    assert said(page) == "còn 2 chỗ phải sửa"
    page.keyboard.press("Control+Enter")
    assert focused(page) == "id_number" and page.locator("#rv-said").inner_text() == "Chưa gửi: hãy sửa ô “Số” trước."
    expect(page.locator("#id_number")).to_be_in_viewport()
    page.locator("#id_number").fill("12")
    assert said(page) == "còn 1 chỗ phải sửa"
    page.locator("#id_issued_on").fill("05/03/2024")
    assert said(page) == "đủ điều kiện gửi duyệt"
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    assert DirectivePage.objects.get().number == "12"


def test_what_can_be_done_fits_in_one_line(page_at, office):
    page = open_review(page_at, office)
    edges = page.locator(".rv-dock button").evaluate_all("all => all.map(each => each.getBoundingClientRect().top)")
    assert len(edges) == 4 and len({round(edge) for edge in edges}) == 1
    keys = page.locator(".rv-keys")
    assert abs(keys.bounding_box()["y"] - page.locator(".rv-dock").bounding_box()["y"]) < 20
    keys.locator("summary").click()
    assert keys.get_by_text("chỗ cần xem tiếp theo").is_visible()


def test_it_works_without_a_script(page_at, office):
    page = open_review(page_at, office, java_script_enabled=False)
    page.locator("#id_place").fill("Pleiku")
    with page.expect_navigation():
        button(page, "Gửi duyệt").click()
    assert "Hãy xác nhận văn bản không chứa bí mật nhà nước" in page.content()
    assert page.locator("#id_place").input_value() == "Pleiku"
    page.locator("#id_is_not_secret").check()
    with page.expect_navigation():
        button(page, "Gửi duyệt").click()
    assert DirectivePage.objects.get().place == "Pleiku"


def test_axe_finds_nothing_and_a_phone_is_wide_enough(page_at, office):
    page = open_review(page_at, office)
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page, context=".rv", options={"resultTypes": ["violations"]}).response["violations"]
        wrong = [f"{rule['id']}: {node['target'][0]}" for rule in found for node in rule["nodes"]]
        assert (width, wrong) == (width, [])
        assert page.evaluate("document.documentElement.scrollWidth") <= width
