"""Workers that are killed, that meet, that are stopped, and a list that follows them: real processes and threads."""

import io
import os
import signal
import time
from datetime import timedelta
from threading import Thread

import pytest
from django.core.management import call_command
from django.db import connections

from directives.intake import calling, in_process, leasing, pipeline, working
from directives.intake.in_process import InProcessReader
from directives.models import IntakeRecord, IntakeState
from tests.builders import Tree, make_person
from tests.directives.intake.intake_files import paged, slow_reading
from tests.office import make_office

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def clerk(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    Tree.build()
    return make_person("van-thu", is_superuser=True)


@pytest.fixture
def children():
    """Processes forked by a test, ended after it."""
    pids: list[int] = []
    yield pids
    for pid in pids:
        if not _is_over(pid):
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def _is_over(pid: int) -> bool:
    try:
        return os.waitpid(pid, os.WNOHANG)[0] == pid
    except ChildProcessError:
        return True


def forked(children: list[int], act) -> int:
    """A process that does this with a connection of its own, and ends with 0 when it came to its end."""
    connections.close_all()
    pid = os.fork()
    if pid:
        children.append(pid)
        return pid
    code = 1
    try:
        act()
        code = 0
    finally:
        os._exit(code)


def wait_for(condition, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.05)


def state_of(record: IntakeRecord) -> str:
    return IntakeRecord.objects.values_list("state", flat=True).get(pk=record.pk)


def test_the_file_of_a_killed_worker_is_read_by_another(clerk, children, monkeypatch):
    monkeypatch.setattr(leasing, "LEASE", timedelta(seconds=2))
    record = pipeline.receive(paged(), "a.pdf", clerk)

    def read_for_ever():
        working.read_data = slow_reading(600)
        pipeline.work_on(record.pk)

    pid = forked(children, read_for_ever)
    wait_for(lambda: state_of(record) == IntakeState.PICTURES)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    wait_for(lambda: leasing.due().exists())
    assert pipeline.work_off() == 1
    record.refresh_from_db()
    assert (record.state, record.attempts) == (IntakeState.REVIEW, 2)


def test_two_workers_never_read_the_same_file(clerk, monkeypatch):
    records = [pipeline.receive(paged(str(number)), f"{number}.pdf", clerk) for number in range(4)]
    read = []

    def note(data, name, **wishes):
        read.append(name)
        return slow_reading(0.3)(data, name, **wishes)

    monkeypatch.setattr(working, "read_data", note)

    def work() -> None:
        try:
            pipeline.work_off()
        finally:
            connections.close_all()

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(read) == ["0.pdf", "1.pdf", "2.pdf", "3.pdf"]
    assert {state_of(record) for record in records} == {IntakeState.REVIEW}


def test_a_person_cancels_in_another_process_and_the_reading_ends_soon(clerk, children):
    record = pipeline.receive(paged(), "a.pdf", clerk)

    def read_for_ever():
        working.read_data = slow_reading(600)
        pipeline.work_on(record.pk)

    pid = forked(children, read_for_ever)
    wait_for(lambda: state_of(record) == IntakeState.PICTURES)
    pipeline.cancel(record, clerk)
    wait_for(lambda: _is_over(pid))
    assert state_of(record) == IntakeState.CANCELLED


def test_a_stopped_worker_finishes_its_file_and_begins_no_other(clerk, children):
    first = pipeline.receive(paged("1"), "1.pdf", clerk)
    second = pipeline.receive(paged("2"), "2.pdf", clerk)

    def serve():
        working.read_data = slow_reading(3)
        call_command("intake_worker", stdout=io.StringIO())

    pid = forked(children, serve)
    wait_for(lambda: state_of(first) == IntakeState.PICTURES)
    os.kill(pid, signal.SIGTERM)
    _, status = os.waitpid(pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert (state_of(first), state_of(second)) == (IntakeState.REVIEW, IntakeState.RECEIVED)


def test_the_command_reads_what_waits_and_says_how_much(clerk):
    pipeline.receive(paged(), "a.pdf", clerk)
    told = io.StringIO()
    call_command("intake_worker", "--once", stdout=told)
    assert told.getvalue() == "Đã đọc 1 tệp.\n"
    assert IntakeRecord.objects.get().state == IntakeState.REVIEW


def test_a_serving_process_reads_what_it_received_and_rests(clerk, monkeypatch):
    monkeypatch.setattr(in_process, "PAUSE", 0.1)
    process = InProcessReader(lambda environ, start_response: [b"served"])
    try:
        assert process({}, None) == [b"served"]
        wait_for(lambda: process.thread is None)
        record = pipeline.receive(paged(), "a.pdf", clerk)
        wait_for(lambda: state_of(record) == IntakeState.REVIEW)
        wait_for(lambda: process.thread is None)
    finally:
        calling._waker.clear()


def test_no_writer_waits_while_a_file_is_read(clerk, children):
    record = pipeline.receive(paged(), "a.pdf", clerk)

    def read_long():
        working.read_data = slow_reading(20)
        pipeline.work_on(record.pk)

    forked(children, read_long)
    wait_for(lambda: state_of(record) == IntakeState.PICTURES)
    begun = time.monotonic()
    make_person("nguoi-moi")
    assert time.monotonic() - begun < 15
    assert state_of(record) == IntakeState.PICTURES


@pytest.mark.browser
def test_several_files_are_sent_and_their_progress_is_seen_without_a_reload(page_at, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    clerk = make_office().clerk
    page = page_at(user=clerk)
    page.goto("/quan-tri/nhap-van-ban/")
    files = [("ke-hoach.pdf", paged()), ("la.xyz", b"abc")]
    page.locator("input[type=file]").set_input_files(
        [{"name": name, "mimeType": "application/octet-stream", "buffer": data} for name, data in files]
    )
    page.get_by_label("Tôi xác nhận văn bản không chứa bí mật nhà nước").check()
    page.get_by_role("button", name="Đọc văn bản").click()
    page.get_by_text("Đã nhận 1 trên 2 tệp.").wait_for()
    assert page.get_by_text("Không nhận tệp “la.xyz”").is_visible()
    row = page.locator(".intake__row")
    row.get_by_text("chờ đến lượt đọc").wait_for()
    IntakeRecord.objects.update(state=IntakeState.PICTURES, pages_read=2, page_count=12)
    row.get_by_text("đang nhận dạng trang 3 trên 12").wait_for()
    IntakeRecord.objects.update(state=IntakeState.REVIEW)
    row.get_by_text("Chờ soát").wait_for()
    assert page.locator("[data-at-work]").count() == 0
