"""A reviewed file becomes one draft page: what was typed over what was read, once, whole or not at all."""

import json

import pytest
from django.core.exceptions import ValidationError
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from directives.blocks import TEXT_FEATURES
from directives.completeness import warnings_for
from directives.intake.publication import AlreadyConfirmed, confirm, keep_values, make_page
from directives.models import DirectivePage, DocumentKind, IntakeRecord, IntakeState
from home.models import PortalDocument
from news.models import CampaignPage
from tests.builders import make_person

from .reviewed import decision, small_reading, under_review

pytestmark = pytest.mark.django_db
WORD = {"is_not_secret": "on"}
RECIPIENTS = [
    {"kind": "organ", "name": "UBND tỉnh", "purpose": "báo cáo", "raw": "UBND tỉnh (b/c);", "drafting_units": []},
    {"kind": "channel", "name": "Website Sở", "purpose": "", "raw": "Website Sở;", "drafting_units": []},
]


@pytest.fixture
def clerk(tree):
    return make_person("van-phong", is_superuser=True)


@pytest.fixture
def record(clerk):
    return under_review(b"%PDF-1.4 zq", "12-qd.pdf", clerk, decision(recipients=RECIPIENTS), format="pdf")


def test_the_file_alone_makes_the_page(record, clerk):
    page = make_page(record, {}, clerk)
    assert (page.number, page.notation, page.issued_on.iso(), page.place) == ("12", "QĐ-STNMT", "2024-03-05", "Kon Tum")
    assert page.issuer_name == "Sở Tài nguyên và Môi trường" and page.kind.slug == "quyet_dinh"
    assert [child.value["name"] for child in page.recipients] == ["UBND tỉnh", "Website Sở"]
    assert page.audience == "public" and not page.live and not page.is_not_secret
    assert [child.value["document"].pk for child in page.attachments] == [record.document_id]


def test_what_a_person_typed_comes_before_what_was_read(record, clerk):
    kind = DocumentKind.objects.get(slug="ke_hoach", series="state")
    typed = {
        "number": "15",
        "notation": "KH-STNMT",
        "issued_on": "3/2024",
        "kind": str(kind.pk),
        "abstract": "Kế hoạch quan trắc",
        "title": "Kế hoạch quan trắc năm 2024",
        "signers": "Phạm Thị Hòa, Phó Giám đốc (KT. GIÁM ĐỐC)\nRơ Châm H’Loan, Chủ tịch Công đoàn",
        "addressees": "Các phòng, đơn vị thuộc Sở",
        "recipients": "UBND tỉnh (b/c)\nSở Tài chính",
        "urgency": "2",
        "effective_from": "01/04/2024",
        "audience": "staff",
    }
    page = make_page(record, typed | WORD, clerk)
    assert (page.number, page.notation, page.issued_on.iso()) == ("15", "KH-STNMT", "2024-03")
    assert (page.kind, page.urgency, page.audience) == (kind, "2", "staff")
    assert (page.title, page.abstract) == ("Kế hoạch quan trắc năm 2024", "Kế hoạch quan trắc")
    assert page.effective_from.isoformat() == "2024-04-01"
    first = page.signers[0].value
    assert (list(first["authorities"]), first["on_behalf_of"], first["office"], first["name"]) == (
        ["ky_thay"], "GIÁM ĐỐC", "Phó Giám đốc", "Phạm Thị Hòa",
    )  # fmt: skip
    assert page.signers[1].value["name"] == "Rơ Châm H’Loan"
    assert [child.value["name"] for child in page.recipients] == ["UBND tỉnh", "Sở Tài chính"]
    assert page.recipients[0].value["purpose"] == "báo cáo"
    assert [str(child.value) for child in page.addressees] == ["Các phòng, đơn vị thuộc Sở"]


def test_the_stored_version_is_the_page(record, clerk):
    page = make_page(record, {"number": "15"} | WORD, clerk)
    stored = DirectivePage.objects.get(pk=page.pk)
    assert stored.number == "15" and stored.get_latest_revision_as_object().number == "15"
    assert stored.owner == clerk and stored.get_latest_revision().user == clerk


