"""The query log: one line a search, nothing about who searched, nothing that disturbs a search."""

import json
import stat

import pytest
from django.utils import timezone

from search.query_log import LARGEST_FILE, file_of, mask, record_search


def lines(files) -> list[dict]:
    return [json.loads(line) for path in files() for line in path.read_text().splitlines()]


def test_a_line_holds_the_query_and_figures_and_nothing_else(own_log):
    record_search("  Đất  ĐAI 2024 ", total=12, milliseconds=8.6, engine="sqlite", is_staff=True)
    figures = {"total": 12, "ms": 9, "engine": "sqlite", "reduced": 0, "staff": 1}
    assert lines(own_log) == [{"q": "dat dai 2024", "text": "Đất ĐAI 2024"} | figures]
    assert [path.name for path in own_log()] == [f"{timezone.localdate().isoformat()}.jsonl"]
    assert stat.S_IMODE(own_log()[0].stat().st_mode) == 0o600


@pytest.mark.django_db
def test_a_question_is_counted_once_and_not_as_unanswered_for_its_filters(own_log, client, tree):
    for number in range(12):
        tree.add_directive(f"Bản đồ địa chính {number}")
    for address in ("?q=bản+đồ", "?q=bản+đồ&trang=2", "?q=bản+đồ&nam=1999", "?q=bản+đồ&muc=story", "?q=khongcogihet"):
        assert client.get(f"/tim-kiem/{address}").status_code == 200, address
    assert client.get("/api/tim-kiem?q=bản+đồ&nam=1999").status_code == 200
    assert [(line["q"], line["total"] > 0) for line in lines(own_log)] == [("ban do", True), ("khongcogihet", False)]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("gửi lan.nguyen+1@vi-du.gov.vn hỏi đất", "gửi … hỏi đất"),
        ("số 0905123456 của ai", "số … của ai"),
        ("0905 123 456", "…"),
        ("0905.123.456", "…"),
        ("cccd 079-095-001-234", "cccd …"),
        ("1234567", "…"),
        ("123456", "123456"),
        ("05/2023/QĐ-UBND ngày 05-03-2024", "05/2023/QĐ-UBND ngày 05-03-2024"),
        ("phong trào 2023-2024", "phong trào 2023-2024"),
    ],
)
def test_addresses_and_long_numbers_are_masked(typed, kept):
    assert mask(typed) == kept


def test_masked_words_are_nowhere_in_the_line(own_log):
    record_search("đơn của lan@vi-du.vn 0905123456", total=0, milliseconds=3, engine="sqlite")
    written = own_log()[0].read_text()
    assert "lan" not in written and "0905" not in written and "đơn của" in written


@pytest.mark.parametrize("typed", ["", "  ", "???", "lan@vi-du.vn", "0905123456"])
def test_a_search_without_words_leaves_no_line(own_log, typed):
    record_search(typed, total=0, milliseconds=1, engine="sqlite")
    assert own_log() == []


@pytest.mark.parametrize("typed", ["\ud800 đất", "đất\x00\ndai", "x" * 100_000, "a@" * 50_000, "1 " * 50_000])
def test_strange_queries_are_one_short_line(own_log, typed):
    record_search(typed, total=1, milliseconds=1, engine="sqlite")
    assert all(len(line) < 4_000 for path in own_log() for line in path.read_bytes().splitlines())
    assert len(lines(own_log)) <= 1


def test_a_folder_that_takes_nothing_disturbs_no_search(settings, tmp_path, caplog):
    (tmp_path / "tim-kiem").write_text("a file where the folder should be")
    settings.VAR_DIR = tmp_path
    record_search("đất đai", total=1, milliseconds=1, engine="sqlite")
    assert "could not be written" in caplog.text


def test_a_file_grown_too_large_takes_no_more(own_log):
    record_search("đất đai", total=1, milliseconds=1, engine="sqlite")
    path = file_of(timezone.localdate())
    with path.open("r+b") as file:
        file.truncate(LARGEST_FILE)
    record_search("đất đai", total=1, milliseconds=1, engine="sqlite")
    assert path.stat().st_size == LARGEST_FILE


@pytest.mark.django_db
def test_writing_asks_the_database_nothing(own_log, django_assert_num_queries):
    with django_assert_num_queries(0):
        record_search("đất đai", total=1, milliseconds=1, engine="sqlite")
