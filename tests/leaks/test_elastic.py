"""The ways out of search with Elasticsearch to read: the same readers, and nothing but what they may see."""

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from tests.builders import Tree
from tests.leaks.channels import CHANNELS
from tests.leaks.elastic_reading import elasticsearch_read
from tests.leaks.readers import READERS, STRANGER, client_of
from tests.leaks.site import LATER, build_all
from tests.leaks.test_canaries import gather, leaks_at
from tests.search import elastic_server

pytestmark = [pytest.mark.django_db, pytest.mark.services, pytest.mark.slow]
SEARCHES = ("L1-L2-search", "L2-mended-words", "L3-facets", "L4-suggestions", "L29-exports")


@pytest.fixture(scope="module")
def canary_site(django_db_setup, django_db_blocker, require):
    address = elastic_server.address(require)
    with django_db_blocker.unblock(), transaction.atomic(), elasticsearch_read(address):
        site = build_all(Tree.build())
        with time_machine.travel(timezone.now() + LATER, tick=True):
            site.browsers = {reader: client_of(reader, site.people) for reader in READERS}
        yield site
        transaction.set_rollback(True)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("channel", SEARCHES)
def test_no_way_out_of_search_tells_what_the_reader_may_not_see(site, reader, channel):
    found: dict[str, list[str]] = {}
    addresses = list(CHANNELS[channel](site))
    for address in addresses if reader == STRANGER else addresses[READERS.index(reader) :: len(READERS)]:
        leaks, _ = leaks_at(site, reader, address)
        gather(found, leaks, address)
    assert found == {}


@pytest.mark.parametrize("reader", READERS)
def test_each_reader_finds_by_its_title_what_is_there_for_them(site, reader):
    for canary in site.canaries.values():
        word = canary.word("u" if canary.name == "staff_unit" else "t")
        answer = site.browsers[reader].get("/api/tim-kiem", {"q": word, "gom_het_hieu_luc": "1"}).json()
        titles = [hit["title"] for hit in answer["results"]]
        is_found = any(word in title.lower() for title in titles)
        assert (is_found, answer["total"] > 0) == (reader in canary.readers,) * 2, canary.name
