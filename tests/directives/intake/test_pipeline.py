"""Every state of a file: received, read, looked over; refused, failed, cancelled, a twin; what goes leaves nothing."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.test import TestCase
from django.utils import timezone
from PIL import Image, ImageDraw, ImageFont

from directives.intake import leasing, pipeline, pruning, working
from directives.intake.job import read_data
from directives.intake.keeping import is_used
from directives.intake.leasing import Lease, due, take
from directives.intake.reading import Reading
from directives.intake.secrecy import SECRET_MESSAGE
from directives.models import IntakeBatch, IntakeRecord, IntakeState
from home.audit.actions import SECRET_REFUSED
from home.models import AuditEvent, PortalDocument
from search.extraction import ocr
from search.extraction.refusals import ReadingFailed, Refused
from tests.builders import make_person
from tests.directives.intake.intake_files import WORDS, letter, paged, slow_reading
from tests.office import make_office
from tests.search.extraction.pdf_writing import pdf
from tests.search.extraction.writing import center, p

pytestmark = pytest.mark.django_db
FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")


@pytest.fixture
def clerk(tree, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return make_person("van-thu", is_superuser=True)


@pytest.fixture
def no_reader(monkeypatch):
    """Whoever opens a file from now on fails the test."""

    def refuse(*args, **kwargs):
        raise AssertionError("the file was read again")

    monkeypatch.setattr(working, "read_data", refuse)


def files_on_disk(settings) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def with_commit(act) -> None:
    """What `act` leaves for the commit is done, as in use."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        act()


def failing(monkeypatch, problem: Exception) -> None:
    def read(*args, **kwargs):
        raise problem

    monkeypatch.setattr(working, "read_data", read)


def test_a_word_file_is_read_before_it_is_kept_and_waits_for_review(clerk):
    data = letter()
    record = pipeline.receive(data, "Kế hoạch 12.docx", clerk)
    assert (record.state, record.format, record.name) == (IntakeState.REVIEW, "docx", "Kế hoạch 12.docx")
    assert Reading.from_json(record.reading).recognition.value("notation") == "KH-SYT"
    with record.document.file.open() as stored:
        assert stored.read() == data
    assert pipeline.work_off() == 0


def test_a_file_of_pages_is_kept_and_a_worker_reads_it(clerk):
    record = pipeline.receive(paged(), "Kế hoạch 12.pdf", clerk)
    assert (record.state, record.reading) == (IntakeState.RECEIVED, None)
    assert pipeline.work_off() == 1
    record.refresh_from_db()
    assert (record.state, record.pages_read, record.page_count) == (IntakeState.REVIEW, 1, 1)
    assert record.lease_until is None and record.attempts == 1
    assert Reading.from_json(record.reading).recognition.value("notation") == "KH-SYT"


def test_what_was_read_is_not_read_again(clerk, no_reader):
    record = pipeline.receive(letter(), "a.docx", clerk)
    assert pipeline.work_on(record.pk).state == IntakeState.REVIEW


def test_the_same_bytes_taken_in_again_are_read_once_by_one_reader(clerk, monkeypatch):
    first = pipeline.receive(paged(), "a.pdf", clerk)
    pipeline.work_on(first.pk)
    second = pipeline.receive(paged(), "a.pdf", clerk, again=True)
    assert second.state == IntakeState.RECEIVED
    failing(monkeypatch, AssertionError("read twice"))
    assert pipeline.work_on(second.pk).state == IntakeState.REVIEW


def test_the_same_bytes_are_a_twin_that_holds_nothing_and_may_be_taken_in_all_the_same(clerk):
    first = pipeline.receive(letter(), "a.docx", clerk)
    twin = pipeline.receive(letter(), "b.docx", clerk)
    assert (twin.state, twin.document) == (IntakeState.TWIN, None)
    assert twin.reason == f"Tệp này đã được nhập ngày {timezone.localtime(first.created_at):%d/%m/%Y}."
    assert pipeline.retry(twin, clerk).state == IntakeState.RECEIVED
    assert pipeline.work_on(twin.pk).state == IntakeState.REVIEW
    assert PortalDocument.objects.filter(sha256=first.sha256).count() == 2


