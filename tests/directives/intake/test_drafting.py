"""From the real file to a draft: fields, evidence, what is missing; refusals leave nothing behind."""

import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.models import Page

from directives.completeness import missing_in
from directives.intake.drafting import open_draft
from directives.models import DirectiveIndexPage, DirectivePage, IntakeRecord
from home.audit.actions import SECRET_REFUSED
from home.blocks import text_of
from home.models import AuditEvent, PortalDocument
from news.models import CampaignPage
from tests.builders import make_person
from tests.search.extraction.writing import center, docx, head, p

pytestmark = pytest.mark.django_db
SHARED = Path(__file__).parents[4] / "shared"
CALL = SHARED / "samples" / "phat-dong-thi-dua-2024.docx"


@pytest.fixture
def office(require, tree):
    require(CALL.exists(), "needs ../shared/samples")
    tree.add_unit("VP", "Văn phòng Sở", kind="office")
    return make_person("van-phong", is_superuser=True)


@pytest.fixture
def draft(office) -> CampaignPage:
    return open_draft(CALL.read_bytes(), CALL.name, office)


@pytest.fixture
def expected() -> dict:
    return json.loads((SHARED / "fixtures" / "seed-expected.json").read_text())


def test_the_call_becomes_a_campaign_draft_with_every_field(draft):
    assert not draft.live
    assert draft.kind.slug == "phat_dong"
    assert (draft.number, draft.notation, draft.separator) == ("", "STNMT-VP", "/")
    assert (draft.issued_on.iso(), draft.place, draft.campaign_year) == ("2024", "Kon Tum", 2024)
    assert draft.issuer.code_on(draft.issued_on.first_day()) == "STNMT"
    assert draft.unit.code == "VP"
    assert draft.audience == "public"
    assert [(c.value["office"], c.value["name"]) for c in draft.signers] == [("Giám đốc", "Nguyễn Văn Lộc")]


def test_its_parts_are_those_a_person_counted(draft, expected):
    counts = expected["kiem_tra_so_luong"]
    assert len(draft.cited) == counts["van_ban_vien_dan"]
    assert [c.value["text"] for c in draft.occasions] == [row["text"] for row in expected["dip_ky_niem"]]
    assert [c.value["text"] for c in draft.tasks] == [row["text"] for row in expected["muc"][1]["nhiem_vu"]]
    assert len(draft.recipients) == counts["noi_nhan"]
    assert [c.value for c in draft.sides] == [row["text"] for row in expected["chu_the_phat_dong"]]


def test_the_wording_is_kept_and_corrections_are_only_offered(draft):
    text = text_of(draft.body)
    assert "thực hiện hiện các mục tiêu" in text and "Chỉ tịch Hồ Chí Minh" in text
    proposals = {row["quote"]: row["proposal"] for row in draft.intake_record.recognition["suggestions"]}
    assert proposals["Chỉ tịch"] == "Chủ tịch" and proposals["hiện hiện"] == "hiện"


def test_what_is_missing_is_listed(draft):
    gaps = missing_in(draft)
    assert {"Số (chưa cấp số)", "Ngày, tháng ban hành (mới rõ năm)", "Chỉ tiêu thi đua", "Sơ kết", "Tổng kết"} <= set(
        gaps
    )


def test_every_filled_field_has_its_evidence(draft):
    evidence = draft.intake_record.recognition["evidence"]
    filled = {
        "kind",
        "notation",
        "issued_on",
        "place",
        "abstract",
        "signers",
        "recipients",
        "cited",
        "tasks",
        "occasions",
    }
    assert filled <= set(evidence)
    assert all(row["evidence"] for row in evidence.values())


def test_a_table_of_targets_becomes_targets(office):
    full = SHARED / "samples" / "phat-dong-the-thuc-day-du.docx"
    draft = open_draft(full.read_bytes(), full.name, office)
    found = [(c.value["name"], c.value["planned"]) for c in draft.targets]
    assert found[1] == ("Xử lý hồ sơ đúng hạn", "≥ 98,5 %") and len(found) == 3
    assert "Chỉ tiêu thi đua" not in missing_in(draft)


