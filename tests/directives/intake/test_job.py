"""The child process: hostile files end in a message, the parent lives, nothing is left behind."""

import tempfile
import time
from dataclasses import replace

import pytest

from directives.intake import bounds
from directives.intake.job import examine, read_data
from directives.intake.reading import Reading
from search.extraction import bounded
from search.extraction.refusals import ReadingFailed, Refused
from tests.search.extraction.pdf_writing import pdf
from tests.search.extraction.writing import docx, p

from .calls import HEALTH, written
from .samples import COMPLETE, SEED, shared

SLOWEST_SECONDS = 30
# Owner passwords, junk before the header and references to the network hinder nobody to read what is there.
READ = {"enc_owner.pdf", "junkprefix.pdf", "html.doc", "ssrf.html.doc", "ssrf.rtf"}
HOSTILE = [
    "bomb300.docx", "enc_owner.pdf", "enc_user.pdf", "evil.svg", "html.doc", "hugepage.pdf", "hugestream.pdf",
    "imgbomb.pdf", "junkprefix.pdf", "laughs.docx", "macro.docx", "many300k.docx", "nest.rtf", "sparse.xlsx",
    "ssrf.html.doc", "ssrf.rtf", "trunc.docx", "trunc.pdf", "xxe.docx", "xxe.odt",
]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_end_in_a_sentence(name, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    peaks = []
    real = bounded.run

    def run(*arguments):
        outcome = real(*arguments)
        peaks.append(outcome.peak_bytes)
        return outcome

    monkeypatch.setattr(bounded, "run", run)
    start = time.monotonic()
    found = examine(shared(f"samples/hostile/{name}").read_bytes(), name)
    assert time.monotonic() - start < SLOWEST_SECONDS
    assert bool(found.reading.pages) == (name in READ)
    if name not in READ:
        message = found.refused or found.failed or found.reading.problem
        assert message.endswith(".") and "/etc/" not in message
    assert 0 < max(peaks, default=1) < bounds.PROCESS.address_space_bytes
    assert list(tmp_path.iterdir()) == []


def test_the_seed_is_read_within_a_second_of_processor_time(monkeypatch):
    data = shared(SEED).read_bytes()
    used = []
    real = bounded.run
    monkeypatch.setattr(bounded, "run", lambda *arguments: used.append(real(*arguments)) or used[-1])
    reading = read_data(data, SEED)
    assert 0 < used[0].cpu_seconds < 1
    assert reading.recognition.value("place") == "Kon Tum"


def test_a_reading_survives_json():
    reading = read_data(written(HEALTH), "phat-dong.docx")
    assert Reading.from_json(reading.to_json()) == reading
    assert "Ban Giám đốc Sở Y tế phối hợp" in reading.text


def test_the_child_binds_itself_to_the_limits_before_it_reads(monkeypatch):
    ending = "['end', str(resource.getrlimit(resource.RLIMIT_AS)[0]), False, False, True]"
    telling = f"child._lines = lambda *_: iter([{ending}])"
    start = "import sys, resource; sys.path.insert(0, {root!r}); from directives.intake import child"
    monkeypatch.setattr(bounded, "NURSED", {})
    monkeypatch.setattr(bounded, "_START", f"{start}; {telling}; child.main()")
    with pytest.raises(ReadingFailed) as caught:
        read_data(docx(p("x")), "a.docx")
    assert caught.value.message == str(bounds.PROCESS.address_space_bytes)


def test_a_child_that_takes_too_long_is_a_failed_reading(monkeypatch):
    monkeypatch.setattr(bounded, "NURSED", {})
    monkeypatch.setattr(bounds, "PROCESS", replace(bounds.PROCESS, wall_seconds=0.01, more_seconds=0))
    with pytest.raises(ReadingFailed, match="quá lâu"):
        read_data(docx(p("x")), "a.docx")


@pytest.mark.parametrize("code", ["import os; os.abort()", "print('rac')", "raise SystemExit(3)", "pass"])
def test_a_child_that_dies_or_talks_nonsense_is_a_failed_reading(monkeypatch, code):
    monkeypatch.setattr(bounded, "NURSED", {})
    monkeypatch.setattr(bounded, "_START", f"root = {{root!r}}; {code}")
    with pytest.raises(ReadingFailed) as caught:
        read_data(docx(p("x")), "a.docx")
    assert "không đọc được" in caught.value.message


def test_a_crash_is_logged_by_its_place_and_never_by_its_text(monkeypatch, caplog):
    code = 'print(\'["crashed", "ValueError at docx.py:10"]\')'
    monkeypatch.setattr(bounded, "NURSED", {})
    monkeypatch.setattr(bounded, "_START", f"root = {{root!r}}; {code}")
    with pytest.raises(ReadingFailed):
        read_data(docx(p("Nội dung riêng")), "a.docx")
    assert "ValueError at docx.py:10" in caplog.text
    assert "riêng" not in caplog.text


def test_a_child_that_is_ended_in_the_middle_still_gives_the_pages_before_and_what_they_say(monkeypatch):
    whole = read_data(shared(COMPLETE).read_bytes(), "a.docx")
    real = bounded.run

    def run(entry, argument, source, limits, on_output=None):
        outcome = real(entry, argument, source, limits, on_output)
        lines = [line for line in outcome.output.splitlines() if not line.startswith((b'["end', b'["findings'))]
        monkeypatch.setattr(bounded, "run", real)
        return bounded.Outcome(-9, b"\n".join(lines) + b"\n")

    monkeypatch.setattr(bounded, "run", run)
    broken = read_data(shared(COMPLETE).read_bytes(), "a.docx")
    assert broken.facts == whole.facts
    assert broken.problem.startswith("Tệp “a.docx” bị hỏng hoặc quá nặng")
    assert broken.problem in broken.warnings


def test_pages_are_told_while_they_are_read():
    told = []
    data = pdf(*[[f"Điều {number}"] for number in range(1, 13)])
    read_data(data, "a.pdf", on_page=lambda done, total: told.append((done, total)))
    assert told[-1] == (12, 12)
    with pytest.raises(InterruptedError):
        read_data(data, "a.pdf", on_page=_stop)


def _stop(done, total):
    raise InterruptedError


def test_the_first_page_is_enough_to_find_what_must_be_refused():
    data = pdf(["SỞ Y TẾ"], ["Trang sau"])
    first = read_data(data, "a.pdf", first_page_only=True)
    assert [page.number for page in first.pages] == [1]
    assert (first.facts, first.problem) == ({}, "")
    with pytest.raises(Refused, match="dấu chỉ độ mật"):
        read_data(docx(p("SỞ Y TẾ"), p("TỐI MẬT"), p("Nội dung")), "a.docx", first_page_only=True)


def test_a_scan_that_nothing_reads_is_kept_with_a_sentence(monkeypatch):
    reading = read_data(pdf(None, None), "quet.pdf", max_ocr_pages=0)
    assert (reading.pages, reading.facts) == ((), {})
    assert "ảnh quét" in reading.problem
