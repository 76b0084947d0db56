"""Whole public pages, kept for strangers and thrown away by version: a hit costs one query, no session, no view."""

import logging
import time
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2s
from threading import Event, Lock
from urllib.parse import unquote_plus

from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import DisallowedHost, MiddlewareNotUsed
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.cache import get_conditional_response

from home.context import Display
from home.purging.orders import ContentState, present_state
from portal.access import KEPT

logger = logging.getLogger(__name__)

LONGEST_ADDRESS = 300
LARGEST_BODY = 300_000
#: Units: seconds that a reader waits for another one's rendering of the same page.
PATIENCE = 5.0
#: What visitors' links carry and no page reads (campaign counters, Facebook, Google, Microsoft, Zalo).
FOREIGN_PARAMETERS = frozenset(("fbclid", "gclid", "gbraid", "wbraid", "msclkid", "zarsrc", "_ga", "mc_cid", "mc_eid"))
CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A rendered page with the version it shows and the moment from which it would read otherwise."""

    version: str
    ends_at: datetime
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def holds(self, state: ContentState) -> bool:
        return self.version == state.version and timezone.now() < self.ends_at

    def answer(self, request: HttpRequest) -> HttpResponseBase:
        response = HttpResponse(self.body, headers=dict(self.headers))
        return get_conditional_response(request, etag=response["ETag"], response=response)


class PageCache:
    """Answers strangers from the kept pages; of many who ask for a page at once only one has it rendered."""

    def __init__(self, get_response):
        if not settings.PAGE_CACHE_SECONDS:
            raise MiddlewareNotUsed("PAGE_CACHE_SECONDS is 0")
        self.get_response = get_response
        self.flights: dict[str, Event] = {}
        self.lock = Lock()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = key_of(request)
        row = caches["pages"].get(key) if key else None
        # What is at no kept address is not worth asking for the version.
        state = _state() if row or (key and is_kept_address(request)) else None
        if not state:
            return self.get_response(request)
        if kept := holding(row, state):
            return kept.answer(request)
        return self._render_once(request, key, state)

    def _render_once(self, request: HttpRequest, key: str, state: ContentState) -> HttpResponseBase:
        with self.lock:
            flight = self.flights.get(key)
            if is_mine := flight is None:
                flight = self.flights[key] = Event()
        if not is_mine:
            flight.wait(PATIENCE)
            kept = find(key, state)
            return kept.answer(request) if kept else self.get_response(request)
        try:
            kept = wait_for_other_process(key, state)
            return kept.answer(request) if kept else self._render(request, key, state)
        finally:
            caches["pages"].delete(f"{key}-flight")
            with self.lock:
                self.flights.pop(key, None)
            flight.set()

    def _render(self, request: HttpRequest, key: str, state: ContentState) -> HttpResponseBase:
        """Rendered from what the key holds and nothing else the visitor sent."""
        conditions = {name: request.META.pop(name) for name in CONDITIONS if name in request.META}
        request.META["QUERY_STRING"] = own_query(request.META.get("QUERY_STRING", ""))
        display = {name: request.COOKIES[name] for name in ("tuong-phan", "co-chu") if name in request.COOKIES}
        request.COOKIES = display
        response = self.get_response(request)
        request.META.update(conditions)
        if not may_be_kept(request, response):
            return response
        row = (state.version, state.ends_at, tuple(response.items()), response.content)
        caches["pages"].set(key, row, settings.PAGE_CACHE_SECONDS)
        return KeptPage(*row).answer(request)


def _state() -> ContentState | None:
    try:
        return present_state()
    except DatabaseError:
        logger.exception("the version of the content could not be read")
        return None


def find(key: str, state: ContentState) -> KeptPage | None:
    return holding(caches["pages"].get(key), state)


def holding(row: tuple | None, state: ContentState) -> KeptPage | None:
    """The page as the cache has it, unless the content has changed since."""
    kept = KeptPage(*row) if row else None
    return kept if kept and kept.holds(state) else None


def wait_for_other_process(key: str, state: ContentState) -> KeptPage | None:
    """What another process that shares the cache renders just now; None when the turn is ours."""
    pages, flight = caches["pages"], f"{key}-flight"
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if kept := find(key, state):
            return kept
        # A cache that is away takes no flag and shows none either: then nobody is waited for.
        if pages.add(flight, 1, PATIENCE) or pages.get(flight) is None:
            return None
        time.sleep(0.03)
    return None


def key_of(request: HttpRequest) -> str | None:
    """Under what a page is kept, a digest of "https x.gov.vn 0 0 gz /van-ban/?nam=2024"; None for whoever may be
    signed in.

    Only what pages read counts: other people's cookies and campaign counters do not.
    """
    if request.method not in ("GET", "HEAD") or settings.SESSION_COOKIE_NAME in request.COOKIES:
        return None
    if "HTTP_AUTHORIZATION" in request.META or request.path_info.startswith(settings.ADMIN_PREFIX):
        return None
    query = own_query(request.META.get("QUERY_STRING", ""))
    address = f"{request.path}?{query}" if query else request.path
    if len(address) > LONGEST_ADDRESS:
        return None
    try:
        host = request.get_host()
    except DisallowedHost:
        return None
    display = Display.of(request)
    packing = "gz" if "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "") else "-"
    place = f"{request.scheme} {host} {display.has_contrast:d} {display.text_size} {packing} {address}"
    return blake2s(place.encode()).hexdigest()


def own_query(query: str) -> str:
    """A query without what only counters read, e.g. `own_query("nam=2024&utm_source=zalo")` is "nam=2024"."""
    if not query:
        return ""
    return "&".join(pair for pair in query.split("&") if pair and not _is_foreign(pair))


def _is_foreign(pair: str) -> bool:
    name = unquote_plus(pair.partition("=")[0]).lower()
    return name.startswith("utm_") or name in FOREIGN_PARAMETERS


def is_kept_address(request: HttpRequest) -> bool:
    try:
        return resolve(request.path_info).url_name in KEPT
    except Resolver404:
        return False


def may_be_kept(request: HttpRequest, response: HttpResponseBase) -> bool:
    if response.status_code != 200 or response.streaming or response.cookies or "ETag" not in response:
        return False
    return response.get("Cache-Control", "").startswith("public") and len(response.content) <= LARGEST_BODY
