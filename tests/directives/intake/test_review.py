"""The review screen: what is shown of a file, who may see it, and that nothing a person typed is lost."""

from pathlib import Path

import pytest
from django.urls import reverse

from directives.models import DirectivePage, IntakeRecord, IntakeState
from home.partial_dates import read_partial_date
from portal.models import Membership
from search.extraction.pages import FilePage
from tests.office import make_office

from .reviewed import decision, small_reading, under_review
from .samples import shared

pytestmark = pytest.mark.django_db
EVIL = "<script>alert(1)</script>"


@pytest.fixture
def office(tree):
    return make_office()


@pytest.fixture
def signed_in(client, office):
    client.force_login(office.clerk)
    return client


@pytest.fixture
def record(office):
    return under_review(b"x", "12-qd.docx", office.clerk, decision())


def address(record) -> str:
    return reverse("intake_review", args=[record.pk])


def page_of(client, record) -> str:
    response = client.get(address(record))
    assert response.status_code == 200
    return response.content.decode()


def posted(client, record, action="confirm", **changes):
    """The form as a browser sends it when only these fields were changed."""
    form = client.get(address(record)).context["form"]
    data = {name: form[name].value() or "" for name in form.fields if name != "is_not_secret"}
    data |= {"version": str(record.version), "action": action, "is_not_secret": "on"} | changes
    return client.post(address(record), {name: value for name, value in data.items() if value is not None})


def row(html: str, name: str) -> str:
    return html.split(f'data-name="{name}"')[1].split('class="rv-fld')[0]


def test_every_field_with_its_value_certainty_and_evidence(signed_in, record):
    html = page_of(signed_in, record)
    notation = row(html, "notation")
    assert 'value="QĐ-STNMT"' in notation and "Chắc 0,95" in notation and "<q>QĐ-STNMT</q>" in notation
    assert "<kbd>Alt J</kbd>" in html and "<kbd>Alt P</kbd>" not in html
    assert "Trống" in row(html, "signers") and "rv-fld--none-yet" in html.split('data-name="signers"')[0][-60:]
    assert "trống, đăng được" in html and "bắt buộc trước khi gửi duyệt" in html


def test_the_seed_is_shown_with_its_marks_gaps_citations_and_slips(signed_in, office):
    file: Path = shared("samples/phat-dong-thi-dua-2024.docx")
    html = page_of(signed_in, under_review(file.read_bytes(), file.name, office.clerk))
    assert '<mark data-field="kind abstract">PHÁT ĐỘNG PHONG TRÀO THI ĐUA</mark>' in html
    assert '<mark data-field="notation">Số:       /STNMT-VP</mark>' in html
    assert '<mark data-field="issued_on place">Kon Tum, ngày     tháng     năm 2024</mark>' in html
    assert '<mark data-field="abstract">năm 2024</mark>' in html
    for cited in ("Chỉ thị số 05-CT/TW", "Chỉ thị số 39-CT/TW", "Chỉ thị số 34-CT/TW"):
        assert f'<mark data-field="cited">{cited}' in html
    assert 'href="#id_number">Số</a> <span class="rv-k">chưa cấp, đăng được' in html
    assert "chỉ có năm 2024, đăng được" in html and "chỉ chắc năm" in row(html, "issued_on")
    assert "Nguyễn Văn Lộc, Giám đốc" in row(html, "signers")
    assert "05-CT/TW" in html and "tạo mục chỉ có tên" in html
    assert "<mark>Chỉ tịch</mark>" in html and "có thể là “Chủ tịch”" in html
    assert "theo dòng “Website Sở” trong Nơi nhận" in html


def test_a_citation_that_could_mean_several_is_for_the_person_to_choose(signed_in, office, tree):
    held = [
        tree.add_directive(f"Chỉ thị {year}", f"01/02/{year}", number="39", separator="-", notation="CT/TW")
        for year in (2004, 2019)
    ]
    cited = {
        "text": "Chỉ thị số 39-CT/TW", "kind": "so_hieu", "doc_kind": "chi_thi", "number": "39", "separator": "-",
        "notation": "CT/TW", "issued_on": "", "issuer": "", "abstract": "", "title": "", "evidence": "", "start": 0,
        "end": 19,
    }  # fmt: skip
    record = under_review(b"x", "a.docx", office.clerk, decision(citations=[cited]))
    assert "2 văn bản có thể, chưa nối" in page_of(signed_in, record)
    posted(signed_in, record, **{"cited-0": str(held[1].pk)})
    page = DirectivePage.objects.exclude(pk__in=[one.pk for one in held]).get()
    assert page.get_latest_revision_as_object().cited[0].value["target"].pk == held[1].pk


