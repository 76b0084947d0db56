"""What every test may ask for: a browser at a width, and a skip that CI turns into a failure."""

import os
import shutil
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.test import Client
from pytest_django.plugin import blocking_manager_key

from home.audit import anchor, triggers
from search.remembered import forget_everything
from tests import databases

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


def opens_database(item) -> bool:
    return bool(item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(item.fixturenames))


def is_for_this_run(item) -> bool:
    """On PostgreSQL a test that opens no database would only repeat what the SQLite run shows."""
    if databases.is_sqlite():
        return not item.get_closest_marker("postgres")
    return not item.get_closest_marker("sqlite") and opens_database(item)


def pytest_collection_modifyitems(config, items):
    """Keeps to the tests of this database."""
    left_out = [item for item in items if not is_for_this_run(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if is_for_this_run(item)]


def pytest_xdist_make_scheduler(config, log):
    from tests.scheduling import FileScheduling

    return FileScheduling(config, log)


@pytest.fixture(scope="session")
def django_db_keepdb():
    """The test database begins as a copy of the migrated one; it goes with the folder it lies in."""
    return databases.is_sqlite()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    databases.start_from_migrated_file()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        databases.save(databases.MIGRATED)
        databases.keep_migrated_file()
    yield
    with django_db_blocker.unblock():
        databases.drop_snapshots()


def commits(item):
    marker = item.get_closest_marker("django_db")
    is_marked = bool(marker and marker.kwargs.get("transaction"))
    return is_marked or bool({"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ())))


def close_module(item):
    """Ends what the item's file keeps open for all its tests: a site in a transaction that is not over."""
    item.session._setupstate.teardown_exact(item.getparent(pytest.Module).parent)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """Django empties every table after a test that commits: put back what the migrations had put in.

    Before one it finds nothing open: of a file those that are rolled back come first, and the others may be next.
    """
    if commits(item):
        # The audit log refuses to be emptied; its triggers come back with the rest.
        with item.config.stash[blocking_manager_key].unblock():
            triggers.remove()
    result = yield
    if nextitem is not None and commits(nextitem) and not commits(item):
        close_module(item)
    if nextitem is not None and commits(item):
        with item.config.stash[blocking_manager_key].unblock():
            databases.restore(databases.MIGRATED)
    return result


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


@pytest.fixture(autouse=True)
def nothing_remembered():
    """No test meets what the process, or the note of the audit log's end, remembers of another one's database."""
    forget_everything()
    anchor.file().unlink(missing_ok=True)


@pytest.fixture(scope="session")
def require():
    """`require(shutil.which("soffice"), "needs LibreOffice")` skips, or fails when CI requires all."""
    return skip_unless


@pytest.fixture(scope="module")
def built_site(django_db_setup, django_db_blocker):
    """A site with its sections and the shipped catalogues, there for a module that asks for `tree`."""
    from tests.built_site import site_there

    with django_db_blocker.unblock(), site_there() as tree:
        yield tree


@pytest.fixture
def tree(built_site, db):
    """That site as it was built; what a test changes is gone after it."""
    return type(built_site)(type(built_site.home).objects.get())


@pytest.fixture(scope="module")
def office_rows(django_db_setup, django_db_blocker):
    """The department is built once for a module; each test gets it back as it was."""
    from tests.office import make_office

    with django_db_blocker.unblock(), transaction.atomic():
        yield make_office()
        transaction.set_rollback(True)


@pytest.fixture
def office(office_rows, db):
    """Two units with an editor each, an office, two leaders, an administrator; read anew, nothing cached."""
    rows = vars(office_rows).items()
    return SimpleNamespace(**{name: anew(value) if isinstance(value, Model) else value for name, value in rows})


def anew(row):
    return type(row).objects.get(pk=row.pk)


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