def test_an_emptied_field_stays_empty(record, clerk):
    page = make_page(record, {"number": "", "issued_on": "", "recipients": ""} | WORD, clerk)
    assert (page.number, page.issued_on, len(page.recipients)) == ("", None, 0)


def test_the_record_says_who_confirmed_and_what_was_typed(record, clerk):
    page = make_page(record, {"number": "15"} | WORD, clerk)
    kept = IntakeRecord.objects.get(pk=record.pk)
    assert (kept.state, kept.page_id, kept.confirmed_by, kept.version) == (IntakeState.DRAFTED, page.pk, clerk, 1)
    assert kept.confirmed_at is not None and kept.values == {"number": "15"}
    evidence = kept.recognition["evidence"]
    assert evidence["number"]["source"] == "person" and evidence["number"]["evidence"] == "15"
    assert evidence["notation"]["source"] == "typed"


def test_the_clerk_chooses_the_kind_of_page(record, clerk):
    page = make_page(record, {"form": "campaign"} | WORD, clerk)
    assert isinstance(page, CampaignPage) and page.number == "12"


def test_a_changed_issuer_is_linked_anew(record, clerk):
    page = make_page(record, {"issuer_name": "Sở không có trong danh mục"} | WORD, clerk)
    assert page.issuer is None and page.issuer_name == "Sở không có trong danh mục"


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"issued_on": "31/02/2024"}, "issued_on", "Ngày không hợp lệ"),
        ({"effective_from": "31/02/2024"}, "effective_from", "Ngày không hợp lệ"),
        ({"number": "12/QĐ"}, "number", "chữ số"),
        ({"notation": "QĐ"}, "notation", "mẫu"),
        ({"abstract": "x" * 501}, "abstract", "500"),
        ({"signers": "((("}, "signers", "họ tên"),
        ({"recipients": "x" * 256}, "recipients", "255"),
        ({"audience": "everybody"}, "audience", ""),
        ({"unit": "999999"}, "unit", ""),
    ],
)
def test_bad_input_is_said_at_its_field_and_nothing_is_written(record, clerk, typed, field, words):
    with pytest.raises(ValidationError) as caught:
        make_page(record, typed, clerk)
    assert words in " ".join(caught.value.message_dict[field])
    kept = IntakeRecord.objects.get(pk=record.pk)
    assert (kept.state, kept.version, kept.page_id, kept.values) == (IntakeState.REVIEW, 0, None, {})
    assert not DirectivePage.objects.exists()


