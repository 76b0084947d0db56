"""The screen "Nhập văn bản": any file, several at once, each answered; the list, what can be done there, for whom."""

import os
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from directives.intake import listed, pipeline
from directives.intake.reading import Part, Reading
from directives.intake.record_access import own_records
from directives.intake.settling import settle
from directives.models import IntakeRecord, IntakeState
from home.audit.actions import SECRET_REFUSED
from home.models import AuditEvent, PortalDocument
from portal.models import Membership
from search.extraction import engines
from tests.builders import make_person
from tests.directives.intake.intake_files import letter, paged
from tests.office import make_office
from tests.search.extraction.writing import center, docx, head, p

pytestmark = pytest.mark.django_db
SAMPLES = Path(__file__).parents[4] / "shared" / "samples"
HOSTILE = sorted((SAMPLES / "hostile").glob("*")) if SAMPLES.exists() else []
DESK = "/quan-tri/nhap-van-ban/"
#: Odd, yet readable: these are taken in.
HARMLESS = {"enc_owner.pdf", "html.doc", "hugepage.pdf", "imgbomb.pdf", "junkprefix.pdf", "ssrf.html.doc", "ssrf.rtf"}


@pytest.fixture
def media(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def desk(client, tree, media):
    client.force_login(make_person("van-thu", is_superuser=True))
    return client


@pytest.fixture
def people(db, media):
    return make_office()


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def send(client, *files: tuple[str, bytes], **more):
    form = {"file": [SimpleUploadedFile(name, data) for name, data in files], "is_not_secret": "on"}
    return client.post(DESK, form, **more)


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_one_word_file_leads_straight_to_its_review(desk):
    response = send(desk, ("Kế hoạch 12.docx", letter()))
    record = IntakeRecord.objects.get()
    assert record.state == IntakeState.REVIEW
    assert response.status_code == 302
    assert response["Location"] == (listed.review_address(record) or DESK)


def test_one_file_that_takes_longer_leads_to_the_list(desk):
    assert send(desk, ("quet.pdf", paged()))["Location"] == DESK
    html = desk.get(DESK).content.decode()
    assert "quet.pdf" in html and "chờ đến lượt đọc" in html and "data-at-work" in html


def test_of_several_files_the_bad_one_keeps_no_other_out(desk, media):
    response = send(desk, ("a.docx", letter("1")), ("la.xyz", b"abc"), ("b.docx", letter("2")), follow=True)
    html = response.content.decode()
    assert "Không nhận tệp “la.xyz”" in html and "Đã nhận 2 tệp." in html
    assert IntakeRecord.objects.count() == len(files_in(media)) == 2


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("virus.pdf", b"MZ\x90\x00" + b"\x00" * 200, "không phải là"),
        ("virus.docx", b"MZ\x90\x00" + b"\x00" * 200, "không phải là"),
        ("rong.docx", b"", "rỗng"),
        ("hong.docx", letter()[:1000], "tải lên"),
        ("la.xyz", b"abc", "Các định dạng được nhận"),
    ],
)
def test_a_bad_file_gets_a_sentence_and_leaves_nothing(desk, media, name, data, words):
    response = send(desk, (name, data))
    assert response.status_code == 422 and words in response.content.decode()
    assert not IntakeRecord.objects.exists() and files_in(media) == []


@pytest.mark.slow
@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path.name)
def test_a_hostile_file_ends_in_a_message_and_leaves_nothing(desk, media, path):
    before = set(Path(tempfile.gettempdir()).glob(f"portal-doc-{os.getpid()}-*"))
    response = send(desk, (path.name, path.read_bytes()))
    assert set(Path(tempfile.gettempdir()).glob(f"portal-doc-{os.getpid()}-*")) == before
    if path.name in HARMLESS:
        assert response.status_code == 302 and IntakeRecord.objects.get().name == path.name
    else:
        assert response.status_code == 422 and 'role="alert"' in response.content.decode()
        assert not IntakeRecord.objects.exists() and files_in(media) == []


