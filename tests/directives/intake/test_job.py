"""The child process: hostile files end in a message, the parent lives, nothing is left behind."""

import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import pytest

from directives.intake import bounds, job
from directives.intake.job import read_data, read_file
from directives.intake.reading import Reading
from search.extraction import bounded
from search.extraction.refusals import ReadingFailed, Refused
from tests.search.extraction.writing import docx, p

from .calls import HEALTH, written
from .samples import SEED, shared

HOSTILE = ["bomb300", "laughs", "macro", "many300k", "trunc", "xxe"]
SLOWEST_SECONDS = 20


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_end_in_a_sentence(name, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    start = time.monotonic()
    with pytest.raises((Refused, ReadingFailed)) as caught:
        read_file(shared(f"samples/hostile/{name}.docx"))
    assert time.monotonic() - start < SLOWEST_SECONDS
    assert "ãy " in caught.value.message and caught.value.message.endswith(".")
    assert "/etc/" not in caught.value.message
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["bomb300", "laughs", "many300k", "trunc", "xxe"])
def test_the_child_withstands_them_even_past_the_gate(name):
    start = time.monotonic()
    data = shared(f"samples/hostile/{name}.docx").read_bytes()
    answer = job._run_child(data, f"{name}.docx")
    assert time.monotonic() - start < SLOWEST_SECONDS
    assert set(answer) == {"failed"}
    # The largest child so far, in KiB.
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < bounds.PROCESS.address_space_bytes / 1024


def test_every_other_hostile_file_is_turned_away_at_the_gate():
    folder = shared("samples/hostile")
    others = [path for path in folder.iterdir() if path.suffix != ".docx"]
    assert others
    for path in others:
        with pytest.raises(Refused):
            read_file(path)


def test_the_seed_is_read_within_two_seconds():
    read_file(shared(SEED))
    start = time.monotonic()
    reading = read_file(shared(SEED))
    assert time.monotonic() - start < 2
    assert reading.recognition.value("place") == "Kon Tum"


def test_a_reading_survives_json():
    reading = read_data(written(HEALTH), "phat-dong.docx")
    assert Reading.from_json(reading.to_json()) == reading
    assert "Ban Giám đốc Sở Y tế phối hợp" in reading.text


def in_child(code: str) -> str:
    """What a child prints that has bound itself to the limits."""
    start = f"import sys; sys.path.insert(0, {str(bounded._ROOT)!r}); from directives.intake import bounds\n"
    finished = subprocess.run(
        [*bounded.without_network(), sys.executable, "-I", "-c", f"{start}bounds.PROCESS.bind()\n{code}"],
        capture_output=True, text=True, env={}, check=False,
    )  # fmt: skip
    return finished.stdout + finished.stderr


def test_the_limits_hold_in_the_child():
    assert "MemoryError" in in_child("bytearray(1_700_000_000)")
    assert "File too large" in in_child(
        "import os; f = os.memfd_create('x'); os.posix_fallocate(f, 0, 70_000_000)"
    )
    assert "Too many open files" in in_child("files = [open('/dev/null') for _ in range(200)]")
    assert "(0, 0)" in in_child("import resource; print(resource.getrlimit(resource.RLIMIT_CORE))")


def test_the_child_has_no_network_where_the_system_allows_it():
    if not bounded.without_network():
        pytest.skip("unshare -rn is not allowed here")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        found = in_child(f"import socket; socket.create_connection(('127.0.0.1', {port}), 2)")
    assert "Network is unreachable" in found or "Connection refused" in found or "Cannot assign" in found


def test_the_child_sees_no_environment(monkeypatch):
    monkeypatch.setenv("DATABASE_PASSWORD", "bi-mat")
    seen = []
    real = subprocess.Popen

    def noting(*args, **kwargs):
        seen.append(kwargs["env"])
        return real(*args, **kwargs)

    monkeypatch.setattr(bounded.subprocess, "Popen", noting)
    read_data(docx(p("Văn bản")), "a.docx")
    assert seen == [{}]


def test_a_child_that_takes_too_long_is_killed_with_its_group(monkeypatch):
    monkeypatch.setattr(bounds, "PROCESS", replace(bounds.PROCESS, wall_seconds=0.5))
    code = "import subprocess, time; subprocess.Popen(['/bin/sleep', '61.5']); time.sleep(60)"
    monkeypatch.setattr(bounded, "_START", f"root = {{root!r}}; {code}")
    start = time.monotonic()
    with pytest.raises(ReadingFailed, match="quá lâu"):
        read_data(docx(p("x")), "a.docx")
    assert time.monotonic() - start < 5
    time.sleep(0.2)
    arguments = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline") if readable(path)]
    assert not [line for line in arguments if b"61.5" in line and b"sleep" in line.split(b"\0")[0]]


def readable(path: Path) -> bool:
    return os.access(path, os.R_OK)


@pytest.mark.parametrize("code", ["import os; os.abort()", "print('rac')", "raise SystemExit(3)", "pass"])
def test_a_child_that_dies_or_talks_nonsense_is_a_failed_reading(monkeypatch, code):
    monkeypatch.setattr(bounded, "_START", f"root = {{root!r}}; {code}")
    with pytest.raises(ReadingFailed) as caught:
        read_data(docx(p("x")), "a.docx")
    assert "Không đọc được nội dung" in caught.value.message


def test_a_crash_is_logged_by_its_place_and_never_by_its_text(monkeypatch, caplog):
    code = 'print(\'{"crashed": "ValueError at docx.py:10"}\')'
    monkeypatch.setattr(bounded, "_START", f"root = {{root!r}}; {code}".replace('{"', '{{"').replace('"}', '"}}'))
    with pytest.raises(ReadingFailed):
        read_data(docx(p("Nội dung riêng")), "a.docx")
    assert "ValueError at docx.py:10" in caplog.text
    assert "riêng" not in caplog.text
