"""Catalogues: rows with dates, and files that never undo what the office has edited."""

import csv
import time
import unicodedata
from datetime import date
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from directives.models import DocumentKind, Organ, SubjectField
from home.catalogue import CatalogueRow, plain_words
from home.catalogue_files import CatalogueFileError, catalogue_models, catalogue_path, load_rows

CATALOGUES = pytest.mark.parametrize("model", catalogue_models(), ids=lambda model: model.__name__)


@pytest.fixture
def csv_file(tmp_path):
    """`csv_file(rows)` writes a catalogue file of those rows and gives its path."""

    def write(rows):
        path = tmp_path / "rows.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        return path

    return write


def field_row(**changes):
    return {"slug": "dat_dai", "name": "Đất đai", "valid_from": "2020-01-01", "basis": "Luật"} | changes


@CATALOGUES
def test_shipped_file_is_nfc_and_says_where_each_row_comes_from(model):
    text = catalogue_path(model).read_bytes().decode("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    rows = list(csv.DictReader(StringIO(text)))
    assert rows
    if issubclass(model, CatalogueRow):
        assert [row["slug"] for row in rows if not (row["basis"] or row["source"])] == []


def test_shipped_files_load_once_and_then_change_nothing(db):
    call_command("load_catalogues", stdout=StringIO())
    for model in catalogue_models():
        counts = load_rows(model, catalogue_path(model))
        assert counts.unchanged == model.objects.count() > 0
        assert (counts.added, counts.updated, counts.kept) == (0, 0, 0)


def test_command_prints_counts_and_is_quick_the_second_time(db):
    first, second = StringIO(), StringIO()
    call_command("load_catalogues", stdout=first)
    started = time.process_time()
    call_command("load_catalogues", stdout=second)
    assert time.process_time() - started < 2
    assert "Loại văn bản: thêm 84, cập nhật 0, không đổi 0, giữ bản văn phòng đã sửa 0" in first.getvalue()
    assert "Loại văn bản: thêm 0, cập nhật 0, không đổi 84, giữ bản văn phòng đã sửa 0" in second.getvalue()


def test_a_row_the_office_edited_survives_a_reload(db, csv_file):
    load_rows(SubjectField, csv_file([field_row()]))
    SubjectField.objects.update(name="Quản lý đất đai")
    assert load_rows(SubjectField, csv_file([field_row()])).kept == 1
    assert load_rows(SubjectField, csv_file([field_row(basis="Luật mới")])).kept == 1
    row = SubjectField.objects.get()
    assert (row.name, row.basis) == ("Quản lý đất đai", "Luật")


def test_a_row_nobody_edited_follows_a_newer_file(db, csv_file):
    load_rows(SubjectField, csv_file([field_row()]))
    before = SubjectField.objects.get()
    assert load_rows(SubjectField, csv_file([field_row(basis="Luật mới", code="ĐĐ")])).updated == 1
    after = SubjectField.objects.get()
    assert (after.pk, after.basis, after.code) == (before.pk, "Luật mới", "ĐĐ")
    assert load_rows(SubjectField, csv_file([field_row(basis="Luật mới", code="ĐĐ")])).unchanged == 1


def test_an_edited_link_to_other_rows_survives_too(db):
    call_command("load_catalogues", stdout=StringIO())
    organ = Organ.objects.get(slug="so_tnmt_kon_tum")
    organ.successors.clear()
    assert load_rows(Organ, catalogue_path(Organ)).kept == 1
    assert not organ.successors.exists()


def test_rows_of_the_office_are_left_alone(db, csv_file):
    SubjectField.objects.create(name="Lâm nghiệp")
    load_rows(SubjectField, csv_file([field_row()]))
    assert set(SubjectField.objects.values_list("slug", flat=True)) == {"lam_nghiep", "dat_dai"}


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([field_row(), field_row()], "dòng 3: mục bị lặp"),
        ([field_row(colour="xanh")], "danh mục không có cột colour"),
        ([field_row(valid_until="2019-12-31")], "dòng 2: Ngày hết hiệu lực không được trước ngày bắt đầu"),
        ([field_row(), field_row(slug="nuoc", valid_from="hôm qua")], "dòng 3: "),
    ],
)
def test_a_wrong_file_is_refused_whole_with_its_line(db, csv_file, rows, message):
    with pytest.raises(CatalogueFileError, match=message):
        load_rows(SubjectField, csv_file(rows))
    assert not SubjectField.objects.exists()


def test_command_says_which_file_is_wrong(db, monkeypatch, csv_file):
    path = csv_file([field_row(colour="xanh")])
    monkeypatch.setattr("home.management.commands.load_catalogues.catalogue_path", lambda model: path)
    with pytest.raises(CommandError, match=r"Không nạp được danh mục\. rows\.csv"):
        call_command("load_catalogues", stdout=StringIO())


def test_in_force_includes_both_ends(db):
    SubjectField.objects.create(name="Cũ", valid_from=date(2020, 3, 5), valid_until=date(2024, 3, 5))
    SubjectField.objects.create(name="Mãi")
    names = [
        set(SubjectField.objects.in_force(day).values_list("name", flat=True))
        for day in (date(2020, 3, 4), date(2020, 3, 5), date(2024, 3, 5), date(2024, 3, 6))
    ]
    assert names == [{"Mãi"}, {"Cũ", "Mãi"}, {"Cũ", "Mãi"}, {"Mãi"}]
    assert [row.is_in_force(date(2024, 3, 6)) for row in SubjectField.objects.order_by("name")] == [
        False,
        True,
    ]


def test_an_end_before_the_beginning_is_refused():
    row = SubjectField(name="Đất đai", valid_from=date(2024, 3, 5), valid_until=date(2024, 3, 4))
    with pytest.raises(ValidationError) as refusal:
        row.clean()
    assert "Ngày hết hiệu lực" in refusal.value.message_dict["valid_until"][0]


def test_slugs_are_made_of_the_name_and_never_collide(db):
    slugs = [SubjectField.objects.create(name=name).slug for name in ("Đất đai", "Đất đai", "Đất, đai", "?")]
    assert slugs == ["dat_dai", "dat_dai_2", "dat_dai_3", "muc"]


def test_rows_are_found_without_marks_and_in_decomposed_letters(db):
    DocumentKind.objects.create(name="Kế hoạch", code="KH", series="state")
    for words in ("ke hoach", "KẾ HOẠCH", unicodedata.normalize("NFD", "hoạch"), "kh ke"):
        assert DocumentKind.objects.matching(words).count() == 1, words
    assert not DocumentKind.objects.matching("ke toan").exists()


def test_plain_words_unite_the_spellings_of_one_name():
    assert plain_words("Uỷ ban nhân dân") == plain_words("Ủy  ban nhân dân.") == "uy ban nhan dan"
