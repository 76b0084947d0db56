"""The result page: what it finds however it is typed, filters that keep their state, ways on, and its cost."""

import re
import unicodedata
from dataclasses import replace
from html import unescape

import pytest
from django.contrib.auth.models import AnonymousUser

from directives.models import DocumentKind
from search.asking import Ask, read_ask
from search.contract import COUNTED, EngineUnavailable, SearchResult
from search.engines.null import NullEngine
from search.models import AttachmentPage, Entry
from search.office_models import CuratedQuery, HiddenPage, PinnedPage
from search.page_filters import heading_of
from search.remembered import forget_everything
from search.result_page import ResultPage
from search.results import Search
from search.templatetags.search_tags import says_more_than, with_marks
from tests.builders import make_person

pytestmark = pytest.mark.django_db
STRANGER = AnonymousUser()
PAGE = "/tim-kiem/"


def found(query: str, user=STRANGER) -> list[str]:
    return [row.entry.title for row in Search(user, Ask(text=query)).rows]


def html_of(client, status: int = 200, **params) -> str:
    response = client.get(PAGE, params)
    assert response.status_code == status, params
    return response.content.decode()


def words_of(html: str) -> str:
    """The page as it reads, without markup."""
    main = html[html.index("<main") : html.index("</main>")]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def links_of(html: str) -> dict[str, str]:
    """Addresses by the words of their link, e.g. `{"2024 3": "?q=đất&nam=2024"}`."""
    pairs = re.findall(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', html, re.DOTALL)
    return {" ".join(re.sub(r"<[^>]+>", " ", text).split()): unescape(address) for address, text in pairs}


@pytest.fixture
def tree(tree):
    tree.unit = tree.add_unit("VP", "Văn phòng Sở")
    tree.add_story("Gương điển hình về đất đai", unit=tree.unit)
    kind = DocumentKind.objects.get(series="party", slug="chi_thi")
    tree.add_directive("Về hòa giải ở cơ sở", number="39", separator="-", notation="CT/TW", kind=kind)
    tree.add_directive("Phân công nội bộ", audience="staff", number="12", notation="QĐ-STNMT")
    return tree


@pytest.fixture
def years(tree):
    """Documents about the cadastral map: two of 2024, one of 2023."""
    titles = (("Bản đồ địa chính xã Đăk Hà", "05/03/2024"), ("Bản đồ địa chính xã Ngọk Bay", "06/04/2024"),
              ("Bản đồ địa chính xã Vinh Quang", "07/05/2023"))  # fmt: skip
    for place, (title, day) in enumerate(titles, 1):
        tree.add_directive(title, issued=day, number=str(place), notation="KH-STNMT", unit=tree.unit)
    return tree


# --- found however it is typed -------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    ["gương điển hình", "guong dien hinh", unicodedata.normalize("NFD", "gương điển hình"), "GUONG  di\u200ben hinh"],
)
def test_a_story_is_found_however_it_is_typed(tree, query):
    assert "Gương điển hình về đất đai" in found(query)


@pytest.mark.parametrize("query", ["hoà giải", "hòa giải", "hoa giai"])
def test_tone_placement_does_not_matter(tree, query):
    assert found(query) == ["Về hòa giải ở cơ sở"]


@pytest.mark.parametrize("query", ["39-CT/TW", "39 CT TW", "39 ct tw", "CT39", "chi thi 39", "chỉ thị 39"])
def test_half_a_number_finds_the_document_first(client, tree, query):
    assert found(query)[:1] == ["Về hòa giải ở cơ sở"]
    html = html_of(client, q=query)
    assert "Đúng số, ký hiệu" in html and html.index("Đúng số, ký hiệu") < html.index("Về hòa giải")
    assert "Đã hiểu là số, ký hiệu 39-CT/TW" in words_of(html)


def test_internal_documents_are_found_by_staff_only(tree):
    assert found("phân công nội bộ") == []
    assert found("phân công nội bộ", make_person("lan")) == ["Phân công nội bộ"]


