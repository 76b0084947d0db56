"""The demonstration department, served by the very command that a newcomer runs."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from portal.demonstration.records import read_table
from tests import databases

PATIENCE = 240
DISPLAY_COOKIES = {"contrast": ("tuong-phan", "1"), "larger": ("co-chu", "2")}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def prepare_var(folder) -> None:
    """Spares the migrations when an earlier run of the tests went through the same ones."""
    if databases.migrated_file().is_file():
        shutil.copy(databases.migrated_file(), folder / "portal.sqlite3")


def wait_until_ready(address: str, process: subprocess.Popen, log) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(f"{address}/healthz/ready", timeout=5):
                return
        except OSError:
            time.sleep(0.5)
    raise AssertionError(log.read_text())


@pytest.fixture(scope="session")
def portal_address(tmp_path_factory):
    """The address of a portal that nobody changes while the tests of this folder run."""
    folder, port = tmp_path_factory.mktemp("demonstration"), free_port()
    prepare_var(folder)
    address, log = f"http://127.0.0.1:{port}", folder / "demo.log"
    changes = {"PORTAL_VAR": str(folder), "PORTAL_NO_VENV": "1", "SITE_ADDRESS": address}
    environment = os.environ | changes | {"DJANGO_SETTINGS_MODULE": "portal.settings"}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, str(databases.ROOT / "manage.py"), "demo", "--port", str(port)]
    with log.open("w") as output:
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=subprocess.STDOUT)
        try:
            wait_until_ready(address, process, log)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)


@pytest.fixture
def visit(browser, portal_address):
    """`visit("/van-ban/", 360)` is a new visitor's page at that width.

    `contrast=True` and `larger=True` set the reader's cookies; further keywords go to Playwright's
    `new_context`: `color_scheme="dark"`, `java_script_enabled=False`.
    """
    contexts = []

    def open_page(path, width=1280, contrast=False, larger=False, **options):
        place = {"base_url": portal_address, "locale": "vi-VN", "reduced_motion": "reduce"}
        context = browser.new_context(viewport={"width": width, "height": 900}, **(place | options))
        context.set_default_timeout(15_000)
        contexts.append(context)
        wanted = {"contrast": contrast, "larger": larger}
        for name, value in (DISPLAY_COOKIES[key] for key, is_wanted in wanted.items() if is_wanted):
            context.add_cookies([{"name": name, "value": value, "url": portal_address}])
        page = context.new_page()
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def sign_in():
    """`sign_in(page, "van-phong")` goes through the form of the demonstration's accounts."""

    def go_through(page, username):
        page.goto("/dang-nhap/")
        page.locator("[name=username]").fill(username)
        page.locator("[name=password]").fill(read_table("accounts")["password"])
        page.locator("[type=submit]").first.click()
        page.wait_for_url("**/quan-tri/")

    return go_through
