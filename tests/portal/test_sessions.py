"""Sessions end with the account, with a role, with idle time; who belongs where counts on the very next request."""

import time
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from home.models import PortalDocument
from portal.models import Membership, StaffSession, UnitDesk
from portal.office.roles import EDITORS, OFFICE
from tests.builders import PASSWORD

pytestmark = pytest.mark.django_db
HOME = "/quan-tri/"


def enter(person) -> Client:
    client = Client()
    answer = client.post("/quan-tri/login/", {"username": person.username, "password": PASSWORD})
    assert answer.status_code == 302
    return client


def is_stranger(client) -> bool:
    answer = client.get("/noi-bo/")
    return answer.status_code == 302 and "/login/" in answer["Location"]


def sessions_of(person) -> int:
    return StaffSession.objects.filter(account_id=person.pk).count()


def disable(person):
    person.is_active = False
    person.save()


def take_role(person):
    person.groups.remove(Group.objects.get(name=OFFICE))


def take_role_from_the_other_side(person):
    Group.objects.get(name=OFFICE).user_set.remove(person)


def set_roles_anew(person):
    person.groups.set([Group.objects.get(name=EDITORS)])


def clear_roles(person):
    person.groups.clear()


def delete_role(person):
    Group.objects.get(name=OFFICE).delete()


def delete_account(person):
    get_user_model().objects.filter(pk=person.pk).delete()


@pytest.mark.parametrize(
    "deed",
    [disable, take_role, take_role_from_the_other_side, set_roles_anew, clear_roles, delete_role, delete_account],
)
def test_the_next_request_is_a_strangers(office, deed):
    client, other = enter(office.clerk), enter(office.leader)
    assert sessions_of(office.clerk) == 1 and not is_stranger(client)
    deed(get_user_model().objects.get(pk=office.clerk.pk))
    assert StaffSession.objects.filter(account_id=office.clerk.pk).count() == 0
    assert is_stranger(client)
    assert not is_stranger(other)


def test_an_administrator_who_is_one_no_more_is_signed_out(office):
    client = enter(office.administrator)
    person = get_user_model().objects.get(pk=office.administrator.pk)
    person.is_superuser = False
    person.save()
    assert is_stranger(client)


def test_a_new_role_or_a_new_name_ends_nothing(office):
    client = enter(office.land_editor)
    office.land_editor.groups.add(Group.objects.get(name=OFFICE))
    office.land_editor.first_name = "Điền"
    office.land_editor.save()
    assert not is_stranger(client)
    assert client.get(reverse("urgent_review")).status_code == 200, "the new role counts at once"


def test_a_session_does_not_come_back_with_the_account(office):
    """However the account was disabled, and whoever asked in between."""
    client = enter(office.clerk)
    get_user_model().objects.filter(pk=office.clerk.pk).update(is_active=False)
    assert is_stranger(client)
    get_user_model().objects.filter(pk=office.clerk.pk).update(is_active=True)
    assert is_stranger(client)
    assert sessions_of(office.clerk) == 0


def test_a_new_password_ends_the_other_sessions(office):
    here, elsewhere = enter(office.clerk), enter(office.clerk)
    form = {
        "password-old_password": PASSWORD,
        "password-new_password1": "mat-khau-moi-9417",
        "password-new_password2": "mat-khau-moi-9417",
        "name_email-first_name": "Thử",
        "name_email-last_name": "Trần Thị",
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
    }
    answer = here.post("/quan-tri/account/", form)
    assert answer.status_code == 302, answer.context["panels_by_tab"]
    assert not is_stranger(here)
    assert is_stranger(elsewhere)
    assert sessions_of(office.clerk) == 1


def test_idle_time_ends_a_session_sooner_for_those_who_work_for_all(office, settings, time_machine):
    settings.SESSION_IDLE_SECONDS, settings.SESSION_IDLE_SECONDS_OFFICE = 3600, 1800
    clerk, editor = enter(office.clerk), enter(office.land_editor)
    start = time.time()
    assert not is_stranger(clerk) and not is_stranger(editor)
    time_machine.move_to(start + 1700)
    assert not is_stranger(clerk), "still in time, and seen anew"
    time_machine.move_to(start + 1700 + 1850)
    assert is_stranger(clerk) and sessions_of(office.clerk) == 0
    assert not is_stranger(editor)
    time_machine.move_to(start + 3600 + 3700)
    assert is_stranger(editor)


def test_a_forgotten_editor_page_does_not_keep_its_session_alive(office, settings, time_machine):
    settings.SESSION_IDLE_SECONDS = 3600
    client = enter(office.land_editor)
    client.get("/noi-bo/")
    start = time.time()
    for minute in range(10, 70, 10):
        time_machine.move_to(start + minute * 60)
        client.post("/quan-tri/editing-sessions/ping/home/unitpage/1/1/")
    time_machine.move_to(start + 3700)
    assert is_stranger(client)


def test_nobody_stays_longer_than_a_days_work(office, settings, time_machine):
    settings.SESSION_COOKIE_AGE = 4 * 3600
    client = enter(office.land_editor)
    start = time.time()
    for step in range(1, 9):
        time_machine.move_to(start + step * 1795)
        assert not is_stranger(client)
    time_machine.move_to(start + 4 * 3600 + 60)
    assert is_stranger(client)


def test_being_seen_is_written_once_a_minute(office, time_machine):
    client = enter(office.land_editor)
    client.get("/noi-bo/")
    row = StaffSession.objects.filter(account_id=office.land_editor.pk)
    before = row.get().session_data
    client.get("/noi-bo/")
    assert row.get().session_data == before
    time_machine.move_to(time.time() + 90)
    client.get("/noi-bo/")
    assert row.get().session_data != before


