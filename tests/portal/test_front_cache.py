"""A cache in front of the portal: what is withdrawn is gone from it within five seconds (R26)."""

import re
import shutil
import threading
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from home.models import Department
from home.purging import delivery
from home.purging.orders import content_state
from news.models import Consent
from tests.builders import Tree, make_picture
from tests.servers.test_servers import SEARCH_PATH, Server

CONFIGURATION = Path(__file__).parents[2] / "docs" / "nginx-cache.conf"
SOON = 5.0


def fetch(address: str, **headers: str) -> tuple[int, str, dict]:
    request = urllib.request.Request(address, headers={name.replace("_", "-"): text for name, text in headers.items()})
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.read().decode(errors="replace"), dict(answer.headers)
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(errors="replace"), dict(error.headers)


class SmallCache(BaseHTTPRequestHandler):
    """A shared cache as HTTP has it: keeps what says `s-maxage`, forgets by surrogate key."""

    behind, kept, purges, refusals = "", {}, [], 0

    def do_GET(self):
        held = self.kept.get(self.path)
        if not held or held[0] < time.monotonic():
            status, body, headers = fetch(self.behind + self.path)
            fresh = re.search(r"s-maxage=(\d+)", headers.get("Cache-Control", ""))
            until = time.monotonic() + (int(fresh[1]) if fresh else -1)
            held = self.kept[self.path] = (until, status, body, set(headers.get("Surrogate-Key", "").split()))
        body = held[2].encode()
        self.send_response(held[1])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_PURGE(self):
        type(self).refusals -= 1
        if type(self).refusals >= 0:
            return self.send_error(503)
        keys = set(self.headers["Surrogate-Key"].split())
        self.purges.append((keys, self.headers.get("Authorization")))
        for path in [path for path, held in self.kept.items() if held[3] & keys]:
            del self.kept[path]
        self.send_response(204)
        self.end_headers()

    def log_message(self, *arguments):
        """Says nothing on the tests' output."""


@pytest.fixture
def small_cache():
    class Cache(SmallCache):
        kept, purges, refusals = {}, [], 0

    with ThreadingHTTPServer(("127.0.0.1", 0), Cache) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        Cache.address = f"http://127.0.0.1:{server.server_port}"
        yield Cache
        server.shutdown()


@pytest.fixture
def portal(transactional_db, settings):
    """A server of its own: the shared one began before this module turned the page cache on."""
    settings.PAGE_CACHE_SECONDS = 600
    content_state.forget()
    server = LiveServer("127.0.0.1")
    yield server.url
    server.stop()


class Six:
    """A page for each way in which something public ends, and what a reader of the cache sees of it."""

    def __init__(self):
        call_command("load_catalogues", stdout=StringIO())
        tree = Tree.build()
        names = ("an", "sua", "chuyen", "xoa", "go", "rut")
        self.pages = {name: tree.add_directive(f"zq{name} văn bản") for name in names}
        self.unit = tree.add_unit("VP", "Văn phòng Sở")
        self.story = tree.add_story("zqguong tiêu biểu", kind="individual", photo=make_picture(), photo_alt="Ảnh")
        self.story.consents.add(Consent(given_by="Ông A", given_on=timezone.localdate()))
        self.story.save_revision().publish()
        self.addresses = {name: page.url for name, page in self.pages.items()} | {"guong": self.story.url}

    def act(self):
        fresh = {name: type(page).objects.get(pk=page.pk) for name, page in self.pages.items()}
        fresh["an"].unpublish()
        fresh["sua"].slug = "dia-chi-moi"
        fresh["sua"].save_revision().publish()
        fresh["chuyen"].move(self.unit, "last-child")
        fresh["xoa"].delete()
        fresh["go"].audience = "staff"
        fresh["go"].save_revision().publish()
        fresh["rut"].title = fresh["rut"].abstract = "Văn bản đã đổi tên"
        fresh["rut"].save_revision().publish()
        story = type(self.story).objects.get(pk=self.story.pk)
        story.consents.all().update(withdrawn_on=timezone.localdate())
        story.save_revision().publish()


