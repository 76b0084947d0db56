"""The cache may be away: nothing fails, and nothing is remembered."""

import pytest

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
