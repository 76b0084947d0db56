"""The child process: hostile files end in a message, the parent lives, nothing is left behind."""

import resource
import tempfile
import time
from dataclasses import replace

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
    assert set(answer) in ({"failed"}, {"refused"})
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


def test_the_child_binds_itself_to_the_limits_before_it_reads(monkeypatch):
    telling = "child._answer = lambda *_: {{'failed': str(resource.getrlimit(resource.RLIMIT_AS)[0])}}"
    start = "import sys, resource; sys.path.insert(0, {root!r}); from directives.intake import child"
    monkeypatch.setattr(bounded, "_START", f"{start}; {telling}; child.main()")
    with pytest.raises(ReadingFailed) as caught:
        read_data(docx(p("x")), "a.docx")
    assert caught.value.message == str(bounds.PROCESS.address_space_bytes)


def test_a_child_that_takes_too_long_is_a_failed_reading(monkeypatch):
    monkeypatch.setattr(bounds, "PROCESS", replace(bounds.PROCESS, wall_seconds=0.01, more_seconds=0))
    with pytest.raises(ReadingFailed, match="quá lâu"):
        read_data(docx(p("x")), "a.docx")


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
