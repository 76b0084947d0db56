"""The outbox: what a change leaves to do, that nothing of it is lost, and that repeats and delays do no harm."""

import random
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from news.models import ArticlePage
from search import outbox, worker
from search.attachments import unread_files
from search.contract import EngineUnavailable
from search.engines import chosen
from search.models import Entry, Grant, IndexState
from search.outbox import Task
from search.verification import verify
from tests.builders import make_person

pytestmark = pytest.mark.django_db


def away(keys):
    raise EngineUnavailable("the server is away")


def state_of(page) -> IndexState:
    return IndexState.objects.get(page_id=page.pk)


def make_due():
    IndexState.objects.update(not_before=None, lease_until=None)


def settle(remote):
    """Work until nothing is pending, as a worker does whose pauses have passed."""
    remote.fail = lambda keys: ()
    make_due()
    worker.work_off()
    assert not outbox.pending().exists()


def drift() -> int:
    return verify().drift_total


class Broken(Exception):
    pass


def test_a_change_is_pending_until_the_worker_has_told_the_engine(tree, remote):
    page = tree.add_directive("Giữ rừng đầu nguồn")
    assert state_of(page).version > state_of(page).indexed_version
    assert f"page:{page.pk}" not in remote.records
    worker.work_off()
    assert remote.records[f"page:{page.pk}"].title == "Giữ rừng đầu nguồn"
    assert not outbox.pending().exists()


def test_each_change_has_a_higher_version(tree):
    page = tree.add_directive()
    versions = [state_of(page).version]
    for _ in range(3):
        page.save_revision().publish()
        versions.append(state_of(page).version)
    page.unpublish()
    versions.append(state_of(page).version)
    assert versions == sorted(set(versions))
    assert state_of(page).is_removed


def test_no_publication_speaks_to_the_remote_engine(tree, remote):
    remote.fail = away
    page = tree.add_directive()
    page.unpublish()
    page.save_revision().publish()
    page.delete()
    assert remote.writes == []


def test_the_engine_of_the_database_has_it_at_once(tree):
    page = tree.add_directive()
    assert (f"page:{page.pk}", state_of(page).version) in list(chosen.database_engine().versions())
    page.unpublish()
    assert f"page:{page.pk}" not in dict(chosen.database_engine().versions())


def test_a_rollback_leaves_nothing(tree, remote):
    settle(remote)
    before = dict(chosen.database_engine().versions())
    remote.writes.clear()
    with pytest.raises(Broken), transaction.atomic():
        page = tree.add_directive()
        raise Broken
    assert dict(chosen.database_engine().versions()) == before
    assert not IndexState.objects.filter(page_id=page.pk).exists()
    assert not Grant.objects.filter(page_id=page.pk).exists()
    worker.work_off()
    assert remote.writes == []
    assert drift() == 0


def test_a_broken_database_engine_stops_no_publication(tree, monkeypatch):
    def broken(records):
        raise EngineUnavailable("database disk image is malformed")

    monkeypatch.setattr(chosen.database_engine(), "put", broken)
    page = tree.add_directive()
    assert Entry.objects.filter(pk=page.pk).exists()
    monkeypatch.undo()
    assert verify(fix=True).engines[0].missing == 1
    assert drift() == 0


def test_what_an_outage_held_up_arrives_when_it_is_over(tree, remote):
    settle(remote)
    remote.fail = away
    pages = [tree.add_directive(f"Văn bản {n}") for n in range(5)]
    tally = worker.work_off()
    assert tally.is_outage and not tally.delivered
    assert outbox.figures()["pending"] == 5
    assert set(outbox.failed().values_list("error", flat=True)) == {"the server is away"}
    waits = [state.not_before - timezone.now() for state in outbox.failed()]
    assert all(wait <= timedelta(seconds=outbox.LONGEST_OUTAGE_PAUSE) for wait in waits)
    settle(remote)
    assert {f"page:{page.pk}" for page in pages} <= remote.records.keys()
    assert drift() == 0


def test_after_many_failures_an_outage_is_still_looked_at_within_half_a_minute():
    assert max(outbox.pause_after(50, is_outage=True) for _ in range(200)) <= 20
    assert max(outbox.pause_after(19, is_outage=False) for _ in range(200)) <= outbox.LONGEST_PAUSE
    assert min(outbox.pause_after(20, is_outage=False) for _ in range(200)) >= outbox.DEAD_PAUSE / 2


def test_only_what_was_refused_is_sent_again(tree, remote):
    settle(remote)
    pages = [tree.add_directive(f"Văn bản {n}") for n in range(6)]
    refused = {f"page:{page.pk}" for page in pages[:2]}
    remote.fail = lambda keys: refused.intersection(keys)
    remote.writes.clear()
    tally = worker.work_off()
    assert (tally.delivered, tally.failed) == (4, 2)
    assert {state.key for state in outbox.pending()} == refused
    remote.writes.clear()
    settle(remote)
    assert set(remote.writes) == refused


def test_the_twentieth_failure_makes_a_dead_letter_that_is_still_tried(tree, remote, client):
    page = tree.add_directive("Văn bản khó ghi")
    remote.fail = lambda keys: [key for key in keys if key == f"page:{page.pk}"]
    for _ in range(outbox.DEAD_AFTER):
        make_due()
        worker.work_off()
    assert outbox.figures()["dead_letters"] == 1
    assert client.get("/healthz/ready").json()["dead_letters"] == 1
    remote.fail = lambda keys: ()
    worker.work_off()
    assert outbox.pending().exists()
    IndexState.objects.filter(page_id=page.pk).update(not_before=timezone.now() - timedelta(seconds=1))
    worker.work_off()
    assert not outbox.pending().exists()


