"""The lists of the admin: columns, filters, search without marks, and the same cost however long they are."""

import re

import pytest
from django.urls import reverse

from directives.models import DirectiveIndexPage, DirectivePage, DocumentKind
from tests.office import draft

LIST = "/quan-tri/danh-sach-van-ban/"


@pytest.fixture
def pages(office):
    kind = DocumentKind.objects.first() or DocumentKind.objects.create(name="Kế hoạch")
    fields = {"number": "15", "notation": "KH-STNMT", "kind": kind, "unit": office.land}
    published = office.tree.add_directive("Kế hoạch sử dụng đất", issued="05/03/2024", **fields)
    internal = office.tree.add_directive("Thông báo riêng", issued="2023", unit=office.water, audience="staff")
    section = DirectiveIndexPage.objects.get()
    waiting = draft(section, DirectivePage(title="Bản nháp về rừng", unit=office.water), office.water_editor)
    return [published, internal, waiting]


TITLES = ("Kế hoạch sử dụng đất", "Thông báo riêng", "Bản nháp về rừng")


def titles(client, query: str = "") -> set[str]:
    html = squeeze(client.get(f"{LIST}{query}").content.decode())
    return {title for title in TITLES if f">\n{title}" in html}


def squeeze(html: str) -> str:
    return re.sub(r"\s*\n\s*", "\n", html)


def test_columns_show_number_date_kind_unit_and_status(office, client, pages):
    client.force_login(office.clerk)
    html = client.get(LIST).content.decode()
    for heading in ("Số, ký hiệu", "Ngày ban hành", "Loại", "Đơn vị", "Tình trạng", "Sửa lần cuối"):
        assert heading in html
    for cell in ("15/KH-STNMT", "05/03/2024", pages[0].kind.name, "Phòng Đất đai"):
        assert cell in html


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Kế hoạch sử dụng đất", "Thông báo riêng", "Bản nháp về rừng"}),
        ("?q=su+dung+dat", {"Kế hoạch sử dụng đất"}),
        ("?q=nhap+ve+rung", {"Bản nháp về rừng"}),
        ("?q=15%2FKH-STNMT", {"Kế hoạch sử dụng đất"}),
        ("?q=khong+co+gi", set()),
        ("?q=%25%27%22", set()),
        ("?status=draft", {"Bản nháp về rừng"}),
        ("?status=live", {"Kế hoạch sử dụng đất", "Thông báo riêng"}),
        ("?year=2024", {"Kế hoạch sử dụng đất"}),
        ("?audience=staff", {"Thông báo riêng", "Bản nháp về rừng"}),
    ],
)
def test_filters_and_search(office, client, pages, query, found):
    client.force_login(office.clerk)
    assert titles(client, query) == found


def test_the_unit_filter_offers_an_editor_the_own_unit(office, client, pages):
    client.force_login(office.water_editor)
    assert titles(client, f"?unit={office.water.pk}") == {"Thông báo riêng", "Bản nháp về rừng"}
    html = client.get(LIST).content.decode()
    assert "Kế hoạch sử dụng đất" not in html


@pytest.mark.parametrize("name", ["danh-sach-van-ban", "danh-sach-phong-trao", "danh-sach-guong", "danh-sach-tin"])
def test_every_list_opens_and_leads_to_a_new_page(office, client, name):
    client.force_login(office.land_editor)
    assert client.get(reverse(f"{name}:index")).status_code == 200
    assert client.get(reverse(f"{name}:choose_parent"), follow=True).status_code == 200


def test_ten_times_the_pages_cost_no_more_queries(office, client, pages, django_assert_max_num_queries):
    client.force_login(office.clerk)
    client.get(LIST)
    with django_assert_max_num_queries(80) as before:
        client.get(LIST)
    for number in range(20):
        office.tree.add_directive(f"Văn bản {number}", unit=office.land)
    with django_assert_max_num_queries(len(before.captured_queries) + 4):
        client.get(LIST)