def test_a_secret_leaves_nothing_but_who_tried(desk, media):
    secret = docx(head("UBND TỈNH GIA LAI", "SỞ Y TẾ", "Số: 12/SYT-VP", ""), center("TỐI MẬT"), p("zqkinnoidung"))
    response = send(desk, ("zqkinten.docx", secret))
    assert response.status_code == 422 and "dấu chỉ độ mật" in response.content.decode()
    assert not PortalDocument.objects.exists() and not IntakeRecord.objects.exists() and files_in(media) == []
    assert "zqkin" not in str(vars(AuditEvent.objects.get(action=SECRET_REFUSED)))


def test_among_several_files_a_secret_one_is_told_by_its_place_alone(desk, media):
    secret = docx(head("UBND TỈNH GIA LAI", "SỞ Y TẾ", "Số: 12/SYT-VP", ""), center("MẬT"), p("zqkinnoidung"))
    files = [("a.docx", letter("1")), ("zqkinten.docx", secret), ("la.xyz", b"abc"), ("hong.docx", letter()[:1000])]
    html = send(desk, *files, follow=True).content.decode()
    assert "Tệp thứ 2 trong 4: Văn bản có dấu chỉ độ mật" in html and "Đã nhận 1 tệp." in html
    assert "Tệp thứ 3 trong 4: Không nhận tệp “la.xyz”" in html and "Tệp thứ 4 trong 4" in html and "hong.docx" in html
    assert "zqkin" not in html
    rows = [row for model in (IntakeRecord, AuditEvent, PortalDocument) for row in model.objects.values()]
    assert "zqkin" not in str(rows)


def test_when_all_are_refused_each_is_told_by_its_place(desk):
    secret = docx(head("UBND TỈNH GIA LAI", "SỞ Y TẾ", "Số: 12/SYT-VP", ""), center("TỐI MẬT"), p("zqkinnoidung"))
    response = send(desk, ("zqkinmot.docx", secret), ("zqkinhai.docx", secret))
    html = response.content.decode()
    assert response.status_code == 422 and "zqkin" not in html
    assert "Tệp thứ 1 trong 2: Văn bản có dấu" in html and "Tệp thứ 2 trong 2: Văn bản có dấu" in html


def test_no_upload_touches_the_disk_before_it_is_judged(desk, monkeypatch):
    taken = []
    monkeypatch.setattr(tempfile, "NamedTemporaryFile", lambda *args, **kwargs: taken.append(args))
    large = paged() + b"\n%" + os.urandom(4_000_000).hex().encode()
    assert send(desk, ("lon.pdf", large)).status_code == 302
    assert taken == [] and IntakeRecord.objects.get().document.file_size == len(large)


def test_files_too_large_together_or_alone_are_said(desk, monkeypatch):
    alone = send(desk, ("to.docx", b"PK\x03\x04" + b"0" * (20 * 1024 * 1024)))
    assert alone.status_code == 422 and "vượt quá 20 MB" in alone.content.decode()
    monkeypatch.setattr("directives.intake.memory_upload.MAX_REQUEST_BYTES", 3000)
    together = send(desk, ("a.docx", letter("1")), ("b.docx", letter("2")))
    assert together.status_code == 422 and "Hãy gửi làm nhiều lần" in together.content.decode()
    assert not IntakeRecord.objects.exists()


def test_nothing_is_read_without_the_word_on_secrecy(desk):
    response = desk.post(DESK, {"file": SimpleUploadedFile("a.docx", letter())})
    assert "Hãy xác nhận văn bản không chứa bí mật nhà nước" in response.content.decode()
    assert not IntakeRecord.objects.exists()


def test_a_forged_form_is_refused(tree):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_person("van-thu", is_superuser=True))
    assert send(client, ("a.docx", letter())).status_code == 403
    assert not IntakeRecord.objects.exists()


def test_the_script_sends_files_one_by_one_and_is_told_what_became_of_each(desk):
    good = send(desk, ("a.docx", letter()), headers={"accept": "application/json"})
    assert good.json()["name"] == "a.docx" and good.json()["state"] == "Chờ soát"
    bad = send(desk, ("la.xyz", b"abc"), headers={"accept": "application/json"})
    assert bad.status_code == 422 and "Không nhận tệp “la.xyz”" in bad.json()["problem"]


