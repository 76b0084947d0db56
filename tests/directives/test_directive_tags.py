"""The tags that lay out a document: links to what it cites, notes in the margin, facts for machines."""

import json
import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context
from django.test import RequestFactory
from django.utils.safestring import mark_safe

from directives import json_ld
from directives.models import Citation, DirectiveIndexPage, DirectivePage, DocumentKind, Relation
from directives.models.reading import DocumentReading
from directives.templatetags import directive_tags
from portal.foundation import build_site_tree
from portal.models import User
from search.vietnamese.dates import PartialDate
from search.visibility import PUBLIC, STAFF

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site():
    return build_site_tree({"name": "Sở Ví dụ", "province": "tỉnh Ví Dụ"})


def add_document(title, audience=PUBLIC, body=(), **fields):
    page = DirectivePage(
        title=title, abstract=title, audience=audience, live=False, body=json.dumps(list(body)), **fields
    )
    DirectiveIndexPage.objects.get().add_child(instance=page)
    page.save_revision().publish()
    return page


def cite(page, text, position=0, target=None, candidates=(), **fields):
    return Citation.objects.create(
        page=page,
        text=text,
        position=position,
        target=target,
        candidates=[{"page_id": c.pk} for c in candidates],
        **fields,
    )


def reading_of(page, user=None):
    return DocumentReading(page, user or AnonymousUser())


def paragraph(html):
    return {"type": "paragraph", "value": html}


def test_newest_directives_are_short_newest_first_and_visible():
    add_document("Cũ", issued_on=PartialDate(2023, 5, 1))
    add_document("Mới", issued_on=PartialDate(2024, 5, 1))
    add_document("Nội bộ", issued_on=PartialDate(2024, 6, 1), audience=STAFF)
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    found = directive_tags.newest_directives(Context({"request": request}), 1)
    assert [entry.title for entry in found] == ["Mới"]


def test_a_cited_phrase_becomes_a_link_once_and_the_rest_stays_escaped():
    page = add_document("Văn bản")
    cite(page, "Chỉ thị số 05-CT/TW")
    linked = directive_tags.link_citations("TN&MT: Chỉ thị số 05-CT/TW, Chỉ thị số 05-CT/TW", reading_of(page))
    link = '<a class="cite nm" href="#vien-dan-1">Chỉ thị số 05-CT/TW</a>'
    assert linked == f"TN&amp;MT: {link}, Chỉ thị số 05-CT/TW"


def test_a_phrase_within_a_longer_one_makes_no_link_within_a_link():
    page = add_document("Văn bản")
    cite(page, "Luật Đất đai", position=0)
    cite(page, "Luật Đất đai năm 2024", position=1)
    linked = directive_tags.link_citations("theo Luật Đất đai năm 2024", reading_of(page))
    assert linked.count("<a ") == 1
    assert 'href="#vien-dan-2"' in linked


def test_the_margin_names_what_the_site_holds_and_what_is_undecided():
    first = add_document(
        "Thi đua yêu nước", number="39", separator="-", notation="CT/TW", issued_on=PartialDate(2004, 5, 21)
    )
    second = add_document(
        "Người khuyết tật", number="39", separator="-", notation="CT/TW", issued_on=PartialDate(2019, 11, 1)
    )
    held = add_document("Học tập", number="05", separator="-", notation="CT/TW", issued_on=PartialDate(2016, 5, 15))
    body = [paragraph("<p>Theo Chỉ thị 05 và Chỉ thị 39.</p>"), paragraph("<p>Hết.</p>")]
    page = add_document("Văn bản", body=body)
    cite(page, "Chỉ thị 05", target=held)
    cite(page, "Chỉ thị 39", 1, candidates=[first, second], number="39", separator="-", notation="CT/TW")
    citing, plain = directive_tags.text_parts(reading_of(page))
    assert citing.notes == [
        "<b>39-CT/TW: chưa xác định.</b> Có 2 văn bản cùng số, ký hiệu; câu viện dẫn không có ngày.",
        "<b>05-CT/TW</b> ngày 15/05/2016 có trên cổng.",
    ]
    assert plain.notes == []


