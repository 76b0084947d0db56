"""The canary site, built once for a module, read two hours after it was built."""

from types import SimpleNamespace

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from search.remembered import forget_everything
from tests.builders import Tree
from tests.leaks.readers import READERS, client_of
from tests.leaks.site import LATER, build_all
from tests.search import elastic_server


@pytest.fixture(scope="module", autouse=True)
def no_server_outlives_its_module():
    yield
    elastic_server.stop()


@pytest.fixture(scope="module")
def canary_site(django_db_setup, django_db_blocker) -> SimpleNamespace:
    """Built without the shipped catalogues: what stands in the answers is what this site holds."""
    with django_db_blocker.unblock(), transaction.atomic():
        site = build_all(Tree.build())
        with time_machine.travel(timezone.now() + LATER, tick=True):
            site.browsers = {reader: client_of(reader, site.people) for reader in READERS}
        yield site
        transaction.set_rollback(True)


@pytest.fixture
def site(canary_site, db):
    """That site two hours later."""
    forget_everything()
    with time_machine.travel(timezone.now() + LATER, tick=True):
        yield canary_site
