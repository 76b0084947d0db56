"""A cited document that the site lacks is kept once, completed by the office, and gives way to the document itself."""

import io

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from directives.blocks import CitationBlock
from directives.models import Citation, DocumentKind, DocumentStub, IntakeRecord
from directives.models.reading import CANDIDATES, HELD, NAMED, DocumentReading
from tests.builders import make_person
from tests.directives.citing import cite, cite_decision, cite_party
from tests.directives.intake.reviewed import decision, small_reading, under_review
from tests.office import make_office

pytestmark = pytest.mark.django_db
STRANGER = AnonymousUser()


def first_cited(page, user=STRANGER):
    return DocumentReading(page, user).citations[0]


def published_again(page, **fields):
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


@pytest.mark.parametrize(
    "cited",
    [
        pytest.param(cite_decision(), id="state number"),
        pytest.param(cite_party("39", "01/11/2019"), id="dated party number"),
        pytest.param(cite_party("41", abstract="về công tác giảm nghèo"), id="party number with abstract"),
        pytest.param(cite("Luật Đất đai năm 2024"), id="law with year"),
        pytest.param(cite("QCVN 05:2023/BTNMT", number="05", separator=":", notation="2023/BTNMT"), id="standard"),
        pytest.param(cite("Nghị quyết Đại hội XVI Đảng bộ tỉnh Kon Tum"), id="resolution with its ordinal"),
    ],
)
def test_what_is_identifiable_and_not_held_becomes_a_stub(tree, cited):
    page = tree.add_directive(cited=[cited])
    assert Citation.objects.get(page=page).stub == DocumentStub.objects.get()


@pytest.mark.parametrize(
    "cited",
    [
        pytest.param(cite_party("39"), id="bare party number"),
        pytest.param(cite("Luật Đất đai"), id="law without year"),
        pytest.param(cite("quy định hiện hành"), id="no document"),
    ],
)
def test_what_may_mean_several_documents_becomes_none(tree, cited):
    tree.add_directive(cited=[cited])
    assert not DocumentStub.objects.exists()


def test_the_same_document_is_kept_once_however_it_is_cited(tree):
    tree.add_directive("Một", cited=[cite_decision("05", "05/03/2024", issuer="Sở Tài nguyên và Môi trường")])
    tree.add_directive("Hai", cited=[cite_decision("5", "2024")])
    tree.add_directive("Ba", cited=[cite("Luật Trồng trọt năm 2018")])
    tree.add_directive("Bốn", cited=[cite("Luật Trồng trọt ngày 19/11/2018")])
    assert DocumentStub.objects.count() == 2
    assert [stub.cited_count for stub in DocumentStub.objects.counted()] == [2, 2]


def test_documents_of_other_years_or_organs_are_others(tree):
    tree.add_directive("Một", cited=[cite_decision("5", "05/03/2024")])
    tree.add_directive("Hai", cited=[cite_decision("5", "05/03/2023")])
    tree.add_directive("Ba", cited=[cite_decision("5", "05/03/2024", issuer="Bộ Y tế")])
    tree.add_directive("Bốn", cited=[cite_decision("5", "05/03/2024", issuer="Sở Xây dựng")])
    assert DocumentStub.objects.count() == 3


def test_standards_of_other_series_are_others(tree):
    for series in ("QCVN", "TCVN"):
        tree.add_directive(series, cited=[cite(f"{series} 5:2023", number="5", separator=":", notation="2023")])
    assert DocumentStub.objects.count() == 2


def test_a_standard_is_kept_by_the_form_as_it_is_written():
    ((_, value),) = [cite("QCVN 05:2023/BTNMT", number="05", separator=":", notation="2023/BTNMT")]
    block = CitationBlock()
    assert block.clean(block.to_python(value))["separator"] == ":"


def test_publishing_again_changes_nothing_and_a_citation_taken_out_takes_its_stub_along(tree):
    page = tree.add_directive(cited=[cite_decision()])
    stub = DocumentStub.objects.get()
    page = published_again(page, title="Sửa tên")
    assert DocumentStub.objects.get() == stub
    published_again(page, cited=[])
    assert not DocumentStub.objects.exists()


