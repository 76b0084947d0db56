"""The question "Kết quả có hữu ích không?": counted once, from our pages only, nothing about the reader."""

import re

import pytest
import time_machine
from django.core.cache import cache
from django.db import models
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import timezone

from search.office_models import FeedbackDay
from search.office_models.statistics import REASONS
from tests.builders import make_person

pytestmark = pytest.mark.django_db
PATH = "/tim-kiem/y-kien/"
OURS = {"HTTP_ORIGIN": "http://testserver"}


@pytest.fixture
def stranger(tree):
    cache.clear()
    return Client(enforce_csrf_checks=True)


def answer(client, headers=OURS, **data):
    return client.post(PATH, {"tim": "q=Đất+đai&nam=2024&trang=3", "co_ich": "co"} | data, **headers)


def counts() -> list[tuple]:
    return list(FeedbackDay.objects.values_list("is_staff", "query", "yes", "no", *REASONS))


def test_answers_add_up_by_query_and_day(stranger):
    answer(stranger)
    answer(stranger, co_ich="khong", ly_do="outdated")
    answer(stranger, tim="q=đất ĐAI", co_ich="khong")
    assert counts() == [(False, "dat dai", 1, 2, 0, 1, 0)]
    assert FeedbackDay.objects.get().day == timezone.localdate()


def test_the_reader_comes_back_to_the_same_results_and_is_thanked(stranger):
    back = answer(stranger)["Location"]
    assert back == "/tim-kiem/?q=%C4%90%E1%BA%A5t+%C4%91ai&nam=2024&trang=3&y_kien=1#y-kien"
    request = RequestFactory().get(back)
    assert "Cảm ơn ý kiến" in render_to_string("search/helpful.html", {"request": request})


def test_strangers_get_no_cookie(stranger):
    assert not answer(stranger).cookies


def test_staff_are_counted_apart(stranger):
    stranger.force_login(make_person("lan"))
    answer(stranger)
    assert counts() == [(True, "dat dai", 1, 0, 0, 0, 0)]


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_ORIGIN": "http://ke-xau.example"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_REFERER": "http://ke-xau.example/testserver"},
        {"HTTP_SEC_FETCH_SITE": "cross-site", **OURS},
        {"HTTP_SEC_FETCH_SITE": "same-site"},
        {},
    ],
)
def test_a_form_from_elsewhere_counts_only_after_a_second_look(stranger, headers):
    refused = answer(stranger, headers)
    html = refused.content.decode()
    assert refused.status_code == 403 and counts() == []
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html)[1]
    assert 'name="tim" value="q=Đất+đai&amp;nam=2024&amp;trang=3"' in html
    assert answer(stranger, {}, csrfmiddlewaretoken=token).status_code == 302
    assert counts() == [(False, "dat dai", 1, 0, 0, 0, 0)]


@pytest.mark.parametrize(
    "headers", [OURS, {"HTTP_REFERER": "http://testserver/tim-kiem/?q=a"}, {"HTTP_SEC_FETCH_SITE": "same-origin"}]
)
def test_a_form_of_ours_counts_at_once(stranger, headers):
    assert answer(stranger, headers).status_code == 302 and len(counts()) == 1


@pytest.mark.parametrize(
    "data",
    [
        {"co_ich": "x"},
        {"co_ich": ""},
        {"tim": ""},
        {"tim": "q=???"},
        {"tim": "nam=2024"},
        {"tim": "https://ke-xau.example/?q=a" * 900},
        {"tim": "q=\x00\ud7ff"},
    ],
)
def test_nonsense_counts_nothing_and_leads_nowhere_else(stranger, data):
    back = answer(stranger, **data)["Location"]
    assert back.startswith("/tim-kiem/?") and counts() == []


def test_unknown_reasons_and_personal_data_are_not_kept(stranger):
    answer(stranger, tim="q=đơn+của+lan@vi-du.vn+0905123456", co_ich="khong", ly_do="wording")
    assert counts() == [(False, "don cua", 0, 1, 0, 0, 0)]
    held = " ".join(str(getattr(FeedbackDay.objects.get(), field.name)) for field in FeedbackDay._meta.fields)
    assert "lan" not in held and "0905" not in held and "127.0.0.1" not in held
    assert not [field for field in FeedbackDay._meta.fields if isinstance(field, models.ForeignKey)]


def test_too_many_answers_from_one_address_in_a_minute_are_turned_away(stranger):
    with time_machine.travel("2024-03-05 08:00:01", tick=False) as clock:
        codes = [answer(stranger).status_code for _ in range(22)]
        assert codes == [302] * 20 + [429] * 2
        assert counts()[0][2] == 20
        assert answer(stranger, {"REMOTE_ADDR": "10.0.0.9", **OURS}).status_code == 302
        clock.shift(60)
        assert answer(stranger).status_code == 302


def test_opening_the_address_leads_to_the_search(stranger):
    assert stranger.get(PATH)["Location"] == "/tim-kiem/"


def test_the_question_is_the_same_for_every_stranger_and_only_after_a_search():
    def rendered(query):
        return render_to_string("search/helpful.html", {"request": RequestFactory().get("/tim-kiem/", query)})

    assert rendered({"q": '"><script>'}) == rendered({"q": '"><script>'})
    assert "<script>" not in rendered({"q": '"><script>'})
    assert "csrf" not in rendered({"q": "đất"}) and "Kết quả có hữu ích không?" in rendered({"q": "đất"})
    assert rendered({}).strip() == ""
    assert [name for name in REASONS if f'value="{name}"' not in rendered({"q": "đất"})] == []
