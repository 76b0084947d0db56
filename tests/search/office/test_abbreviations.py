"""The table of abbreviations: shipped, edited by the office, understood by the search."""

from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction

from search.abbreviation_table import current
from search.office_models import Abbreviation

pytestmark = pytest.mark.django_db
ADD = "/quan-tri/tim-kiem-viet-tat/new/"


def forms(text: str) -> set[str]:
    return {form for expansion in current().expand(text) for form in expansion.forms}


def test_the_shipped_table_is_in_use_before_and_after_it_is_loaded(db):
    assert not Abbreviation.objects.exists()
    assert "Ủy ban nhân dân" in forms("UBND xã")
    call_command("load_catalogues", stdout=StringIO())
    assert Abbreviation.objects.count() >= 150
    assert "Ủy ban nhân dân" in forms("UBND xã")


def test_loading_again_changes_nothing_and_keeps_what_the_office_edited(tree):
    row = Abbreviation.objects.get(short="UBND")
    row.is_active = False
    row.save()
    Abbreviation.objects.create(short="ZQW", long="Chữ riêng của văn phòng")
    before = set(Abbreviation.objects.values_list("slug", "short", "long", "is_active"))
    said = StringIO()
    call_command("load_catalogues", stdout=said)
    assert set(Abbreviation.objects.values_list("slug", "short", "long", "is_active")) == before
    line = next(line for line in said.getvalue().splitlines() if line.startswith("Từ viết tắt"))
    assert "thêm 0, cập nhật 0" in line and "giữ bản văn phòng đã sửa 1" in line


def test_what_the_office_changes_holds_at_once(tree, django_assert_num_queries):
    assert forms("ZQW") == set()
    row = Abbreviation.objects.create(short="ZQW", long="Kho lưu trữ số")
    assert forms("ZQW") == {"Kho lưu trữ số"}
    assert "ZQW" in forms("kho luu tru so")
    with django_assert_num_queries(0):
        forms("ZQW")
    row.is_active = False
    row.save()
    assert forms("ZQW") == set()
    row.delete()
    assert forms("ZQW") == set()


@pytest.mark.parametrize(
    ("short", "long", "said"),
    [
        ("", "Ủy ban nhân dân", "Trường này"),
        ("&-&", "Ủy ban nhân dân", "ít nhất một chữ cái hoặc chữ số"),
        ("ZQ", "", "Trường này"),
        ("ZQ", "Ủy", "ít nhất hai tiếng"),
        ("Ủy ban", "ủy ban", "đang giống nhau"),
        ("UBND", "Uỷ ban  nhân dân", "“UBND” với nghĩa “Ủy ban nhân dân” đã có"),
    ],
)
def test_bad_rows_are_refused_in_vietnamese(tree, short, long, said):
    with pytest.raises(ValidationError) as error:
        Abbreviation(short=short, long=long).full_clean()
    assert said in " ".join(error.value.messages)


def test_one_short_form_may_have_several_meanings_but_each_once(tree):
    Abbreviation(short="UBND", long="Ủy ban nhân dân huyện").full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        Abbreviation.objects.create(short="UBND", long="Ủy ban nhân dân")


def test_the_office_adds_a_row_and_finds_it_without_marks(office, client):
    client.force_login(office.clerk)
    data = {"short": "ZQW", "long": "Kho lưu trữ số", "note": "", "is_active": "on"}
    assert client.post(ADD, data).status_code == 302
    assert client.post(ADD, data).status_code == 200
    found = client.get("/quan-tri/tim-kiem-viet-tat/", {"q": "luu tru so"}).content.decode()
    row = Abbreviation.objects.get(short="ZQW")
    assert "Kho lưu trữ số" in found and f"/quan-tri/tim-kiem-viet-tat/edit/{row.pk}/" in found
    assert client.get(f"/quan-tri/tim-kiem-viet-tat/edit/{row.pk}/").status_code == 200
    assert "Kho lưu trữ số" not in client.get("/quan-tri/tim-kiem-viet-tat/", {"q": "khoang san"}).content.decode()