def test_of_two_who_bring_the_same_bytes_at_once_the_second_brings_a_twin(clerk, monkeypatch):
    look = pipeline.look

    def look_while_another_is_quicker(data, checked):
        monkeypatch.setattr(pipeline, "look", look)
        pipeline.receive(data, "nhanh.docx", clerk)
        return look(data, checked)

    monkeypatch.setattr(pipeline, "look", look_while_another_is_quicker)
    second = pipeline.receive(letter(), "cham.docx", clerk)
    assert (second.state, second.document, second.reading) == (IntakeState.TWIN, None, None)
    assert PortalDocument.objects.count() == 1


def test_a_twin_names_the_page_only_to_those_who_may_know_it(tree, clerk, settings):
    unit = tree.add_unit("TNN", "Phòng Tài nguyên nước")
    page = tree.add_directive("Kế hoạch kín", audience="units", audience_units=[unit], unit=unit)
    record = pipeline.receive(letter(), "a.docx", clerk)
    IntakeRecord.objects.filter(pk=record.pk).update(page=page, state=IntakeState.PUBLISHED)
    assert "Kế hoạch kín" in pipeline.receive(letter(), "a.docx", clerk).reason
    stranger = make_person("nguoi-khac")
    assert "Kế hoạch kín" not in pipeline.receive(letter(), "a.docx", stranger).reason


def test_who_may_not_see_that_a_file_is_here_takes_it_in_as_the_own(clerk):
    office = make_office()
    first = pipeline.receive(letter(), "a.docx", office.water_editor)
    own = pipeline.receive(letter(), "b.docx", office.land_editor)
    assert (own.state, own.document is not None) == (IntakeState.REVIEW, True) and "đã được nhập" not in own.reason
    assert own.document_id != first.document_id
    assert pipeline.receive(letter(), "c.docx", office.land_editor).state == IntakeState.TWIN
    assert pipeline.receive(letter(), "d.docx", office.clerk).state == IntakeState.TWIN


def test_a_number_used_before_is_a_warning_and_no_bar(tree, clerk):
    tree.add_directive("Kế hoạch cũ", number="12", notation="KH-SYT", issuer_name="Sở Y tế")
    record = pipeline.receive(letter(), "a.docx", clerk)
    assert record.state == IntakeState.REVIEW
    assert "Số, ký hiệu 12/KH-SYT trùng với văn bản đã có cùng năm: “Kế hoạch cũ”." in record.reason


def test_a_mark_that_keeps_a_document_inside_is_said(clerk):
    record = pipeline.receive(letter("12", center("LƯU HÀNH NỘI BỘ")), "a.docx", clerk)
    assert "LƯU HÀNH NỘI BỘ" in record.reason


def test_a_secret_leaves_no_byte_and_an_event_without_a_word_of_it(clerk, settings):
    with pytest.raises(Refused, match="dấu chỉ độ mật"):
        pipeline.receive(letter("12", center("TỐI MẬT"), p("zqkinnoidung")), "zqkinten.docx", clerk)
    assert files_on_disk(settings) == [] and not IntakeRecord.objects.exists()
    event = AuditEvent.objects.get(action=SECRET_REFUSED)
    assert event.actor_id == clerk.pk and "zqkin" not in str(vars(event))


def test_a_secret_on_the_first_page_of_a_pdf_is_refused_before_it_is_kept(clerk, settings):
    with pytest.raises(Refused, match="dấu chỉ độ mật"):
        pipeline.receive(pdf(["SỞ Y TẾ", "Số: 12/KH-SYT", "TỐI MẬT", "KẾ HOẠCH", *WORDS]), "zqkinten.pdf", clerk)
    assert files_on_disk(settings) == [] and not IntakeRecord.objects.exists()


@pytest.mark.slow
def test_a_secret_in_a_picture_is_refused_before_it_is_kept(clerk, settings, require):
    require(ocr.installed() and FONT.exists(), "needs an OCR engine and DejaVu")
    picture = Image.new("L", (1240, 1754), 255)
    pen = ImageDraw.Draw(picture)
    for number, line in enumerate(("SỞ Y TẾ", "Số: 12/KH-SYT", "TỐI MẬT", "KẾ HOẠCH", *WORDS)):
        size = 17 if line in WORDS else 32
        pen.text((100, 120 + 70 * number), line, fill=0, font=ImageFont.truetype(str(FONT), size))
    stored = BytesIO()
    picture.save(stored, "PNG")
    with pytest.raises(Refused, match="dấu chỉ độ mật"):
        pipeline.receive(stored.getvalue(), "zqkinquet.png", clerk)
    assert files_on_disk(settings) == [] and not IntakeRecord.objects.exists()


