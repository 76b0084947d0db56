"""The catalogues of emulation and commendation as shipped, on the real launch of 2024."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction

from news.models import AwardForm, AwardLevel, EmulationForm, EmulationScope, Occasion

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
TODAY = date(2026, 11, 22)

pytestmark = pytest.mark.usefixtures("shipped", "db")


@pytest.fixture(scope="module")
def shipped(django_db_setup, django_db_blocker):
    """The shipped catalogues, loaded once for the module and rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_catalogues", stdout=StringIO())
        yield
        transaction.set_rollback(True)


def slugs(rows):
    return [row.slug for row in rows]


def test_awards_of_every_group_are_there_once():
    assert set(AwardForm.objects.values_list("group", flat=True)) == set(AwardForm.Group.values)
    names = list(AwardForm.objects.values_list("name", flat=True))
    assert len(names) == len(set(names))


def test_titles_of_the_law_with_their_level():
    titles = AwardForm.objects.filter(group="title")
    assert titles.count() == 14
    levels = dict(titles.values_list("code", "default_level__code"))
    assert levels["CSTĐCS"] == "CS"
    assert levels["CSTĐTQ"] == "TW"
    assert levels["TTLĐXS"] == "T"


def test_graded_orders_come_in_three_classes_and_the_others_in_one():
    orders = AwardForm.objects.filter(group="order")
    labour = orders.filter(name__startswith="Huân chương Lao động")
    assert set(labour.values_list("grade", flat=True)) == {"Nhất", "Nhì", "Ba"}
    assert orders.filter(grade="").count() == 5
    assert orders.count() == 5 + 5 * 3


def test_every_award_has_a_basis_and_waits_for_review_after_the_amendment_of_2026():
    assert not AwardForm.objects.filter(basis="").exists()
    assert not AwardForm.objects.filter(needs_review=False).exists()


def test_the_district_ended_with_june_2025():
    district = AwardLevel.objects.get(code="H")
    assert district.is_in_force(date(2025, 6, 30)) and not district.is_in_force(date(2025, 7, 1))
    ended = set(slugs(AwardForm.objects.all())) - set(slugs(AwardForm.objects.in_force(TODAY)))
    assert ended == {"giay_khen_ubnd_huyen", "ky_niem_chuong_tnmt"}
    assert set(AwardLevel.objects.in_force(TODAY).values_list("code", flat=True)) == {
        "TW",
        "T",
        "SBN",
        "X",
        "CS",
    }


def test_the_launch_names_eight_occasions_in_its_order(require):
    path = SAMPLES / "phat-dong-thi-dua-2024.md"
    require(path.exists(), "needs the shared samples")
    found = Occasion.objects.named_in(path.read_text())
    assert slugs(found) == [
        "thanh_lap_dang",
        "tet_nguyen_dan",
        "gio_to_hung_vuong",
        "giai_phong_mien_nam",
        "dien_bien_phu",
        "sinh_nhat_bac",
        "cach_mang_thang_tam",
        "quoc_khanh",
    ]
    assert [row.anniversary_in(2024) for row in found] == [94, None, None, 49, 70, 134, 79, 79]
    assert [row.date_in(2024) for row in found][:3] == [date(2024, 2, 3), None, None]


def test_there_are_enough_occasions_and_no_two_share_a_phrase():
    assert Occasion.objects.count() >= 25
    for row in Occasion.objects.all():
        for phrase in filter(None, (row.name, *row.phrases.split(";"))):
            assert slugs(Occasion.objects.named_in(phrase)) == [row.slug], phrase


def test_an_occasion_before_its_first_year_marks_nothing():
    assert Occasion.objects.get(slug="dien_bien_phu").anniversary_in(1953) is None


def test_an_occasion_on_a_leap_day_falls_on_the_last_of_february():
    occasion = Occasion(name="Ngày nhuận", day=29, month=2, first_year=2000)
    occasion.clean()
    assert occasion.date_in(2023) == date(2023, 2, 28)


@pytest.mark.parametrize(
    ("calendar", "day", "month", "field"),
    [("solar", 31, 4, "day"), ("lunar", 31, 1, "day"), ("solar", 1, 13, "month"), ("solar", None, 1, "day")],
)
def test_impossible_days_are_refused_in_vietnamese(calendar, day, month, field):
    with pytest.raises(ValidationError) as refusal:
        Occasion(name="Ngày lạ", calendar=calendar, day=day, month=month).clean()
    assert list(refusal.value.message_dict) == [field]


def test_law_of_2022_knows_two_forms_and_four_scopes():
    assert slugs(EmulationForm.objects.in_force(TODAY)) == ["thuong_xuyen", "theo_chuyen_de"]
    assert EmulationForm.objects.count() == 5
    assert EmulationScope.objects.in_force(TODAY).count() == 4
