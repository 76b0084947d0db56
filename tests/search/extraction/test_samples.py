"""The sample files beside the repository: all of their words, and no harm from the hostile ones."""

import os
import re
import tempfile
import time
from collections import Counter
from pathlib import Path

import pytest

from search.extraction.reading import read_file_text

SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "samples"
SLOWEST_SECONDS = 20
HOSTILE_BUT_READABLE = {"enc_owner.pdf", "junkprefix.pdf"}


@pytest.fixture
def sample(require):
    def find(name: str) -> Path:
        require((SAMPLES / name).exists(), f"needs the sample {name}")
        return SAMPLES / name

    return find


def words(text: str) -> Counter:
    return Counter(re.findall(r"\w+", text.casefold()))


@pytest.mark.parametrize(
    ("name", "truth"),
    [
        ("phat-dong-the-thuc-day-du.docx", "phat-dong-the-thuc-day-du.truth.txt"),
        ("phat-dong-the-thuc-day-du.pdf", "phat-dong-the-thuc-day-du.truth.txt"),
        ("phat-dong-thi-dua-2024.docx", "phat-dong-thi-dua-2024.txt"),
        ("phat-dong-thi-dua-2024.pdf", "phat-dong-thi-dua-2024.txt"),
        ("phat-dong-thi-dua-2024.tcvn3.docx", "phat-dong-thi-dua-2024.txt"),
        ("phat-dong-thi-dua-2024.vni.docx", "phat-dong-thi-dua-2024.txt"),
    ],
)
def test_no_word_is_lost_and_none_added(sample, name, truth):
    found = read_file_text(sample(name), name)
    expected = words(sample(truth).read_text(encoding="utf-8"))
    read = words("\n".join(page.text for page in found.pages))
    assert found.problem == ""
    assert sum((expected - read).values()) == 0
    assert sum((read - expected).values()) <= sum(expected.values()) * 0.005
    numbers = [page.number for page in found.pages]
    assert numbers == ([1, 2, 3] if found.format == "pdf" else [0])


def test_a_scan_says_that_it_is_one(sample):
    found = read_file_text(sample("phat-dong-the-thuc-day-du.scan.pdf"), "Quét.pdf")
    assert found.pages == ()
    assert found.problem.startswith("Tệp “Quét.pdf” là ảnh quét, không có chữ để tìm.")


def test_hostile_files_end_in_text_or_a_sentence(sample, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    descriptors = os.listdir("/proc/self/fd")
    seen = set()
    for path in sorted(sample("hostile").iterdir()):
        start = time.monotonic()
        found = read_file_text(path, path.name)
        assert time.monotonic() - start < SLOWEST_SECONDS, path.name
        if path.name in HOSTILE_BUT_READABLE:
            seen.add(path.name)
            assert [page.number for page in found.pages] == [1, 2, 3]
            assert found.problem == ""
        else:
            assert found.pages == (), path.name
            assert found.problem.endswith("."), path.name
            assert "root:" not in found.problem
    assert seen == HOSTILE_BUT_READABLE
    assert list(tmp_path.iterdir()) == []
    assert len(os.listdir("/proc/self/fd")) == len(descriptors)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("enc_user.pdf", "mật khẩu"),
        ("trunc.pdf", "hỏng"),
        ("trunc.docx", "hỏng"),
        ("macro.docx", "macro"),
        ("imgbomb.pdf", "ảnh quét"),
        ("hugestream.pdf", "quá nặng"),
        ("bomb300.docx", "quá lớn"),
    ],
)
def test_hostile_files_say_what_is_wrong(sample, name, words):
    assert words in read_file_text(sample(f"hostile/{name}"), name).problem