def test_a_secret_that_only_the_whole_file_tells_is_deleted_again(clerk, settings, monkeypatch):
    record = pipeline.receive(paged(), "zqkinten.pdf", clerk)
    assert len(files_on_disk(settings)) == 1
    failing(monkeypatch, Refused(SECRET_MESSAGE))
    with_commit(lambda: pipeline.work_on(record.pk))
    record.refresh_from_db()
    assert (record.state, record.document, record.reading) == (IntakeState.REFUSED, None, None)
    assert (record.name, record.sha256) == ("", "")
    assert not PortalDocument.objects.exists() and files_on_disk(settings) == []
    assert AuditEvent.objects.get(action=SECRET_REFUSED).actor_id == clerk.pk


def test_a_hostile_file_found_late_is_told_by_name_and_not_kept(clerk, settings, monkeypatch):
    record = pipeline.receive(paged(), "la.pdf", clerk)
    failing(monkeypatch, Refused("Tệp có cấu trúc bất thường. Hãy lưu lại."))
    with_commit(lambda: pipeline.work_on(record.pk))
    record.refresh_from_db()
    assert (record.state, record.name) == (IntakeState.FAILED, "la.pdf")
    assert "bất thường" in record.reason and files_on_disk(settings) == []
    with pytest.raises(pipeline.NotPossible, match="tải tệp lên lại"):
        pipeline.retry(record, clerk)


def test_a_file_that_cannot_be_read_says_why_and_can_be_tried_again(clerk, monkeypatch):
    record = pipeline.receive(paged(), "a.pdf", clerk)
    with monkeypatch.context() as broken:
        failing(broken, ReadingFailed("Đọc quá lâu. Hãy tách tệp."))
        record = pipeline.work_on(record.pk)
    assert (record.state, record.reason) == (IntakeState.FAILED, "Đọc quá lâu. Hãy tách tệp.")
    again = pipeline.retry(record, clerk)
    assert (again.state, again.attempts, again.version) == (IntakeState.RECEIVED, 0, 1)
    assert pipeline.work_on(record.pk).state == IntakeState.REVIEW


def test_a_file_that_ends_its_readers_is_given_up(clerk, no_reader):
    record = pipeline.receive(paged(), "a.pdf", clerk)
    IntakeRecord.objects.filter(pk=record.pk).update(attempts=leasing.MOST_ATTEMPTS)
    record = pipeline.work_on(record.pk)
    assert record.state == IntakeState.FAILED and "nhiều lần làm dừng bộ đọc chữ" in record.reason


def test_a_fault_with_one_file_keeps_no_other_waiting(clerk, monkeypatch, caplog):
    first = pipeline.receive(paged("1"), "1.pdf", clerk)
    second = pipeline.receive(paged("2"), "2.pdf", clerk)

    def read(data, name, **wishes):
        if name == "1.pdf":
            raise ZeroDivisionError
        return read_data(data, name, **wishes)

    monkeypatch.setattr(working, "read_data", read)
    assert pipeline.work_off() == 2 and "could not be read" in caplog.text
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.lease_until is None, second.state) == (IntakeState.READING, False, IntakeState.REVIEW)


def test_an_original_that_is_gone_is_said(clerk):
    record = pipeline.receive(paged(), "a.pdf", clerk)
    Path(record.document.file.path).unlink()
    record = pipeline.work_on(record.pk)
    assert record.state == IntakeState.FAILED and "tải tệp lên lại" in record.reason


def test_progress_is_written_while_the_file_is_read(clerk, monkeypatch):
    record = pipeline.receive(paged(), "a.pdf", clerk)
    told = []
    renew = Lease.renew
    monkeypatch.setattr(Lease, "renew", lambda self, **said: told.append(said) or renew(self, **said))
    monkeypatch.setattr(working, "BEAT", 0.02)
    monkeypatch.setattr(working, "read_data", slow_reading(0.5))
    pipeline.work_on(record.pk)
    assert {"pages_read": 3, "page_count": 12, "state": IntakeState.PICTURES} in told