def test_counts_hold_nothing_the_reader_may_not_see(client, tree):
    search = Search(STRANGER, Ask(text="phân công"))
    assert search.total == 0 and search.tabs[0].count == 0 and search.facets == {}
    assert "Không tìm thấy kết quả phù hợp" in html_of(client, q="phân công nội bộ")


@pytest.mark.parametrize("query", ["   ", '"', "\x00", "a" * 5000, "' OR 1=1 --", "%_%", "🙂", "\u202e", "(" * 300])
def test_strange_queries_answer_calmly(client, tree, query):
    html = html_of(client, q=query)
    assert 'name="q"' in html and "<main" in html and "Lỗi" not in html


def test_marked_words_are_escaped():
    assert with_marks([("<b>", False), ("Điển hình", True)]) == "&lt;b&gt;<mark>Điển hình</mark>"


def test_a_passage_that_repeats_the_title_is_left_out():
    assert not says_more_than([("Giữ ", False), ("rừng", True)], "Giữ rừng đầu nguồn")
    assert says_more_than([("Giữ rừng suốt ba mươi năm", False)], "Giữ rừng đầu nguồn")


# --- tabs, filters, switches ---------------------------------------------------------


def test_tabs_and_filters_keep_the_whole_state_in_the_address(client, years):
    html = html_of(client, q="bản đồ", muc="directive", nam="2024", sap_xep="cu-nhat", khop="du-tu")
    links = links_of(html)
    other_year = next(address for text, address in links.items() if text.startswith("2023"))
    assert other_year == "?q=b%E1%BA%A3n+%C4%91%E1%BB%93&muc=directive&nam=2024&nam=2023&sap_xep=cu-nhat&khop=du-tu"
    assert links["Tất cả 2"] == "?q=b%E1%BA%A3n+%C4%91%E1%BB%93&nam=2024&sap_xep=cu-nhat&khop=du-tu"
    assert "Tìm thấy 2 kết quả" in words_of(html)
    assert [link for link in re.findall(r'<a [^>]*href="\?[^>]*>', html) if "nofollow" not in link] == []


def test_every_filter_in_use_is_a_chip_that_drops_it(years):
    ask = Ask(text="bản đồ", chosen={"year": ("2024",), "unit": (str(years.unit.pk),)}, match="all", with_gone=True)
    page = ResultPage(Search(STRANGER, ask))
    assert [chip.label for chip in page.chips] == [
        "Năm: 2024",
        "Đơn vị: Văn phòng Sở",
        "Đủ các từ",
        "Gồm cả văn bản đã hết hiệu lực",
    ]
    assert "nam=" not in page.chips[0].address and "don_vi=" in page.chips[0].address
    assert page.clear_address == "?q=b%E1%BA%A3n+%C4%91%E1%BB%93"


def test_a_facet_counts_as_if_its_own_values_were_not_chosen(years):
    search = Search(STRANGER, Ask(text="bản đồ", chosen={"kind": ("directive",), "year": ("2023",)}))
    assert [(choice.label, choice.count) for choice in search.facets["year"]] == [("2024", 2), ("2023", 1)]


def test_types_are_called_as_the_open_tab_calls_them(client, tree):
    tree.add_story("Chuyện đất", kind="individual")
    tree.add_article("Tin đất")
    decision = DocumentKind.objects.get(series="state", slug="quyet_dinh")
    page = ResultPage(Search(STRANGER, Ask(text="đất")))
    assert "Thể loại" in [group.heading for group in page.groups]
    # What has a tab of its own is not offered a second time.
    types = next(group for group in page.groups if group.name == "type")
    assert not {"Tin tức", "Thông báo"} & {choice.label for choice in (*types.first, *types.more)}
    for kind, heading in (("directive", "Loại văn bản"), ("story", "Hình thức")):
        ask = Ask(text="đất", chosen={"kind": (kind,), "type": (decision.slug,)})
        assert heading_of(ask, "type") == heading
        assert ResultPage(Search(STRANGER, ask)).chips[0].label.startswith(f"{heading}: ")