def test_a_stub_the_office_worked_on_stays(tree):
    page = tree.add_directive(cited=[cite_decision()])
    DocumentStub.objects.update(is_checked=True)
    published_again(page, cited=[])
    assert DocumentStub.objects.exists()


def test_the_document_takes_the_place_of_its_stub_and_gives_it_back(tree):
    page = tree.add_directive(cited=[cite_decision(issued="05/03/2024")])
    held = tree.add_directive("Quyết định 12", number="12", notation="QĐ-STNMT")
    assert first_cited(page).status == HELD and not DocumentStub.objects.exists()
    held.unpublish()
    assert first_cited(page).status == NAMED and DocumentStub.objects.count() == 1
    held = published_again(held)
    assert first_cited(page).entry.pk == held.pk
    held = published_again(held, number="13")
    assert first_cited(page).status == NAMED and DocumentStub.objects.count() == 1
    held = published_again(held, number="12", audience="staff")
    row = Citation.objects.get(page=page)
    assert (row.target_id, bool(row.stub)) == (held.pk, True)
    assert first_cited(page).status == NAMED and first_cited(page, make_person("lan")).status == HELD
    held.delete()
    row.refresh_from_db()
    assert (row.target_id, row.stub) == (None, DocumentStub.objects.get())


def test_a_law_cited_by_name_is_linked_when_it_comes_and_named_when_it_goes(tree):
    law = DocumentKind.objects.get(slug="luat", series="legal")
    page = tree.add_directive(cited=[cite("Luật Trồng trọt năm 2018")])
    held = tree.add_directive("Luật Trồng trọt", "19/11/2018", kind=law)
    assert first_cited(page).entry.pk == held.pk
    assert [entry.pk for entry in DocumentReading(held, STRANGER).cited_by] == [page.pk]
    held.delete()
    assert first_cited(page).status == NAMED and DocumentStub.objects.count() == 1


def test_a_completed_stub_decides_between_candidates(tree, monkeypatch):
    ordered = []
    monkeypatch.setattr("directives.models.linking.order_purge", lambda *keys: ordered.append(keys))
    for day in ("21/05/2004", "01/11/2019"):
        tree.add_directive(f"Chỉ thị {day}", day, number="39", separator="-", notation="CT/TW")
    page = tree.add_directive(cited=[cite_party("39", abstract="về công tác người khuyết tật")])
    assert first_cited(page).status == CANDIDATES
    stub = DocumentStub.objects.get()
    stub.issued_on, stub.is_checked = "2019-11-01", True
    ordered.clear()
    stub.save()
    assert first_cited(page).entry.issued == "2019-11-01"
    assert ordered, "kept copies of the citing page are old"


def test_a_number_given_to_a_named_document_links_it(tree):
    held = tree.add_directive("Về phát triển tỉnh", "20/10/2020", number="01", separator="-", notation="NQ/ĐH")
    page = tree.add_directive(cited=[cite("Nghị quyết Đại hội XX Đảng bộ tỉnh Ví Dụ")])
    stub = DocumentStub.objects.get()
    stub.number, stub.separator, stub.notation, stub.issued_on = "01", "-", "NQ/ĐH", "2020-10-20"
    stub.save()
    assert first_cited(page).status == NAMED, "what nobody has checked decides nothing"
    stub.is_checked = True
    stub.save()
    assert first_cited(page).entry.pk == held.pk


def test_readers_meet_the_address_only_once_it_is_checked(tree, client):
    page = tree.add_directive(cited=[cite_decision(issued="05/03/2024", issuer="Sở Tài nguyên và Môi trường")])
    stub = DocumentStub.objects.get()
    stub.source_url, stub.name = "https://vbpl.vn/van-ban/12", "Tên chỉ Văn phòng biết"
    stub.save()
    assert "vbpl.vn" not in client.get(page.url).content.decode()
    stub.is_checked = True
    stub.save()
    body = client.get(page.url).content.decode()
    assert '<a href="https://vbpl.vn/van-ban/12" rel="external noopener nofollow">Đọc tại vbpl.vn</a>' in body
    assert "Tên chỉ Văn phòng biết" not in body


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://vbpl.vn/a", "vbpl.vn/a", "data:text/html,a"])
def test_only_web_addresses_are_taken_and_shown(address):
    stub = DocumentStub(key="k", name="Luật", source_url=address, is_checked=True)
    with pytest.raises(ValidationError, match="https://"):
        stub.clean_fields()
    assert stub.public_address == ""