def test_the_original_is_kept_byte_for_byte_and_attached(draft):
    (attachment,) = draft.attachments
    with attachment.value["document"].file.open() as stored:
        assert stored.read() == CALL.read_bytes()


def test_the_draft_publishes_as_it_is(draft, client):
    draft.save_revision().publish()
    assert "Nguyễn Văn Lộc" in client.get(f"{draft.url}toan-van/").content.decode()


def upload(client, name: str, data: bytes, **fields):
    form = {"file": SimpleUploadedFile(name, data), "is_not_secret": "on"} | fields
    return client.post("/quan-tri/nhap-van-ban/", form)


def test_the_desk_opens_the_editor_of_the_draft(client, office):
    client.force_login(office)
    response = upload(client, CALL.name, CALL.read_bytes())
    page = CampaignPage.objects.get()
    assert response["Location"] == f"/quan-tri/pages/{page.pk}/edit/"
    html = client.get(response["Location"]).content.decode()
    assert "Kon Tum, ngày tháng năm 2024" in html and "Còn thiếu" in html


def test_the_same_file_twice_is_said_and_not_doubled(client, office):
    client.force_login(office)
    upload(client, CALL.name, CALL.read_bytes())
    again = upload(client, CALL.name, CALL.read_bytes())
    assert again.status_code == 422 and "đã được nhập" in again.content.decode()
    assert CampaignPage.objects.count() == 1
    assert upload(client, CALL.name, CALL.read_bytes(), again="on").status_code == 302
    assert CampaignPage.objects.count() == 2


@pytest.mark.parametrize(
    "name, data, words",
    [
        ("virus.pdf", b"MZ\x90\x00" + b"\x00" * 200, "không phải là"),
        ("virus.docx", b"MZ\x90\x00" + b"\x00" * 200, "không phải là"),
        ("rong.docx", b"", "rỗng"),
        ("hong.docx", CALL.read_bytes()[:9000] if CALL.exists() else b"PK", "tải lên"),
        ("la.xyz", b"abc", "Không nhận định dạng"),
    ],
)
def test_bad_files_get_a_sentence_and_leave_nothing(client, office, name, data, words):
    client.force_login(office)
    pages = Page.objects.count()
    response = upload(client, name, data)
    assert response.status_code == 422 and words in response.content.decode()
    assert (Page.objects.count(), PortalDocument.objects.count(), IntakeRecord.objects.count()) == (pages, 0, 0)


def test_a_secret_leaves_nothing_but_who_tried(client, office):
    client.force_login(office)
    secret = docx(head("UBND TỈNH GIA LAI", "SỞ Y TẾ", "Số: 12/SYT-VP", ""), center("TỐI MẬT"), p("zqnoidung"))
    response = upload(client, "zqten.docx", secret)
    assert response.status_code == 422 and "dấu chỉ độ mật" in response.content.decode()
    assert not PortalDocument.objects.exists() and not IntakeRecord.objects.exists()
    event = AuditEvent.objects.get(action=SECRET_REFUSED)
    assert event.actor_id == office.pk and "zq" not in str(vars(event))


def test_nothing_is_read_without_the_word_on_secrecy(client, office):
    client.force_login(office)
    response = client.post("/quan-tri/nhap-van-ban/", {"file": SimpleUploadedFile(CALL.name, CALL.read_bytes())})
    assert "Hãy xác nhận văn bản không chứa bí mật nhà nước" in response.content.decode()
    assert not DirectivePage.objects.exists() and not CampaignPage.objects.exists()


def test_a_stranger_and_a_plain_staff_member_may_not(client, office):
    assert client.get("/quan-tri/nhap-van-ban/").status_code == 302
    client.force_login(make_person("can-bo"))
    assert client.get("/quan-tri/nhap-van-ban/").status_code in (302, 403)
    assert DirectiveIndexPage.objects.exists()
