"""Serves pages under the one audience rule, and keeps how a reader wants to see them."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import resolve
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_safe
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult

from home.audit.recording import record_reading
from search.visibility import restrict, tokens_of

LONGEST_PATH = 8


def find_page(path: str, user) -> tuple[Page, list[str]]:
    """The page of an address and what of the address lies below it, in two queries.

    Example: `find_page("/van-ban/39-ct-tw/ban-in/", user)` is the page `39-ct-tw` and `["ban-in"]`.
    Errors: Http404 alike for a page that is not there and one the reader may not see.
    """
    components = [part for part in path.split("/") if part]
    if len(components) > LONGEST_PATH:
        raise Http404
    root = Site.get_site_root_paths()[0].root_path
    candidates = [root + "".join(f"{part}/" for part in components[:n]) for n in range(len(components) + 1)]
    # Wagtail has an index of slugs, none of paths: by paths alone every page of the portal would be looked at.
    named = Page.objects.filter(slug__in=[root.split("/")[-2], *components], url_path__in=candidates)
    page = restrict(named, user).order_by("-depth").first()
    if page is None:
        raise Http404
    return page, components[page.url_path.removeprefix(root).count("/") :]


def find_route(request: HttpRequest, path: str) -> RouteResult:
    """The page that answers an address and how, e.g. the print view of a document.

    Errors: Http404, also when a page above is visible but nothing of its own lies below it.
    """
    page, below = find_page(path, request.user)
    return page.specific.route(request, below)


@require_safe
def serve_page(request: HttpRequest, path: str) -> HttpResponse:
    """A page as it stands now: a newer version whose hour has come is shown even if no timer ran."""
    if is_cut_short(request):
        return HttpResponseRedirect(with_slash(request))
    route = find_route(request, path)
    if not request.path.endswith("/"):
        return HttpResponseRedirect(with_slash(request))
    shown = due_version(route.page, request.user)
    record_reading(request.user, shown)
    return shown.serve(request, *route.args, **route.kwargs)


def is_cut_short(request: HttpRequest) -> bool:
    """Whether an address is one of the portal's own without its last slash, e.g. "/tim-kiem"."""
    return not request.path.endswith("/") and resolve(f"{request.path_info}/").func is not serve_page


def with_slash(request: HttpRequest) -> str:
    query = request.META.get("QUERY_STRING", "")
    return f"{request.path}/?{query}" if query else f"{request.path}/"


def due_version(page: Page, user) -> Page:
    """The page, or its approved later version when that version's hour has come.

    Errors: Http404 when that version is for fewer readers and the person is none of them: until the timer has
    run, the grants are those of the former version.
    """
    if not (page.live and page.has_unpublished_changes):
        return page
    revision = page.revisions.filter(approved_go_live_at__lte=timezone.now()).order_by("-approved_go_live_at").first()
    if revision is None:
        return page
    later = revision.as_object()
    if not (later.may_be_read() and later.effective_audience().tokens & tokens_of(user)):
        raise Http404
    return later


@require_GET
def change_display(request: HttpRequest) -> HttpResponse:
    """Remember contrast and text size in cookies and go back, e.g. `/hien-thi/?tuong-phan=1&tiep=/van-ban/`."""
    target = request.GET.get("tiep", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        target = "/"
    response = HttpResponseRedirect(target)
    for name, allowed in (("tuong-phan", "01"), ("co-chu", "012")):
        value = request.GET.get(name, "")
        if len(value) == 1 and value in allowed:
            response.set_cookie(name, value, max_age=31_536_000, samesite="Lax", secure=request.is_secure())
    return response