def test_the_way_in_hands_over_what_is_known_of_the_document(client, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    office = make_office()
    office.tree.add_directive(cited=[cite_decision("12", "05/03/2024", issuer="Sở Tài nguyên và Môi trường")])
    stub = DocumentStub.objects.get()
    address = f"{reverse('intake_upload')}?van-ban={stub.pk}"
    client.force_login(office.clerk)
    for name, args in (("index", []), ("edit", [stub.pk])):
        assert f'href="{address}"' in client.get(reverse(f"van-ban-chua-co:{name}", args=args)).content.decode()
    assert f'name="van-ban" value="{stub.pk}"' in client.get(address).content.decode()
    record = under_review(b"x", "scan.pdf", office.clerk, small_reading(place="Kon Tum"), values={"stub": str(stub.pk)})
    review = reverse("intake_review", args=[record.pk])
    html = client.get(review).content.decode()
    assert 'value="12"' in html and 'value="05/03/2024"' in html and "Theo viện dẫn" in html
    # What the file says itself stands, and that it says otherwise is told.
    own = decision(number="77", issued_on="2024-04-04")
    other = under_review(b"y", "qd.docx", office.clerk, own, values={"stub": str(stub.pk)})
    html = client.get(reverse("intake_review", args=[other.pk])).content.decode()
    assert 'value="77"' in html and 'value="05/03/2024"' not in html and "có đúng tệp không" in html
    # A stub may come from a page that is not for everybody.
    client.force_login(office.land_editor)
    assert 'name="van-ban"' not in client.get(address).content.decode()


def test_an_upload_for_a_cited_document_remembers_it(client, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    office = make_office()
    office.tree.add_directive(cited=[cite_decision()])
    stub = DocumentStub.objects.get()
    client.force_login(office.clerk)
    file = SimpleUploadedFile("a.txt", "Tổ công tác họp.".encode())
    client.post(reverse("intake_upload"), {"file": file, "is_not_secret": "on", "van-ban": str(stub.pk)})
    assert IntakeRecord.objects.get().values == {"stub": str(stub.pk)}


def test_citations_of_pages_published_earlier_get_their_stubs(tree):
    page = tree.add_directive(cited=[cite_decision()])
    Citation.objects.update(stub=None)
    DocumentStub.objects.all().delete()
    told = io.StringIO()
    call_command("link_citations", stdout=told)
    assert Citation.objects.get(page=page).stub == DocumentStub.objects.get()
    assert "1 viện dẫn" in told.getvalue()


def test_the_office_finds_sorts_and_completes_stubs_and_nobody_else_does(client):
    office = make_office()
    tree = office.tree
    for title in ("Một", "Hai"):
        tree.add_directive(title, cited=[cite_decision("77", "05/03/2024")])
    tree.add_directive("Ba", cited=[cite("Luật Trồng trọt năm 2018")])
    client.force_login(office.clerk)
    body = client.get(reverse("van-ban-chua-co:index")).content.decode()
    assert body.index("77/QĐ-STNMT") < body.index("Luật Trồng trọt")
    assert reverse("intake_upload") in body
    found = client.get(reverse("van-ban-chua-co:index"), {"q": "trong trot"}).content.decode()
    assert "Luật Trồng trọt" in found and "77/QĐ-STNMT" not in found
    stub = DocumentStub.objects.get(number="77")
    address = reverse("van-ban-chua-co:edit", args=[stub.pk])
    assert "Hai" in client.get(address).content.decode()
    fields = {"kind": "Quyết định", "number": "77", "separator": "/", "notation": "QĐ-STNMT", "issued_on": "05/03/2024"}
    answer = client.post(address, fields | {"source_url": "https://vbpl.vn/77", "is_checked": "on"})
    stub.refresh_from_db()
    assert (answer.status_code, stub.public_address, bool(stub.edited_at)) == (302, "https://vbpl.vn/77", True)
    client.force_login(office.land_editor)
    for name, args in (("index", []), ("edit", [stub.pk]), ("history", [stub.pk]), ("usage", [stub.pk])):
        answer = client.get(reverse(f"van-ban-chua-co:{name}", args=args))
        assert answer.status_code != 200, name
