"""The search page in Chromium: suggestions by keyboard and pointer, filters, and all of it without JavaScript."""

import pytest
from playwright.sync_api import expect

from tests.browser.clicks import follow
from tests.browser.test_public_site import LOOKS, overflow, set_width, violations

pytestmark = [pytest.mark.browser, pytest.mark.slow]
BUSY = "/tim-kiem/?q=thi+dua+khen+thuong&nam=2024&nam=2026&khop=du-tu&gom_het_hieu_luc=1&tu=31/02/2024"
PAGES = {
    "number": "/tim-kiem/?q=39+ct+tw",
    "one": "/tim-kiem/?q=ban+do+dia+chinh+ve+tan+thon&khop=du-tu&muc=story",
    "busy": BUSY,
    "none": "/tim-kiem/?q=thi+dua&nam=1999&hieu_luc=suspended",
    "beyond": "/tim-kiem/?q=thi+dua&trang=101",
    "nothing asked": "/tim-kiem/",
}


@pytest.fixture
def typed(visit):
    """`typed("39 ct")` is a page whose search box holds that, with its suggestions."""

    def open_page(text: str, path: str = "/", width: int = 1280):
        page = visit(path, width)
        box = page.get_by_role("combobox", name="Tìm kiếm")
        box.click()
        page.keyboard.type(text)
        page.get_by_role("option").first.wait_for()
        return page, box

    return open_page


# --- suggestions ------------------------------------------------------------------


def test_suggestions_are_chosen_by_keyboard(typed):
    page, box = typed("39 ct")
    options = page.get_by_role("option")
    expect(options).to_have_count(2)
    assert box.get_attribute("aria-expanded") == "true"
    expect(page.locator(".find [role=status]")).to_have_text("2 gợi ý")
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == options.nth(1).get_attribute("id")
    assert [each.get_attribute("aria-selected") for each in options.all()] == ["false", "true"]
    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") is None, "past the last one is the box itself"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/van-ban/39-ct-tw-*/")


def test_escape_closes_the_suggestions_and_keeps_the_words(typed):
    page, box = typed("39 ct")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert box.input_value() == "39 ct" and box.get_attribute("aria-expanded") == "false"
    assert not page.get_by_role("listbox").is_visible()
    page.keyboard.press("ArrowDown")
    page.get_by_role("option").first.wait_for()


def test_enter_without_a_choice_searches_for_what_was_typed(typed):
    page, _ = typed("39 ct")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim-kiem/?q=39+ct")
    assert page.locator("main input[name=q]").first.input_value() == "39 ct"


def test_suggestions_are_chosen_by_pointer_and_leave_with_the_focus(typed):
    page, box = typed("gương điển", width=360)
    page.keyboard.press("Tab")
    assert box.get_attribute("aria-expanded") == "false"
    box.click()
    page.keyboard.press("ArrowDown")
    first = page.get_by_role("option").first
    first.click()
    page.wait_for_url(lambda address: "/tim-kiem/" not in address and address.count("/") > 3)


def test_the_box_works_when_suggestions_do_not_answer(visit):
    page = visit("about:blank")
    page.route("**/tim-kiem/goi-y/**", lambda route: route.abort())
    page.goto("/")
    box = page.get_by_role("combobox", name="Tìm kiếm")
    box.fill("39 ct tw")
    page.wait_for_timeout(400)
    assert box.get_attribute("aria-expanded") == "false"
    box.press("Enter")
    page.wait_for_url("**/tim-kiem/?q=39+ct+tw")
    assert page.locator(".exact li").count() == 2


@pytest.mark.parametrize("width", [1280, 360, 320])
def test_axe_finds_nothing_while_suggestions_are_open(typed, width):
    page, _ = typed("thi đua", width=width)
    page.keyboard.press("ArrowDown")
    assert violations(page) == [] and overflow(page) <= 0
    page.emulate_media(color_scheme="dark")
    assert violations(page, LOOKS) == []


def test_suggestions_are_words_whatever_a_title_holds(visit):
    page = visit("about:blank")
    title = "<img src=x onerror=alert(1)>"
    row = {"title": title, "number": "1<b>", "note": "<i>", "url": "https://vi-du.example/"}
    page.route("**/tim-kiem/goi-y/**", lambda route: route.fulfill(json={"suggestions": [row]}))
    page.goto("/")
    page.get_by_role("combobox", name="Tìm kiếm").press_sequentially("thi")
    option = page.get_by_role("option").first
    assert title in option.inner_text() and option.locator("img").count() == 0
    option.click()
    page.wait_for_timeout(200)
    assert "vi-du.example" not in page.url


