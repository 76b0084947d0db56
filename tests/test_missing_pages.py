"""To a stranger an internal page is a page that is not there: status, headers, bytes and time are the same."""

import statistics
import time
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect

from tests.builders import PASSWORD, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MOMENTS = ("Date", "Expires")
SLUG = "zq-noi-bo-{}"
NAMES = ("staff", "units", "people", "draft", "ended", "early", "moved", "gone")


@pytest.fixture
def unit(tree):
    return tree.add_unit("VP", "Văn phòng Sở")


@pytest.fixture
def lan(unit):
    return make_person("lan", unit)


@pytest.fixture
def hidden(tree, unit, lan):
    """A page of every audience and state that no stranger may read, each under a slug of its own."""

    def add(name, **fields):
        return tree.add_directive(f"zq {name}", slug=SLUG.format(name), **fields)

    add("staff", audience="staff")
    add("units", audience="units", audience_units=[unit])
    add("people", audience="people", audience_people=[lan])
    add("draft").unpublish()
    ended, early = add("ended"), add("early")
    type(ended).objects.filter(pk=ended.pk).update(expire_at=timezone.now() - timedelta(hours=1))
    ended.grants.update(closes_at=timezone.now() - timedelta(hours=1))
    early.unpublish()
    early.go_live_at = timezone.now() + timedelta(days=1)
    early.save_revision().publish()
    moved = add("moved", audience="staff")
    moved.slug = "zq-noi-bo-ten-moi"
    moved.save_revision().publish()
    Redirect.add_redirect(WAYS[1].format(SLUG.format("moved")), redirect_to=moved)
    add("gone", audience="staff").delete()
    return NAMES


def same_length(slug: str) -> str:
    return "zq-vang-mat-" + "x" * (len(slug) - 12)


WAYS = (
    "/van-ban/{}/",
    "/van-ban/{}",
    "/van-ban/{}/ban-in/",
    "/van-ban/{}/toan-van/",
    "/van-ban/{}/khong-co/",
    "/van-ban//{}/",
    "//van-ban/{}/",
    "/van-ban/./{}/",
    "/van-ban/%2e/{}/",
    "/van-ban/%2E%2E/van-ban/{}/",
    "/van-ban/{}%2f",
    "/van-ban/{}/?preview=1",
    "/van-ban/{}/?trang=2",
    "/van-ban/{}/index.html",
    "/van-ban/{}.css",
    "/tin-tuc/{}/",
    "/{}/",
    "/don-vi/{}/luu-tru/",
    "/don-vi/{}/luu-tru/so-van-ban.csv",
)


def answer(client, method: str, way: str, slug: str) -> tuple:
    """What a stranger is told, with the asked slug struck out."""
    response = client.generic(method, way.format(slug))
    body = b"".join(response.streaming_content) if response.streaming else response.content
    struck = "?" * len(slug)
    kept = {name: value for name, value in response.headers.items() if name not in MOMENTS}
    headers = {name: value.replace(slug, struck) for name, value in kept.items()}
    return response.status_code, headers, body.decode().replace(slug, struck), len(body)


def differing(client, method: str, ways, names) -> list[tuple]:
    """The ways on which an internal page is told from none."""
    return [
        (way, slug)
        for way in ways
        for name in names
        for slug in (SLUG.format(name), SLUG.format(name).upper())
        if answer(client, method, way, slug) != answer(client, method, way, same_length(slug))
    ]


def test_every_way_to_an_internal_page_ends_as_one_to_none(client, hidden):
    assert differing(client, "GET", WAYS, hidden) == []
    assert answer(client, "GET", WAYS[0], SLUG.format("staff"))[0] == 404


def test_every_method_is_answered_alike(client, hidden):
    for method in ("HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"):
        assert differing(client, method, WAYS[:2], hidden) == []
    assert differing(Client(enforce_csrf_checks=True), "POST", WAYS[:2], hidden) == []


def test_stale_and_invented_cookies_change_nothing(hidden):
    slug = SLUG.format("staff")
    for cookies in ({"sessionid": "x" * 32}, {"sessionid": "", "csrftoken": "y" * 32}, {"tuong-phan": "1"}):
        client, other = Client(), Client()
        for each in (client, other):
            each.cookies.load(cookies)
        assert answer(client, "GET", WAYS[0], slug) == answer(other, "GET", WAYS[0], same_length(slug))


def test_it_is_the_404_page_with_a_way_to_sign_in_that_leads_back(client, hidden, lan):
    address = WAYS[0].format(SLUG.format("people"))
    told = client.get(address)
    assert told.status_code == 404
    assert f'href="/dang-nhap/?next={address}"' in told.content.decode()
    form = client.get(f"/dang-nhap/?next={address}", follow=True)
    wanted = form.context["next"]
    back = client.post("/quan-tri/login/", {"username": "lan", "password": PASSWORD, "next": wanted})
    assert back["Location"] == address
    assert "zq people" in client.get(address).content.decode()


def test_an_old_address_leads_on_for_those_who_may_read(client, hidden, lan):
    old = WAYS[0].format(SLUG.format("moved"))
    assert client.get(old).status_code == 404
    client.force_login(lan)
    assert client.get(old)["Location"] == "/van-ban/zq-noi-bo-ten-moi/"


def test_staff_outside_the_audience_are_told_the_same_as_of_no_page(client, hidden):
    client.force_login(make_person("hoa"))
    for name in ("units", "people", "draft", "ended", "early"):
        slug = SLUG.format(name)
        told, missing = (answer(client, "GET", WAYS[0], each) for each in (slug, same_length(slug)))
        assert told[0] == missing[0] == 404
        assert len(told[2]) == len(missing[2])


def pair_medians(pairs: int, addresses: tuple[str, str]) -> tuple[float, float]:
    """Median CPU milliseconds of answering each address, asked in turn."""
    client, spent = Client(), ([], [])
    for _ in range(pairs):
        for address, times in zip(addresses, spent, strict=True):
            before = time.process_time()
            client.get(address)
            times.append((time.process_time() - before) * 1000)
    return statistics.median(spent[0]), statistics.median(spent[1])


@pytest.mark.slow
@pytest.mark.parametrize("name", ["staff", "people"])
def test_the_time_of_the_answer_tells_nothing(hidden, name):
    slug = SLUG.format(name)
    addresses = (WAYS[0].format(slug), WAYS[0].format(same_length(slug)))
    pair_medians(5, addresses)
    # A busy machine may spoil one measurement; what really differs differs in every one.
    rounds = (pair_medians(200, addresses) for _ in range(3))
    assert any(abs(internal - missing) < 5 for internal, missing in rounds)
