"""Every address is declared, and gives each reader what its class says, with real objects in every place."""

import re

import pytest
from django.test import Client

from portal.access import BY_NAME, KEPT, OFFICE, OPEN_IN_ADMIN, PUBLIC, SHAREABLE, STAFF, access_of
from tests.addresses import TOKEN, addresses, make_hidden, patterns
from tests.builders import PASSWORD, make_person

#: What a door may answer: to the sign-in, refused, not there, or not asked this way.
CLOSED = (302, 403, 404, 405)


def test_every_address_has_a_declared_access_class():
    undeclared = [(route, name) for route, name in patterns() if access_of(route, name) is None]
    assert undeclared == []


def test_nothing_is_declared_that_is_no_address():
    from django.conf import settings

    known = {name for _, name in patterns()}
    if not settings.HAS_SSO:
        known |= {name for name in BY_NAME if name.startswith(("account_", "mfa_", "openid_", "socialaccount_"))}
    assert set(BY_NAME) - known == set()


def test_only_public_addresses_may_be_kept_by_others():
    assert {name for name in SHAREABLE if BY_NAME.get(name) != PUBLIC} == set()
    assert KEPT <= SHAREABLE


@pytest.fixture
def walk(tree):
    return addresses(access_of, make_hidden(tree))


def is_open_door(path: str) -> bool:
    return path.removeprefix("/quan-tri/").startswith(OPEN_IN_ADMIN)


def told(response) -> str:
    body = b"".join(response) if response.streaming else response.content
    # The address that was asked for may be said back.
    return re.sub(rf"[\w./%-]*{TOKEN}-?[\w./%-]*(?=[\"&\s])", "", body.decode(errors="replace"))


@pytest.mark.django_db
@pytest.mark.slow
def test_office_addresses_are_closed_to_strangers_and_to_staff_without_the_permission(walk):
    closed = [path for path in walk[OFFICE] if not is_open_door(path)]
    assert len(closed) > 400
    person = make_person("lan")
    for signed_in in (False, True):
        client = Client()
        if signed_in:
            client.force_login(person)
        for ask in (client.get, client.post):
            answers = {path: ask(path) for path in closed}
            assert {path: each.status_code for path, each in answers.items() if each.status_code not in CLOSED} == {}
            assert [path for path, each in answers.items() if TOKEN in told(each)] == []


@pytest.mark.django_db
def test_a_stranger_is_sent_to_the_sign_in_for_what_exists_as_for_what_does_not(walk, client):
    for path in ("/quan-tri/pages/{}/edit/", "/quan-tri/documents/edit/{}/", "/quan-tri/images/{}/"):
        there, not_there = client.get(path.format(5)), client.get(path.format(987654))
        assert (there.status_code, not_there.status_code) == (302, 302), path
        assert there["Location"].replace("5", "") == not_there["Location"].replace("987654", "")


@pytest.mark.django_db
def test_staff_addresses_send_a_stranger_to_the_sign_in(walk, client):
    assert len(walk[STAFF]) >= 6
    for path in walk[STAFF]:
        for answer in (client.get(path), client.post(path)):
            assert answer.status_code in (302, 403, 404, 405), path
            assert TOKEN not in told(answer), path
            if answer.status_code == 302:
                assert answer["Location"].startswith(("/quan-tri/login/", "/dang-nhap", "/")), path


@pytest.mark.django_db
def test_public_addresses_tell_a_stranger_nothing_internal(walk, client):
    assert len(walk[PUBLIC]) > 25
    for path in walk[PUBLIC]:
        answer = client.get(path)
        assert answer.status_code < 500 and answer.status_code != 403, path
        assert TOKEN not in told(answer), path


@pytest.mark.django_db
def test_hidden_objects_are_answered_as_missing_ones_on_every_public_address(tree, client):
    hidden = make_hidden(tree)
    file, picture = hidden.file, hidden.picture
    pairs = [
        (hidden.page.url, "/van-ban/khong-co-van-ban/"),
        (f"{hidden.page.url}ban-in/", "/van-ban/khong-co-van-ban/ban-in/"),
        (file.url, "/tai-ve/khong-co.abcdefghijkl.txt"),
        (f"/tai-ve/{file.pk}/{file.filename}", f"/tai-ve/98765/{file.filename}"),
        (f"/tep/{picture.file.name}", "/tep/original_images/khong.png"),
    ]
    for there, not_there in pairs:
        first, second = client.get(there), client.get(not_there)
        assert first.status_code == second.status_code == 404, there
        assert first.content.decode().replace(there, "") == second.content.decode().replace(not_there, ""), there
        assert dict(first.headers) | {"Content-Length": ""} == dict(second.headers) | {"Content-Length": ""}, there


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