def test_what_the_file_says_is_escaped(signed_in, office):
    reading = decision(abstract=f"A {EVIL}", agency=EVIL, title=EVIL)
    reading = type(reading)(
        recognition=reading.recognition, format="docx", warnings=(EVIL,),
        pages=(FilePage(1, EVIL),), blocks=small_reading((EVIL, f"x {EVIL} y")).blocks,
    )  # fmt: skip
    record = under_review(b"x", "a.docx", office.clerk, reading, reason=EVIL)
    assert EVIL not in page_of(signed_in, record)
    assert EVIL not in posted(signed_in, record, number=EVIL, place=EVIL * 20).content.decode()


def test_file_name_hints_and_readings_of_pictures_are_said_as_such(signed_in, office):
    file = shared("samples/phat-dong-the-thuc-day-du.scan.pdf")
    reading = small_reading(("QUYẾT ĐỊNH",), "ocr", notation="QĐ-STNMT").to_json()
    fact = {"source": "file_name", "confidence": 0.65, "sure": False, "evidence": "QD 131.pdf", "box": None}
    reading["facts"] = {"number": fact | {"value": "131"}}
    reading["recognition"]["fields"]["number"] = {"value": "131", "source": "file_name", "confidence": 0.65,
                                                  "evidence": "QD 131.pdf"}  # fmt: skip
    record = under_review(file.read_bytes(), "QD 131.pdf", office.clerk, small_reading())
    IntakeRecord.objects.filter(pk=record.pk).update(reading=reading)
    html = page_of(signed_in, record)
    assert "<kbd>Alt P</kbd>" in html
    assert "Nên xem 0,65" in row(html, "number") and "theo tên tệp" in row(html, "number")
    assert "bản quét, đã nhận dạng chữ" in html


def test_several_documents_in_one_file_are_said(signed_in, record):
    reading = IntakeRecord.objects.get(pk=record.pk).reading
    reading["parts"] = [{"first_page": 1, "last_page": 2, "title": "Quyết định số 12"},
                        {"first_page": 3, "last_page": 3, "title": "Kế hoạch số 13"}]  # fmt: skip
    said = "Tệp chứa 2 văn bản; các trường là của văn bản thứ nhất, Quyết định số 12."
    reading["warnings"] = [said, "Chữ mờ ở trang 2."]
    IntakeRecord.objects.filter(pk=record.pk).update(reading=reading)
    html = page_of(signed_in, record)
    assert said not in html and "Chữ mờ ở trang 2." in html
    assert "Tệp có 2 văn bản" in html and "Kế hoạch số 13" in html


def test_confirming_sends_the_page_for_approval_and_goes_on_to_the_next(signed_in, office, record):
    following = under_review(b"y", "13.docx", office.clerk, decision(number="13"))
    response = posted(signed_in, record)
    assert response["Location"] == address(following)
    page = DirectivePage.objects.get()
    assert not page.live and page.current_workflow_state.requested_by == office.clerk
    assert posted(signed_in, following)["Location"] == reverse("intake_upload")


def test_nothing_goes_out_without_the_word_on_secrecy(signed_in, record):
    response = posted(signed_in, record, is_not_secret=None, place="Pleiku")
    html = response.content.decode()
    assert response.status_code == 422 and "Hãy xác nhận văn bản không chứa bí mật nhà nước" in html
    assert 'value="Pleiku"' in html and not DirectivePage.objects.exists()


