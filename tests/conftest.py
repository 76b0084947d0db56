"""What every test may ask for: a browser at a width, and a skip that CI turns into a failure."""

import os
import shutil

import pytest
from django.conf import settings
from django.test import Client

REQUIRES_ALL = os.environ.get("PORTAL_REQUIRE_ALL") == "1"
BROWSER_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
GROUPS = ("browser", "services")


def pytest_collection_modifyitems(config, items):
    """Keeps to the tests of this database; one worker has the browser, one the servers."""
    is_sqlite = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    foreign = "postgres" if is_sqlite else "sqlite"
    left_out = [item for item in items if item.get_closest_marker(foreign)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.get_closest_marker(foreign)]
    for item in items:
        for group in GROUPS:
            if item.get_closest_marker(group):
                item.add_marker(pytest.mark.xdist_group(group))
        if item.get_closest_marker("browser"):
            # A live server empties the tables afterwards: put back what migrations had put in.
            item.fixturenames.append("django_db_serialized_rollback")


def fail_instead_of_skip(report):
    if REQUIRES_ALL and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"PORTAL_REQUIRE_ALL=1 allows no skipped test. {reason}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    return fail_instead_of_skip((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    return fail_instead_of_skip((yield))


def skip_unless(condition, reason):
    if not condition:
        pytest.skip(reason)


@pytest.fixture(scope="session")
def require():
    """`require(shutil.which("soffice"), "needs LibreOffice")` skips, or fails when CI requires all."""
    return skip_unless


@pytest.fixture(scope="session")
def browser(require):
    """The system's Chromium, driven by Playwright."""
    from playwright.sync_api import sync_playwright

    executable = next(filter(None, map(shutil.which, BROWSER_NAMES)), None)
    require(executable, "needs Chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=BROWSER_ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def page_at(browser, live_server):
    """`page_at(360)` is a new visitor's page of the live server at that width: `page.goto("/van-ban/")`.

    `user=` signs that person in. Further keywords go to Playwright's `new_context`:
    `java_script_enabled=False`, `color_scheme="dark"`.
    """
    contexts = []

    def open_page(width=1280, height=900, user=None, **options):
        place = {"base_url": live_server.url, "locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh"}
        context = browser.new_context(viewport={"width": width, "height": height}, **(place | options))
        context.set_default_timeout(15_000)
        contexts.append(context)
        if user is not None:
            context.add_cookies([session_cookie(user, live_server.url)])
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


def session_cookie(user, address):
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": address}
