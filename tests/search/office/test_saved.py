"""Saved searches: kept, shown, changed and deleted by their owner alone."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory

from directives.models import DocumentKind
from search.office import saving
from search.office_models import SavedSearch
from tests.builders import make_person

pytestmark = pytest.mark.django_db
LIST = "/noi-bo/tim-kiem-da-luu/"


@pytest.fixture
def lan(tree, client):
    person = make_person("lan")
    client.force_login(person)
    return person


def save(client, address="q=Đất+đai&nam=2024&nam=2023&khop=du-tu&trang=4"):
    return client.post(f"{LIST}them/", {"tim": address}, follow=True).content.decode()


def test_a_search_is_kept_with_its_filters_and_shown(lan, client):
    html = save(client)
    saved = SavedSearch.objects.get()
    assert (saved.owner, saved.name, saved.frequency) == (lan, "Đất đai", SavedSearch.DAILY)
    assert saved.address == "q=%C4%90%E1%BA%A5t+%C4%91ai&nam=2024&nam=2023&khop=du-tu"
    assert "Đã lưu tìm kiếm “Đất đai”" in html and "lan@vi-du.gov.vn hằng ngày" in html
    assert f"/tim-kiem/?{saved.address}".replace("&", "&amp;") in html
    assert "Năm: 2024 · Năm: 2023 · Đủ các từ · Lưu ngày" in html


@pytest.mark.parametrize(
    ("address", "name"),
    [("nam=2024&thang=3", "Năm: 2024, Tháng 3"), ("muc=story", "Gương điển hình"), ("q=đất&nam=2024", "đất")],
)
def test_a_search_is_called_by_its_words_or_its_filters(lan, client, address, name):
    save(client, address)
    assert SavedSearch.objects.get().name == name


def test_the_same_search_is_kept_once(lan, client):
    save(client)
    assert "đã được lưu từ trước" in save(client)
    assert SavedSearch.objects.count() == 1


@pytest.mark.parametrize("address", ["", "trang=3", "la=lung", "q=%00", "x" * 20_000])
def test_nothing_to_find_is_nothing_to_keep(lan, client, address):
    assert "Hãy nhập từ cần tìm hoặc chọn bộ lọc" in save(client, address)
    assert not SavedSearch.objects.exists()


def test_one_person_keeps_a_limited_number(lan, client, monkeypatch):
    monkeypatch.setattr(saving, "MOST_SAVED", 2)
    for number in range(3):
        html = save(client, f"q=câu {number}")
    assert "nhiều nhất 2 tìm kiếm" in html and SavedSearch.objects.count() == 2


def test_the_owner_renames_and_sets_the_frequency(lan, client):
    save(client)
    saved = SavedSearch.objects.get()
    client.post(f"{LIST}{saved.pk}/sua/", {"ten": "  Việc <b>đất</b> ", "gui": "hang-tuan"})
    saved.refresh_from_db()
    assert (saved.name, saved.frequency) == ("Việc <b>đất</b>", SavedSearch.WEEKLY)
    html = client.get(LIST).content.decode()
    assert "Việc &lt;b&gt;đất" in html and "Việc <b>" not in html
    client.post(f"{LIST}{saved.pk}/sua/", {"ten": " ", "gui": "moi-phut"})
    saved.refresh_from_db()
    assert (saved.name, saved.frequency) == ("Việc <b>đất</b>", SavedSearch.WEEKLY)


def test_the_owner_deletes(lan, client):
    save(client)
    html = client.post(f"{LIST}{SavedSearch.objects.get().pk}/xoa/", follow=True).content.decode()
    assert "Đã xóa tìm kiếm “Đất đai”" in html and "Chưa có tìm kiếm nào" in html
    assert not SavedSearch.objects.exists()


def test_others_neither_see_nor_touch_it(lan, client):
    save(client)
    saved = SavedSearch.objects.get()
    client.force_login(make_person("nam", is_superuser=True))
    assert "Đất đai" not in client.get(LIST).content.decode()
    for deed in ("sua", "xoa"):
        assert client.post(f"{LIST}{saved.pk}/{deed}/", {"ten": "Của tôi", "gui": "khong-gui"}).status_code == 404
    assert SavedSearch.objects.get().name == "Đất đai"


def test_strangers_are_sent_to_the_login(lan, client):
    save(client)
    client.logout()
    saved = SavedSearch.objects.get()
    assert client.get(LIST).status_code == 302
    for path in ("them/", f"{saved.pk}/sua/", f"{saved.pk}/xoa/"):
        assert client.post(LIST + path, {"tim": "q=a"})["Location"].startswith("/quan-tri/login/")
        assert client.get(LIST + path).status_code in (302, 405)
    assert SavedSearch.objects.count() == 1


def test_a_person_without_an_address_is_told(client, tree):
    person = make_person("lan")
    person.email = ""
    person.save()
    client.force_login(person)
    html = save(client)
    assert html.count("chưa có địa chỉ thư") == 1 and "Đã lưu tìm kiếm" in html


def test_the_page_costs_the_same_for_many(lan, client, django_assert_max_num_queries):
    for number in range(12):
        save(client, f"q=câu {number}")
    with django_assert_max_num_queries(12):
        assert client.get(LIST).content.decode().count("/sua/") == 12


def test_searches_of_the_same_words_say_by_which_filters_they_differ(lan, client, tree):
    unit = tree.add_unit("PDD", "Phòng Đất đai")
    decision = DocumentKind.objects.get(series="state", slug="quyet_dinh")
    tree.add_directive("Giao đất", unit=unit, kind=decision)
    for address in ("loai=quyet_dinh", "don_vi=phong-dat-dai", "muc=story", "hieu_luc=in_force", "dinh_kem=1"):
        save(client, f"q=đất&{address}")
    html = client.get(LIST).content.decode()
    for each in (
        "Thể loại: Quyết định",
        "Đơn vị: Phòng Đất đai",
        "Gương điển hình",
        "Còn hiệu lực",
        "Có tệp đính kèm",
    ):
        assert f"{each} · Lưu ngày" in html


def test_a_filter_names_nothing_its_owner_may_not_see(lan, client, tree):
    unit = tree.add_unit("BK", "Ban kín")
    unit.audience, unit.audience_people = "people", [make_person("nam")]
    unit.save_revision().publish()
    save(client, "q=đất&don_vi=ban-kin")
    html = client.get(LIST).content.decode()
    assert "Ban kín" not in html and "Đơn vị: ban-kin" in html


def test_naming_filters_costs_the_same_for_many(lan, client, tree, django_assert_max_num_queries):
    for number in range(12):
        tree.add_unit(f"P{number}", f"Phòng {number}")
        save(client, f"q=đất&don_vi=phong-{number}&loai=l{number}&co_quan=c{number}&linh_vuc=v{number}")
    with django_assert_max_num_queries(16):
        assert client.get(LIST).content.decode().count("Đơn vị: Phòng") == 12


def test_the_button_is_for_staff_after_a_search(lan):
    def rendered(user, query):
        request = RequestFactory().get("/tim-kiem/", query)
        request.user = user
        return render_to_string("search/save.html", {"request": request}, request).strip()

    assert "Lưu tìm kiếm này" in rendered(lan, {"q": "đất"})
    assert rendered(lan, {}) == "" and rendered(AnonymousUser(), {"q": "đất"}) == ""


def test_a_search_is_saved_where_its_results_begin_and_where_there_are_none(lan, client, tree):
    tree.add_article("Đất đai")
    html = client.get("/tim-kiem/?q=%C4%91%E1%BA%A5t").content.decode()
    assert html.index("Lưu tìm kiếm này") < html.index('class="hits"')
    assert "Lưu tìm kiếm này" in client.get("/tim-kiem/?q=khongcogi").content.decode()
    client.logout()
    assert "Lưu tìm kiếm này" not in client.get("/tim-kiem/?q=%C4%91%E1%BA%A5t").content.decode()
