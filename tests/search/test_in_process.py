"""The worker inside the serving process: begins with the first request, wakes on commit, ends when nothing is left."""

import time

import pytest
from django.db import connections

from search import worker, worker_call
from search.engines import chosen
from search.in_process import InProcessWorker
from search.models import AttachmentPage
from tests.builders import Tree
from tests.search.test_attachments import file_of, with_file

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def served(monkeypatch):
    """A process that serves readers, ended after the test."""
    monkeypatch.setattr(worker, "PAUSE", 0.2)
    process = InProcessWorker(lambda environ, start_response: [b"served"])
    yield process
    worker_call._waker.clear()
    # With nothing left to inform it ends by itself.
    monkeypatch.setattr(chosen, "remote_engine", lambda: None)
    wait_for(lambda: process.thread is None)
    connections.close_all()


def wait_for(condition, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.05)


def test_it_begins_with_the_first_request_and_wakes_on_commit(served, remote):
    tree = Tree.build()
    early = tree.add_article("Tin có trước")
    assert served.thread is None and remote.records == {}
    assert served({}, None) == [b"served"]
    wait_for(lambda: f"page:{early.pk}" in remote.records)
    later = tree.add_article("Tin đăng sau")
    wait_for(lambda: f"page:{later.pk}" in remote.records)
    assert served.thread is not None


def test_without_a_remote_engine_it_reads_files_and_ends(served, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    tree = Tree.build()
    served({}, None)
    wait_for(lambda: served.thread is None)
    with_file(tree, file_of("Điều khoản về khoáng sản"))
    wait_for(AttachmentPage.objects.exists)
    wait_for(lambda: served.thread is None)
    assert AttachmentPage.objects.count() == 1


def test_no_command_and_no_test_client_begins_it(client, remote):
    Tree.build()
    client.get("/")
    assert worker_call._waker == []
