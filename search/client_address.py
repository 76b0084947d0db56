"""Whose request it is when proxies stand in front: the address the nearest trusted proxy saw."""

from django.conf import settings


def client_address(request) -> str:
    """The reader's address, e.g. "203.0.113.9".

    With TRUSTED_PROXIES=1 it is the last of X-Forwarded-For, which our proxy wrote; what stands before it
    anybody may have invented. Without proxies the header means nothing.
    """
    direct = request.META.get("REMOTE_ADDR", "")
    passed = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    count = settings.TRUSTED_PROXIES
    return passed[-count] if count and len(passed) >= count else direct
