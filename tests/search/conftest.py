"""What the tests of search share: a server that one module started is not there for the next."""

import pytest

from tests.search import elastic_server


@pytest.fixture(scope="module", autouse=True)
def no_server_outlives_its_module():
    yield
    elastic_server.stop()
