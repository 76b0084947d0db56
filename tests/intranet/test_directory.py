"""The directory of staff: official data only, for those signed in, found without accents, by unit."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils import timezone

from intranet.official_data import is_private_mailbox, private_number_in
from portal.models import Membership
from portal.office.staff_admin import StaffEditForm
from tests.builders import make_person

DIRECTORY = "/noi-bo/danh-ba/"


@pytest.fixture
def units(tree):
    return tree.add_unit("QLĐĐ", "Phòng Đất đai"), tree.add_unit("VP", "Văn phòng Sở")


@pytest.fixture
def staff(units):
    land, office = units
    names = {"last_name": "Nguyễn Thị", "first_name": "Hòa", "position": "Trưởng phòng"}
    hoa = make_person("hoa", land, office_phone="0260 3862 001", **names)
    duc = make_person("duc", office, last_name="Trần Đăng", first_name="Đức", position="Chuyên viên")
    return hoa, duc


def names_in(client, query: str = "") -> list[str]:
    directory = client.get(f"{DIRECTORY}{query}").context["directory"]
    return [colleague.name for office in directory.offices for colleague in office.colleagues]


@pytest.mark.django_db
def test_it_opens_for_staff_alone(client, staff):
    answer = client.get(DIRECTORY)
    assert answer.status_code == 302 and answer["Location"].startswith("/quan-tri/login/?next=/noi-bo/danh-ba/")
    client.force_login(staff[1])
    page = client.get(DIRECTORY)
    assert "no-store" in page["Cache-Control"] and "private" in page["Cache-Control"]
    for shown in ("Nguyễn Thị Hòa", "Trưởng phòng", "0260 3862 001", "hoa@vi-du.gov.vn", "Phòng Đất đai"):
        assert shown in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Nguyễn Thị Hòa", "Trần Đăng Đức"]),
        ("?ten=hoa", ["Nguyễn Thị Hòa"]),
        ("?ten=nguy%E1%BB%85n+h%C3%B2a", ["Nguyễn Thị Hòa"]),
        ("?ten=HO%C3%80", ["Nguyễn Thị Hòa"]),
        ("?ten=duc+tran", ["Trần Đăng Đức"]),
        ("?ten=oa", []),
        ("?ten=%25%27%3Cscript%3E", []),
        ("?trang=x&don_vi=%00", ["Nguyễn Thị Hòa", "Trần Đăng Đức"]),
        ("?trang=999&don_vi=99999999999999999999", ["Nguyễn Thị Hòa", "Trần Đăng Đức"]),
    ],
)
def test_names_are_found_without_accents(client, staff, query, found):
    client.force_login(staff[1])
    assert names_in(client, query) == found


@pytest.mark.django_db
def test_it_is_read_by_unit(client, staff, units):
    client.force_login(staff[1])
    assert names_in(client, f"?don_vi={units[0].pk}") == ["Nguyễn Thị Hòa"]
    Membership.objects.create(user=staff[1], unit=units[0])
    assert names_in(client, f"?don_vi={units[0].pk}") == ["Trần Đăng Đức", "Nguyễn Thị Hòa"]


@pytest.mark.django_db
def test_who_left_or_is_disabled_is_gone_at_once(client, staff, units):
    client.force_login(staff[1])
    staff[0].memberships.update(ends_on=timezone.localdate() - timedelta(days=1))
    assert names_in(client, f"?don_vi={units[0].pk}") == []
    assert "Nguyễn Thị Hòa" in names_in(client)
    get_user_model().objects.filter(pk=staff[0].pk).update(is_active=False)
    assert names_in(client) == ["Trần Đăng Đức"]


@pytest.mark.django_db
def test_a_unit_that_the_reader_may_not_see_is_not_named(client, tree, staff):
    secret = tree.add_unit("BM", "Tổ zqmat")
    secret.audience = "people"
    secret.audience_people.add(staff[0])
    secret.save_revision().publish()
    Membership.objects.create(user=staff[0], unit=secret)
    client.force_login(staff[1])
    assert "zqmat" not in client.get(DIRECTORY).content.decode()
    assert names_in(client, f"?don_vi={secret.pk}") == names_in(client)
    client.force_login(staff[0])
    assert "zqmat" in client.get(DIRECTORY).content.decode()


@pytest.mark.django_db
def test_private_data_that_got_in_is_not_shown(client, staff):
    get_user_model().objects.filter(pk=staff[0].pk).update(
        office_phone="062 204 001 234", position="Sinh 12/03/1985", email="hoa@gmail.com"
    )
    client.force_login(staff[1])
    html = client.get(DIRECTORY).content.decode()
    assert "Nguyễn Thị Hòa" in html
    for hidden in ("062 204", "12/03/1985", "gmail"):
        assert hidden not in html


@pytest.mark.django_db
def test_many_people_cost_no_more_queries(client, staff, units, django_assert_max_num_queries):
    client.force_login(staff[1])
    for number in range(130):
        make_person(f"n{number}", units[number % 2], last_name="Lê Văn", first_name=f"Thứ {number}")
    client.get(DIRECTORY)
    with django_assert_max_num_queries(12):
        page = client.get(DIRECTORY)
    assert page.context["directory"].page.paginator.num_pages == 2
    assert "?trang=2" in page.content.decode()
    assert len(names_in(client, "?trang=2")) == 32


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("062204001234", "số căn cước"),
        ("CCCD: 062.204.001.234", "số căn cước"),
        ("233123456", "số căn cước"),
        ("0905 123 456", "số di động"),
        ("+84 905-123-456", "số di động"),
        ("sinh ngày 12/3/1985", "ngày sinh"),
        ("0260 3862 000 (máy lẻ 12)", ""),
        ("(0260) 3862 000 - 12", ""),
        ("024 3826 1234, 024 3826 1235", ""),
        ("Phó Trưởng phòng", ""),
        ("1022", ""),
    ],
)
def test_personal_numbers_are_told_from_those_of_the_office(text, kind):
    assert private_number_in(text).startswith(kind) and bool(private_number_in(text)) is bool(kind)


@pytest.mark.parametrize(("address", "is_private"), [("lan@gmail.com", True), ("lan@yahoo.com.vn", True)] + [
    (address, False) for address in ("lan@stnmt.kontum.gov.vn", "lan@vi-du.gov.vn", "lan@mail.gov.vn")
])  # fmt: skip
def test_mailboxes_of_the_office(address, is_private):
    assert is_private_mailbox(address) is is_private


@pytest.mark.django_db
def test_the_form_says_what_is_wrong_and_keeps_nothing(staff):
    data = {"username": "hoa", "first_name": "Hòa", "last_name": "Nguyễn Thị", "is_active": "on"}
    wrong = {"office_phone": "062204001234", "email": "hoa@gmail.com", "position": "sinh 12/03/1985"}
    form = StaffEditForm(data | wrong, instance=staff[0])
    assert not form.is_valid()
    assert set(form.errors) == set(wrong)
    assert "Danh bạ chỉ ghi dữ liệu công vụ" in str(form.errors["office_phone"])
    right = {"office_phone": "0260 3862 001", "email": "hoa@vi-du.gov.vn", "position": "Trưởng phòng"}
    assert StaffEditForm(data | right, instance=staff[0]).is_valid()
    with pytest.raises(ValidationError):
        get_user_model()(username="x", office_phone="0905123456").full_clean(exclude=["password"])
