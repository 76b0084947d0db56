"""The check finds what is missing, old, left over or unnoticed, says so, and mends it; false alarms are none."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from directives.models import DirectivePage
from news.models import ArticlePage
from search import worker
from search.comparison import differences
from search.contract import EngineUnavailable, IndexRecord
from search.engines import chosen
from search.models import Entry, FileUse, Grant, IndexRun, IndexState
from search.runs import running
from search.verification import last_report, lasting_differences, verify
from search.visibility import may_see_page
from tests.builders import make_person

pytestmark = pytest.mark.django_db
STRANGER = AnonymousUser()
GHOST = IndexRecord("page:999999", 4, frozenset({"public"}), title="Trang ma", kind="page", url="/ma/")


def held(engine=None) -> dict[str, int]:
    return dict((engine or chosen.database_engine()).versions())


def key(page) -> str:
    return f"page:{page.pk}"


@pytest.fixture(params=["database", "remote"])
def engine(request, tree):
    if request.param == "database":
        return chosen.database_engine()
    remote = request.getfixturevalue("remote")
    worker.work_off()
    return remote


def findings(report, engine):
    return next(each for each in report.engines if each.engine == engine.name)


def lose(engine, page):
    """The engine forgets a page, tombstone and all."""
    if engine.name == "stand-in":
        del engine.records[key(page)]
    else:
        engine.remove({key(page): IndexState.objects.get(page_id=page.pk).version})


def age(engine, page):
    """The engine holds an older version than it should."""
    if engine.name == "stand-in":
        old = engine.records[key(page)]
        engine.records[key(page)] = IndexRecord(key(page), old.version - 1, old.audiences, title=old.title)
    IndexState.objects.filter(page_id=page.pk).update(version=5, indexed_version=5)


def test_a_sound_site_has_no_drift(engine, tree):
    for page in (tree.add_directive(), tree.add_story(), tree.add_campaign(), tree.add_unit("A", "Đơn vị A")):
        page.save_revision().publish()
    tree.add_article().unpublish()
    worker.work_off()
    report = verify()
    assert (report.drift_total, report.unnoticed, report.fixed) == (0, 0, 0)
    assert report.checked == Page.objects.filter(depth__gt=1).count()


def test_what_the_engine_lost_is_brought_back(engine, tree):
    page = tree.add_directive()
    worker.work_off()
    lose(engine, page)
    assert findings(verify(), engine).missing == 1
    report = verify(fix=True)
    assert (report.drift_total, report.fixed) == (0, 1)
    assert key(page) in held(engine) and verify().drift_total == 0


def test_an_old_version_is_replaced(engine, tree):
    page = tree.add_directive()
    worker.work_off()
    age(engine, page)
    assert findings(verify(), engine).stale == 1
    assert verify(fix=True).drift_total == 0
    assert held(engine)[key(page)] == IndexState.objects.get(page_id=page.pk).version


def test_an_engine_that_is_ahead_of_a_restored_database_is_overtaken(engine, tree):
    page = tree.add_directive()
    worker.work_off()
    ahead = IndexRecord(key(page), 70, frozenset({"public"}), title="Từ tương lai", kind="directive", url="/x/")
    engine.put([ahead])
    assert findings(verify(), engine).stale == 1
    assert verify(fix=True).drift_total == 0
    assert held(engine)[key(page)] == IndexState.objects.get(page_id=page.pk).version > 70


def test_what_nobody_knows_is_removed(engine):
    engine.put([GHOST])
    assert findings(verify(), engine).ghost == 1
    assert verify(fix=True).drift_total == 0
    assert GHOST.key not in held(engine)


def test_a_page_hidden_behind_the_back_of_the_index_goes(engine, tree):
    page = tree.add_directive()
    worker.work_off()
    Page.objects.filter(pk=page.pk).update(live=False)
    assert verify().unnoticed == 1
    assert verify(fix=True).drift_total == 0
    worker.work_off()
    assert key(page) not in held(engine)
    assert not Entry.objects.visible_to(STRANGER).filter(pk=page.pk).exists()


@pytest.mark.parametrize("change", [{"title": "Đổi thẳng"}, {"audience": "staff"}, {"expire_at": timezone.now()}])
def test_an_update_past_all_signals_is_seen_and_mended(engine, tree, change):
    page = tree.add_article()
    worker.work_off()
    ArticlePage.objects.filter(pk=page.pk).update(**change)
    assert verify().drift_total == 1
    report = verify(fix=True)
    assert (report.drift_total, report.unnoticed, report.fixed) == (0, 1, 1)
    worker.work_off()
    assert verify().drift_total == 0
    if "audience" in change:
        assert not Entry.objects.visible_to(STRANGER).filter(pk=page.pk).exists()


def test_a_page_deleted_past_all_signals_is_buried(engine, tree):
    page = tree.add_directive()
    worker.work_off()
    with connection.cursor() as cursor:
        for model in (Entry, Grant, FileUse):
            model.objects.filter(page_id=page.pk).delete()
        page.revisions.all().delete()
        for table in (DirectivePage._meta.db_table, Page._meta.db_table):
            column = "page_ptr_id" if table != Page._meta.db_table else "id"
            if table == Page._meta.db_table:
                DirectivePage.objects.filter(pk=page.pk)
            cursor.execute(f"DELETE FROM {table} WHERE {column} = %s", [page.pk])
    assert verify().unnoticed == 1
    verify(fix=True)
    worker.work_off()
    assert key(page) not in held(engine) and verify().drift_total == 0


@pytest.mark.parametrize("model", [Entry, Grant])
def test_lost_rows_are_written_again(tree, model):
    page = tree.add_directive()
    model.objects.filter(page_id=page.pk).delete()
    assert verify().unnoticed == 1
    assert verify(fix=True).drift_total == 0
    assert Entry.objects.visible_to(STRANGER).filter(pk=page.pk).exists()


def test_a_grant_that_nobody_gave_is_taken_away(tree):
    page = tree.add_directive(audience="staff")
    Grant.objects.create(page_id=page.pk, token="public")
    assert may_see_page(STRANGER, page.pk)
    verify(fix=True)
    assert not may_see_page(STRANGER, page.pk)


def test_what_the_outbox_still_has_is_no_drift(tree, remote):
    worker.work_off()
    page = tree.add_directive()
    page.unpublish()
    tree.add_article()
    assert verify().drift_total == 0
    worker.work_off()
    assert verify().drift_total == 0


def test_a_page_that_changes_while_it_is_compared_is_no_drift(tree, remote, monkeypatch):
    page = tree.add_directive()
    worker.work_off()
    looks = []

    def stale_once():
        looks.append(1)
        held = dict(type(remote).versions(remote))
        return iter(sorted(held.items())) if len(looks) > 1 else iter([(key(page), 99)])

    monkeypatch.setattr(remote, "versions", stale_once)
    assert lasting_differences(remote) == []
    assert len(looks) == 2


def test_an_engine_that_is_away_is_told_and_does_not_stop_the_check(tree, remote, monkeypatch):
    def away():
        raise EngineUnavailable("no answer")

    monkeypatch.setattr(remote, "versions", away)
    report = verify(fix=True)
    assert findings(report, remote).error == "no answer"
    assert findings(report, chosen.database_engine()).drift_total == 0


def test_differences_are_found_on_both_sides_and_at_both_ends(db):
    IndexState.objects.all().delete()
    for pk, version, is_removed in ((1, 2, False), (2, 1, False), (3, 4, True), (10, 1, False)):
        IndexState.objects.create(key=f"page:{pk}", page_id=pk, version=version, is_removed=is_removed)
    engine = sorted({"page:0": 1, "page:1": 1, "page:10": 1, "page:3": 3, "page:9": 7}.items())
    found = {each.key: (each.kind, each.expected, each.held) for each in differences(engine)}
    assert found == {
        "page:0": ("ghost", 0, 1),
        "page:1": ("stale", 2, 1),
        "page:2": ("missing", 1, 0),
        "page:3": ("ghost", 0, 3),
        "page:9": ("ghost", 0, 7),
    }


def test_the_command_answers_machines_and_people(tree):
    page = tree.add_directive()
    ArticlePage.objects.filter(pk=tree.add_article().pk).update(title="Đổi thẳng")
    lose(chosen.database_engine(), page)
    answer, said = StringIO(), StringIO()
    call_command("search_verify", "--json", stdout=answer)
    report = json.loads(answer.getvalue())
    assert (report["drift_total"], report["missing"], report["unnoticed"]) == (2, 1, 1)
    call_command("search_verify", "--fix", stdout=said)
    assert "Đã sửa 2; còn lệch 0." in said.getvalue()


def test_the_result_is_kept_for_health_and_the_office(tree, client):
    assert last_report() == {} and client.get("/healthz/ready").json()["drift_total"] is None
    ArticlePage.objects.filter(pk=tree.add_article().pk).update(title="Đổi thẳng")
    verify()
    assert client.get("/healthz/ready").json()["drift_total"] == 1
    client.force_login(make_person("quan-tri", is_superuser=True))
    assert "còn lệch 1" in client.get(reverse("index_state")).content.decode()


def test_two_checks_at_once_are_refused(tree):
    with running(IndexRun.VERIFY, "all") as run:
        IndexRun.objects.filter(pk=run.pk).update(host="may-khac", beat_at=timezone.now() - timedelta(seconds=5))
        with pytest.raises(CommandError, match="Đang có"):
            call_command("search_verify", stdout=StringIO())
