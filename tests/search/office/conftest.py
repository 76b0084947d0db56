from types import SimpleNamespace

import pytest
from django.db import transaction
from django.db.models import Model

from tests.office import make_office


@pytest.fixture(scope="module")
def office_rows(django_db_setup, django_db_blocker):
    """The department is built once for a module; each test gets it back as it was."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_office()
        transaction.set_rollback(True)


@pytest.fixture
def office(office_rows, db):
    """Two units with an editor each, an office, two leaders, an administrator; read anew, nothing cached."""
    rows = vars(office_rows).items()
    return SimpleNamespace(**{name: anew(value) if isinstance(value, Model) else value for name, value in rows})


def anew(row: Model) -> Model:
    return type(row).objects.get(pk=row.pk)


@pytest.fixture
def own_log(settings, tmp_path):
    """A folder of its own for the query log; its files."""
    settings.VAR_DIR = tmp_path
    return lambda: sorted((tmp_path / "tim-kiem").glob("*.jsonl"))