def still_shown(front: str, six: Six) -> dict[str, float]:
    """What old is shown, and when it was asked for: an answer may be slow, but what counts is the question."""
    found = {}
    for name, path in six.addresses.items():
        began = time.monotonic()
        if f"zq{name} " in _text_of(fetch(front + path)):
            found[name] = began
    for path in ("/van-ban/", "/guong-dien-hinh/", "/"):
        began = time.monotonic()
        text = fetch(front + path)[1]
        found |= {f"{name} (danh sách)": began for name in ("an", "xoa", "go", "guong") if f"zq{name} " in text}
    return found


def _text_of(answer: tuple[int, str, dict]) -> str:
    """The words of a page that is there; "not found" may name the address asked for."""
    return re.sub(r'="[^"]*"', "", answer[1]) if answer[0] == 200 else ""


def wait_until_gone(front: str, six: Six) -> float:
    """Seconds after which somebody who asked was shown something old for the last time."""
    began = last = time.monotonic()
    while old := _withdrawn(still_shown(front, six)):
        last = max(old.values())
        assert last - began < SOON + 5, old
        time.sleep(0.2)
    return last - began


def _withdrawn(shown: dict[str, float]) -> dict[str, float]:
    """Without the pages that are still public, under a new address."""
    return {name: asked for name, asked in shown.items() if name not in ("sua", "chuyen")}


@pytest.fixture
def six(portal):
    Department.objects.get_or_create()
    return Six()


def test_a_cache_that_is_told_forgets_within_five_seconds(portal, settings, small_cache, six):
    small_cache.behind = portal
    settings.PURGE = {"urls": [small_cache.address], "method": "PURGE", "token": "bi-mat"}
    content_state.forget()
    assert "s-maxage=600" in fetch(portal + "/van-ban/")[2]["Cache-Control"]
    assert set(still_shown(small_cache.address, six)) >= set(six.addresses) | {"an (danh sách)"}
    assert set(still_shown(small_cache.address, six)) >= set(six.addresses), "from the cache"
    six.act()
    assert wait_until_gone(small_cache.address, six) < SOON
    assert small_cache.purges and {token for _, token in small_cache.purges} == {"Bearer bi-mat"}
    assert not delivery.pending().exists()


def test_a_cache_that_refuses_is_told_again(portal, settings, small_cache, six):
    small_cache.behind, small_cache.refusals = portal, 2
    settings.PURGE = {"urls": [small_cache.address], "method": "PURGE", "token": ""}
    six.act()
    deadline = time.monotonic() + 15
    while not small_cache.purges and time.monotonic() < deadline:
        time.sleep(0.1)
    assert small_cache.purges
    while delivery.pending().exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not delivery.pending().exists()


@pytest.mark.services
def test_nginx_as_shipped_shows_nothing_old_after_five_seconds(portal, six, require, tmp_path):
    require(shutil.which("nginx", path=SEARCH_PATH), "needs nginx")
    nginx = Server("nginx", "NGINX")
    try:
        front = nginx.run("start", configuration_for(nginx, portal))
        assert set(still_shown(front, six)) >= set(six.addresses)
        kept = [fetch(front + "/van-ban/")[2].get("X-Cache") for _ in range(3)]
        assert "HIT" in kept
        assert fetch(front + "/van-ban/?utm_source=zalo", Cookie="_ga=1")[2]["X-Cache"] in ("HIT", "UPDATING")
        assert 'data-theme="contrast"' in fetch(front + "/van-ban/", Cookie="tuong-phan=1; _ga=2")[1]
        assert 'data-theme="contrast"' not in fetch(front + "/van-ban/")[1]
        assert fetch(front + "/van-ban/", Cookie="sessionid=x")[2]["X-Cache"] == "BYPASS"
        six.act()
        assert wait_until_gone(front, six) <= SOON
    finally:
        nginx.run("clean")
        shutil.rmtree(nginx.folder, ignore_errors=True)


def configuration_for(nginx: Server, portal: str) -> Path:
    """The shipped file, with this test's ports and folder and a word on each answer about where it came from."""
    text = CONFIGURATION.read_text()
    text = text.replace("http://127.0.0.1:8000", portal).replace("127.0.0.1:8080", f"127.0.0.1:{nginx.port}")
    text = text.replace("/var/cache/nginx/portal", str(nginx.folder / "kept"))
    text = text.replace("proxy_cache portal;", "proxy_cache portal; add_header X-Cache $upstream_cache_status always;")
    path = nginx.folder / "cache.conf"
    path.write_text(text)
    return path