def test_a_range_of_dates_narrows_and_a_wrong_day_is_said(client, years):
    assert "Tìm thấy 1 kết quả" in words_of(html_of(client, q="bản đồ", tu="01/04/2024", den="30/04/2024"))
    html = html_of(client, q="bản đồ", muc="directive", tu="31/02/2024")
    assert "Không đọc được ngày “31/02/2024”" in html and 'aria-invalid="true"' in html
    assert "Tìm thấy 3 kết quả" in words_of(html)
    assert "Đến ngày phải sau từ ngày" in html_of(client, q="bản đồ", tu="01/04/2024", den="01/03/2024")


def test_fields_a_form_sends_empty_do_not_stay_in_the_address(client, tree):
    sent = "?q=%C4%91%E1%BA%A5t&tu=&den=&khop=&nam=2024&nam=2023"
    assert client.get(PAGE + sent)["Location"] == f"{PAGE}?q=%C4%91%E1%BA%A5t&nam=2024&nam=2023"
    assert client.get(PAGE + "?q=")["Location"] == PAGE
    assert client.get(PAGE + "?q=%C4%91%E1%BA%A5t").status_code == 200


def test_what_cannot_be_used_of_an_address_is_said(client, years):
    text = words_of(html_of(client, q="bản đồ", nam="abc", muc="<b>", sap_xep="x", loai="gi-do"))
    assert "Bỏ qua năm “abc” vì không đọc được." in text
    assert "Bỏ qua mục “<b>” vì không đọc được." in text and "Bỏ qua thứ tự sắp xếp “x”" in text
    assert "Bỏ qua" not in words_of(html_of(client, q="bản đồ", nam="2024", muc="directive", trang="1", la="1"))


def test_orders_and_switches(client, years):
    html = html_of(client, q="bản đồ địa chính xã", sap_xep="cu-nhat", khop="du-tu")
    assert html.index("Vinh Quang") < html.index("Đăk Hà") < html.index("Ngọk Bay")
    assert re.search(r'value="du-tu"[^>]* checked', html)
    titles = found('"bản đồ địa chính xã Vinh Quang"')
    assert titles == ["Bản đồ địa chính xã Vinh Quang"]


def test_what_lost_its_force_is_counted_and_can_be_shown(client, years):
    years.add_directive("Bản đồ địa chính cũ", validity="expired", number="9", notation="QĐ-STNMT")
    html = html_of(client, q="bản đồ", muc="directive")
    assert "Có 1 văn bản hết hiệu lực không hiện." in words_of(html)
    assert "Bản đồ địa chính cũ" not in words_of(html)
    shown = client.get(PAGE + links_of(html)["Hiện cả"]).content.decode()
    assert "Tìm thấy 4 kết quả" in words_of(shown) and "Hết hiệu lực toàn bộ" in shown


def test_the_box_hands_on_tab_and_filters_but_not_what_is_typed_anew(years):
    ask = read_ask({"q": "bản đồ", "nam": "2024", "muc": "directive", "tu": "2024-01-01", "nguyen_van": "1"})
    assert ResultPage(Search(STRANGER, ask)).kept == [("muc", "directive"), ("nam", "2024")]


# --- what was understood -------------------------------------------------------------


def test_raw_keys_are_decoded_and_said_with_the_way_back(client, tree):
    html = html_of(client, q="ddieern hinhf")
    assert "Gương điển hình về đất đai" in words_of(html)
    assert "Đã hiểu “ ddieern hinhf ” là “ điển hình ”." in words_of(html)
    back = html_of(client, q="ddieern hinhf", nguyen_van="1")
    assert links_of(html)["Tìm đúng như đã gõ"].endswith("nguyen_van=1")
    assert "Đang tìm đúng như đã gõ" in back


def test_what_was_decoded_is_spelled_wherever_it_is_said(client, tree):
    tree.add_directive("Lịch tiếp công dân của Sở")
    text = words_of(html_of(client, q="tieps coong daan"))
    assert "là “ tiếp công dân ”" in text
    assert "tiep" not in text.replace("tieps", "") and "Có phải ông/bà muốn tìm" not in text


def test_a_query_that_is_too_long_is_cut_and_said(client, tree):
    assert "chỉ phần đầu được dùng" in html_of(client, q="đất đai " * 60)


