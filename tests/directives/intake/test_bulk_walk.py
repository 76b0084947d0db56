"""What a folder gives: every file below it but hidden ones, temporary ones, and links; nothing outside it."""

import os
from pathlib import Path

import pytest

from directives.intake.bulk.sources import Item, open_source
from directives.intake.bulk.walk import (
    HIDDEN,
    LINK_IN,
    LINK_OUT,
    NO_FILE,
    OF_THE_SYSTEM,
    TEMPORARY,
    NotOpened,
    place_of,
    read_bytes,
    walk,
)


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "vao"
    (root / "2019" / "Quý I").mkdir(parents=True)
    for name in ("a.docx", "2019/Quý I/b.pdf", "2019/không rõ", ".an.docx", "~$a.docx", "Thumbs.db", "c.pdf.tmp"):
        (root / name).write_bytes(b"x")
    (root / ".git").mkdir()
    (root / ".git" / "d.docx").write_bytes(b"x")
    return root


def test_every_file_below_is_found_and_the_rest_is_said(folder):
    files, left_out = walk(folder)
    assert files == ["2019/Quý I/b.pdf", "2019/không rõ", "a.docx"]
    assert {one.path: one.reason for one in left_out} == {
        ".an.docx": HIDDEN, ".git": HIDDEN, "~$a.docx": TEMPORARY, "Thumbs.db": OF_THE_SYSTEM, "c.pdf.tmp": TEMPORARY,
    }  # fmt: skip


def test_links_are_not_followed(folder, tmp_path):
    (tmp_path / "ngoai.docx").write_bytes(b"x")
    (folder / "ra.docx").symlink_to(tmp_path / "ngoai.docx")
    (folder / "ra-thu-muc").symlink_to(tmp_path)
    (folder / "vao.docx").symlink_to(folder / "a.docx")
    (folder / "vong").symlink_to(folder / "vong")
    files, left_out = walk(folder)
    reasons = {one.path: one.reason for one in left_out}
    assert reasons["ra.docx"] == reasons["ra-thu-muc"] == reasons["vong"] == LINK_OUT
    assert reasons["vao.docx"] == LINK_IN
    assert files == ["2019/Quý I/b.pdf", "2019/không rõ", "a.docx"]


def test_a_file_that_becomes_a_link_is_not_opened(folder, tmp_path):
    (tmp_path / "ngoai.docx").write_bytes(b"x")
    (folder / "a.docx").unlink()
    (folder / "a.docx").symlink_to(tmp_path / "ngoai.docx")
    with pytest.raises(NotOpened):
        read_bytes(folder, "a.docx", 10)


def test_a_pipe_neither_hangs_nor_is_a_file(folder):
    os.mkfifo(folder / "ong.docx")
    _, left_out = walk(folder)
    assert {one.path: one.reason for one in left_out}["ong.docx"] == NO_FILE
    with pytest.raises(NotOpened):
        read_bytes(folder, "ong.docx", 10)


def test_a_name_that_is_no_text_is_a_file_all_the_same(folder):
    raw = os.fsencode(folder) + b"/\xc4\xe3.docx"
    with open(raw, "wb") as file:
        file.write(b"x")
    (path,) = [path for path in walk(folder)[0] if path not in ("2019/Quý I/b.pdf", "2019/không rõ", "a.docx")]
    assert read_bytes(folder, path, 10) == b"x" and len(place_of(path)) == 64
    assert Item(path).name.endswith(".docx") and Item(path).name.encode()


def test_the_same_folder_is_the_same_batch_however_it_is_called(folder, tmp_path, monkeypatch):
    (tmp_path / "tat").symlink_to(folder)
    monkeypatch.chdir(tmp_path)
    keys = {open_source(path).key for path in (folder, Path("vao"), Path("vao/2019/.."), tmp_path / "tat")}
    assert len(keys) == 1


def test_a_big_file_is_read_only_as_far_as_needed(folder):
    with (folder / "to.pdf").open("wb") as file:
        file.truncate(1 << 32)
    assert len(read_bytes(folder, "to.pdf", 1000)) == 1001
