"""Archives: exact counts under every filter, addresses that keep their state, a strip of months, no deeper than 100."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from directives.models import DocumentKind, SubjectField
from home.models import UnitPage
from home.partial_dates import read_partial_date
from search.archive import Archive, PageBeyond
from search.archive_groups import column_groups, span_of
from search.heat import heat_of
from search.models import Entry, Grant
from tests import databases
from tests.builders import make_person, publish

pytestmark = pytest.mark.django_db
STRANGER = AnonymousUser()


def archive(query: str = "", user=STRANGER, entries=None) -> Archive:
    return Archive(Entry.objects.official() if entries is None else entries, user, QueryDict(query))


def counts(choices) -> dict[str, int]:
    return {choice.label: choice.count for choice in choices}


def titles(found: Archive) -> list[str]:
    return [entry.title for entry in found.page]


@pytest.fixture(scope="module")
def built_shelf(built_site, django_db_blocker):
    """Documents of two kinds and two units over two years, one with a year only, one without any date."""
    with django_db_blocker.unblock():
        kinds = {slug: DocumentKind.objects.get(series="state", slug=slug) for slug in ("cong_van", "quyet_dinh")}
        units = {"land": built_site.add_unit("QLĐĐ", "Phòng Đất đai"), "water": built_site.add_unit("TNN", "Ban Nước")}
        for title, day, kind, unit in (
            ("A", "05/03/2024", "cong_van", "land"),
            ("B", "06/03/2024", "cong_van", "water"),
            ("C", "07/07/2024", "quyet_dinh", "land"),
            ("D", "2024", "quyet_dinh", "land"),
            ("E", "31/12/2023", "cong_van", "land"),
            ("F", "", "cong_van", "water"),
        ):
            built_site.add_directive(title, day, kind=kinds[kind], unit=units[unit])
    return {name: unit.pk for name, unit in units.items()}


@pytest.fixture
def shelf(built_shelf, tree):
    """That shelf as it was built; what a test changes is gone after it."""
    for name, pk in built_shelf.items():
        setattr(tree, name, UnitPage.objects.get(pk=pk))
    return tree


def multiply(page, count: int) -> None:
    """`count` further public pages like one, spread over years and months."""
    entry, parent = Entry.objects.get(pk=page.pk), page.get_parent()
    copies = Page.objects.bulk_create(
        Page(
            path=Page._get_path(parent.path, parent.depth + 1, 500 + n),
            depth=page.depth,
            title=page.title,
            draft_title=page.title,
            slug=f"ban-{n}",
            url_path=f"{parent.url_path}ban-{n}/",
            translation_key=uuid4(),
            content_type_id=page.content_type_id,
            locale_id=page.locale_id,
        )
        for n in range(count)
    )
    rows = []
    for n, copy in enumerate(copies):
        row = Entry.objects.model(**{field.attname: getattr(entry, field.attname) for field in Entry._meta.fields})
        row.page_id, row.url, row.title = copy.pk, copy.url_path, f"Bản {n}"
        row.year, row.month, row.topics = 2019 + n % 6, n % 12 + 1, f"|Lĩnh vực {n % 7}|"
        row.type_key, row.type_name, row.unit_id = f"loai_{n % 5}", f"Loại {n % 5}", entry.unit_id
        rows.append(row)
    Entry.objects.bulk_create(rows)
    Grant.objects.bulk_create(Grant(page_id=copy.pk, token="public") for copy in copies)
    databases.count_rows()


# --- filters ------------------------------------------------------------------


def test_each_filter_is_counted_without_its_own_choice(shelf):
    found = archive(f"nam=2024&loai=cong_van&don_vi={shelf.land.pk}")
    assert titles(found) == ["A"]
    assert counts(found.types) == {"Quyết định": 2, "Công văn": 1}
    assert counts(found.units) == {"Ban Nước": 1, "Phòng Đất đai": 1}
    assert counts(found.years) == {"2024": 1, "2023": 1}


def test_counts_lead_to_lists_of_that_length(shelf):
    found = archive("nam=2024")
    for group in column_groups(found):
        for choice in group.choices:
            if not choice.is_chosen:
                assert archive(choice.address.removeprefix("?")).total == choice.count, choice


def test_months_belong_to_the_chosen_year(shelf):
    found = archive("nam=2024")
    assert counts(found.months_of_year) == {"Tháng 3": 2, "Tháng 7": 1, "Không rõ tháng": 1}
    assert titles(archive("nam=2024&thang=3")) == ["B", "A"]
    assert titles(archive("thang=3")) == ["B", "A"]


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("nam=2024&nam=2023", {"nam": "2023"}),
        ("nam=2024&nam=abc", {"nam": "2024"}),
        ("nam=2024&nam=2024&nam=2024", {"nam": "2024"}),
        ("nam=20244&thang=13&don_vi=0&phong_trao=-1&loai=&linh_vuc=%20%20&co_quan=%00", {}),
        ("nam=khong-ro&thang=3", {"nam": "khong-ro"}),
        ("nam=2024&thang=khong-ro", {"nam": "2024", "thang": "khong-ro"}),
        ("sap_xep=moi&loai=quy%E2%80%8Bet_dinh", {"loai": "quyet_dinh"}),
    ],
)
def test_repeated_parameters_collapse_and_nonsense_counts_as_not_given(db, query, kept):
    assert archive(query).filters == kept


@pytest.mark.parametrize("value", ["\x00", "x" * 5000, "-1", "2024.5", "<script>", "٣", "%_%", "' OR 1=1 --", "\ud800"])
def test_strange_addresses_answer_calmly(client, shelf, value):
    raw = value.encode(errors="surrogatepass")
    for name in ("nam", "thang", "loai", "don_vi", "co_quan", "linh_vuc", "phong_trao", "trang", "muc", "sap_xep"):
        assert client.get("/kho-luu-tru/", {name: raw}).status_code == 200, name
    everything = dict.fromkeys(("nam", "thang", "loai", "linh_vuc", "trang"), raw)
    for address in ("/van-ban/", "/kho-luu-tru/so-van-ban.csv", "/don-vi/phong-dat-dai/luu-tru/"):
        assert client.get(address, everything).status_code == 200, address


def test_fields_match_letter_for_letter_on_every_database(shelf):
    field = SubjectField.objects.create(name="Khí_tượng 100%", slug="khi-tuong")
    page = shelf.add_directive("G", "01/01/2022")
    page.fields.add(field)
    publish_again(page)
    assert counts(archive().fields) == {"Khí_tượng 100%": 1}
    assert titles(archive("linh_vuc=Kh%C3%AD_t%C6%B0%E1%BB%A3ng+100%25")) == ["G"]
    for other in ("khí_tượng 100%", "Khí%", "Khí_tượng"):
        assert archive(f"linh_vuc={other.replace('%', '%25')}").total == 0


def publish_again(page) -> None:
    page.save_revision().publish()


def test_a_renamed_unit_counts_once_by_its_present_name(shelf):
    shelf.land.title = "Phòng Quản lý đất đai"
    publish_again(shelf.land)
    Entry.objects.filter(title="A").update(unit_name="Phòng Địa chính")
    assert counts(archive().units) == {"Ban Nước": 2, "Phòng Quản lý đất đai": 4}


def test_counts_hold_nothing_the_reader_may_not_see(shelf):
    kind = DocumentKind.objects.get(series="state", slug="ke_hoach")
    shelf.add_directive("Nội bộ", "02/02/2020", audience="staff", kind=kind, unit=shelf.water)
    stranger, staff = archive(), archive(user=make_person("lan"))
    assert (stranger.total, staff.total) == (6, 7)
    assert "Kế hoạch" in counts(staff.types) and "Kế hoạch" not in counts(stranger.types)
    assert 2020 in staff.months and 2020 not in stranger.months
    assert archive("loai=ke_hoach").types[-1].label == "không có trong danh sách này"


# --- time -----------------------------------------------------------------------


def test_undated_documents_have_their_place(shelf):
    assert titles(archive("nam=2024")) == ["C", "B", "A", "D"]
    assert titles(archive("nam=2024&sap_xep=cu-nhat")) == ["A", "B", "C", "D"]
    assert titles(archive("nam=2024&thang=khong-ro")) == ["D"]
    assert titles(archive("nam=khong-ro")) == ["F"]
    assert titles(archive())[-1] == titles(archive("sap_xep=cu-nhat"))[-1] == "F"


def test_the_strip_follows_the_other_filters_and_keeps_them(shelf):
    [row, _] = heat_of(archive(f"nam=2023&don_vi={shelf.land.pk}&muc=x")).recent
    assert (row.year, row.total, row.cells[2].count) == (2024, 3, 1)
    assert row.cells[2].address == f"?nam=2024&don_vi={shelf.land.slug}&thang=3"


@pytest.mark.parametrize(
    ("query", "span"),
    [
        ("", "Toàn bộ sổ văn bản"),
        ("nam=2024", "Năm 2024"),
        ("nam=2024&thang=3", "Tháng 3 năm 2024"),
        ("nam=2024&thang=khong-ro", "Năm 2024, không rõ tháng"),
        ("nam=khong-ro", "Không rõ năm"),
        ("thang=3", "Tháng 3 của mọi năm"),
    ],
)
def test_the_open_part_has_a_name(db, query, span):
    assert span_of(archive(query)) == span


# --- pages ----------------------------------------------------------------------


def test_pages_go_no_deeper_than_a_hundred(shelf):
    found = Archive(Entry.objects.official(), STRANGER, QueryDict("trang=101"), per_page=1)
    with pytest.raises(PageBeyond):
        assert found.page
    multiply(shelf.add_directive("Mẫu", "01/01/2024"), 120)
    found = Archive(Entry.objects.official(), STRANGER, QueryDict("trang=100"), per_page=1)
    assert (found.page.paginator.num_pages, len(found.page), found.is_cut_short) == (100, 1, True)


@pytest.mark.parametrize("address", ["/kho-luu-tru/", "/van-ban/", "/tin-tuc/", "/don-vi/phong-dat-dai/luu-tru/"])
@pytest.mark.parametrize("number", ["101", "7", "9" * 40])
def test_a_page_that_is_not_there_says_how_to_go_on(client, shelf, address, number):
    response = client.get(address, {"trang": number, "nam": "2024"})
    assert response.status_code == 404
    assert "Không có trang này" in response.content.decode() and "chọn năm, tháng" in response.content.decode()


@pytest.mark.parametrize("address", ["/kho-luu-tru/", "/van-ban/", "/don-vi/phong-dat-dai/luu-tru/"])
def test_a_page_of_an_empty_list_is_said_to_be_empty(client, shelf, address):
    response = client.get(address, {"trang": "3", "nam": "1999"})
    html = response.content.decode()
    assert response.status_code == 404 and "Không có văn bản nào theo lựa chọn này." in html
    assert "có 0 văn bản" not in html and "Bỏ các lựa chọn" in html


def test_every_archive_shows_its_strip_and_its_filters(client, shelf):
    shelf.add_campaign("Phong trào", issued_on=read_partial_date("05/05/2024"), unit=shelf.land)
    shelf.add_story("Gương", unit=shelf.land)
    shelf.add_article("Tin", unit=shelf.land)
    addresses = ["/van-ban/", "/phong-trao/", "/guong-dien-hinh/", "/tin-tuc/", "/don-vi/phong-dat-dai/luu-tru/"]
    addresses += [f"/kho-luu-tru/?muc={slug}" for slug in ("van-ban", "phong-trao", "guong-dien-hinh", "tin-tuc", "gi")]
    for address in addresses:
        html = client.get(address).content.decode()
        assert '<table class="heat">' in html and "so-van-ban.xlsx" in html, address


def test_shelves_are_counted_for_the_reader(client, shelf):
    shelf.add_story("Gương")
    shelf.add_story("Gương nội bộ", audience="staff")
    shelf.add_article("Tin")
    tabs = client.get("/kho-luu-tru/?muc=guong-dien-hinh").context["tabs"]
    assert counts(tabs) == {"Văn bản": 6, "Gương điển hình": 1, "Tin tức, thông báo": 1}
    assert [tab.label for tab in tabs if tab.is_chosen] == ["Gương điển hình"]


def test_the_form_keeps_the_month_and_the_shelf(client, shelf):
    html = client.get("/kho-luu-tru/?muc=van-ban&nam=2024&thang=3&loai=cong_van").content.decode()
    assert '<input type="hidden" name="nam" value="2024">' in html
    assert '<input type="hidden" name="thang" value="3">' in html
    assert '<input type="hidden" name="loai"' not in html and '<option value="cong_van" selected>' in html
    news = shelf.add_article("Tin")
    html = client.get("/kho-luu-tru/?muc=tin-tuc").content.decode()
    assert '<input type="hidden" name="muc" value="tin-tuc">' in html and news.title in html


@pytest.mark.parametrize("address", ["/kho-luu-tru/", "/van-ban/", "/don-vi/phong-dat-dai/luu-tru/"])
def test_an_archive_says_what_it_cannot_use_and_drops_what_a_form_sends_empty(client, shelf, address):
    html = client.get(f"{address}?nam=abc&thang=13&sap_xep=la").content.decode()
    for said in ("Bỏ qua năm “abc”", "Bỏ qua tháng “13”", "Bỏ qua thứ tự sắp xếp “la”"):
        assert said in html
    assert "Bỏ qua" not in client.get(f"{address}?nam=2024&thang=3&sap_xep=cu-nhat").content.decode()
    assert client.get(f"{address}?nam=2024&loai=&don_vi=&sap_xep=")["Location"] == f"{address}?nam=2024"
    assert client.get(f"{address}?loai=")["Location"] == address


# --- units ----------------------------------------------------------------------


def test_the_archive_of_a_unit_holds_what_stood_before_and_below_it(client, shelf):
    below = publish(shelf.land, type(shelf.land)(title="Tổ Đo đạc", code="TĐĐ", audience="public", live=False))
    shelf.water.successors.add(shelf.land)
    publish_again(shelf.water)
    shelf.add_directive("Của tổ", "01/06/2024", unit=below)
    shelf.add_directive("Của đơn vị khác", "01/06/2024", unit=shelf.add_unit("VP", "Văn phòng"))
    response = client.get("/don-vi/phong-dat-dai/luu-tru/")
    found = response.context["archive"]
    assert sorted(titles(found)) == ["A", "B", "C", "Của tổ", "D", "E", "F"]
    assert "<h1>Phòng Đất đai</h1>" in response.content.decode().replace("\u00a0", " ")
    assert found.sheet_address == "/don-vi/phong-dat-dai/luu-tru/so-van-ban.xlsx"
    assert client.get("/don-vi/phong-dat-dai/to-do-dac/luu-tru/").status_code == 200


@pytest.mark.parametrize("tail", ["", "so-van-ban.xlsx", "so-van-ban.csv"])
def test_the_archive_of_an_internal_unit_is_not_there_for_strangers(client, tree, tail):
    unit = tree.add_unit("VP", "Ban kín")
    unit.audience = "staff"
    publish_again(unit)
    address = f"/don-vi/ban-kin/luu-tru/{tail}"
    assert client.get(address).status_code == 404
    client.force_login(make_person("lan"))
    assert client.get(address).status_code == 200
    assert client.get(f"/don-vi/khong-co/luu-tru/{tail}").status_code == 404


# --- cost -------------------------------------------------------------------------


def test_an_archive_costs_the_same_queries_however_much_it_holds(client, shelf):
    addresses = ["/kho-luu-tru/?loai=cong_van", "/van-ban/?nam=2024", "/don-vi/phong-dat-dai/luu-tru/"]
    addresses += ["/kho-luu-tru/so-van-ban.csv", "/kho-luu-tru/so-van-ban.xlsx?nam=2024"]
    few = [queries(client, address) for address in addresses]
    multiply(shelf.add_directive("Mẫu", "01/01/2024", unit=shelf.land), 1000)
    many = [queries(client, address) for address in addresses]
    assert archive().total == 1007
    assert [len(each) for each in many] == [len(each) for each in few], (few, many)
    assert max(map(len, many)) <= 12


def queries(client, address: str) -> list[str]:
    """What a page asks; the fewest of three times, for what is remembered for seconds may run out in between."""
    client.get(address)
    return min((asked_by(client, address) for _ in range(3)), key=len)


def asked_by(client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
        assert response.status_code == 200 and b"".join(response)
    return [each["sql"][:300] for each in captured]
