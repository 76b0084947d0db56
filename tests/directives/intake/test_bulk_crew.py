"""Workers that are killed, progress that is told, and what a kill leaves on the disk."""

import io
import os
import signal
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from directives.intake.bulk.crew import NOT_DONE, take_all
from directives.intake.bulk.leftovers import remove_leftovers
from directives.intake.bulk.progress import Progress, spell_seconds
from directives.intake.bulk.sources import Item
from directives.intake.bulk.taking import Outcome, without_name
from home.media_census import take_census


def ends_well(item: Item) -> Outcome:
    return Outcome(item.path, "review", str(os.getpid()))


class KilledAt:
    """A job that is ended from outside at a file: the first time, or every time."""

    def __init__(self, folder: Path, path: str, is_always: bool):
        self.mark, self.path, self.is_always = folder / "once", path, is_always

    def __call__(self, item: Item) -> Outcome:
        if item.path == self.path and (self.is_always or not self.mark.exists()):
            self.mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return ends_well(item)


def items(count: int) -> list[Item]:
    return [Item(f"{number}.txt") for number in range(count)]


def test_every_file_ends_once_in_several_processes():
    outcomes = [*take_all(items(30), ends_well, 3, None)]
    assert sorted(outcome.path for outcome in outcomes) == sorted(item.path for item in items(30))
    assert str(os.getpid()) not in {outcome.reason for outcome in outcomes}


def test_the_file_of_a_killed_worker_goes_to_another(tmp_path):
    outcomes = [*take_all(items(8), KilledAt(tmp_path, "3.txt", False), 2, None)]
    assert sorted(outcome.path for outcome in outcomes) == [item.path for item in items(8)]
    assert {outcome.state for outcome in outcomes} == {"review"}


def test_a_file_that_always_ends_its_worker_is_told_and_holds_nobody_up(tmp_path):
    outcomes = {one.path: one for one in take_all(items(8), KilledAt(tmp_path, "3.txt", True), 2, None)}
    assert len(outcomes) == 8
    assert (outcomes["3.txt"].state, outcomes["3.txt"].reason) == ("", NOT_DONE)


def test_a_job_that_breaks_is_tried_again_and_then_told():
    tries = []

    def breaks(item: Item) -> Outcome:
        tries.append(item.path)
        raise OSError("no space")

    (outcome,) = take_all(items(1), breaks, 1, None)
    assert (outcome.state, outcome.reason, len(tries)) == ("", NOT_DONE, 3)


def test_leaving_early_ends_all_workers():
    def sleeps(item: Item) -> Outcome:
        time.sleep(60 if item.path != "0.txt" else 0)
        return ends_well(item)

    before = children()
    ended = take_all(items(6), sleeps, 3, None)
    next(ended)
    assert len(children() - before) == 3
    begun = time.monotonic()
    ended.close()
    assert time.monotonic() - begun < 10
    assert children() <= before


def test_an_interrupt_in_the_middle_of_a_fork_ends_the_run():
    is_sent: list[bool] = []

    def interrupt() -> None:
        if not is_sent:
            is_sent.append(True)
            os.kill(os.getpid(), signal.SIGINT)

    # Nobody can take such a call back: it does nothing once it was sent.
    os.register_at_fork(after_in_parent=interrupt)
    before, handler = children(), signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            [*take_all(items(30), ends_well, 2, None)]
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, handler)
    assert is_sent
    assert children() <= before


def test_a_worker_that_is_killed_while_it_waits_costs_no_file(tmp_path):
    def ends_another(item: Item) -> Outcome:
        if item.path == "2.txt":
            time.sleep(0.5)
            for pid in set(Path(f"/proc/{os.getppid()}/task/{os.getppid()}/children").read_text().split()) - before:
                if int(pid) != os.getpid():
                    os.kill(int(pid), signal.SIGKILL)
        return ends_well(item)

    before = children()
    outcomes = [*take_all(items(3), ends_another, 3, None)]
    assert {(outcome.path, outcome.state) for outcome in outcomes} == {(item.path, "review") for item in items(3)}


def children() -> set[str]:
    """The processes that this one started and that have not ended."""
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text().split())


class Stream(io.StringIO):
    def __init__(self, is_terminal: bool):
        super().__init__()
        self.is_terminal = is_terminal

    def isatty(self) -> bool:
        return self.is_terminal

    def write(self, text: str, ending: str = "\n") -> int:
        return super().write(text + ending)


def test_a_terminal_gets_a_bar_and_a_log_gets_lines():
    clock = iter(range(0, 10_000, 20)).__next__
    terminal, log = Stream(True), Stream(False)
    for stream in (terminal, log):
        progress = Progress(stream, 4, clock)
        for state in ("review", "review", "twin", "refused"):
            progress.count(state)
    assert "\r" in terminal.getvalue() and "█" in terminal.getvalue() and terminal.getvalue().endswith("\n")
    assert "\r" not in log.getvalue() and "còn khoảng" in log.getvalue()
    assert "4/4 tệp (2 chờ soát, 1 trùng, 1 từ chối), hết" in log.getvalue()
    assert [spell_seconds(seconds) for seconds in (0, 75, 3720)] == ["0 giây", "1 phút 15 giây", "1 giờ 2 phút"]


@pytest.mark.django_db
def test_only_what_a_kill_left_of_these_files_is_removed():
    long_name = f"{'văn bản rất dài ' * 9}.pdf"
    since = timezone.now() - timedelta(seconds=1)
    own = [default_storage.save(f"documents/{name}", ContentFile(b"x")) for name in ("qd 7.pdf", long_name)]
    others = [default_storage.save(name, ContentFile(b"x")) for name in ("documents/qd 8.pdf", "images/qd 7.pdf")]
    try:
        assert sorted(remove_leftovers([Item("2019/qd 7.pdf"), Item(long_name)], since)) == sorted(own)
        assert set(others) <= set(take_census().files) and not set(own) & set(take_census().files)
        assert remove_leftovers([Item("qd 8.pdf")], timezone.now() + timedelta(hours=1)) == []
    finally:
        for name in others:
            default_storage.discard(name)


def test_a_sentence_of_refusal_names_no_file():
    assert without_name("Tệp “kế hoạch kín.docx” rỗng. Hãy kiểm tra.") == "Tệp rỗng. Hãy kiểm tra."
    assert without_name("Không nhận định dạng của tệp “a.svg”.") == "Không nhận định dạng của tệp."
