"""A rebuild: nothing lost and nothing brought back while people edit, never read before it is equal, and a way back."""

import socket
from io import StringIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from search import outbox, rebuild, worker
from search.comparison import differences
from search.contract import EngineUnavailable
from search.engines import chosen
from search.models import Entry, FileUse, Grant, IndexRun, IndexState
from search.runs import BEAT, AlreadyRunning, running
from search.verification import verify

pytestmark = pytest.mark.django_db
STRANGER = AnonymousUser()


def held(engine=None) -> dict[str, int]:
    return dict((engine or chosen.database_engine()).versions())


def key(page) -> str:
    return f"page:{page.pk}"


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    monkeypatch.setattr(rebuild, "BATCH", 4)


@pytest.fixture(params=["database", "remote"])
def engine(request, tree):
    """The engine of the database, and a remote one, each holding what the site has."""
    if request.param == "database":
        return chosen.database_engine()
    remote = request.getfixturevalue("remote")
    worker.work_off()
    return remote


def test_a_rebuild_changes_nothing_that_readers_see(engine, tree):
    for n in range(12):
        tree.add_article(f"Tin {n}")
    worker.work_off()
    before = held(engine)
    assert rebuild.rebuild(engine) == len(before)
    assert held(engine) == before and len(before) > 12
    assert verify().drift_total == 0


def test_edits_during_a_rebuild_are_neither_lost_nor_undone(engine, tree):
    """Edit, unpublish, delete and create between two parts, of pages already read and of pages still to come."""
    pages = [tree.add_article(f"Tin {n}") for n in range(16)]
    worker.work_off()
    done = []

    def disturb(read, total):
        if done:
            return
        done.append(read)
        for edited, hidden, deleted in (pages[:3], pages[-3:]):
            edited.title = "Tin đã sửa"
            edited.save_revision().publish()
            hidden.unpublish()
            deleted.delete()
        pages.append(tree.add_article("Tin mới"))
        worker.work_off()

    rebuild.rebuild(engine, disturb)
    worker.work_off()
    assert done
    assert list(differences(engine.versions())) == []
    assert verify().drift_total == 0
    kept = set(held(engine))
    assert key(pages[-1]) in kept and key(pages[0]) in kept
    assert not kept & {key(page) for page in (pages[1], pages[14])}


def test_what_changes_while_readers_change_over_is_in_the_outbox(tree, remote, monkeypatch):
    pages = [tree.add_article(f"Tin {n}") for n in range(6)]
    worker.work_off()
    swap = remote.swap

    def swap_late(built):
        assert outbox.are_writers_held() and outbox.claim() == []
        pages[0].unpublish()
        pages[1].save_revision().publish()
        worker.work_off()
        swap(built)

    monkeypatch.setattr(remote, "swap", swap_late)
    rebuild.rebuild(remote)
    assert outbox.figures()["pending"] == 2
    worker.work_off()
    assert verify().drift_total == 0 and key(pages[0]) not in held(remote)


def test_after_a_rebuild_nothing_is_sent_again(tree, remote):
    for n in range(5):
        tree.add_article(f"Tin {n}")
    assert outbox.figures()["pending"] > 5
    rebuild.rebuild(remote)
    remote.writes.clear()
    worker.work_off()
    assert remote.writes == [] and outbox.figures()["pending"] == 0


def test_an_index_that_does_not_become_equal_is_not_read(tree, remote, monkeypatch):
    worker.work_off()
    before = held(remote)
    aside = type(remote)()
    aside.put = lambda records: None
    monkeypatch.setattr(remote, "aside", lambda: aside)
    IndexState.objects.update(changed_at=timezone.now() - BEAT * 2)
    with pytest.raises(rebuild.NotEqual):
        rebuild.rebuild(remote)
    assert held(remote) == before
    assert not outbox.are_writers_held()


def test_an_outage_during_a_rebuild_leaves_the_index_that_is_read(engine, tree, monkeypatch):
    worker.work_off()
    before = held(engine)
    real = engine.aside

    def breaking():
        aside = real()
        monkeypatch.setattr(aside, "put", lambda records: (_ for _ in ()).throw(EngineUnavailable("gone")))
        return aside

    monkeypatch.setattr(engine, "aside", breaking)
    with pytest.raises(CommandError, match="không trả lời"):
        call_command("search_rebuild", "--engine", engine.name, stdout=StringIO())
    assert held(engine) == before
    assert "gone" in IndexRun.objects.get().error


