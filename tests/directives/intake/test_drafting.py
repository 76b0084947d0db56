"""From the real file to a draft: fields, evidence, what is missing; refusals leave nothing behind."""

import json
from pathlib import Path

import pytest

from directives.completeness import missing_in
from directives.intake.drafting import open_draft
from home.blocks import text_of
from news.models import CampaignPage
from tests.builders import make_person

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
