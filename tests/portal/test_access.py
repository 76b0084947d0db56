"""Every address is declared, and what is declared for the office is closed to a stranger."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from portal.access import OFFICE, OPEN_IN_ADMIN, STAFF, access_of
from tests.builders import PASSWORD, make_person


def patterns(resolver=None, prefix: str = ""):
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern).removeprefix("^")
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, route)
        elif isinstance(pattern, URLPattern):
            yield route, pattern.name


def test_every_address_has_a_declared_access_class():
    undeclared = [(route, name) for route, name in patterns() if access_of(route, name) is None]
    assert undeclared == []


def plain_addresses(access: str) -> list[str]:
    return [
        f"/{route}"
        for route, name in patterns()
        if access_of(route, name) == access and not set(route) & set("<(\\[?*$")
    ]


@pytest.mark.django_db
def test_office_addresses_are_closed_to_strangers_and_to_staff_without_the_permission(client, tree):
    person = make_person("lan")
    closed = [path for path in plain_addresses(OFFICE) if not path.removeprefix("/quan-tri/").startswith(OPEN_IN_ADMIN)]
    assert len(closed) > 30
    for signed_in in (False, True):
        if signed_in:
            client.force_login(person)
        answers = {path: client.get(path).status_code for path in closed}
        assert {path: code for path, code in answers.items() if code not in (302, 403, 404, 405)} == {}


@pytest.mark.django_db
def test_staff_addresses_send_a_stranger_to_the_login(client):
    for path in plain_addresses(STAFF):
        assert client.get(path).status_code in (302, 405), path


@pytest.mark.django_db
def test_staff_without_the_admin_land_on_the_intranet(client, tree):
    make_person("lan")
    form = {"username": "lan", "password": PASSWORD}
    assert client.post("/quan-tri/login/", form)["Location"] == "/noi-bo/"
    assert client.get("/quan-tri/login/?next=/quan-tri/")["Location"] == "/noi-bo/"


@pytest.mark.django_db
def test_five_wrong_passwords_lock_the_door_for_a_while(client, tree):
    make_person("lan")
    for _ in range(5):
        client.post("/quan-tri/login/", {"username": "lan", "password": "sai"})
    answer = client.post("/quan-tri/login/", {"username": "lan", "password": PASSWORD})
    assert answer.status_code == 429 and "Tạm khóa đăng nhập" in answer.content.decode()


def test_the_old_name_of_the_icon_leads_to_it(client):
    assert client.get("/favicon.ico")["Location"].endswith("img/favicon.svg")
