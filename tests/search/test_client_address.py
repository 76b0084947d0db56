"""Whose request it is, and by which address it is counted."""

import pytest
from django.test import RequestFactory

from search.client_address import client_address, counted_address


def asked(passed: str = "", direct: str = "10.0.0.1"):
    return RequestFactory().get("/", REMOTE_ADDR=direct, **({"HTTP_X_FORWARDED_FOR": passed} if passed else {}))


@pytest.mark.parametrize(
    "passed, address",
    [
        ("198.51.100.1, 203.0.113.9", "203.0.113.9"),
        ("203.0.113.9:51234", "203.0.113.9"),
        ("[2001:db8::7]:443", "2001:db8::7"),
        ("2001:db8::7", "2001:db8::7"),
        ("", "10.0.0.1"),
    ],
)
def test_it_is_what_our_proxy_wrote_without_the_port_of_the_connection(settings, passed, address):
    settings.TRUSTED_PROXIES = 1
    assert client_address(asked(passed)) == address
    settings.TRUSTED_PROXIES = 0
    assert client_address(asked(passed)) == "10.0.0.1"


@pytest.mark.parametrize(
    "direct, counted",
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:5:1:aaaa:bbbb:cccc:dddd", "2001:db8:5:1::"),
        ("2001:DB8:5:1::1", "2001:db8:5:1::"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("fe80::1%eth0", "fe80::"),
        ("::1", "::"),
        ("unix:", "unix:"),
        ("", ""),
    ],
)
def test_an_ipv6_address_is_counted_with_its_whole_line(direct, counted):
    assert counted_address(asked(direct=direct)) == counted