def test_the_way_back(engine, tree):
    page = tree.add_article("Tin cũ")
    other = tree.add_article("Tin khác")
    worker.work_off()
    rebuild.rebuild(engine)
    page.title = "Tin đã sửa"
    page.save_revision().publish()
    other.delete()
    worker.work_off()
    call_command("search_rebuild", "--rollback", "--engine", engine.name, stdout=StringIO())
    worker.work_off()
    assert verify().drift_total == 0
    assert key(other) not in held(engine)


def test_without_a_kept_index_there_is_no_way_back(tree, remote):
    with pytest.raises(CommandError, match="không có"):
        call_command("search_rebuild", "--rollback", "--engine", remote.name, stdout=StringIO())


def test_two_rebuilds_at_once_are_refused(engine, tree):
    with running(IndexRun.REBUILD, engine.name) as run:
        IndexRun.objects.filter(pk=run.pk).update(process=1)
        with pytest.raises(AlreadyRunning):
            rebuild.rebuild(engine)
        with pytest.raises(CommandError, match="đang có tiến trình khác"):
            call_command("search_rebuild", "--engine", engine.name, stdout=StringIO())


def test_a_killed_rebuild_bars_no_other(engine, tree):
    IndexRun.objects.create(
        kind=IndexRun.REBUILD, engine=engine.name, host=socket.gethostname()[:255], process=2**22 + 1
    )
    rebuild.rebuild(engine)
    assert IndexRun.objects.filter(error="Bị dừng giữa chừng.").count() == 1


def test_a_killed_rebuild_holds_no_writers(tree):
    IndexRun.objects.create(
        kind=IndexRun.REBUILD, engine="elastic", host=socket.gethostname()[:255], process=2**22 + 1, holds_writers=True
    )
    assert not outbox.are_writers_held()
    IndexRun.objects.update(host="may-khac")
    assert outbox.are_writers_held()
    IndexRun.objects.update(beat_at=timezone.now() - BEAT * 2)
    assert not outbox.are_writers_held()


def test_a_rebuild_elsewhere_is_given_up_when_it_gives_no_sign(engine, tree):
    elsewhere = IndexRun.objects.create(kind=IndexRun.REBUILD, engine=engine.name, host="may-khac", process=1)
    with pytest.raises(AlreadyRunning):
        rebuild.rebuild(engine)
    IndexRun.objects.filter(pk=elsewhere.pk).update(beat_at=timezone.now() - BEAT * 2)
    rebuild.rebuild(engine)


def test_a_rebuild_mends_rows_that_were_lost(tree):
    page = tree.add_article("Tin có hàng bị mất")
    Entry.objects.filter(pk=page.pk).delete()
    Grant.objects.filter(page_id=page.pk).delete()
    FileUse.objects.all().delete()
    rebuild.rebuild(chosen.database_engine())
    assert Entry.objects.visible_to(STRANGER).filter(pk=page.pk).exists()


def test_a_site_from_before_gets_its_first_index(tree):
    page = tree.add_article("Tin từ trước")
    for engine_key in held():
        chosen.database_engine().remove({engine_key: 10**6})
    IndexState.objects.all().delete()
    chosen.database_engine().drop()
    assert key(page) not in held()
    rebuild.build_first_index()
    assert key(page) in held() and verify().drift_total == 0
    runs = IndexRun.objects.count()
    rebuild.build_first_index()
    assert IndexRun.objects.filter(kind=IndexRun.REBUILD).count() == runs - 1


def test_the_work_is_read_in_parts_whose_cost_does_not_grow(tree, monkeypatch):
    for n in range(40):
        tree.add_directive(f"Văn bản {n}")
    monkeypatch.setattr(rebuild, "BATCH", 100)
    with CaptureQueriesContext(connection) as queries:
        pages = rebuild.rebuild(chosen.database_engine())
    reading = [query for query in queries if query["sql"].startswith("SELECT") and "search_" not in query["sql"]]
    assert len(reading) < pages


def test_progress_and_the_result_are_told(tree):
    said = StringIO()
    call_command("search_rebuild", stdout=said)
    assert "đang được dùng" in said.getvalue()
    with pytest.raises(CommandError, match=f"đang bật: {chosen.database_engine().name}"):
        call_command("search_rebuild", "--engine", "solr", stdout=StringIO())
