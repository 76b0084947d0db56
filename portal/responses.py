"""What every answer says of itself: who may keep it and for how long, and what a browser may do with it."""

from hashlib import blake2s

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.cache import (
    get_conditional_response,
    patch_cache_control,
    patch_vary_headers,
)

from home.purging.keys import keys_of_file, keys_of_page
from home.purging.orders import content_state
from portal.access import FILES, FIXED, SHAREABLE

#: Redirects of public addresses may be kept as the pages may; "not found" may not: what is hidden reads the same.
KEPT_STATUSES = (200, 206, 301, 302, 304)
#: Units: seconds that a cache may show a page while the portal is away. What was withdrawn may be among it.
STALE_IF_ERROR = 600
POLICY = "Content-Security-Policy"


class CacheRules:
    """Says `private, no-store` on whatever is not for everybody, and `public` with a tag and keys on the rest.

    What is not declared shareable in `portal.access`, sets a cookie, is an error or goes to a person is private.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if policy := response.headers.get(POLICY):
            # Put together from sets: without an order of ours it differs from one process to the next.
            response[POLICY] = "; ".join(sorted(policy.split("; ")))
        if not is_shareable(request, response):
            response["Cache-Control"] = "private, no-store"
            # It would say when the answer was given, and nobody needs it beside the line above.
            response.headers.pop("Expires", None)
            return response
        share(request, response)
        return tag(request, response)


def is_shareable(request: HttpRequest, response: HttpResponseBase) -> bool:
    match = request.resolver_match
    if match is None or match.url_name not in SHAREABLE or request.method not in ("GET", "HEAD"):
        return False
    if response.status_code not in KEPT_STATUSES or response.cookies or getattr(request, "_csp_nonce", None):
        return False
    if "private" in (stated := response.get("Cache-Control", "")) or "no-store" in stated:
        return False
    return not request.user.is_authenticated


def share(request: HttpRequest, response: HttpResponseBase) -> None:
    """Let caches keep the answer for as long as it may lag behind, and name the keys that take it back."""
    name = request.resolver_match.url_name
    if name in FIXED:
        patch_cache_control(response, public=True, max_age=3600)
        return
    keys = (keys_of_file if name in FILES else keys_of_page)(request.path)
    response["Surrogate-Key"] = " ".join(keys)
    response["Cache-Tag"] = ",".join(keys)
    patch_vary_headers(response, ["Cookie"])
    fresh, stale = lifetime()
    patch_cache_control(response, public=True, s_maxage=fresh)
    if name not in FILES:
        patch_cache_control(response, stale_if_error=STALE_IF_ERROR)
    if stale:
        patch_cache_control(response, stale_while_revalidate=stale)
    if "max-age=" not in response["Cache-Control"].replace("s-maxage=", ""):
        # A browser asks each time, with the tag: its copy cannot be taken back.
        patch_cache_control(response, max_age=0)


def lifetime() -> tuple[int, int]:
    """Seconds that a shared cache may keep a page and then show it while it asks again, e.g. `(3, 1)`.

    Without addresses to tell, both and the whole seconds of the clock that nginx counts by stay within five.

    What is about to be withdrawn by the clock is kept no longer than until then.
    """
    fresh, stale = (600, 30) if settings.PURGE["urls"] else (3, 1)
    closes_at = content_state().closes_at
    left = int((closes_at - timezone.now()).total_seconds()) if closes_at else fresh + stale
    if left < fresh + stale:
        return max(min(fresh, left), 0), 0
    return fresh, stale


def tag(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The answer with a tag of its content, or 304 when the reader holds it; a stream has none."""
    if response.streaming or response.status_code != 200 or request.resolver_match.url_name in FILES:
        return response
    if "ETag" not in response:
        response["ETag"] = f'W/"{blake2s(response.content, digest_size=16).hexdigest()}"'
    return get_conditional_response(request, etag=response["ETag"], response=response)


class BrowserRules:
    """Headers for every answer, static files included; the admin gets the strictest policy that it runs under."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in settings.BROWSER_HEADERS.items():
            response.headers.setdefault(name, value)
        # What "not modified" says replaces what the reader holds: it must not bring a policy of its own.
        if response.status_code != 304:
            is_admin = request.path_info.startswith(settings.ADMIN_PREFIX)
            policy = settings.ADMIN_CONTENT_SECURITY_POLICY if is_admin else settings.BARE_CONTENT_SECURITY_POLICY
            response.headers.setdefault(POLICY, policy)
        return response
