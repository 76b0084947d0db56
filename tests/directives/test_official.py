"""An official document: identity without number, frozen names, duplicates, clean notation."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError

from directives.completeness import missing_in, warnings_for
from directives.models import Organ
from search.models import Entry
from tests.builders import make_person

pytestmark = pytest.mark.django_db


def test_a_document_without_number_and_with_only_a_year_is_kept_sorted_and_listed(tree):
    undated = tree.add_directive("Không số", "2024", notation="STNMT-VP")
    dated = tree.add_directive("Đầu năm", "02/01/2024", number="1", notation="STNMT-VP")
    older = tree.add_directive("Năm trước", "31/12/2023", number="9", notation="STNMT-VP")
    rows = list(Entry.objects.official().newest())
    assert [row.page_id for row in rows] == [dated.pk, undated.pk, older.pk]
    assert [row.page_id for row in Entry.objects.official().oldest()] == [older.pk, dated.pk, undated.pk]
    assert (rows[1].issued_text, undated.printed_number) == ("năm 2024", "…/STNMT-VP")


def test_the_address_stays_when_the_number_arrives(tree):
    page = tree.add_directive("Phát động", "2024", notation="STNMT-VP")
    address = page.url
    page.number = "77"
    page.save_revision().publish()
    assert type(page).objects.get(pk=page.pk).url == address


def test_the_issuers_name_is_frozen_on_the_day_of_issue(tree):
    (organ,) = Organ.objects.find(code="STNMT", place="Kon Tum", on=None)
    page = tree.add_directive("Văn bản 2024", "05/03/2024", issuer=organ)
    before = page.issuer_name
    organ.names.all().delete()
    organ.names.create(name="Tên mới", code="MOI")
    page.save_revision().publish()
    assert before.startswith("Sở Tài nguyên và Môi trường")
    assert type(page).objects.get(pk=page.pk).issuer_name == before


def test_missing_things_are_named_and_never_block(tree):
    page = tree.add_directive("Phát động", "2024", notation="STNMT-VP")
    gaps = missing_in(page)
    assert "Số (chưa cấp số)" in gaps and "Ngày, tháng ban hành (mới rõ năm)" in gaps
    page.full_clean()


def test_the_same_number_of_the_same_year_is_a_warning(tree):
    office = make_person("vanphong", is_superuser=True)
    tree.add_directive("Bản đầu", number="15", notation="QĐ-STNMT")
    twin = tree.add_directive("Bản sau", number="15", notation="QĐ-STNMT")
    other_year = tree.add_directive("Năm khác", "05/03/2023", number="15", notation="QĐ-STNMT")
    assert any("Trùng số, ký hiệu 15/QĐ-STNMT" in message for message in warnings_for(twin, office))
    assert warnings_for(other_year, office) == []


@pytest.mark.parametrize("number, notation", [("mười lăm", "QĐ-STNMT"), ("15", "@@@"), ("15", "<script>")])
def test_a_number_of_the_wrong_shape_is_refused_in_words(tree, number, notation):
    page = tree.add_directive()
    page.number, page.notation = number, notation
    with pytest.raises(ValidationError):
        page.full_clean()


def test_look_alike_signs_are_made_plain(tree):
    page = tree.add_directive()
    page.number, page.notation = "15", "QÐ\u2011STNMT "
    page.full_clean()
    assert page.notation == "QĐ-STNMT"


def test_a_recalled_document_gives_neither_text_nor_files(tree):
    page = tree.add_directive("Thu hồi", application="recalled", body=[("paragraph", "<p>zqnoidung</p>")])
    assert "zqnoidung" not in Entry.objects.visible_to(AnonymousUser()).get(pk=page.pk).folded_text
    assert page.attached_files() == ()
