"""Old addresses lead to new ones, but only for readers who may see the page they lead to."""

from urllib.parse import urlsplit

from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.utils.encoding import uri_to_iri
from wagtail.contrib.redirects.middleware import RedirectMiddleware
from wagtail.contrib.redirects.models import Redirect

from home.views import find_route
from search.visibility import open_grants


class OldAddresses(RedirectMiddleware):
    """Wagtail's redirects under the audience rule: a hidden page's old address is simply not there."""

    def process_response(self, request, response):
        # Asked first, and in one query: what Wagtail does with a redirect takes time that would tell of a hidden page.
        if response.status_code != 404 or not leads_on(request):
            return response
        answer = super().process_response(request, response)
        if answer is response or urlsplit(answer["Location"]).netloc not in ("", request.get_host()):
            return answer
        try:
            find_route(request, urlsplit(answer["Location"]).path)
        except Http404:
            return response
        return answer


def leads_on(request) -> bool:
    """Whether a redirect leads from this address to a page this reader may see, or to an address of its own."""
    asked = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
    spellings = {asked, uri_to_iri(asked), urlsplit(asked).path, uri_to_iri(urlsplit(asked).path)}
    readable = Exists(open_grants(request.user).filter(page_id=OuterRef("redirect_page_id")))
    rows = Redirect.objects.filter(old_path__in=[each for each in spellings if "\0" not in each])
    return rows.filter(Q(redirect_page=None) | readable).exists()