def test_a_cited_document_the_reader_may_not_see_stays_a_name():
    hidden = add_document("Nội bộ", audience=STAFF, number="7", notation="QĐ-STNMT", issued_on=PartialDate(2024))
    page = add_document("Văn bản", body=[paragraph("<p>Theo Quyết định 7.</p>")])
    cite(page, "Quyết định 7", target=hidden)
    for_all = directive_tags.text_parts(reading_of(page))[0]
    for_staff = directive_tags.text_parts(reading_of(page, User.objects.create_user("canbo")))[0]
    assert "cite nm" in for_all.html and "chưa có toàn văn" in for_all.notes[0]
    assert "7/QĐ-STNMT" not in "".join(for_all.notes)
    assert 'class="cite"' in for_staff.html and "7/QĐ-STNMT" in for_staff.notes[0]


def test_hidden_candidates_are_not_counted():
    open_one = add_document("Công khai", number="39", separator="-", notation="CT/TW")
    hidden = add_document("Nội bộ", audience=STAFF, number="39", separator="-", notation="CT/TW")
    page = add_document("Văn bản")
    cite(page, "Chỉ thị 39", candidates=[open_one, hidden])
    assert [c["entry"].page_id for c in reading_of(page).citations[0].candidates] == [open_one.pk]


def test_parts_keep_order_anchors_and_lose_the_paragraph_tags():
    body = [
        {
            "type": "heading",
            "value": {
                "text": "Điều 1. Thi đua & khen thưởng",
                "short": "Điều 1",
                "level": "2",
                "anchor": "dieu-1",
            },
        },
        {"type": "item", "value": {"text": "<p>- Nhiệm <b>một</b></p>", "short": "Một", "anchor": "muc-1"}},
        paragraph("<p>Một.</p><p>Hai.</p>"),
    ]
    heading, item, pair = directive_tags.text_parts(reading_of(add_document("Văn bản", body=body)))
    assert (heading.kind, heading.anchor, heading.html) == (
        "heading",
        "dieu-1",
        "Điều 1. Thi đua &amp; khen thưởng",
    )
    assert (item.kind, item.label, item.html) == ("item", "Một", "- Nhiệm <b>một</b>")
    assert pair.html == "<p>Một.</p><p>Hai.</p>"


def test_a_document_is_legislation_with_what_is_known():
    page = add_document(
        "Quy chế",
        number="12",
        notation="QĐ-STNMT",
        issued_on=PartialDate(2024, 5),
        issuer_name="Sở Ví dụ",
        validity="in_force",
    )
    facts = json_ld.legislation(page, "https://vi-du.vn/van-ban/quy-che/")
    assert facts["legislationIdentifier"] == "12/QĐ-STNMT"
    assert facts["legislationDate"] == "2024-05"
    assert facts["legislationPassedBy"] == {"@type": "GovernmentOrganization", "name": "Sở Ví dụ"}
    assert facts["legislationLegalForce"] == "https://schema.org/InForce"


def test_a_document_without_a_number_has_no_identifier():
    facts = json_ld.legislation(add_document("Phát động", notation="STNMT-VP"), "https://vi-du.vn/")
    assert {"legislationIdentifier", "legislationDate", "legislationType"}.isdisjoint(facts)


def test_a_letter_has_no_type_line_but_a_subject_under_its_number():
    letter = DirectivePage(abstract="Rà soát thủ tục", kind=DocumentKind(slug="cong_van", name="Công văn"))
    plan = DirectivePage(abstract="Kiểm tra", kind=DocumentKind(slug="ke_hoach", name="Kế hoạch"))
    assert directive_tags.type_line(letter) == ""
    assert directive_tags.subject_line(letter) == "V/v rà soát thủ tục"
    assert (directive_tags.type_line(plan), directive_tags.subject_line(plan)) == ("KẾ HOẠCH", "")


def test_a_call_is_named_by_what_its_title_says_before_the_abstract():
    call = DirectivePage(title="Phát động thi đua lập thành tích", abstract="Lập thành tích")
    assert directive_tags.type_line(call) == "PHÁT ĐỘNG THI ĐUA"
    assert directive_tags.type_line(DirectivePage(title="Như nhau", abstract="Như nhau")) == ""


def test_an_authority_and_a_notice_in_words():
    signer = {"authorities": ["ky_thay"], "on_behalf_of": "GIÁM ĐỐC", "office": "PHÓ GIÁM ĐỐC"}
    assert directive_tags.authority_line(signer) == "KT. Giám đốc, Phó Giám đốc"
    assert directive_tags.notice_title("Bị thay thế bởi") == "Đã bị thay thế"


