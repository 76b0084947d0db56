"""Every kind of public page in Chromium: accessible in every width and theme, light, whole without JavaScript."""

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.addresses import CALL, INTERNAL, PAGES
from tests.browser.clicks import follow

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LOOKS = ("color-contrast", "target-size", "scrollable-region-focusable", "link-in-text-block")
MOST_BYTES = 100_000
MOST_REQUESTS = 8
every_page = pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())


def violations(page, rules: tuple[str, ...] = ()) -> list[str]:
    """What axe finds wrong, of every rule or of these, e.g. "color-contrast: .st"."""
    options = {"resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = {"type": "rule", "values": list(rules)}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{rule['id']}: {node['target'][0]}" for rule in found for node in rule["nodes"]]


def set_width(page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})


def overflow(page) -> int:
    """How many pixels the page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def listen(page) -> list[str]:
    """Errors of the console from now on; a browser also logs the status of a page that is not there."""
    heard = []
    page.on("console", lambda message: heard.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


# --- accessible -------------------------------------------------------------------


@every_page
def test_axe_finds_nothing_in_any_width_and_theme(visit, path):
    """Every rule wide and narrow; what width and theme can change once more in between and in each theme."""
    page = visit(path)
    found = {"1280": violations(page)}
    set_width(page, 768)
    found["768"] = violations(page, LOOKS)
    set_width(page, 360)
    found["360"] = violations(page)
    page.emulate_media(color_scheme="dark")
    found["dark 360"] = violations(page, LOOKS)
    set_width(page, 1280)
    found["dark 1280"] = violations(page, LOOKS)
    page.evaluate("document.documentElement.dataset.theme = 'contrast'")
    found["contrast"] = violations(page, LOOKS)
    assert {view: wrong for view, wrong in found.items() if wrong} == {}


def test_axe_finds_nothing_on_an_internal_document(visit, sign_in):
    page = visit(INTERNAL)
    assert page.title().startswith("Không tìm thấy trang")
    sign_in(page, "van-phong")
    page.goto(INTERNAL)
    assert page.locator(".aud").first.inner_text() == "Nội bộ"
    assert violations(page) == []
    set_width(page, 360)
    assert violations(page) == []


@pytest.mark.parametrize("path", ["/van-ban/", "/tim-kiem/?q=thi+dua", f"{CALL}toan-van/"])
def test_axe_finds_nothing_with_everything_unfolded_on_a_phone(visit, path):
    page = visit(path, 360)
    page.locator("details.fold summary").first.click()
    assert violations(page) == []


def test_the_reader_s_contrast_is_kept_from_page_to_page(visit):
    page = visit("/")
    follow(page, page.get_by_role("link", name="Tăng tương phản"))
    page.goto("/van-ban/")
    assert page.locator("html").get_attribute("data-theme") == "contrast"


def test_larger_letters_grow_the_text(visit):
    page = visit("/van-ban/")
    size = "parseFloat(getComputedStyle(document.body).fontSize)"
    before = page.evaluate(size)
    follow(page, page.get_by_role("link", name="Tăng cỡ chữ"))
    assert page.evaluate(size) > before


# --- widths -----------------------------------------------------------------------


@every_page
def test_nothing_scrolls_sideways_down_to_320(visit, path):
    page = visit(path, 320)
    found = {320: overflow(page)}
    for width in (360, 640, 768, 960, 1280):
        set_width(page, width)
        found[width] = overflow(page)
    assert {width: pixels for width, pixels in found.items() if pixels > 0} == {}


@pytest.mark.parametrize("path", ["/", CALL, f"{CALL}toan-van/", "/kho-luu-tru/", "/tim-kiem/?q=thi+dua"])
def test_nothing_scrolls_sideways_with_the_largest_letters(visit, path):
    assert overflow(visit(path, 320, larger=True)) <= 0


def test_filters_and_contents_are_open_on_a_desktop_and_folded_on_a_phone(visit):
    for path, inside in (("/van-ban/", ".facets"), (f"{CALL}toan-van/", ".toc ol")):
        page = visit(path)
        fold, listed = page.locator("details.fold").first, page.locator(inside)
        assert fold.get_attribute("open") is None and listed.is_visible()
        set_width(page, 360)
        assert not listed.is_visible()
        fold.locator("summary").click()
        assert listed.is_visible()
        fold.locator("summary").click()
        assert not listed.is_visible()


# --- light ------------------------------------------------------------------------


def transfers(page) -> list[dict]:
    """What was loaded, e.g. `{"name": "http://…/portal.css", "size": 9876}`; the page itself comes first."""
    return page.evaluate(
        """() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
            .map(entry => ({name: entry.name, size: entry.transferSize, kind: entry.initiatorType}))"""
    )


@every_page
def test_a_first_visit_is_light_and_silent_and_stays_at_home(visit, portal_address, path):
    page = visit("about:blank")
    heard = listen(page)
    page.goto(path)
    page.wait_for_load_state("networkidle")
    assert [text for text in heard if path != PAGES["no such page"] or "404" not in text] == []
    loaded = transfers(page)
    assert {urlsplit(row["name"]).netloc for row in loaded} == {urlsplit(portal_address).netloc}
    own = [row for row in loaded if row["kind"] != "img"]
    assert all(row["size"] > 0 for row in own), "nothing may come from a cache"
    assert sum(row["size"] for row in own) <= MOST_BYTES
    assert len(own) <= MOST_REQUESTS, [row["name"] for row in own]
    names = page.evaluate("[...document.querySelectorAll('[id]')].map(element => element.id)")
    assert sorted(names) == sorted(set(names)), "two elements of one name"


def test_only_the_first_picture_is_loaded_at_once(visit):
    page = visit(PAGES["story"])
    pictures = page.locator("main img")
    assert pictures.first.get_attribute("fetchpriority") == "high"
    assert pictures.first.get_attribute("loading") is None
    assert all(picture.get_attribute("loading") == "lazy" for picture in pictures.all()[1:])


SHIFTS = """window.shifts = []; new PerformanceObserver(list => list.getEntries().forEach(entry => {
    const moved = entry.sources.map(({node}) => (node && (node.outerHTML || node.textContent) || '?').slice(0, 90));
    window.shifts.push([entry.value, Math.round(entry.startTime), moved])
})).observe({type: 'layout-shift', buffered: true})"""
""" Shape: how much moved, when (ms), and what: `[[0.02, 443, ["<main …"]]]`. Source: web.dev/articles/cls. """


def shifts_of_a_visit(visit, path, width, line=None):
    """What moved while a page came and was scrolled through, over a slow line where one is given."""
    page = visit("about:blank", width)
    page.add_init_script(SHIFTS)
    if line:
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", {"offline": False, **line})
    page.goto(path, wait_until="domcontentloaded")
    for _ in range(12):
        page.mouse.wheel(0, 900)
        page.wait_for_timeout(40)
    page.wait_for_load_state("load")
    page.evaluate("document.fonts.ready.then(() => true)")
    page.wait_for_timeout(100)
    return page.evaluate("window.shifts")


def moved(shifts):
    return sum(value for value, _, _ in shifts)


shifting_pages = pytest.mark.parametrize("path", ["/", "/guong-dien-hinh/", "/tin-tuc/", PAGES["story"], CALL])
SLOW_LINE = {"latency": 100, "downloadThroughput": 100 * 1024, "uploadThroughput": 100 * 1024}


@pytest.mark.parametrize("width", [360, 1280])
@shifting_pages
def test_pictures_keep_their_place_before_they_come(visit, path, width):
    shifts = shifts_of_a_visit(visit, path, width)
    assert moved(shifts) < 0.05, shifts
    sizes = visit(path, width).locator("main img").evaluate_all("all => all.map(image => [image.width, image.height])")
    assert sizes and all(wide and high for wide, high in sizes)


@shifting_pages
def test_no_line_breaks_anew_when_the_letters_come_late(visit, path):
    shifts = shifts_of_a_visit(visit, path, 360, SLOW_LINE)
    assert moved(shifts) < 0.01, shifts


# --- without JavaScript, by keyboard, with forced colours --------------------------


def test_the_portal_is_whole_without_javascript(visit):
    page = visit("/", 360, java_script_enabled=False)
    page.get_by_role("searchbox", name="Tìm kiếm").fill("guong dien hinh")
    follow(page, page.get_by_role("button", name="Tìm kiếm"))
    assert page.locator(".hit").count() > 0
    page.locator("details.sheet summary").click()
    follow(page, page.locator(".facets a").first)
    assert "Bộ lọc (1 đang dùng)" in page.locator("details.sheet summary").inner_text()


def test_every_page_is_the_same_without_javascript(visit):
    page, scripted = visit("about:blank", java_script_enabled=False), visit("about:blank")
    for path in PAGES.values():
        page.goto(path)
        scripted.goto(path)
        assert page.locator("main").inner_text() == scripted.locator("main").inner_text(), path


def test_the_first_tab_leads_past_the_head_of_the_page(visit):
    page = visit("/van-ban/")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "Chuyển đến nội dung chính"
    assert skip.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("path", ["/", CALL, "/van-ban/", "/kho-luu-tru/", f"{CALL}toan-van/"])
def test_whatever_has_the_focus_shows_it(visit, path):
    page = visit(path)
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            return
        name, style, width = page.evaluate(
            """() => {
                const focused = document.activeElement, style = getComputedStyle(focused);
                return [focused.outerHTML.slice(0, 80), style.outlineStyle, parseFloat(style.outlineWidth)];
            }"""
        )
        assert style != "none" and width >= 2, name


def test_shapes_of_status_stay_with_forced_colours(visit):
    page = visit("/van-ban/", forced_colors="active")
    shape, ground = page.locator(".st-run, .st-in").first.evaluate(
        """element => [getComputedStyle(element, '::before').backgroundColor,
            getComputedStyle(document.body).backgroundColor]"""
    )
    assert shape not in ("rgba(0, 0, 0, 0)", ground)


# --- paper ------------------------------------------------------------------------


def test_a_document_prints_its_form_and_nothing_of_the_portal(visit):
    page = visit(f"{CALL}toan-van/")
    page.emulate_media(media="print")
    for gone in (".mast", ".nav", ".foot", ".tools", ".toc", ".card", ".side"):
        assert not page.locator(gone).first.is_visible(), gone
    assert page.locator(".thethuc").is_visible() and page.locator(".sign").is_visible()
    assert page.pdf(format="A4")[:5] == b"%PDF-"
