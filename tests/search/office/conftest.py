import pytest


@pytest.fixture
def own_log(settings, tmp_path):
    """A folder of its own for the query log; its files."""
    settings.VAR_DIR = tmp_path
    return lambda: sorted((tmp_path / "tim-kiem").glob("*.jsonl"))