def test_the_same_file_twice_is_told_and_taken_in_when_the_clerk_insists(desk):
    send(desk, ("a.docx", letter()))
    html = send(desk, ("a.docx", letter()), follow=True).content.decode()
    assert "Tệp này đã được nhập ngày" in html and "Vẫn nhập" in html and "Mở bản đã có" in html
    twin = IntakeRecord.objects.get(state=IntakeState.TWIN)
    desk.post(f"{DESK}{twin.pk}/doc-lai/")
    twin.refresh_from_db()
    assert twin.state == IntakeState.RECEIVED and twin.document is not None


def test_the_page_says_what_is_not_installed_and_what_that_means(desk, monkeypatch):
    monkeypatch.setattr(engines.ocr, "installed", lambda wanted=None: [])
    monkeypatch.setattr(engines.office, "is_installed", lambda: False)
    html = desk.get(DESK).content.decode()
    assert "Chưa đọc được chữ trong ảnh" in html and "Chưa cài LibreOffice" in html
    for label in ("Word (.docx)", "PDF", "ảnh JPEG", "Excel (.xlsx)"):
        assert label in html


def make(state: str, name: str, person, **fields) -> IntakeRecord:
    return IntakeRecord.objects.create(state=state, name=name, created_by=person, sha256="0" * 64, **fields)


def test_each_state_is_told_in_words_with_what_can_be_done(desk, people):
    make("pictures", "quet.pdf", people.clerk, pages_read=2, page_count=12)
    make("failed", "hong.pdf", people.clerk, reason="Tệp bị hỏng. Hãy lưu lại.")
    make("cancelled", "bo.pdf", people.clerk)
    html = desk.get(DESK).content.decode()
    assert "đang nhận dạng trang 3 trên 12" in html and "Tệp bị hỏng. Hãy lưu lại." in html
    assert "Đã hủy" in html and "Xóa tệp và những gì đã đọc" in html


def test_the_list_is_narrowed_by_state_and_to_ones_own_and_is_paged(desk, people):
    for number in range(30):
        make("review", f"cho-{number}.docx", people.clerk)
    make("failed", "hong.pdf", people.leader)
    assert "Trang 1 trên 2" in desk.get(DESK).content.decode()
    failed = desk.get(f"{DESK}?nhom=loi").content.decode()
    assert "hong.pdf" in failed and "cho-1.docx" not in failed
    clerk = signed_in(people.clerk)
    assert "hong.pdf" not in clerk.get(f"{DESK}?cua=toi").content.decode()
    assert "hong.pdf" in clerk.get(DESK).content.decode()


def test_the_list_costs_the_same_whatever_its_length(desk, people, django_assert_max_num_queries):
    make("twin", "mot.docx", people.clerk)
    desk.get(f"{DESK}?phan=danh-sach")
    with django_assert_max_num_queries(100) as few:
        desk.get(f"{DESK}?phan=danh-sach")
    for number in range(10):
        make("review", f"{number}.docx", people.clerk)
        make("twin", f"{number}.docx", people.clerk, reason="Tệp này đã có.")
    with django_assert_max_num_queries(len(few)):
        desk.get(f"{DESK}?phan=danh-sach")


def test_the_list_tells_files_apart_by_number_and_abstract(desk, people):
    send(desk, ("scan0001.docx", letter()))
    record = IntakeRecord.objects.get()
    assert "12/KH-SYT · Phòng, chống dịch bệnh mùa hè</a>" in desk.get(DESK).content.decode()
    IntakeRecord.objects.filter(pk=record.pk).update(values={"number": "13", "abstract": "<b>Sốt xuất huyết</b>"})
    html = desk.get(DESK).content.decode()
    assert "13/KH-SYT · &lt;b&gt;Sốt xuất huyết" in html and "scan0001.docx" in html


