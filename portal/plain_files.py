"""Small text files that programs ask for: crawlers, and those who found a weakness."""

from datetime import UTC, date

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.http import require_safe

from home.context import department

ROBOTS = """User-agent: *
Disallow: /quan-tri/
Disallow: /tim-kiem/
Disallow: /hien-thi/
Disallow: /noi-bo/
Disallow: /api/
Sitemap: {address}/sitemap.xml
"""

SECURITY = """# Phát hiện lỗ hổng của cổng? Xin báo trước khi công bố.
# Found a weakness of this portal? Please tell us before you publish it.
Contact: {contact}
Expires: {expires}T00:00:00Z
Preferred-Languages: vi, en
Canonical: {address}/.well-known/security.txt
"""


@require_safe
def show_robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse(ROBOTS.format(address=settings.SITE_ADDRESS), content_type="text/plain; charset=utf-8")


@require_safe
def show_favicon(request: HttpRequest) -> HttpResponse:
    """For browsers that ask for the old name without reading the page."""
    return HttpResponseRedirect(static("img/favicon.svg"))


@require_safe
def show_security_text(request: HttpRequest) -> HttpResponse:
    """`/.well-known/security.txt`: whom to tell about a weakness. Source: RFC 9116."""
    expires = expires_on(timezone.now().astimezone(UTC).date())
    text = SECURITY.format(contact=security_contact(), expires=expires.isoformat(), address=settings.SITE_ADDRESS)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def security_contact() -> str:
    """An address for reports: SECURITY_CONTACT, else the department's mail, else the front page."""
    contact = settings.SECURITY_CONTACT or department().email or f"{settings.SITE_ADDRESS}/"
    return contact if ":" in contact else f"mailto:{contact}"


def expires_on(today: date) -> date:
    """The first day of the tenth month from now: always ahead and never a year away, the same all month long."""
    months = today.year * 12 + today.month - 1 + 10
    return date(months // 12, months % 12 + 1, 1)
