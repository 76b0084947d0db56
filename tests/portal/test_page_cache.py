"""Strangers' pages are kept, told apart by what pages read alone, and thrown away with every change."""

import re
import threading
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from home.models import Department, PurgeOrder
from home.purging.orders import content_state, load_state
from portal import page_cache
from tests.builders import make_person

pytestmark = pytest.mark.django_db
LIST = "/van-ban/"
OLD = "Nội dung cũ còn giữ"


@pytest.fixture(autouse=True)
def keeping(settings):
    settings.PAGE_CACHE_SECONDS = 600
    caches["pages"].clear()
    yield
    caches["pages"].clear()


@pytest.fixture
def renders(monkeypatch):
    """The addresses that were rendered, not answered from the kept pages."""
    seen = []
    render = page_cache.PageCache._render

    def counted(self, request, key, state):
        seen.append(request.path)
        return render(self, request, key, state)

    monkeypatch.setattr(page_cache.PageCache, "_render", counted)
    return seen


def text_of(response) -> str:
    return response.content.decode()


def test_the_second_stranger_costs_one_query(client, tree, renders):
    page = tree.add_directive("Được giữ lại")
    first = client.get(page.url)
    with CaptureQueriesContext(connection) as captured:
        second = Client().get(page.url)
    assert len(captured) == 1 and renders == [page.url]
    assert second.content == first.content and dict(second.headers) == dict(first.headers)


def test_foreign_cookies_and_campaign_counters_neither_miss_nor_stay(client, tree, renders):
    client.get(LIST)
    plain = Client().get(LIST).content
    visitor = Client()
    visitor.cookies["_ga"] = visitor.cookies["_fbp"] = visitor.cookies["csrftoken"] = "GA1.2.3"
    counters = "utm_source=zalo&utm_campaign=zqcampaign&fbclid=abc&gclid=1"
    assert visitor.get(f"{LIST}?{counters}").content == plain
    assert renders == [LIST]
    first = visitor.get(f"{LIST}?{counters}&nam=2024")
    assert "zqcampaign" not in text_of(first) and "_ga" not in text_of(first)
    assert Client().get(f"{LIST}?nam=2024").content == first.content and len(renders) == 2


def test_how_a_reader_wants_the_page_is_never_mixed(client, tree, renders):
    looks = set()
    for contrast in "01":
        for size in "012":
            reader = Client()
            reader.cookies["tuong-phan"], reader.cookies["co-chu"] = contrast, size
            html = text_of(reader.get(LIST))
            assert ('data-theme="contrast"' in html) is (contrast == "1")
            assert (f'class="size-{size}"' in html) is (size != "0")
            looks.add(html)
    assert len(looks) == 6 and len(renders) == 6
    assert client.get(LIST).content and len(renders) == 6


def test_packed_and_plain_bodies_are_told_apart(client, tree, renders):
    for _ in range(2):
        assert "Content-Encoding" not in client.get("/").headers
        assert client.get("/", headers={"accept-encoding": "gzip"})["Content-Encoding"] == "gzip"
    assert len(renders) == 2


def test_a_person_gets_nothing_kept_and_leaves_nothing(client, tree, renders):
    hidden = tree.add_directive("zqnoibo", audience="staff")
    client.force_login(make_person("lan"))
    for address in (LIST, hidden.url):
        answer = client.get(address)
        assert "zqnoibo" in text_of(answer)
        assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", ")), address
    stranger = Client()
    assert "zqnoibo" not in text_of(stranger.get(LIST))
    assert stranger.get(hidden.url).status_code == 404
    assert "zqnoibo" in text_of(client.get(LIST)), "and what is kept for strangers is not shown to a person"