def test_the_list_says_when_a_file_holds_several_documents_and_loads_no_reading(desk):
    one, two = letter("1"), Reading(format="pdf", parts=(Part(1, 1, "Công văn 1"), Part(2, 3, "Công văn 2")))
    send(desk, ("a.docx", one))
    record = IntakeRecord.objects.get()
    assert "văn bản · " not in desk.get(f"{DESK}?phan=danh-sach").content.decode()
    settle(record, two)
    record.save()
    assert "tệp chứa 2 văn bản" in desk.get(f"{DESK}?phan=danh-sach").content.decode()
    (row,) = listed.list_records(record.created_by, {}).rows
    assert row.documents == 2 and {"reading", "recognition"} <= row.record.get_deferred_fields()


def test_the_script_asks_for_the_list_alone(desk, people):
    make("received", "a.pdf", people.clerk)
    html = desk.get(f"{DESK}?phan=danh-sach").content.decode()
    assert "a.pdf" in html and "<html" not in html


def test_cancel_retry_and_discard_from_the_list(desk):
    send(desk, ("a.pdf", paged()))
    record = IntakeRecord.objects.get()
    for step, state in (("huy", "cancelled"), ("doc-lai", "received"), ("huy", "cancelled")):
        assert desk.post(f"{DESK}{record.pk}/{step}/")["Location"] == DESK
        record.refresh_from_db()
        assert record.state == state
    desk.post(f"{DESK}{record.pk}/xoa/")
    assert not IntakeRecord.objects.exists() and not PortalDocument.objects.exists()
    assert desk.post(f"{DESK}{record.pk}/xoa/").status_code == 404
    assert desk.get(f"{DESK}{record.pk}/huy/").status_code == 405


def test_what_has_ended_meanwhile_is_a_message_and_no_error(desk, people):
    record = make("failed", "hong.pdf", people.clerk)
    html = desk.post(f"{DESK}{record.pk}/huy/", follow=True).content.decode()
    assert "đã xong nên không hủy được" in html


def test_an_editor_sees_and_touches_only_the_files_of_the_own_unit(people):
    own = pipeline.receive(letter("1"), "dat.docx", people.land_editor)
    other = pipeline.receive(letter("2"), "nuoc.docx", people.water_editor)
    editor = signed_in(people.land_editor)
    html = editor.get(DESK).content.decode()
    assert "dat.docx" in html and "nuoc.docx" not in html
    assert editor.post(f"{DESK}{other.pk}/huy/").status_code == 404
    assert editor.post(f"{DESK}{own.pk}/huy/").status_code == 302
    assert editor.get(other.document.url).status_code == 404
    assert editor.get(own.document.url).status_code == 200
    office = signed_in(people.clerk).get(DESK).content.decode()
    assert "dat.docx" in office and "nuoc.docx" in office


def test_who_moves_to_another_unit_takes_no_files_along(people):
    """Yesterday somebody of the land unit brought a file in; today the person is of the water unit."""
    yesterday, today = timezone.now() - timedelta(days=1), timezone.localdate()
    mover, colleague = make_person("chuyen", people.land), make_person("dong-nghiep", people.land)
    record = make("review", "dat.docx", mover)
    IntakeRecord.objects.filter(pk=record.pk).update(created_at=yesterday)
    assert {record} == set(own_records(mover)) == set(own_records(colleague))
    mover.memberships.update(ends_on=today - timedelta(days=1))
    Membership.objects.create(user=mover, unit=people.water, starts_on=today)
    people_now = (mover, colleague, people.water_editor)
    mover, colleague, other = (get_user_model().objects.get(pk=each.pk) for each in people_now)
    assert set(own_records(mover)) == set() == set(own_records(other)) and set(own_records(colleague)) == {record}


def test_a_stranger_and_a_plain_staff_member_may_not(client, people):
    record = make("review", "a.docx", people.clerk)
    places = (DESK, *(f"{DESK}{record.pk}/{step}/" for step in ("doc-lai", "huy", "xoa")))
    for someone in (client, signed_in(make_person("can-bo"))):
        assert {someone.post(place).status_code for place in places} <= {302, 403}
    assert IntakeRecord.objects.get().state == "review"
