"""The chain: one line whoever writes, nothing changed or removed without showing, nothing kept of what was undone."""

import json
import sqlite3
import threading
from datetime import timedelta
from io import StringIO
from itertools import pairwise

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections, transaction
from django.utils import timezone

from home.audit import anchor, spool, triggers
from home.audit.actions import AUDIT_DAMAGED, AUDIT_PRUNED, EDITED, OPENED, SIGNED_IN
from home.audit.events import Draft, Subject
from home.audit.pruning import prune
from home.audit.recording import note, record
from home.audit.requester import Actor
from home.audit.verification import verify
from home.models import AuditCheckpoint, AuditEvent, AuditHead
from tests.audited_chain import execute, fault, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folder")]


def test_a_chain_is_whole_and_says_so(chain):
    assert [row.sequence for row in chain] == list(range(chain[0].sequence, chain[0].sequence + 10))
    assert all(after.previous == before.digest for before, after in pairwise(chain))
    out = StringIO()
    call_command("audit_verify", stdout=out)
    assert f"nguyên vẹn: đã kiểm tra {chain[-1].sequence} sự kiện" in out.getvalue()


def test_a_row_flipped_in_any_column_shows(chain, without_triggers):
    row = chain[4]
    changes = {
        "at": row.at + timedelta(seconds=1), "action": "opened", "actor_id": 5, "actor_name": "Ai khác",
        "address": "10.0.0.8", "kind": "story", "object_id": 99, "label": "9/QĐ", "unit_id": 8, "audience": "public",
        "readers": "public", "detail": json.dumps({"revision": 5}), "origin": "x",
    }  # fmt: skip
    assert set(changes) | {"sequence", "previous", "digest"} == {each.attname for each in AuditEvent._meta.fields}
    for column, value in changes.items():
        with transaction.atomic():
            execute(f"UPDATE home_auditevent SET {column} = %s WHERE sequence = %s", value, row.sequence)
            assert fault() == f"sự kiện {row.sequence} đã bị sửa", column
            transaction.set_rollback(True)
    assert fault() == ""


def test_a_row_flipped_and_sealed_anew_shows_in_the_next(chain, without_triggers):
    from home.audit.events import SEALED, seal

    row = AuditEvent.objects.filter(sequence=chain[4].sequence).values(*SEALED).get() | {"actor_name": "Ai khác"}
    execute(
        "UPDATE home_auditevent SET actor_name = %s, digest = %s WHERE sequence = %s",
        "Ai khác", seal(row), row["sequence"],
    )  # fmt: skip
    assert fault() == f"sự kiện {row['sequence'] + 1} không nối tiếp sự kiện trước nó"


def test_the_command_ends_with_an_error_and_the_first_broken_row(chain, without_triggers):
    execute("UPDATE home_auditevent SET actor_name = 'Ai khác' WHERE sequence = %s", chain[4].sequence)
    triggers.install()
    with pytest.raises(CommandError, match=f"KHÔNG nguyên vẹn: sự kiện {chain[4].sequence} đã bị sửa"):
        call_command("audit_verify")


def test_a_row_taken_out_of_the_middle_shows(chain, without_triggers):
    execute("DELETE FROM home_auditevent WHERE sequence = %s", chain[4].sequence)
    assert fault() == f"thiếu sự kiện {chain[4].sequence}"


def test_a_tail_cut_off_shows_by_the_head(chain, without_triggers):
    execute("DELETE FROM home_auditevent WHERE sequence > %s", chain[6].sequence)
    assert "đuôi bị cắt" in fault()


def test_a_tail_cut_off_with_the_head_turned_back_shows_by_its_signature(chain, without_triggers):
    execute("DELETE FROM home_auditevent WHERE sequence > %s", chain[6].sequence)
    execute("UPDATE home_audithead SET sequence = %s, digest = %s", chain[6].sequence, chain[6].digest)
    assert "chữ ký ở đầu nhật ký" in fault()


def test_the_whole_log_emptied_shows(chain, without_triggers):
    execute("DELETE FROM home_auditevent")
    execute("DELETE FROM home_audithead")
    note = anchor.Anchor(chain[-1].sequence, chain[-1].digest)
    assert anchor.drop(note)
    assert "đuôi bị cắt" in fault()


def test_a_row_put_in_shows(chain, without_triggers):
    copied = AuditEvent.objects.filter(pk=chain[-1].pk).values().get() | {"sequence": chain[-1].sequence + 1}
    AuditEvent.objects.bulk_create([AuditEvent(**copied)])
    assert fault() == f"sự kiện {copied['sequence']} bị chèn vào sau đuôi"


def test_two_rows_in_another_order_show(chain, without_triggers):
    first, second = chain[3].sequence, chain[4].sequence
    for here, there in ((first, -1), (second, first), (-1, second)):
        execute("UPDATE home_auditevent SET sequence = %s WHERE sequence = %s", there, here)
    assert fault() == f"sự kiện {first} không nối tiếp sự kiện trước nó"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE home_auditevent SET actor_name = 'Ai khác'",
        "DELETE FROM home_auditevent",
        "UPDATE home_audithead SET sequence = 0",
        "DELETE FROM home_audithead",
    ],
)
def test_the_database_itself_refuses(chain, statement):
    with pytest.raises(DatabaseError, match="append only"), transaction.atomic():
        execute(statement)
    assert verify().fault == ""


