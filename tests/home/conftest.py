"""A chain of events of its own for each test of the audit log."""

import pytest

from home.audit import triggers
from home.models import AuditEvent
from tests.audited_chain import write


@pytest.fixture
def own_folder(settings, tmp_path):
    """Anchor and waiting events of this test alone."""
    settings.VAR_DIR = tmp_path


@pytest.fixture
def chain(db) -> list[AuditEvent]:
    """Ten events behind those that building the database left."""
    return [write(number) for number in range(10)]


@pytest.fixture
def without_triggers(db):
    """As somebody with all rights in the database would go about it."""
    triggers.remove()
