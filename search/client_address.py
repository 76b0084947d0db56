"""Whose request it is when proxies stand in front: the address the nearest trusted proxy saw."""

from ipaddress import IPv6Address, ip_address

from django.conf import settings

#: Units: bits of an IPv6 address that whoever has one line chooses freely, a new one for each request.
FREE_BITS = 64


def client_address(request) -> str:
    """The reader's address, e.g. "203.0.113.9".

    With TRUSTED_PROXIES=1 it is the last of X-Forwarded-For, which our proxy wrote; what stands before it
    anybody may have invented. Without proxies the header means nothing.
    """
    direct = request.META.get("REMOTE_ADDR", "")
    passed = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    count = settings.TRUSTED_PROXIES
    return _without_port(passed[-count]) if count and len(passed) >= count else direct


def counted_address(request) -> str:
    """The address by which requests are counted: "203.0.113.9", of IPv6 the network, e.g. "2001:db8:5:1::".

    Shape: an IPv4 address within an IPv6 one is that IPv4 address; what is no address stays as it is.
    """
    text = client_address(request)
    try:
        address = ip_address(text)
    except ValueError:
        return text
    if not isinstance(address, IPv6Address):
        return str(address)
    return str(address.ipv4_mapped or IPv6Address(int(address) >> FREE_BITS << FREE_BITS))


def _without_port(text: str) -> str:
    """Some proxies write the port as well, a new one for each connection: "203.0.113.9:51234", "[2001:db8::7]:443"."""
    if text.startswith("["):
        return text[1:].partition("]")[0]
    return text.partition(":")[0] if text.count(":") == 1 else text
