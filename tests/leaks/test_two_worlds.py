"""The same site with and without all that is hidden: strangers get the same bytes and headers at every address."""

import os
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
import time_machine
from django.core.cache import caches
from django.db import transaction
from django.test import Client
from django.utils import timezone

from search.labels import forget_labels
from search.remembered import forget_everything
from tests.builders import Tree
from tests.leaks.channels import CHANNELS, LEFT_OUT, STARTS, links_of
from tests.leaks.elastic_reading import elasticsearch_read
from tests.leaks.site import LATER, build_all
from tests.search import elastic_server
from tests.search.test_two_worlds import masked

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MOST_ADDRESSES = 200
#: Channels whose addresses are the same in both worlds: words and ways, no numbers of the database.
ASKED = ("L1-L2-search", "L4-suggestions", "L7-L8-archives", "L9-L10-feeds-and-maps", "L29-exports")


@pytest.fixture(params=["database", pytest.param("elastic", marks=pytest.mark.services)])
def reading(request, require):
    """What is to be entered for the engine that readers ask."""
    if request.param == "database":
        return nullcontext
    return partial(elasticsearch_read, elastic_server.address(require))


@pytest.fixture
def worlds(db, settings, tmp_path, monkeypatch, reading) -> dict[bool, dict[str, bytes]]:
    """What a stranger is answered, by address, with the hidden pages and without."""
    monkeypatch.setattr("home.storage.get_random_string", lambda length, letters: "k" * length)
    now, asked, told = timezone.now(), [], {}
    for with_hidden in (True, False):
        settings.MEDIA_ROOT = tmp_path / str(with_hidden)
        with transaction.atomic(), reading():
            with time_machine.travel(now, tick=False):
                site = build_all(Tree.build(), with_hidden)
            asked = asked or _addresses(site)
            with time_machine.travel(now + LATER, tick=False):
                told[with_hidden] = _read_all(asked, settings.MEDIA_ROOT)
            transaction.set_rollback(True)
    return told


def _date_files(folder: Path, at: float) -> None:
    """No clock of a test turns that of the disk."""
    for path in folder.rglob("*.*"):
        os.utime(path, (at, at))


def _addresses(site: SimpleNamespace) -> list[str]:
    hidden_pages = [each.ids["page"].url for each in site.canaries.values() if not each.readers]
    named = [address for name in ASKED for address in list(CHANNELS[name](site))[::3]]
    return [*STARTS, *filter(None, hidden_pages), *named]


def _read_all(asked: list[str], folder: Path) -> dict[str, bytes]:
    forget_everything()
    forget_labels()
    for cache in caches.all():
        cache.clear()
    client, waiting, told = Client(raise_request_exception=False), list(asked), {}
    while waiting and len(told) < len(asked) + MOST_ADDRESSES:
        address = waiting.pop(0)
        is_asked = address in asked and not address.startswith("/quan-tri/")
        if address in told or not (is_asked or not address.startswith(LEFT_OUT)):
            continue
        if address.startswith(("/tep/", "/tai-ve/")):
            _date_files(folder, timezone.now().timestamp())
        response = client.get(address)
        assert response.status_code < 500, address
        told[address] = f"{response.status_code} ".encode() + masked(response)
        waiting += links_of(response)
    return told


def test_a_stranger_gets_the_same_bytes_with_and_without_what_is_hidden(worlds):
    with_hidden, without = worlds[True], worlds[False]
    assert sorted(with_hidden.keys() ^ without.keys()) == []
    changed = {
        address: _where(body, without[address]) for address, body in with_hidden.items() if body != without[address]
    }
    assert changed == {}


def _where(one: bytes, other: bytes) -> tuple[str, str]:
    """The first place where two answers part."""
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return tuple(each[max(0, at - 60) : at + 60].decode(errors="replace") for each in (one, other))
