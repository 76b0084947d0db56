"""Ways around the front door: conditional requests, caches warmed by others, errors, changes that must hold at once."""

from http import HTTPStatus

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from portal.models import Membership
from tests.leaks.readers import STAFF_A, STAFF_B, STRANGER
from tests.leaks.tokens import tokens_in, told_by
from tests.search.test_two_worlds import masked

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ASKED = (
    {},
    {"HTTP_RANGE": "bytes=0-9"},
    {"HTTP_IF_NONE_MATCH": "*"},
    {"HTTP_IF_NONE_MATCH": '"6b039af4-4de"'},
    {"HTTP_IF_MODIFIED_SINCE": "Wed, 01 Jan 2098 00:00:00 GMT"},
    {"HTTP_ACCEPT_ENCODING": "identity"},
    {"HTTP_X_FORWARDED_HOST": "noi-khac.example"},
    {"HTTP_AUTHORIZATION": "Basic YTpi"},
)


def answer(client: Client, address: str, method: str, headers: dict) -> tuple[int, bytes]:
    response = client.generic(method, address, **headers)
    return response.status_code, masked(response)


@pytest.fixture
def stopped(site):
    """No second passes between two answers that are compared."""
    with time_machine.travel(timezone.now(), tick=False):
        yield


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST", "DELETE"])
def test_whatever_is_asked_of_a_hidden_file_is_answered_as_of_a_missing_one(site, stopped, method):
    file, image = site.canaries["unit_a"].ids["pdf"], site.canaries["staff_article"].ids["image"]
    for hidden, known in ((file.url, file.filename), (image.file.url, image.filename)):
        missing = hidden.replace(known, known[:-9] + "zzzzz" + known[-4:])
        for headers in ASKED:
            client = site.browsers[STRANGER]
            status, told = answer(client, hidden, method, headers)
            other, body = answer(client, missing, method, headers)
            assert (status, told.replace(hidden.encode(), b"")) == (other, body.replace(missing.encode(), b"")), headers


def test_what_staff_have_opened_is_not_kept_for_strangers(site, stopped):
    page = site.canaries["staff"].ids["page"]
    addresses = (
        "/",
        "/van-ban/",
        site.hub.url,
        page.url,
        f"{page.url}x.css",
        "/tim-kiem/?q=kiem+thu",
        "/api/tim-kiem?q=kiem",
    )
    before = [answer(Client(), address, "GET", {}) for address in addresses]
    for headers in ASKED:
        for address in addresses:
            site.browsers[STAFF_B].get(address, **headers)
    assert [answer(Client(), address, "GET", {}) for address in addresses] == before
    for address in addresses:
        assert "no-store" in site.browsers[STAFF_B].get(address)["Cache-Control"], address


def test_an_error_in_a_hidden_page_tells_nothing_of_it(site, monkeypatch, caplog):
    def fail(*_):
        raise ValueError("broken")

    monkeypatch.setattr("directives.models.reading.DocumentReading.contents", property(fail))
    canary = site.canaries["staff"]
    for reader in (STRANGER, STAFF_B):
        response = site.browsers[reader].get(canary.ids["page"].url)
        assert not told_by(response, canary.ids["page"].url), reader
    assert response.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert not {canary.word(place) for place in "tbxnag"} & tokens_in(caplog.text)


def test_leaving_a_unit_and_losing_the_account_hold_at_the_next_request(site):
    address, client = site.canaries["unit_a"].ids["page"].url, site.browsers[STAFF_A]
    assert client.get(address).status_code == 200
    Membership.objects.filter(user=site.people[STAFF_A]).delete()
    assert client.get(address).status_code == 404
    address = site.canaries["staff"].ids["page"].url
    assert client.get(address).status_code == 200
    get_user_model().objects.filter(pk=site.people[STAFF_A].pk).update(is_active=False)
    assert client.get(address).status_code == 404
