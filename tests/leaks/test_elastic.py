"""The ways out of search with Elasticsearch to read: the same readers, and nothing but what they may see."""

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from tests.builders import Tree
from tests.leaks.elastic_reading import elasticsearch_read
from tests.leaks.readers import READERS, client_of
from tests.leaks.searching import SEARCHES, found_by_title, leaks_of_search, to_be_found
from tests.leaks.site import LATER, build_all
from tests.search import elastic_server

pytestmark = [pytest.mark.django_db, pytest.mark.services, pytest.mark.slow]


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
    assert leaks_of_search(site, reader, channel) == {}


@pytest.mark.parametrize("reader", READERS)
def test_each_reader_finds_by_its_title_what_is_there_for_them(site, reader):
    assert found_by_title(site, reader) == to_be_found(site, reader)