# --- the page -----------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_axe_finds_nothing_with_everything_unfolded(visit, path):
    page = visit(path)
    for fold in page.locator("main details:not(.sheet) > summary").all():
        if fold.is_visible() and not fold.evaluate("summary => summary.parentElement.open"):
            fold.click()
    assert violations(page) == []
    set_width(page, 360)
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, LOOKS) == []
    set_width(page, 320)
    assert overflow(page) <= 0


def test_filters_narrow_and_chips_widen_without_javascript(visit):
    page = visit("/tim-kiem/?q=thi+dua", java_script_enabled=False)
    before = page.locator(".bar b").first.inner_text()
    follow(page, page.locator("[aria-labelledby=loc-year] a", has_text="2024"))
    assert page.locator(".chips a").first.inner_text().split() == ["Bỏ", "bộ", "lọc", "Năm:", "2024", "×"]
    assert int(page.locator(".bar b").first.inner_text()) < int(before)
    follow(page, page.locator(".chips a").first)
    assert page.locator(".bar b").first.inner_text() == before


def test_the_advanced_form_keeps_words_and_filters_without_javascript(visit):
    page = visit("/tim-kiem/?q=thi+dua&muc=directive", java_script_enabled=False)
    page.get_by_text("Tìm kiếm nâng cao").click()
    page.get_by_label("Từ ngày").fill("01/01/2024")
    page.get_by_label("Đến ngày").fill("31/12/2024")
    page.get_by_label("Đủ các từ").check()
    follow(page, page.get_by_role("button", name="Áp dụng"))
    chips = " ".join(page.locator(".chips").inner_text().split())
    assert all(words in chips for words in ("Từ ngày 01/01/2024", "Đến ngày 31/12/2024", "Đủ các từ"))
    assert "muc=directive" in page.url and "q=thi+dua" in page.url
    assert {day[-4:] for day in page.locator(".hit time").all_inner_texts()} == {"2024"}


def test_the_filters_of_a_phone_lie_over_the_page_and_close(visit):
    page = visit("/tim-kiem/?q=thi+dua&nam=2024", 360)
    summary = page.locator("details.sheet summary")
    assert "Bộ lọc (1 đang dùng)" in summary.inner_text()
    assert not page.locator(".facets").is_visible()
    summary.click()
    assert page.locator(".facets").is_visible()
    summary.click()
    assert not page.locator(".facets").is_visible()


def open_sheet(page):
    page.locator("details.sheet summary").click()
    return page.locator("[aria-labelledby=loc-year] a")


def test_the_filters_of_a_phone_stay_open_until_the_results_are_wanted(visit):
    page = visit("/tim-kiem/?q=thi+dua", 360)
    years = open_sheet(page)
    follow(page, years.filter(has_text="2024"))
    expect(page.locator(".facets")).to_be_visible()
    expect(years.filter(has_text="2024")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(years.filter(has_text="2024")).not_to_have_attribute("aria-current", "true")
    follow(page, years.filter(has_text="2023"))
    summary = page.locator("details.sheet summary")
    expect(summary).to_have_text(f"Xem {page.locator('.bar b').first.text_content()} kết quả", use_inner_text=True)
    summary.click()
    expect(page.locator(".facets")).not_to_be_visible()
    expect(page.locator(".bar").first).to_be_in_viewport()
    page.reload()
    expect(page.locator(".facets")).not_to_be_visible()


def test_escape_shuts_the_filters_of_a_phone(visit):
    page = visit("/tim-kiem/?q=thi+dua", 360)
    open_sheet(page).first.focus()
    page.keyboard.press("Escape")
    expect(page.locator(".facets")).not_to_be_visible()
    expect(page.locator("details.sheet summary")).to_be_focused()


def test_the_filters_of_an_archive_stay_open_as_well(visit):
    page = visit("/van-ban/", 360)
    page.locator("details.sheet summary").click()
    follow(page, page.locator("[aria-labelledby=loc-nam] a", has_text="2024"))
    expect(page.locator(".facets")).to_be_visible()
    expect(page.locator("details.sheet summary")).to_contain_text("văn bản")


def test_a_choice_opens_nothing_on_a_wide_screen_or_without_javascript(visit):
    page = visit("/tim-kiem/?q=thi+dua")
    follow(page, page.locator("[aria-labelledby=loc-year] a", has_text="2024"))
    assert not page.locator("details.sheet").evaluate("sheet => sheet.open")
    page = visit("/tim-kiem/?q=thi+dua", 360, java_script_enabled=False)
    follow(page, open_sheet(page).filter(has_text="2024"))
    expect(page.locator(".facets")).not_to_be_visible()