@pytest.mark.sqlite
def test_no_row_is_replaced_from_within_an_insert(chain):
    """SQLite would delete the row in the way without asking what guards DELETE."""
    prune_at = timezone.now()
    AuditCheckpoint.objects.create(through=0, digest="0" * 64, removed=0, at=prune_at, signature="x")
    for table in ("home_auditevent", "home_audithead", "home_auditcheckpoint"):
        with pytest.raises(DatabaseError, match="append only"), transaction.atomic():
            execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
    with pytest.raises(DatabaseError, match="append only"), transaction.atomic():
        execute("UPDATE OR REPLACE home_audithead SET id = 7")
    assert AuditEvent.objects.latest("sequence").sequence == chain[-1].sequence


def test_missing_triggers_are_told_and_what_was_done_meanwhile(chain, without_triggers):
    assert "thiếu khóa chống sửa" in verify().fault
    execute("UPDATE home_auditevent SET actor_name = 'Ai khác' WHERE sequence = %s", chain[4].sequence)
    assert verify().fault.startswith(f"sự kiện {chain[4].sequence} đã bị sửa; cơ sở dữ liệu thiếu khóa chống sửa")


def test_the_model_refuses_as_well(chain):
    row = AuditEvent.objects.get(pk=chain[0].pk)
    for refused in (
        row.save,
        row.delete,
        AuditEvent.objects.all().delete,
        lambda: AuditEvent.objects.update(actor_name="Ai khác"),
        lambda: AuditEvent.objects.bulk_update([row], ["actor_name"]),
    ):
        with pytest.raises(PermissionDenied):
            refused()


def test_a_change_that_is_undone_leaves_no_event(chain):
    before = AuditHead.objects.get().sequence
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(EDITED, Subject("directive", 1))
        raise ZeroDivisionError
    assert AuditHead.objects.get().sequence == before
    assert AuditEvent.objects.latest("sequence").sequence == before


def test_what_is_too_old_goes_and_the_rest_still_verifies(chain):
    with time_machine.travel(timezone.now() + timedelta(days=400)):
        kept = write(6)
        assert prune() == f"Đã xóa {chain[-1].sequence} sự kiện quá hạn khỏi nhật ký."
        assert AuditEvent.objects.earliest("sequence").sequence == kept.sequence
        assert AuditEvent.objects.latest("sequence").action == AUDIT_PRUNED
        assert prune() == ""
    assert verify().fault == ""


def test_what_is_not_a_year_old_stays(chain, settings):
    with time_machine.travel(timezone.now() + timedelta(days=300)):
        assert prune() == ""
        settings.AUDIT_MONTHS = 9
        assert prune() != ""
    assert not AuditEvent.objects.filter(pk=chain[-1].pk).exists()
    assert verify().fault == ""


def test_a_checkpoint_somebody_made_up_shows(chain):
    row = chain[4]
    AuditCheckpoint.objects.create(
        through=row.sequence, digest=row.digest, removed=5, at=timezone.now(), signature="falsch"
    )
    execute("DELETE FROM home_auditevent WHERE sequence <= %s", row.sequence)
    assert "không do cổng lập" in verify().fault


def test_a_damaged_event_that_waited_is_an_event_itself(db):
    spool.keep(Draft(OPENED, timezone.now(), Actor(4, "A"), Subject("page", 2)))
    path = next(spool.waiting())
    path.write_text(path.read_text()[:-2] + "xx")
    assert spool.sweep() == 1
    assert AuditEvent.objects.latest("sequence").action == AUDIT_DAMAGED
    assert not list(spool.waiting()) and list(spool.folder().glob("*.damaged"))


def test_a_sweep_that_died_before_removing_the_file_brings_nothing_twice(db):
    spool.keep(Draft(OPENED, timezone.now(), Actor(4, "A"), Subject("page", 2)))
    path = next(spool.waiting())
    said = path.read_text()
    assert spool.sweep() == 1
    path.write_text(said)
    assert spool.sweep() == 0
    assert AuditEvent.objects.filter(kind="page", object_id=2).count() == 1


@pytest.mark.django_db(transaction=True)
class TestSideBySide:
    def test_many_writers_make_one_line(self):
        before = AuditHead.objects.filter(pk=AuditHead.ONLY).values_list("sequence", flat=True).first() or 0
        faults = []

        def work():
            try:
                for number in range(10):
                    with transaction.atomic():
                        record(EDITED, Subject("directive", number))
            except DatabaseError as error:
                faults.append(error)
            finally:
                connections.close_all()

        workers = [threading.Thread(target=work) for _ in range(4)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        assert faults == []
        assert AuditHead.objects.get().sequence == before + 40
        assert verify().fault == ""

    def test_a_reading_does_not_wait_for_a_change_that_holds_the_chain(self):
        record(EDITED, Subject("directive", 1))
        held, free = threading.Event(), threading.Event()

        def hold():
            try:
                with transaction.atomic():
                    record(EDITED, Subject("directive", 2))
                    held.set()
                    free.wait(60)
            finally:
                connections.close_all()

        holder = threading.Thread(target=hold)
        holder.start()
        held.wait(60)
        begun = timezone.now()
        note(OPENED, Subject("page", 3))
        waited = timezone.now() - begun
        count = len(list(spool.waiting()))
        free.set()
        holder.join()
        assert waited < timedelta(seconds=10)
        assert count == 1
        note(SIGNED_IN, Subject("user", 4))
        assert not list(spool.waiting())
        assert [row.object_id for row in AuditEvent.objects.order_by("-sequence")[:3]] == [3, 4, 2]
        assert verify().fault == ""

    @pytest.mark.sqlite
    def test_nothing_is_shown_when_neither_database_nor_disk_takes_the_event(self, settings, tmp_path):
        (tmp_path / "nhat-ky").write_text("")
        other = sqlite3.connect(connection.settings_dict["NAME"], timeout=1)
        other.execute("BEGIN IMMEDIATE")
        try:
            with pytest.raises(OSError):
                note(OPENED, Subject("page", 3))
        finally:
            other.rollback()
            other.close()