def test_a_person_tries_again_from_the_admin(tree, remote, client):
    page = tree.add_directive("Văn bản khó ghi")
    remote.fail = lambda keys: [key for key in keys if key == f"page:{page.pk}"]
    worker.work_off()
    client.force_login(make_person("quan-tri", is_superuser=True))
    shown = client.get(reverse("index_state")).content.decode()
    assert "Văn bản khó ghi" in shown and "1 not written: refused" in shown and "Thử lại" in shown
    assert "<h2>Chỉ mục tìm kiếm</h2>" not in shown, "the header of the page says it already"
    assert client.post(reverse("index_state")).status_code == 302
    remote.fail = lambda keys: ()
    worker.work_off()
    assert not outbox.pending().exists()
    assert "Thử lại" not in client.get(reverse("index_state")).content.decode()


def test_the_state_of_the_index_is_for_the_office_alone(tree, client):
    client.force_login(make_person("lan"))
    assert client.get(reverse("index_state")).status_code in (302, 403)


def test_a_flapping_engine_loses_and_doubles_nothing(tree, remote):
    chance = random.Random(7)

    def flap(keys):
        if chance.random() < 0.2:
            raise EngineUnavailable("503")
        return [key for key in keys if chance.random() < 0.2]

    remote.fail = flap
    pages = [tree.add_article(f"Tin {n}") for n in range(12)]
    for page in chance.choices(pages, k=30):
        if page.live and chance.random() < 0.3:
            page.unpublish()
        else:
            page.save_revision().publish()
        page.refresh_from_db()
        if chance.random() < 0.3:
            make_due()
            worker.work_off()
    settle(remote)
    assert drift() == 0
    assert set(remote.records) == {f"page:{pk}" for pk in Entry.objects.values_list("pk", flat=True)}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_events_in_any_order_end_with_what_the_database_says(tree, remote, seed):
    """Late and repeated deliveries: every version of every page is delivered, shuffled, each of them twice."""
    chance = random.Random(seed)
    pages = [tree.add_article(f"Tin {n}") for n in range(8)]
    tasks = []
    for page in pages * 4:
        page.refresh_from_db()
        (page.unpublish if page.live and chance.random() < 0.4 else page.save_revision().publish)()
        state = state_of(page)
        tasks.append(Task(state.key, page.pk, state.version, state.is_removed))
    shuffled = tasks * 2
    chance.shuffle(shuffled)
    for start in range(0, len(shuffled), 5):
        lot = {task.key: task for task in shuffled[start : start + 5]}
        worker.deliver(list(lot.values()), remote)
        outbox.mark_done(list(lot.values()))
    assert not outbox.pending().filter(page_id__in=[page.pk for page in pages]).exists()
    shown = {f"page:{pk}" for pk in Entry.objects.values_list("pk", flat=True)}
    assert set(remote.records) == {f"page:{page.pk}" for page in pages} & shown
    for page in pages:
        held = dict(remote.versions()).get(f"page:{page.pk}")
        assert held in (None, state_of(page).version)


def test_a_late_publication_does_not_bring_back_what_is_gone(tree, remote):
    page = tree.add_directive()
    early = Task(f"page:{page.pk}", page.pk, state_of(page).version, False)
    page.unpublish()
    worker.work_off()
    worker.deliver([early], remote)
    assert f"page:{page.pk}" not in remote.records


def test_a_claim_is_ours_alone_and_free_again_when_the_lease_is_over(tree, remote):
    tree.add_directive()
    first, second = outbox.claim(), outbox.claim()
    assert first and not second
    IndexState.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert outbox.claim() == first


def test_a_change_during_the_delivery_stays_pending(tree, remote):
    page = tree.add_directive()
    tasks = outbox.claim()
    page.save_revision().publish()
    worker.deliver(tasks, remote)
    outbox.mark_done(tasks)
    assert [state.page_id for state in outbox.pending()] == [page.pk]
    settle(remote)
    assert dict(remote.versions())[f"page:{page.pk}"] == state_of(page).version


def test_the_command_works_once_and_says_what_it_did(tree, remote, capsys):
    tree.add_directive()
    call_command("index_worker", "--once")
    assert "hỏng 0" in capsys.readouterr().out
    assert not outbox.pending().exists()
    assert not unread_files().exists()


def test_publishing_costs_as_many_queries_however_many_pages_there_are(tree):
    def cost():
        page = tree.add_directive("Văn bản đo")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page.save_revision().publish()
        return len(queries)

    first = cost()
    for n in range(15):
        tree.add_directive(f"Văn bản {n}")
    assert cost() == first


def test_details_of_health_are_for_the_machine_itself_and_staff(tree, client):
    details = {"engine", "pending", "oldest_seconds", "dead_letters", "drift_total", "scheduled_overdue"}
    assert details < client.get("/healthz/ready").json().keys()
    assert client.get("/healthz/ready", headers={"x-forwarded-for": "203.0.113.9"}).json() == {"status": "ok"}
    assert client.get("/healthz/ready", REMOTE_ADDR="203.0.113.9").json() == {"status": "ok"}
    client.force_login(make_person("lan"))
    assert details < client.get("/healthz/ready", REMOTE_ADDR="203.0.113.9").json().keys()


def test_a_page_that_cannot_be_read_stops_no_other(tree, remote, monkeypatch):
    good, bad = tree.add_article("Tin tốt"), tree.add_article("Tin hỏng")
    real = ArticlePage.search_document

    def broken(page):
        if page.title == "Tin hỏng":
            raise ValueError("this page cannot be described")
        return real(page)

    monkeypatch.setattr(ArticlePage, "search_document", broken)
    worker.work_off()
    assert f"page:{good.pk}" in remote.records
    assert [(state.page_id, state.error) for state in outbox.failed()] == [
        (bad.pk, "ValueError: this page cannot be described")
    ]