def test_bad_input_is_said_at_its_field_and_the_rest_is_kept(signed_in, record):
    response = posted(signed_in, record, issued_on="31/02/2024", number="12/QĐ", place="Pleiku", abstract="y" * 501)
    html = response.content.decode()
    assert response.status_code == 422
    assert "Ngày không hợp lệ" in row(html, "issued_on") and 'value="31/02/2024"' in row(html, "issued_on")
    assert 'aria-invalid="true"' in row(html, "issued_on") and "chữ số" in row(html, "number")
    assert "Dài quá 500 ký tự" in row(html, "abstract") and 'value="Pleiku"' in html and "y" * 501 in html
    assert not DirectivePage.objects.exists()
    links = '<a href="#id_number">Số</a>, <a href="#id_issued_on">Ngày ban hành</a>, <a href="#id_abstract">Trích yếu'
    assert f"Còn 3 chỗ phải sửa: {links}</a></li>" in html and f"Hãy sửa: {links}</a></p>" in html
    assert 'data-faults="3">còn 3 chỗ phải sửa</span>' in html
    assert "đủ điều kiện gửi duyệt" not in html and "Không thiếu thông tin nào" not in html


def test_what_stands_in_the_way_is_said_without_a_script_too(signed_in, record):
    assert ">còn 1 việc bắt buộc</span>" in page_of(signed_in, record)
    html = posted(signed_in, record, is_not_secret=None, number="12/QĐ").content.decode()
    assert ">còn 1 chỗ phải sửa, 1 việc bắt buộc</span>" in html
    assert 'Số</a>, <a href="#id_is_not_secret">' in html
    assert posted(signed_in, record, audience="nobody").content.decode().count('href="#id_audience_0"') == 2


def test_a_draft_keeps_what_was_typed_even_when_it_is_wrong(signed_in, record):
    response = posted(signed_in, record, "save", issued_on="31/02/2024", place="Pleiku")
    assert response["Location"] == address(record)
    kept = IntakeRecord.objects.get(pk=record.pk)
    assert (kept.values["issued_on"], kept.values["place"], kept.state, kept.version) == (
        "31/02/2024", "Pleiku", IntakeState.REVIEW, 1,
    )  # fmt: skip
    html = page_of(signed_in, record)
    assert 'value="Pleiku"' in html and "Người gõ" in row(html, "place")
    assert "Ngày không hợp lệ" in row(html, "issued_on") and 'value="31/02/2024"' in row(html, "issued_on")
    assert "Bản nháp đã lưu còn chỗ phải sửa" in html and 'data-faults="1">còn 1 chỗ phải sửa' in html


def test_a_draft_without_a_fault_is_opened_without_one(signed_in, record):
    posted(signed_in, record, "save", place="Pleiku")
    html = page_of(signed_in, record)
    assert 'data-faults="0"' in html and "rv-note--bad" not in html and "rv-err" not in html


def test_handing_back_keeps_the_file_and_the_values(signed_in, record):
    assert posted(signed_in, record, "return", place="Pleiku")["Location"] == reverse("intake_upload")
    kept = IntakeRecord.objects.get(pk=record.pk)
    assert (kept.state, kept.values["place"], kept.page) == (IntakeState.REVIEW, "Pleiku", None)


def test_the_second_clerk_is_told_who_was_first_and_keeps_the_words(client, office, record):
    client.force_login(office.leader)
    stale = IntakeRecord.objects.get(pk=record.pk)
    client.force_login(office.clerk)
    posted(client, record)
    client.force_login(office.leader)
    page = DirectivePage.objects.get()
    response = posted(client, stale, place="Pleiku")
    html = response.content.decode()
    assert response.status_code == 409 and f"{office.clerk}</strong> đã xác nhận" in html
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in html and 'value="Pleiku"' in html
    assert DirectivePage.objects.count() == 1 and DirectivePage.objects.get().place == "Kon Tum"


def test_a_change_saved_meanwhile_is_shown_beside_ones_own(signed_in, record):
    stale = IntakeRecord.objects.get(pk=record.pk)
    posted(signed_in, record, "save", place="Pleiku")
    response = posted(signed_in, stale, "save", place="Đà Lạt")
    html = response.content.decode()
    assert response.status_code == 409 and "Địa danh, bản đã lưu: “Pleiku”" in html and 'value="Đà Lạt"' in html
    assert IntakeRecord.objects.get(pk=record.pk).values["place"] == "Pleiku"


