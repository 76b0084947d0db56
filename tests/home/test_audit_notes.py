"""The end of the chain is noted in two places and can be kept in a third: a tail cut off shows by any of them."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from home.audit import anchor, triggers
from home.audit.actions import AUDIT_ANCHORED
from home.audit.events import sign
from home.audit.pruning import note_end, run_chores
from home.audit.verification import Place, Verdict, verify
from home.models import AuditEvent, AuditHead
from tests.audited_chain import execute, fault, turn_back_to, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folder")]


def test_a_tail_cut_off_with_an_old_signed_head_shows_by_the_anchor(chain, without_triggers):
    old = AuditHead.objects.get(pk=AuditHead.ONLY)
    write(11)
    note_end()
    execute("DELETE FROM home_auditevent WHERE sequence > %s", old.sequence)
    turn_back_to(old)
    assert "đuôi bị cắt: mốc ngoài cơ sở dữ liệu" in fault()


def test_an_anchor_that_was_changed_shows(chain):
    note_end()
    said = json.loads(anchor.file().read_text())
    anchor.file().write_text(json.dumps(said | {"sequence": 1}))
    assert "mốc ngoài cơ sở dữ liệu" in fault()


def test_after_a_restore_the_anchor_is_accepted_with_a_reason_that_stays(chain, without_triggers):
    old = AuditHead.objects.get(pk=AuditHead.ONLY)
    write(11)
    note_end()
    execute("DELETE FROM home_auditevent WHERE sequence > %s", old.sequence)
    turn_back_to(old)
    triggers.install()
    call_command("audit_verify", accept="Phục hồi từ bản sao lưu ngày 20/11/2026", stdout=StringIO())
    assert verify().fault == ""
    assert "sao lưu" in AuditEvent.objects.latest("sequence").detail["reason"]


def test_the_timetable_prunes_notes_the_end_and_says_what_it_did(chain):
    (first,) = [chore.sentence for chore in run_chores()]
    assert "đã lập mốc" in first and AuditEvent.objects.latest("sequence").action == AUDIT_ANCHORED
    assert anchor.read() == anchor.Anchor(chain[-1].sequence, chain[-1].digest)
    end = write(12)
    assert [chore.sentence for chore in run_chores()] == []
    assert anchor.read() == anchor.remembered() == anchor.Anchor(end.sequence, end.digest)
    assert verify() == Verdict(end.sequence, "", (), Place(end.sequence, end.digest))


def test_a_log_without_a_note_is_warned_of_and_gets_one_once(chain):
    first, again = (verify_aloud(), verify_aloud())
    assert "Cảnh báo: chưa có mốc ngoài cơ sở dữ liệu" in first and "đã lập mốc ở sự kiện" in first
    assert f"Cuối nhật ký: {chain[-1].sequence}:{chain[-1].digest}" in first
    assert "Cảnh báo" not in again and "đã lập mốc" not in again


def test_a_note_taken_away_shows_and_the_timetable_makes_no_new_one(chain, without_triggers):
    old = AuditHead.objects.get(pk=AuditHead.ONLY)
    note_end()
    write(11)
    note_end()
    anchor.file().unlink()
    execute("DELETE FROM home_auditevent WHERE sequence > %s", old.sequence)
    turn_back_to(old)
    assert "moc.json) đã mất, dù từng ghi đến sự kiện" in fault()
    (outcome,) = run_chores()
    assert "đã mất" in outcome.sentence and outcome.error and not anchor.file().exists()
    with pytest.raises(CommandError, match=r"đã mất.* Đã đi hết \d+ sự kiện\. .*--accept"):
        call_command("audit_verify")
    assert "--accept" in outcome.sentence, "the timetable fails every minute and says what to do about it"
    call_command("audit_verify", accept="Chuyển máy chủ", stdout=StringIO())
    assert verify().fault == "" and anchor.file().exists()


def test_the_note_inside_shows_a_cut_tail_as_well_and_must_be_ours(chain, without_triggers):
    old = AuditHead.objects.get(pk=AuditHead.ONLY)
    anchor.drop(anchor.Anchor(old.sequence, old.digest))
    end = write(11)
    anchor.remember(anchor.Anchor(end.sequence, end.digest))
    execute("DELETE FROM home_auditevent WHERE sequence > %s", old.sequence)
    turn_back_to(old)
    assert fault().startswith("đuôi bị cắt: mốc ghi trong cơ sở dữ liệu")
    execute("UPDATE home_audithead SET sequence = %s WHERE id = 2", old.sequence)
    assert "mốc ghi trong cơ sở dữ liệu đã bị sửa" in fault()


def test_an_end_kept_elsewhere_shows_a_cut_tail_when_every_note_is_gone(chain, without_triggers):
    cut, old = chain[-1], chain[4]
    kept = f"{cut.sequence}:{cut.digest}"
    triggers.install()
    assert "nguyên vẹn" in verify_aloud("--expect", kept)
    triggers.remove()
    execute("DELETE FROM home_audithead WHERE id = 2")
    anchor.file().unlink()
    execute("DELETE FROM home_auditevent WHERE sequence > %s", old.sequence)
    turn_back_to(AuditHead(sequence=old.sequence, digest=old.digest, signature=sign("head", old.sequence, old.digest)))
    triggers.install()
    with pytest.raises(CommandError, match="mốc được đưa vào ghi đến sự kiện"):
        call_command("audit_verify", "--expect", kept)
    with pytest.raises(CommandError, match="hãy ghi số thứ tự"):
        call_command("audit_verify", "--expect", "12")


def test_a_lost_note_hides_no_broken_event(chain, without_triggers):
    note_end()
    anchor.file().unlink()
    execute("UPDATE home_auditevent SET actor_name = 'ai khác' WHERE sequence = 4")
    said = fault()
    assert "đã mất, dù từng ghi đến sự kiện" in said and "sự kiện 4 đã bị sửa" in said


def test_notes_and_chain_that_disagree_show_without_a_walk(chain, without_triggers):
    old = AuditHead.objects.get(pk=AuditHead.ONLY)
    write(11)
    note_end()
    assert anchor.doubt() == ""
    turn_back_to(old)
    assert anchor.doubt().startswith("mốc ngoài cơ sở dữ liệu ghi đến sự kiện")
    anchor.file().unlink()
    assert "moc.json) đã mất" in anchor.doubt()


def verify_aloud(*words: str) -> str:
    out = StringIO()
    call_command("audit_verify", *words, stdout=out, stderr=out)
    return out.getvalue()
