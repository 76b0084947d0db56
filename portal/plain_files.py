"""Small text files that crawlers ask for."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe

ROBOTS = """User-agent: *
Disallow: /quan-tri/
Disallow: /tim-kiem/
Disallow: /hien-thi/
Sitemap: {address}/sitemap.xml
"""


@require_safe
def show_robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse(ROBOTS.format(address=settings.SITE_ADDRESS), content_type="text/plain; charset=utf-8")


@require_safe
def show_favicon(request: HttpRequest) -> HttpResponse:
    """For browsers that ask for the old name without reading the page."""
    return HttpResponseRedirect(static("img/favicon.svg"))