def test_a_document_with_everything_costs_four_queries_to_read(django_assert_num_queries):
    held = [add_document(f"Văn bản {n}", number=str(n), notation="QĐ-STNMT") for n in range(4)]
    page = add_document("Văn bản")
    for position, target in enumerate(held):
        cite(page, f"Quyết định {position}", position, target=target)
        Relation.objects.create(page=target, kind="guides", target=page)
        cite(target, "Văn bản", target=page)
    reading = reading_of(page)
    with django_assert_num_queries(4):
        assert len(reading.citations) == len(reading.relations) == len(reading.cited_by) == 4
        assert reading.unit is None and reading.topics == []


def test_the_contents_name_chapters_by_the_line_under_their_number():
    def heading(text, anchor):
        return {"type": "heading", "value": {"text": text, "short": "", "level": "1", "anchor": anchor}}

    body = [
        heading("Chương I", "chuong-i"), heading("QUY ĐỊNH CHUNG", ""), heading("Chương II.", "chuong-ii"),
        paragraph("<p><b>TỔ CHỨC &amp; THỰC HIỆN</b></p>"), heading("Mục 1", "muc-1"),
        heading("Điều 1. Phạm vi", "dieu-1"),
    ]  # fmt: skip
    contents = reading_of(add_document("Văn bản", body=body)).contents
    assert [row["text"] for row in contents] == [
        "Chương I. QUY ĐỊNH CHUNG", "Chương II. TỔ CHỨC & THỰC HIỆN", "Mục 1", "Điều 1. Phạm vi",
    ]  # fmt: skip


def test_a_document_is_linked_again_where_the_text_names_it_by_number_alone():
    page = add_document("Văn bản")
    cite(page, "Quyết định số 120/QĐ-SYT ngày 03/3/2020", 0, kind="Quyết định", number="120", notation="QĐ-SYT")
    cite(page, "Luật Đất đai ngày 18 tháng 01 năm 2024", 1)
    cite(page, "Quyết định số 12/QĐ-UBND ngày 01/01/2020", 2, kind="Quyết định", number="12", notation="QĐ-UBND")
    cite(page, "Quyết định số 12/QĐ-UBND ngày 01/01/2021", 3, kind="Quyết định", number="12", notation="QĐ-UBND")
    reading = reading_of(page)

    def linked(html):
        return re.findall(r'#vien-dan-(\d)">([^<]*)</a>', reading.link_citations(mark_safe(html)))

    assert linked("Căn cứ Quyết định số 120/QĐ-SYT ngày 03/3/2020") == [
        ("1", "Quyết định số 120/QĐ-SYT ngày 03/3/2020")
    ]
    assert linked("Bãi bỏ quyết định số 120/QĐ-SYT.") == [("1", "quyết định số 120/QĐ-SYT")]
    assert linked("theo Luật Đất đai và số 120/QĐ-SYT") == [("2", "Luật Đất đai"), ("1", "số 120/QĐ-SYT")]
    # Another number, one of two documents, and what is a link already.
    assert linked("số 1120/QĐ-SYT, số 120/QĐ-SYT-VP, số 12/QĐ-UBND") == []
    assert linked('<a href="/x/120/QĐ-SYT">số 120/QĐ-SYT</a>') == []


def test_the_contents_name_sections_and_set_listed_lines_one_step_in():
    long = "1. " + "Phát động phong trào " * 10
    body = [
        {"type": "heading", "value": {"text": long, "short": "", "level": "2", "anchor": "muc-1"}},
        {"type": "item", "value": {"text": "<p>- Thi đua</p>", "short": "Pháp luật", "anchor": "nhiem-vu-1"}},
        {"type": "item", "value": {"text": "<p>- Không tên</p>", "short": "", "anchor": "nhiem-vu-2"}},
        {"type": "item", "value": {"text": "<p><b>Điều 1.</b> Kiện toàn</p>", "short": "", "anchor": "dieu-1"}},
    ]
    contents = reading_of(add_document("Văn bản", body=body)).contents
    assert [(row["anchor"], row["is_sub"]) for row in contents] == [
        ("muc-1", False),
        ("nhiem-vu-1", True),
        ("dieu-1", False),
    ]
    assert contents[0]["text"] == "1. Phát động phong trào Phát động phong trào Phát động phong …"
    assert contents[2]["text"] == "Điều 1."