def test_a_person_cancels_while_the_file_is_read(clerk, monkeypatch):
    record = pipeline.receive(paged(), "a.pdf", clerk)
    renew = Lease.renew

    def cancel_first(self, **said):
        if not IntakeRecord.objects.filter(state=IntakeState.CANCELLED).exists():
            pipeline.cancel(record, clerk)
        return renew(self, **said)

    monkeypatch.setattr(Lease, "renew", cancel_first)
    monkeypatch.setattr(working, "BEAT", 0.02)
    monkeypatch.setattr(working, "read_data", slow_reading(60))
    record = pipeline.work_on(record.pk)
    assert (record.state, record.reading) == (IntakeState.CANCELLED, None)
    assert pipeline.work_off() == 0


def test_a_leased_file_is_nobody_elses_until_the_lease_is_over(clerk):
    record = pipeline.receive(paged(), "a.pdf", clerk)
    lease = take(record.pk)
    assert take(record.pk) is None and not due().exists()
    lost = timezone.now() - timedelta(seconds=1)
    IntakeRecord.objects.filter(pk=record.pk).update(lease_until=lost)
    other = take(record.pk)
    assert other is not None and not lease.renew() and other.renew()


def test_what_a_person_brings_comes_before_a_batch(clerk):
    batch = IntakeBatch.objects.create(name="so-2019")
    late = pipeline.receive(paged("1"), "1.pdf", clerk, batch=batch, place="a" * 64)
    early = pipeline.receive(paged("2"), "2.pdf", clerk)
    assert list(due().values_list("pk", flat=True)) == [early.pk, late.pk]


def test_a_refused_file_of_a_batch_keeps_nothing_but_why(clerk):
    batch = IntakeBatch.objects.create(name="so-2019", created_by=clerk)
    record = pipeline.refuse(batch, "b" * 64, "c" * 64, "Tệp có macro.")
    assert (record.state, record.name, record.document, record.created_by) == (IntakeState.REFUSED, "", None, clerk)


def test_what_is_discarded_leaves_no_file(clerk, settings):
    record = pipeline.receive(letter(), "a.docx", clerk)
    pipeline.cancel(record, clerk)
    assert len(files_on_disk(settings)) == 1
    with_commit(lambda: pipeline.discard(record, clerk))
    assert files_on_disk(settings) == [] and not IntakeRecord.objects.exists() and not PortalDocument.objects.exists()


def test_an_original_that_a_draft_uses_outlives_its_record(tree, clerk):
    record = pipeline.receive(letter(), "a.docx", clerk)
    page = tree.add_directive("Kế hoạch")
    page.attachments = [("attachment", {"document": record.document, "label": "Tệp", "note": ""})]
    page.save_revision()
    page.save()
    document = record.document
    pipeline.discard(record, clerk)
    assert is_used(document) and PortalDocument.objects.filter(pk=document.pk).exists()


def test_what_became_a_page_is_neither_cancelled_nor_discarded_nor_read_again(tree, clerk):
    record = pipeline.receive(letter(), "a.docx", clerk)
    IntakeRecord.objects.filter(pk=record.pk).update(page=tree.add_directive("Kế hoạch"), state=IntakeState.DRAFTED)
    for act in (pipeline.cancel, pipeline.discard, pipeline.retry):
        with pytest.raises(pipeline.NotPossible):
            act(record, clerk)


def test_originals_that_nobody_came_back_to_go_after_thirty_days(clerk, settings):
    old = pipeline.cancel(pipeline.receive(letter("1"), "cu.docx", clerk), clerk)
    new = pipeline.cancel(pipeline.receive(letter("2"), "moi.docx", clerk), clerk)
    waiting = pipeline.receive(letter("3"), "cho.docx", clerk)
    ancient = timezone.now() - timedelta(days=31)
    IntakeRecord.objects.filter(pk__in=(old.pk, waiting.pk)).update(created_at=ancient)
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert pruning.prune() == "Đã xóa 1 tệp nhập dở quá 30 ngày."
    old.refresh_from_db()
    assert (old.document, old.reading) == (None, None) and "xóa sau 30 ngày" in old.reason
    assert len(files_on_disk(settings)) == 2
    assert IntakeRecord.objects.exclude(document=None).count() == 2 and new.pk and pruning.prune() == ""