def test_the_tag_is_of_the_content_alone(client, tree):
    page = tree.add_directive("Có nhãn")
    first = client.get(page.url)
    caches["pages"].clear()
    again = Client().get(page.url)
    assert first["ETag"] == again["ETag"] and first["ETag"].startswith('W/"')
    same = client.get(page.url, headers={"if-none-match": first["ETag"]})
    assert same.status_code == 304 and same.content == b"" and same["ETag"] == first["ETag"]
    assert same["Cache-Control"] == first["Cache-Control"]
    page.title = "Nhãn khác"
    page.save_revision().publish()
    assert client.get(page.url, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_a_first_question_with_a_tag_leaves_the_whole_page_behind(client, tree):
    tag = client.get(LIST)["ETag"]
    caches["pages"].clear()
    assert Client().get(LIST, headers={"if-none-match": tag}).status_code == 304
    assert "<html" in text_of(Client().get(LIST))


def test_a_head_and_a_get_share_one_page(client, tree, renders):
    head = client.head(LIST)
    assert head.content == b"" and client.get(LIST)["ETag"] == head["ETag"]
    assert "<html" in text_of(client.get(LIST)) and len(renders) == 1


def change_title(tree, page):
    page.title = page.abstract = "Tên mới của văn bản"
    page.save_revision().publish()


def unpublish(tree, page):
    page.unpublish()


def delete(tree, page):
    page.delete()


def restrict(tree, page):
    page.audience = "staff"
    page.save_revision().publish()


def change_slug(tree, page):
    page.slug = "dia-chi-moi"
    page.save_revision().publish()


def move_elsewhere(tree, page):
    page.move(tree.add_unit("VP", "Văn phòng Sở"), "last-child")


def lift_ancestor(tree, page):
    page.get_parent().specific.unpublish()


@pytest.mark.parametrize(
    ("change", "is_gone"),
    [
        (change_title, False),
        (unpublish, True),
        (delete, True),
        (restrict, True),
        (change_slug, True),
        (move_elsewhere, True),
        (lift_ancestor, True),
    ],
)
def test_every_change_shows_at_once(tree, change, is_gone):
    page = tree.add_directive(OLD)
    places = (page.url, LIST, "/kho-luu-tru/", "/van-ban/atom.xml")
    assert all(OLD in text_of(Client().get(place)) for place in places)
    address = page.url
    change(tree, type(page).objects.get(pk=page.pk))
    after = Client().get(address)
    if is_gone:
        assert after.status_code in (301, 404)
    else:
        assert "Tên mới của văn bản" in text_of(after)
    if change not in (change_slug, move_elsewhere):
        assert not any(OLD in text_of(Client().get(place)) for place in places)


def test_the_frame_of_every_page_follows_the_department(client, tree):
    client.get(LIST)
    department = Department.objects.first() or Department()
    department.name = "Sở Nông nghiệp và Môi trường"
    department.save()
    assert "Sở Nông nghiệp và Môi trường" in text_of(client.get(LIST))


def test_a_kept_copy_ends_when_the_page_closes_or_another_opens(tree):
    now = timezone.now()
    closing, opening = tree.add_directive("zqdong"), tree.add_directive("zqmo")
    closing.grants.update(closes_at=now + timedelta(minutes=10))
    opening.grants.update(opens_at=now + timedelta(minutes=20))
    content_state.forget()
    shown = {}
    for minutes in (1, 11, 21):
        with time_machine.travel(now + timedelta(minutes=minutes), tick=False):
            content_state.forget()
            shown[minutes] = {word for word in ("zqdong", "zqmo") if word in text_of(Client().get(LIST))}
            assert Client().get(closing.url).status_code == (200 if minutes < 10 else 404)
    assert shown == {1: {"zqdong"}, 11: set(), 21: {"zqmo"}}


def test_a_copy_does_not_outlive_the_day_it_names(tree):
    now = timezone.now()
    assert "ngày" not in load_state().version
    with time_machine.travel(now, tick=False):
        today = text_of(Client().get("/"))
        assert load_state().ends_at - timezone.now() <= timedelta(days=1)
    with time_machine.travel(now + timedelta(days=1), tick=False):
        content_state.forget()
        assert text_of(Client().get("/")) != today


def test_what_is_about_to_close_is_kept_by_others_no_longer_than_that(tree, settings):
    settings.PURGE = settings.PURGE | {"urls": ["http://127.0.0.1:9/"]}
    page = tree.add_directive("Sắp đóng")
    assert "s-maxage=600" in Client().get(page.url)["Cache-Control"]
    page.grants.update(closes_at=timezone.now() + timedelta(seconds=100))
    caches["pages"].clear()
    content_state.forget()
    stated = Client().get(page.url)["Cache-Control"]
    assert re.search(r"s-maxage=[89]\d\b", stated) and "stale-while-revalidate" not in stated


def test_hours_of_what_is_not_open_yet_show_in_no_header(tree, settings):
    settings.PURGE = settings.PURGE | {"urls": ["http://127.0.0.1:9/"]}
    page = tree.add_directive("Công khai")
    before = dict(Client().get(page.url).headers)
    early = tree.add_directive("Chưa đến giờ")
    soon = timezone.now() + timedelta(seconds=60)
    early.grants.update(opens_at=soon, closes_at=soon + timedelta(seconds=60))
    caches["pages"].clear()
    content_state.forget()
    assert dict(Client().get(page.url).headers) == before


def test_what_another_process_withdrew_is_gone_with_the_next_request(tree):
    page = tree.add_directive("Rút ngay")
    assert [Client().get(page.url).status_code for _ in range(2)] == [200, 200]
    # As another process does it: this one is not told.
    held = content_state._kept
    page.grants.all().delete()
    PurgeOrder.objects.create(keys=["noi-dung"])
    content_state._kept = held
    assert Client().get(page.url).status_code == 404


def test_many_at_once_have_a_page_rendered_once(tree, monkeypatch):
    """Threads here stand for those of one server process; the view is slow enough that all of them meet."""
    together, rendered = 60, []

    def slow(request):
        rendered.append(request.path)
        threading.Event().wait(0.2)
        response = page_cache.HttpResponse(b"xin")
        response["ETag"], response["Cache-Control"] = 'W/"1"', "public"
        return response

    middleware = page_cache.PageCache(slow)
    monkeypatch.setattr(page_cache, "present_state", load_once(load_state()))
    answers = []

    def ask():
        request = page_cache_request(LIST)
        answers.append(middleware(request).content)

    threads = [threading.Thread(target=ask) for _ in range(together)]
    [thread.start() for thread in threads]
    [thread.join(timeout=20) for thread in threads]
    assert answers == [b"xin"] * together and len(rendered) == 1
    assert middleware.flights == {}


def test_processes_that_share_a_cache_render_a_page_once_between_them(tree, monkeypatch):
    """Each has its own middleware; the memory of this test's cache stands for Redis."""
    rendered = []

    def slow(request):
        rendered.append(request.path)
        threading.Event().wait(0.2)
        response = page_cache.HttpResponse(b"xin")
        response["ETag"], response["Cache-Control"] = 'W/"1"', "public"
        return response

    monkeypatch.setattr(page_cache, "present_state", load_once(load_state()))
    processes = [page_cache.PageCache(slow) for _ in range(4)]
    threads = [threading.Thread(target=process, args=(page_cache_request(LIST),)) for process in processes]
    [thread.start() for thread in threads]
    [thread.join(timeout=20) for thread in threads]
    assert len(rendered) == 1


def load_once(state):
    return lambda: state


def page_cache_request(address: str):
    from django.test import RequestFactory

    return RequestFactory().get(address)


def test_missing_pages_are_rendered_side_by_side_and_not_kept(client, tree, renders):
    for _ in range(2):
        answer = client.get("/van-ban/khong-co/")
        assert answer.status_code == 404 and "no-store" in answer["Cache-Control"] and "ETag" not in answer
    assert len(renders) == 2


def test_an_unknown_host_is_refused_and_a_forwarded_one_is_not_believed(client, tree):
    assert client.get(LIST, headers={"host": "ke-gian.example"}).status_code == 400
    poisoned = text_of(client.get(LIST, headers={"x-forwarded-host": "ke-gian.example"}))
    assert "ke-gian" not in poisoned and "ke-gian" not in text_of(Client().get(LIST))


@pytest.mark.parametrize("ending", ["x.css", "a.js", "anh.png", "x.css/", ";x.css", "%2fx.css", "..%2fx.css"])
def test_no_ending_makes_a_persons_page_look_like_a_file(client, tree, ending):
    client.force_login(make_person("lan"))
    for address in (f"/van-ban/{ending}", f"/noi-bo/{ending}", f"/noi-bo{ending}"):
        answer = client.get(address)
        assert answer.status_code in (301, 302, 404), address
        assert "no-store" in answer["Cache-Control"], address


def test_without_a_version_in_the_database_nothing_is_kept(client, tree):
    PurgeOrder.objects.all().delete()
    content_state.forget()
    assert client.get(LIST).status_code == 200
    tree.add_directive("zqmoi")
    assert "zqmoi" in text_of(client.get(LIST))