def test_what_expired_is_cleared_away_when_somebody_signs_in(office):
    enter(office.clerk)
    StaffSession.objects.update(expire_date=timezone.now() - timedelta(minutes=1))
    enter(office.leader)
    assert sessions_of(office.clerk) == 0 and sessions_of(office.leader) == 1


def test_cookies_are_closed_to_scripts_and_end_with_the_browser(office):
    client = enter(office.clerk)
    cookie = client.cookies[django_settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
    assert not cookie["max-age"] and not cookie["expires"]
    remembered = Client()
    form = {"username": office.clerk.username, "password": PASSWORD, "remember": "on"}
    remembered.post("/quan-tri/login/", form)
    assert not remembered.cookies[django_settings.SESSION_COOKIE_NAME]["max-age"]


def test_cookies_are_secure_over_https(office, settings):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    client = enter(office.clerk)
    assert client.cookies[django_settings.SESSION_COOKIE_NAME]["secure"]


# --- memberships -----------------------------------------------------------


@pytest.fixture
def channels(office):
    """Address -> what of the water unit an editor of that unit meets there."""
    own = {"unit": office.water, "audience": "units", "audience_units": [office.water]}
    page = office.tree.add_directive("zqkenh tài liệu", **own)
    desk = UnitDesk.objects.get(unit=office.water)
    content = ContentFile(b"%PDF-1.7 zqtep %%EOF", name="zqtep.pdf")
    file = PortalDocument.objects.create(title="zqtep", collection=desk.collection, file=content)
    return {
        page.url: "zqkenh",
        "/noi-bo/": "zqkenh",
        "/tim-kiem/?q=zqkenh": page.url,
        "/kho-luu-tru/": "zqkenh",
        "/quan-tri/danh-sach-van-ban/": "zqkenh",
        reverse("wagtailadmin_pages:edit", args=[page.pk]): "zqkenh",
        "/quan-tri/documents/": "zqtep",
        reverse("wagtaildocs_chooser:chosen", args=[file.pk]): "zqtep",
        file.url: "zqtep",
    }


def shown(client, channels) -> set[str]:
    """Channels in which the person meets the unit's things now."""
    met = set()
    for address, token in channels.items():
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        text = body.decode(errors="replace").replace("q=zqkenh", "").replace('value="zqkenh"', "")
        met |= {address} if answer.status_code == 200 and token in text else set()
    return met


def end_yesterday(row):
    Membership.objects.filter(pk=row.pk).update(ends_on=timezone.localdate() - timedelta(days=1))


def begin_tomorrow(row):
    Membership.objects.filter(pk=row.pk).update(starts_on=timezone.localdate() + timedelta(days=1))


def move_away(row):
    row.unit = UnitDesk.objects.exclude(unit_id=row.unit_id).get().unit
    row.save()


def delete_row(row):
    row.delete()


@pytest.mark.parametrize("deed", [end_yesterday, begin_tomorrow, move_away, delete_row])
def test_who_leaves_a_unit_meets_nothing_of_it_on_the_next_request(office, channels, deed):
    client = enter(office.water_editor)
    assert shown(client, channels) == set(channels), "the positive control"
    deed(Membership.objects.get(user=office.water_editor))
    assert shown(client, channels) == set()
    assert not is_stranger(client), "leaving a unit is not leaving the staff"


def test_who_comes_meets_everything_on_the_next_request(office, channels):
    client = enter(office.land_editor)
    assert shown(client, channels) == set()
    today = timezone.localdate()
    row = Membership.objects.create(user=office.land_editor, unit=office.water, starts_on=today + timedelta(days=1))
    assert shown(client, channels) == set()
    Membership.objects.filter(pk=row.pk).update(starts_on=today, ends_on=today)
    assert shown(client, channels) == set(channels)


@pytest.mark.parametrize(
    ("first", "second", "is_right"),
    [
        (("2024-01-01", "2024-06-30"), ("2024-07-01", None), True),
        (("2024-01-01", "2024-06-30"), ("2024-06-30", None), False),
        (("2024-01-01", None), ("2025-01-01", None), False),
        ((None, "2024-06-30"), (None, "2023-01-01"), False),
        ((None, None), ("2020-01-01", "2020-01-02"), False),
    ],
)
def test_periods_of_one_person_in_one_unit_do_not_overlap(office, first, second, is_right):
    person, unit = office.clerk, office.land
    Membership.objects.create(user=person, unit=unit, starts_on=first[0], ends_on=first[1])
    again = Membership(user=person, unit=unit, starts_on=second[0], ends_on=second[1])
    if is_right:
        again.full_clean()
    else:
        with pytest.raises(ValidationError, match="đã thuộc đơn vị"):
            again.full_clean()


def test_the_form_refuses_an_end_before_the_beginning(office, client):
    client.force_login(office.administrator)
    form = {"user": office.clerk.pk, "unit": office.land.pk, "starts_on": "05/03/2024", "ends_on": "04/03/2024"}
    answer = client.post("/quan-tri/snippets/portal/membership/add/", form)
    assert answer.status_code == 200 and "Ngày kết thúc phải bằng hoặc sau ngày bắt đầu" in answer.content.decode()
    assert not Membership.objects.filter(user=office.clerk).exists()
    client.post("/quan-tri/snippets/portal/membership/add/", form | {"ends_on": "05/03/2024"})
    assert Membership.objects.filter(user=office.clerk).exists()