def test_what_the_office_chose_stands_first_with_its_mark(client, years):
    chosen = Entry.objects.get(title="Gương điển hình về đất đai")
    rule = CuratedQuery.objects.create(wordings="bản đồ")
    PinnedPage.objects.create(rule=rule, page_id=chosen.pk)
    forget_everything()
    text = words_of(html_of(client, q="ban do"))
    assert text.index("Văn phòng chọn") < text.index("Gương điển hình") < text.index("Bản đồ địa chính")
    assert "Văn phòng chọn" not in html_of(client, q="ban do", nam="2024")


def test_the_office_s_choice_holds_for_raw_keys_as_well(years):
    pages = {entry.title: entry for entry in Entry.objects.all()}
    rule = CuratedQuery.objects.create(wordings="bản đồ")
    PinnedPage.objects.create(rule=rule, page_id=pages["Gương điển hình về đất đai"].pk)
    HiddenPage.objects.create(rule=rule, page_id=pages["Bản đồ địa chính xã Đăk Hà"].pk)
    forget_everything()
    titles = found("banr ddoof")
    assert titles[0] == "Gương điển hình về đất đai" and "Bản đồ địa chính xã Đăk Hà" not in titles


@pytest.mark.parametrize(("number", "source"), [(3, "trang 3 của bao-cao.pdf"), (0, "bao-cao.pdf")])
def test_a_passage_of_an_attached_file_names_its_page(client, tree, number, source):
    page = tree.add_directive("Báo cáo quý", number="7", notation="BC-STNMT")
    Entry.objects.filter(pk=page.pk).update(has_files=True)
    words = {"text": "Kết quả quan trắc thủy văn.", "folded": " ket qua quan trac thuy van "}
    AttachmentPage.objects.create(
        page_id=page.pk, position=1, file_id=1, file_name="bao-cao.pdf", number=number, **words
    )
    html = html_of(client, q="báo cáo thủy văn")
    assert "<mark>thủy văn</mark>" in html
    assert f'<span class="from">{source}</span>' in html


# --- nothing, one, very many -----------------------------------------------------------


def test_a_single_result_offers_nothing_to_narrow(client, tree):
    html = html_of(client, q="gương điển hình đất đai", khop="du-tu")
    assert "Tìm thấy 1 kết quả" in words_of(html)
    assert 'class="facet"' not in html and 'class="pager"' not in html and "Sắp xếp" not in words_of(html)


class Answering(NullEngine):
    """An engine that answers what it is told, with the hits of the index behind it."""

    def __init__(self, **changes):
        self.changes = changes

    def search(self, query):
        if "error" in self.changes:
            raise self.changes["error"]
        return replace(SearchResult(), **self.changes)


@pytest.fixture
def answering(monkeypatch, tree):
    def answer(**changes):
        real = Search(STRANGER, Ask(text="gương điển hình")).result
        held = {"hits": real.hits, "facets": real.facets, "total": real.total} | changes
        monkeypatch.setattr("search.results.reading_engine", lambda: Answering(**held))

    return answer


def test_ten_thousand_and_more_results(client, answering):
    answering(total=COUNTED, is_more=True)
    html = html_of(client, q="gương")
    assert "Tìm thấy hơn 10.000 kết quả" in words_of(html)
    assert links_of(html)["Trang 100"] == "?q=g%C6%B0%C6%A1ng&trang=100"
    last = words_of(html_of(client, q="gương", trang="100"))
    assert "Chỉ xem được đến trang 100" in last and "Trang sau" not in last


def test_a_stand_in_s_answer_is_marked(client, answering):
    answering(is_reduced=True)
    assert "Kết quả rút gọn" in html_of(client, q="gương")


def test_an_engine_that_is_away_is_said_and_nothing_breaks(client, answering):
    answering(error=EngineUnavailable("away"))
    assert "Tìm kiếm đang tạm nghỉ" in html_of(client, q="gương")
    assert client.get(f"{PAGE}goi-y/", {"q": "gương"}).json() == {"suggestions": []}
    assert client.get(f"{PAGE}atom.xml", {"q": "gương"}).status_code == 200
    assert client.get(f"{PAGE}ket-qua.csv", {"q": "gương"})["Location"] == "/tim-kiem/?q=g%C6%B0%C6%A1ng"