def test_urgency_leads_to_the_form_that_asks_why(signed_in, record):
    assert "Đăng khẩn" in page_of(signed_in, record)
    response = posted(signed_in, record, "urgent")
    page = DirectivePage.objects.get()
    assert response["Location"] == reverse("urgent_publication", args=[page.pk]) and not page.live


def test_an_editor_publishes_nothing_urgently(client, office):
    record = under_review(b"x", "a.docx", office.land_editor, decision())
    client.force_login(office.land_editor)
    assert "Đăng khẩn" not in page_of(client, record)
    assert posted(client, record, "urgent")["Location"] != reverse(
        "urgent_publication", args=[DirectivePage.objects.get().pk]
    )
    assert not DirectivePage.objects.get().live


def test_who_sees_which_file(client, office, record):
    own = under_review(b"y", "b.docx", office.land_editor, decision(number="13"))
    seen = {"land_editor": (404, 200), "water_editor": (404, 404), "clerk": (200, 200), "leader": (200, 200)}
    for name, answers in seen.items():
        client.force_login(getattr(office, name))
        assert tuple(client.get(address(each)).status_code for each in (record, own)) == answers, name
    Membership.objects.create(user=office.water_editor, unit=office.land)
    client.force_login(office.water_editor)
    assert client.get(address(own)).status_code == 200
    client.logout()
    assert client.get(address(record)).status_code == 302


def test_an_editor_may_only_choose_the_own_units(client, office):
    record = under_review(b"x", "a.docx", office.land_editor, decision())
    client.force_login(office.land_editor)
    assert posted(client, record, unit=str(office.water.pk)).status_code == 422
    posted(client, record, unit=str(office.land.pk))
    assert DirectivePage.objects.get().unit_id == office.land.pk


def test_a_number_used_twice_is_said_and_allowed(signed_in, office, tree):
    record = under_review(b"x", "a.docx", office.clerk, decision())
    issuer = signed_in.get(address(record)).context["sheet"].page.issuer
    tree.add_directive("Bản đã có", number="12", notation="QĐ-STNMT", issuer=issuer)
    assert "Trùng số, ký hiệu" in page_of(signed_in, record)
    assert posted(signed_in, record).status_code == 302


def test_a_confirmed_file_is_shown_with_the_way_to_its_page(signed_in, record):
    posted(signed_in, record)
    html = page_of(signed_in, record)
    assert "Đã mở bản nháp" in html and "Gửi duyệt</button>" not in html


def test_a_confirmed_file_is_no_twin_of_its_own_page_but_of_another(signed_in, record, tree):
    issuer = signed_in.get(address(record)).context["sheet"].page.issuer
    posted(signed_in, record)
    assert "Trùng số, ký hiệu" not in page_of(signed_in, record)
    tree.add_directive("Bản khác", number="12", notation="QĐ-STNMT", issuer=issuer)
    html = page_of(signed_in, record)
    assert html.count("Trùng số, ký hiệu") == 1 and "“Bản khác”" in html


def test_the_editor_keeps_the_evidence(signed_in, record):
    posted(signed_in, record, place="Pleiku")
    page = DirectivePage.objects.get()
    html = signed_in.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "chắc · đọc từ văn bản: “QĐ-STNMT”" in html and "chắc · người soát gõ: “Pleiku”" in html
    assert page.issued_on == read_partial_date("05/03/2024")


def test_queries_do_not_grow_with_the_queue_or_the_pages(signed_in, office, record, django_assert_max_num_queries):
    page_of(signed_in, record)

    def count() -> int:
        with django_assert_max_num_queries(200) as counted:
            page_of(signed_in, record)
        return len(counted)

    before = count()
    for number in range(13, 25):
        under_review(b"y", f"{number}.docx", office.clerk, decision(number=str(number)))
    reading = IntakeRecord.objects.get(pk=record.pk).reading
    reading["pages"] = [[number, "chữ", "text", [], ""] for number in range(1, 60)]
    IntakeRecord.objects.filter(pk=record.pk).update(reading=reading)
    assert count() == before
