"""The admin shows nobody a way that ends in a refusal, and says why when it sends somebody elsewhere."""

import re

import pytest
from django.urls import reverse
from wagtail.admin.menu import admin_menu

from portal.office.dashboard import beginnings
from portal.office.roles import INSPECTORS
from tests.builders import PASSWORD, make_person

ROLES = ["inspector", "land_editor", "clerk", "leader", "administrator"]


@pytest.fixture
def people(office):
    office.inspector = make_person("thanhtra", last_name="Ngô", first_name="Tra")
    office.inspector.groups.add(office.groups[INSPECTORS])
    return office


def menu_of(client, rf, person) -> list:
    request = rf.get("/quan-tri/")
    request.user = person
    return admin_menu.menu_items_for_request(request)


@pytest.mark.parametrize("role", ROLES)
def test_every_way_of_menu_and_dashboard_opens(people, client, rf, role):
    person = getattr(people, role)
    ways = {item.url for item in menu_of(client, rf, person) if item.url.startswith("/")}
    ways |= {beginning.address for beginning in beginnings(person)}
    client.force_login(person)
    ways |= set(re.findall(r'<form [^>]*action="([^"]+)"[^>]*role="search"', client.get("/quan-tri/").content.decode()))
    answers = {way: client.get(way, follow=True).status_code for way in ways}
    assert answers and set(answers.values()) == {200}, answers


def test_an_inspector_begins_with_the_log(people, client, rf):
    client.force_login(people.inspector)
    html = client.get("/quan-tri/").content.decode()
    ways = re.search(r'<nav class="office-begin".*?</nav>', html, re.DOTALL)[0]
    assert re.findall(r'<a href="([^"]+)"', ways) == [reverse("audit")] and "Nhật ký kiểm tra" in ways
    assert 'role="search"' not in html
    labels = {item.label for item in menu_of(client, rf, people.inspector)}
    assert "Nhật ký kiểm tra" in labels and not labels & {"Nhập văn bản", "Văn bản", "Gương điển hình"}


def test_editors_keep_their_ways(people, client, rf):
    labels = {item.label for item in menu_of(client, rf, people.land_editor)}
    client.force_login(people.land_editor)
    assert 'role="search"' in client.get("/quan-tri/").content.decode()
    assert {"Nhập văn bản", "Văn bản", "Gương điển hình"} <= labels and "Nhật ký kiểm tra" not in labels
    assert beginnings(people.land_editor)[0].address == reverse("intake_upload")


TOLD = "chưa được giao việc trên trang quản trị"


def test_staff_without_a_task_in_the_admin_are_told_once_why_they_are_in_the_intranet(people, client):
    client.force_login(make_person("canbo", people.land))
    assert TOLD not in client.get("/noi-bo/").content.decode()
    answer = client.get("/quan-tri/", follow=True)
    assert answer.redirect_chain[-1][0] == "/noi-bo/" and TOLD in answer.content.decode()
    assert TOLD not in client.get("/noi-bo/").content.decode()


def test_who_signs_in_on_the_way_to_the_admin_is_told_too(people, client):
    make_person("canbo", people.land)
    form = {"username": "canbo", "password": PASSWORD}
    answer = client.post("/quan-tri/login/", form | {"next": "/quan-tri/pages/"}, follow=True)
    assert answer.redirect_chain[-1][0] == "/noi-bo/" and TOLD in answer.content.decode()
    client.logout()
    assert TOLD not in client.post("/quan-tri/login/", form, follow=True).content.decode()
