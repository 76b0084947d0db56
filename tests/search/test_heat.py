"""The strip of months and the counts behind it, on an empty site: steps, folding, names, the turn of the year."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import timezone

from search.archive import Archive
from search.archive_groups import form_groups
from search.heat import Cell, Row, heat_of
from search.models import Entry
from tests.builders import make_person

pytestmark = pytest.mark.django_db
STRANGER = AnonymousUser()
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def archive(query: str = "", user=STRANGER, entries=None) -> Archive:
    return Archive(Entry.objects.official() if entries is None else entries, user, QueryDict(query))


def counts(choices) -> dict[str, int]:
    return {choice.label: choice.count for choice in choices}


def titles(found: Archive) -> list[str]:
    return [entry.title for entry in found.page]


def test_stories_are_filtered_by_campaign_and_an_internal_campaign_is_not_named(tree):
    known = tree.add_campaign("Thi đua xanh")
    hidden = tree.add_campaign("Thi đua kín", audience="staff")
    tree.add_story("Một", campaign=known)
    tree.add_story("Hai", campaign=hidden)
    stories = Entry.objects.filter(kind="story")
    assert counts(archive(entries=stories).campaigns) == {"Thi đua xanh": 1}
    assert counts(archive(user=make_person("lan"), entries=stories).campaigns) == {"Thi đua kín": 1, "Thi đua xanh": 1}
    assert titles(archive(f"phong_trao={known.pk}", entries=stories)) == ["Một"]


def test_choices_are_in_vietnamese_order(tree):
    for name in ("Ốc", "Đá", "Ân", "An", "Dân"):
        tree.add_directive(name, "01/02/2024", unit=tree.add_unit(name, name))
    assert list(counts(archive().units)) == ["An", "Ân", "Dân", "Đá", "Ốc"]


@pytest.mark.parametrize(
    ("now", "year", "month"),
    [
        (datetime(2023, 12, 31, 23, 59, tzinfo=VIETNAM), 2023, 12),
        (datetime(2024, 1, 1, 0, 1, tzinfo=VIETNAM), 2024, 1),
        (datetime(2024, 1, 1, 6, 0, tzinfo=VIETNAM), 2024, 1),
    ],
)
def test_the_year_turns_at_midnight_in_vietnam(tree, now, year, month):
    with time_machine.travel(now, tick=False):
        tree.add_article("Tin giao thừa", published_on=timezone.localdate())
        tree.add_story("Gương giao thừa")
        tree.add_directive("Văn bản mùng một", "01/01/2024")
        found = archive(f"nam={year}&thang={month}", entries=Entry.objects.filter(kind__in=("article", "story")))
        assert sorted(titles(found)) == ["Gương giao thừa", "Tin giao thừa"]
        assert counts(archive().years) == {"2024": 1}


def test_the_strip_is_shaded_by_the_share_of_the_fullest_month(tree):
    for day in ("01/03/2024", "02/03/2024", "03/03/2024", "04/03/2024", "05/07/2024", "2024", ""):
        tree.add_directive(f"Văn bản {day}", day)
    strip = heat_of(archive("nam=2024&thang=3"))
    [row] = strip.recent
    assert [row.cells[month].step for month in (0, 2, 6)] == [0, 4, 1]
    assert [row.cells[month].count for month in (0, 2, 6)] == [0, 4, 1]
    assert [cell.is_chosen for cell in row.cells].index(True) == 2
    assert (row.total, row.undated.count, strip.without_year.count) == (6, 1, 1)
    assert row.undated.address == "?nam=2024&thang=khong-ro" and strip.without_year.address == "?nam=khong-ro"


def test_thousands_are_dotted_as_everywhere():
    cells = [Cell(1_234, 4, "?nam=2024&thang=1", False), *[Cell(0, 0, "", False)] * 11]
    rows = [Row(2024, cells, 1_687, "?nam=2024", False, None)]
    html = render_to_string("components/heat_table.html", {"rows": rows, "noun": "văn bản"})
    assert ">1.687</td>" in html and ">1.234</a>" in html and "1.234 văn bản" in html


def test_old_years_fold_until_one_is_chosen(tree):
    for year in range(2010, 2025):
        tree.add_directive(f"Năm {year}", f"01/02/{year}")
    strip = heat_of(archive())
    assert [row.year for row in strip.older] == [2012, 2011, 2010] and not strip.is_open
    assert heat_of(archive("nam=2011&thang=2")).is_open


def test_a_filter_that_changes_nothing_is_not_offered(tree):
    for title in ("Một", "Hai"):
        tree.add_directive(title, unit=tree.add_unit("VP", "Văn phòng") if title == "Một" else None)
    names = [group.name for group in form_groups(archive())]
    assert "don_vi" in names and "linh_vuc" not in names and "phong_trao" not in names
