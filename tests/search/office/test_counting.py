"""Counting the query log: each line once whatever happens, and old things forgotten."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from search.office import counting
from search.office.counting import count_searches, forget_old
from search.office_models import FeedbackDay, LogFile, QueryDay
from search.query_log import file_of, record_search

pytestmark = pytest.mark.django_db


def search(text: str, **figures) -> None:
    record_search(text, **({"total": 3, "milliseconds": 10, "engine": "sqlite"} | figures))


def counted() -> dict[tuple[bool, str], int]:
    return {(row.is_staff, row.query): row.searches for row in QueryDay.objects.all()}


def test_lines_become_rows_of_the_day(own_log):
    search("Đất đai", milliseconds=20)
    search("dat dai", total=0, milliseconds=700)
    search("đất ĐAI", is_staff=True, is_reduced=True)
    assert count_searches() == 3
    public = QueryDay.objects.get(is_staff=False)
    assert (public.query, public.searches, public.zero, public.slow, public.reduced) == ("dat dai", 2, 1, 1, 0)
    assert (public.total_ms, public.longest_ms) == (720, 700)
    staff = QueryDay.objects.get(is_staff=True)
    assert (staff.wording, staff.searches, staff.reduced, staff.day) == ("đất ĐAI", 1, 1, timezone.localdate())


def test_running_again_counts_only_what_came_since(own_log):
    search("đất đai")
    assert [count_searches(), count_searches()] == [1, 0]
    search("đất đai")
    search("nước")
    assert count_searches() == 2
    assert counted() == {(False, "dat dai"): 2, (False, "nuoc"): 1}


def test_killed_before_the_mark_nothing_is_counted_twice(own_log, monkeypatch):
    for _ in range(3):
        search("đất đai")

    def killed(self, *args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(LogFile, "save", killed)
        count_searches()
    assert counted() == {}
    count_searches()
    assert counted() == {(False, "dat dai"): 3}


def test_an_unfinished_line_waits_and_a_torn_one_is_passed_over(own_log):
    search("đất đai")
    path = file_of(timezone.localdate())
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"q": "nuo')
    assert count_searches() == 1
    path.write_bytes(whole + b'{"q": "nuo' + whole)
    with path.open("ab") as file:
        file.write(b"\xff\xfe\nnull\n[1]\n{}\n" + b'{"q":"a","text":"a","total":"x","ms":1,"reduced":0,"staff":0}\n')
    search("rừng")
    assert count_searches() == 1
    assert counted() == {(False, "dat dai"): 1, (False, "rung"): 1}


def test_a_flood_is_counted_without_its_words(own_log, monkeypatch):
    monkeypatch.setattr(counting, "MOST_QUERIES", 3)
    for number in range(10):
        search(f"câu {number}")
    count_searches()
    search("câu 0")
    count_searches()
    assert QueryDay.objects.count() == 4
    assert QueryDay.objects.get(query="").searches == 7 and QueryDay.objects.get(query="").wording == ""
    assert QueryDay.objects.get(query="cau 0").searches == 2


def test_two_machines_count_their_own_files(settings, tmp_path):
    for name in ("mot", "hai"):
        settings.VAR_DIR = tmp_path / name
        search("đất đai")
        count_searches()
    settings.VAR_DIR = tmp_path / "mot"
    assert count_searches() == 0
    assert counted() == {(False, "dat dai"): 2}


def test_seldom_asked_words_go_after_a_week_and_their_counts_stay(own_log):
    today = timezone.localdate()
    old, young = today - timedelta(days=8), today - timedelta(days=7)
    for day in (old, young):
        QueryDay.objects.create(day=day, query="nguyen van a", wording="Nguyễn Văn A", searches=2, zero=1, total_ms=9)
        QueryDay.objects.create(day=day, query="dat dai", wording="đất đai", searches=3)
        QueryDay.objects.create(day=day, query="don xin", wording="đơn xin", searches=1, is_staff=True)
        FeedbackDay.objects.create(day=day, query="nguyen van a", wording="Nguyễn Văn A", no=1, outdated=1)
        FeedbackDay.objects.create(day=day, query="dat dai", wording="đất đai", yes=2, no=1)
    for _ in range(2):
        forget_old()
    kept = {(row.is_staff, row.query): row for row in QueryDay.objects.filter(day=old)}
    assert set(kept) == {(False, ""), (False, "dat dai"), (True, "")}
    wordless = kept[False, ""]
    assert (wordless.searches, wordless.zero, wordless.total_ms, wordless.wording) == (2, 1, 9, "")
    answers = FeedbackDay.objects.filter(day=old).values_list("query", "no", "outdated")
    assert set(answers) == {("", 1, 1), ("dat dai", 1, 0)}
    assert QueryDay.objects.filter(day=young).count() == 3 and FeedbackDay.objects.filter(day=young).count() == 2


def test_old_rows_and_old_files_go(own_log):
    with time_machine.travel(timezone.now() - timedelta(days=31)):
        search("đất đai")
        count_searches()
    with time_machine.travel(timezone.now() - timedelta(days=29)):
        search("nước")
        count_searches()
    QueryDay.objects.create(day=timezone.localdate() - timedelta(days=366), query="rung", searches=9)
    FeedbackDay.objects.create(day=timezone.localdate() - timedelta(days=366), query="rung", yes=9)
    forget_old()
    assert [path.stem for path in own_log()] == [(timezone.localdate() - timedelta(days=29)).isoformat()]
    assert LogFile.objects.count() == 1
    assert not QueryDay.objects.filter(query="rung").exists() and not FeedbackDay.objects.exists()


def test_other_files_in_the_folder_are_left_alone(own_log, tmp_path):
    search("đất đai")
    (tmp_path / "tim-kiem" / "ghi-chu.jsonl").write_text("{}\n")
    assert count_searches() == 1
    forget_old()
    assert len(own_log()) == 2
    assert date.fromisoformat(own_log()[0].stem)