def test_nothing_is_half_written_when_the_page_cannot_be_kept(record, clerk, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("disk")

    monkeypatch.setattr(DirectivePage, "save_revision", fail)
    with pytest.raises(RuntimeError):
        make_page(record, {}, clerk)
    assert IntakeRecord.objects.get(pk=record.pk).state == IntakeState.REVIEW
    assert not DirectivePage.objects.exists() and PortalDocument.objects.count() == 1


def test_confirming_asks_for_the_word_on_secrecy(record, clerk):
    with pytest.raises(ValidationError) as caught:
        confirm(record, {}, clerk)
    assert "bí mật nhà nước" in caught.value.message_dict["is_not_secret"][0]
    assert not DirectivePage.objects.exists()


def test_the_second_clerk_is_told_who_was_first(record, clerk):
    other = make_person("thu-hai", is_superuser=True)
    same = IntakeRecord.objects.get(pk=record.pk)
    page = make_page(record, {}, clerk)
    with pytest.raises(AlreadyConfirmed) as caught:
        make_page(same, {"number": "99"}, other)
    assert (caught.value.record.confirmed_by, caught.value.record.page_id) == (clerk, page.pk)
    with pytest.raises(AlreadyConfirmed):
        keep_values(same, {"number": "99"})
    assert DirectivePage.objects.get().number == "12"


def test_a_version_that_was_overtaken_is_refused(record, clerk):
    stale = IntakeRecord.objects.get(pk=record.pk)
    keep_values(record, {"number": "15"})
    with pytest.raises(AlreadyConfirmed) as caught:
        make_page(stale, {}, clerk)
    assert caught.value.record.page_id is None and caught.value.record.values == {"number": "15"}


def test_a_file_nobody_could_read_becomes_a_page_of_what_was_typed(clerk):
    record = under_review(b"old", "cu.doc", clerk, small_reading(), state=IntakeState.FAILED)
    IntakeRecord.objects.filter(pk=record.pk).update(reading=None)
    record = IntakeRecord.objects.get(pk=record.pk)
    page = make_page(record, {"number": "7", "notation": "CV-STNMT", "title": "Công văn cũ"} | WORD, clerk)
    assert (page.title, page.number, page.audience, len(page.body)) == ("Công văn cũ", "7", "staff", 0)
    assert len(page.attachments) == 1


@pytest.mark.parametrize("state", [IntakeState.TWIN, IntakeState.CANCELLED, IntakeState.READING, IntakeState.REFUSED])
def test_only_a_file_that_waits_becomes_a_page(record, clerk, state):
    kept = {"name": "", "reading": None, "document": None} if state == IntakeState.REFUSED else {}
    IntakeRecord.objects.filter(pk=record.pk).update(state=state, **kept)
    with pytest.raises(AlreadyConfirmed):
        make_page(record, {}, clerk)


@pytest.mark.parametrize(
    ("line", "source", "audience"),
    [
        ("Số căn cước 062085001234", "ocr", "staff"),
        ("Điện thoại 0905 123 456", "ocr", "staff"),
        ("Diện tích 12.345 m2", "ocr", "public"),
        ("Số căn cước 062085001234", "text", "public"),
    ],
)
def test_a_scan_with_personal_numbers_is_internal_until_a_person_decides(clerk, line, source, audience):
    reading = small_reading(("QUYẾT ĐỊNH", line), source, recipients=RECIPIENTS, notation="QĐ-STNMT")
    assert make_page(under_review(b"x", "a.pdf", clerk, reading), {}, clerk).audience == audience
    decided = make_page(under_review(b"y", "b.pdf", clerk, reading), {"audience": "public"}, clerk)
    assert decided.audience == "public"


def test_an_internal_mark_keeps_the_page_inside(clerk):
    reading = decision(recipients=RECIPIENTS, circulation="internal")
    assert make_page(under_review(b"x", "a.docx", clerk, reading), {}, clerk).audience == "staff"
    with pytest.raises(ValidationError, match="không công khai được"):
        make_page(under_review(b"y", "b.docx", clerk, reading), {"audience": "public"}, clerk)
    assert IntakeRecord.objects.get(name="b.docx").state == IntakeState.REVIEW


def test_who_approves_is_told_of_an_internal_mark_on_a_page_made_public_later(clerk):
    reading = decision(recipients=RECIPIENTS, circulation="internal")
    page = make_page(under_review(b"x", "a.docx", clerk, reading), {}, clerk)
    assert not [said for said in warnings_for(page, clerk) if "để công khai" in said]
    page.audience = "public"
    assert [said for said in warnings_for(page, clerk) if "có dấu “internal” nhưng trang để công khai" in said]


def test_the_text_is_stored_as_the_editor_keeps_it(record, clerk):
    """An approver who opens the page and changes nothing has not edited it."""
    page = make_page(record, {}, clerk)
    converter = ContentstateConverter(TEXT_FEATURES)
    texts = [child.value.source for child in page.body if child.block_type == "paragraph"]
    assert texts and all(
        converter.to_database_format(converter.from_database_format(text)) == text and "Nội dung" in "".join(texts)
        for text in texts
    )


def test_a_table_is_stored_as_the_editor_keeps_it(clerk):
    """The editor's own form of a table, read and written once, is what was stored."""
    rows = {"type": "table", "text": "", "html": "", "anchor": "", "level": 0, "short": "", "rows": [["TT"], ["1"]]}
    reading = decision()
    reading.recognition.body.append(rows)
    page = make_page(under_review(b"x", "a.docx", clerk, reading), {}, clerk)
    written = json.loads(page.get_latest_revision().content["body"])[-1]["value"]
    table = page.body.stream_block.child_blocks["table"]
    assert written["data"] == [["TT"], ["1"]]
    assert written == table.value_from_form(table.value_for_form(table.to_python(dict(written))))
