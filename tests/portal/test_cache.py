"""The cache may be away: nothing fails, and nothing is remembered."""

import pytest
from django.core.cache.backends.redis import RedisCache
from django.test import Client
from redis.exceptions import RedisError

from portal import cache
from portal.cache import ForgivingRedisCache
from tests.builders import Tree

NOWHERE = "redis://127.0.0.1:1/0"


@pytest.fixture
def away():
    return ForgivingRedisCache(NOWHERE, {})


def test_a_cache_that_is_away_answers_as_an_empty_one(away):
    assert away.get("a", "không có") == "không có"
    assert away.get_many(["a"]) == {}
    assert away.set("a", 1) is None
    assert (away.add("a", 1), away.delete("a"), away.has_key("a")) == (False, False, False)


@pytest.mark.django_db
def test_the_site_is_served_and_published_without_it(client, settings):
    settings.CACHES = {"default": {"BACKEND": "portal.cache.ForgivingRedisCache", "LOCATION": NOWHERE}}
    tree = Tree.build()
    page = tree.add_directive("Vẫn đăng được")
    assert client.get(page.url).status_code == 200


@pytest.mark.django_db
def test_pages_are_rendered_without_waiting_while_it_is_away(settings, tree):
    settings.PAGE_CACHE_SECONDS = 600
    away = {"BACKEND": "portal.cache.ForgivingRedisCache", "LOCATION": NOWHERE}
    settings.CACHES = {"default": away, "pages": away}
    page = tree.add_directive("Vẫn đọc được")
    for _ in range(2):
        assert Client().get(page.url).status_code == 200
    page.unpublish()
    assert Client().get(page.url).status_code == 404


def test_a_server_that_is_away_is_not_asked_at_every_turn(monkeypatch):
    asked = []

    def refuse(self, key, *args, **kwargs):
        asked.append(key)
        raise RedisError("away")

    monkeypatch.setattr(cache, "_asked_again_at", {})
    monkeypatch.setattr(RedisCache, "get", refuse)
    monkeypatch.setattr(ForgivingRedisCache, "get", cache.forgiving("get", lambda args, kwargs: "không có"))
    patient = ForgivingRedisCache(NOWHERE, {})
    for _ in range(5):
        assert patient.get("a", "không có") == "không có"
    assert asked == ["a"]
