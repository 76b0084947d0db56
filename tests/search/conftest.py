"""What the tests of search share: a server that one module started is not there for the next."""

import pytest

from search.engines import chosen
from tests.search import elastic_server
from tests.search.stand_in import StandIn


@pytest.fixture(scope="module", autouse=True)
def no_server_outlives_its_module():
    yield
    elastic_server.stop()


@pytest.fixture
def remote(monkeypatch):
    """A remote engine in memory, on for this test, that can be made to fail."""
    engine = StandIn()
    monkeypatch.setattr(chosen, "remote_engine", lambda: engine)
    return engine
