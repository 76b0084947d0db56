"""Responses to a signed-in person never enter a shared cache."""

from django.utils.cache import add_never_cache_headers, patch_cache_control


class PrivateResponses:
    """Marks every answer to a session as `private, no-store`."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            add_never_cache_headers(response)
            patch_cache_control(response, private=True, no_store=True)
        return response
