"""What templates say: dates, addresses, sizes, pictures, structured data."""

import json
import re
from datetime import UTC, date, datetime

import pytest
from django.core.cache import cache
from django.core.paginator import Paginator
from django.db import connection
from django.http import QueryDict
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext

from home.templatetags import portal_tags
from search.archive import Archive
from search.models import Entry
from search.vietnamese.dates import PartialDate
from tests.builders import Tree, make_picture


def render(source: str, **values) -> str:
    return Template("{% load portal_tags %}" + source).render(Context(values))


@pytest.mark.parametrize(
    ("value", "short", "long", "iso"),
    [
        (date(2024, 3, 5), "05/03/2024", "ngày 05 tháng 3 năm 2024", "2024-03-05"),
        (date(2024, 2, 11), "11/02/2024", "ngày 11 tháng 02 năm 2024", "2024-02-11"),
        (PartialDate(2024), "năm 2024", "năm 2024", "2024"),
        (PartialDate(2024, 3), "tháng 3 năm 2024", "tháng 3 năm 2024", "2024-03"),
        (None, "", "", ""),
    ],
)
def test_dates_are_written_as_offices_write_them(value, short, long, iso):
    assert render("{{ v|short_date }}|{{ v|long_date }}|{{ v|iso_date }}", v=value) == f"{short}|{long}|{iso}"


def test_an_instant_counts_by_the_clock_of_vietnam():
    late_in_utc = datetime(2024, 11, 21, 20, 30, tzinfo=UTC)
    assert render("{{ v|short_date }}", v=late_in_utc) == "22/11/2024"


def test_a_document_head_leaves_what_is_unknown_open():
    assert render("{{ v|blank_date }}", v=PartialDate(2024)) == "ngày … tháng … năm 2024"
    assert render("{{ v|blank_date }}", v=None) == "ngày … tháng … năm …"


def test_titles_keep_compounds_on_one_line():
    assert render("{{ v|bind }}", v="Phong trào thi đua năm 2024") == "Phong\u00a0trào thi\u00a0đua năm\u00a02024"


def test_a_title_bound_together_is_still_escaped():
    assert render("{{ v|bind }}", v="<b>thi đua</b>") == "&lt;b&gt;thi\u00a0đua&lt;/b&gt;"


@pytest.mark.parametrize(
    ("size", "said"),
    [(0, "0 byte"), (None, "0 byte"), (900, "900 byte"), (68_608, "67 KB"), (2_306_867, "2,2 MB")],
)
def test_sizes_of_files_have_a_comma_and_their_unit(size, said):
    assert portal_tags.file_size(size) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Rà soát thủ tục.", "Rà soát thủ tục."),
        ("Rà soát thủ tục hành chính. Trong đó tập trung vào đất đai.", "Rà soát thủ tục hành chính."),
        ("Rà soát thủ tục hành chính; cắt giảm thời gian giải quyết.", "Rà soát thủ tục hành chính…"),
        ("Rà soát 1.250 thủ tục hành chính mà không có chỗ ngắt nào", "Rà soát 1.250 thủ tục hành chính mà không…"),
        ("Rà soát,\n  thủ tục", "Rà soát, thủ tục"),
    ],
)
def test_an_opening_ends_at_a_pause(text, said):
    assert portal_tags.opening(text, 42) == said


def test_addresses_become_absolute_once(settings):
    settings.SITE_ADDRESS = "https://cong.vi-du.gov.vn"
    assert portal_tags.absolute("/van-ban/") == "https://cong.vi-du.gov.vn/van-ban/"
    assert portal_tags.absolute("https://noi-khac.vn/a") == "https://noi-khac.vn/a"


def test_structured_data_cannot_leave_its_script_element():
    html = render("{% json_ld data %}", data={"name": "</script><script>alert(1)</script>"})
    assert html.count("<script") == 1 and html.count("</script") == 1
    assert json.loads(re.sub("<.*?>", "", html))["name"].startswith("</script>")


def test_the_pager_names_its_gaps():
    page = Paginator(range(180), 20).page(5)
    assert portal_tags.page_numbers(page) == [1, None, 4, 5, 6, None, 9]


@pytest.mark.django_db
def test_the_pager_keeps_the_filters():
    archive = Archive(Entry.objects.all(), None, QueryDict("nam=2024&loai=chi_thi&trang=3"))
    assert portal_tags.page_address(archive, 4) == "?nam=2024&loai=chi_thi&trang=4"
    assert portal_tags.page_address(archive, 1) == "?nam=2024&loai=chi_thi"


@pytest.mark.django_db
def test_only_the_first_picture_is_loaded_at_once():
    image = make_picture()
    first, later = (portal_tags.picture(image, "Máy toàn đạc", "l", is_first) for is_first in (True, False))
    assert 'fetchpriority="high"' in first and "lazy" not in first
    assert 'loading="lazy"' in later and 'decoding="async"' in later
    assert 'width="1200" height="800"' in later and 'alt="Máy toàn đạc"' in later
    assert len(re.findall(r"\.webp \d+w", later)) == 2


@pytest.mark.django_db
def test_a_picture_without_words_or_file_breaks_nothing():
    assert portal_tags.picture(None, "x") == ""
    assert 'alt="&quot;&gt;"' in portal_tags.picture(make_picture(), '">')


@pytest.mark.django_db
def test_pictures_of_a_list_cost_one_query():
    cache.clear()  # other tests' renditions are gone with their database, not from the cache
    tree = Tree.build()
    for n in range(3):
        tree.add_story(f"Gương {n}", photo=make_picture(f"{n}.png"), photo_alt="Ảnh")
    stories = list(Entry.objects.filter(kind="story").select_related("picture"))
    for story in stories:  # made at the first showing
        portal_tags.picture(story.picture)
    with CaptureQueriesContext(connection) as captured:
        for story in portal_tags.prefetch_pictures(stories):
            portal_tags.picture(story.picture)
    assert len(captured.captured_queries) == 1


@pytest.mark.django_db
def test_the_directory_shows_working_units_in_the_order_of_the_tree_at_one_query(rf):
    tree = Tree.build()
    tree.add_unit("VP", "Văn phòng Sở", kind="office")
    tree.add_unit("TTr", "Thanh tra Sở", kind="inspectorate")
    tree.add_unit("CŨ", "Phòng cũ", closed_on=date(2020, 1, 1))
    tree.add_unit("LĐ", "Lãnh đạo Sở", kind="leadership")
    request = rf.get("/")
    request.user = None
    with CaptureQueriesContext(connection) as captured:
        units = portal_tags.directory({"request": request})
    assert [unit.byline for unit in units] == ["VP", "TTr"]
    assert len(captured.captured_queries) == 1
