"""Old addresses lead to new ones, but only for readers who may see the page they lead to."""

from urllib.parse import urlsplit

from django.http import Http404
from wagtail.contrib.redirects.middleware import RedirectMiddleware

from home.views import find_route


class OldAddresses(RedirectMiddleware):
    """Wagtail's redirects under the audience rule: a hidden page's old address is simply not there."""

    def process_response(self, request, response):
        answer = super().process_response(request, response)
        if answer is response or urlsplit(answer["Location"]).netloc not in ("", request.get_host()):
            return answer
        try:
            find_route(request, urlsplit(answer["Location"]).path)
        except Http404:
            return response
        return answer
