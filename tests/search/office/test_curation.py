"""Pinned and hidden results: which query they hold for, who sees them, how the office keeps them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from search.asking import Ask
from search.curation import Curated, curated_for
from search.office_models import CuratedQuery, HiddenPage, PinnedPage
from search.office_models.curated import key_of
from search.results import Search
from tests.builders import make_person

pytestmark = pytest.mark.django_db
ADD = "/quan-tri/tim-kiem-ghim-an/new/"


def rule(*wordings: str, pins=(), hides=(), **fields) -> CuratedQuery:
    made = CuratedQuery.objects.create(wordings="\n".join(wordings), **fields)
    for place, page in enumerate(pins):
        PinnedPage.objects.create(rule=made, page_id=page.pk, sort_order=place)
    for place, page in enumerate(hides):
        HiddenPage.objects.create(rule=made, page_id=page.pk, sort_order=place)
    return made


def key(page: Page) -> str:
    return f"page:{page.pk}"


def test_a_rule_holds_for_every_wording_whatever_its_accents(tree):
    first, second, third = (tree.add_article(f"Tin {number}") for number in (1, 2, 3))
    rule("Giấy phép khai thác nước", "cấp nước", pins=[second, first], hides=[third])
    expected = Curated((key(second), key(first)), frozenset({key(third)}))
    for typed in ("giay phep khai thac nuoc", "GIẤY PHÉP khai thác nước!", "Cấp nước"):
        assert curated_for(key_of(typed)) == expected
    for typed in ("giấy phép khai thác", "nước", ""):
        assert curated_for(key_of(typed)) == Curated()


def test_rules_cost_one_query_and_then_none(tree, django_assert_num_queries):
    pages = [tree.add_article(f"Tin {number}") for number in range(4)]
    for number in range(5):
        rule(f"câu {number}", pins=pages[:2], hides=pages[2:])
    with django_assert_num_queries(1):
        assert curated_for("cau 3").pinned == (key(pages[0]), key(pages[1]))
    with django_assert_num_queries(0):
        assert curated_for("cau 4").hidden == {key(pages[2]), key(pages[3])}


def test_a_change_is_seen_at_once(tree):
    page = tree.add_article("Tin")
    assert curated_for("dat dai") == Curated()
    made = rule("đất đai", pins=[page])
    assert curated_for("dat dai").pinned == (key(page),)
    made.wordings = "khoáng sản"
    made.save()
    assert curated_for("dat dai") == Curated() and curated_for("khoang san").pinned == (key(page),)
    made.delete()
    assert curated_for("khoang san") == Curated()


@pytest.mark.parametrize(("days", "holds"), [(-1, False), (0, True), (1, True)])
def test_a_rule_ends_after_its_last_day(tree, days, holds):
    rule("đất đai", pins=[tree.add_article("Tin")], until_on=timezone.localdate() + timedelta(days=days))
    assert bool(curated_for("dat dai").pinned) is holds


def test_pins_lead_and_hidden_pages_stay_away(tree):
    hidden = tree.add_directive("Quy hoạch sử dụng đất cũ")
    found = tree.add_directive("Quy hoạch sử dụng đất mới")
    pinned = tree.add_article("Hỏi đáp về nhà ở")
    rule("quy hoạch sử dụng đất", pins=[pinned], hides=[hidden])
    rows = Search(None, Ask("quy hoach su dung dat")).rows
    assert [(row.entry.pk, row.is_pinned) for row in rows[:2]] == [(pinned.pk, True), (found.pk, False)]
    assert hidden.pk not in {row.entry.pk for row in rows}


def test_a_pin_opens_nothing_and_an_ended_page_shows_nothing(office):
    units = office.tree.add_directive("Kế hoạch riêng", audience="units", audience_units=[office.land])
    ended = office.tree.add_article("Tin đã gỡ")
    rule("xin việc", pins=[units, ended])
    ended.unpublish()
    seen = {
        name: [row.entry.pk for row in Search(reader, Ask("xin việc")).rows]
        for name, reader in (
            ("stranger", None),
            ("staff", make_person("khach")),
            ("land", office.land_editor),
            ("water", office.water_editor),
            ("office", office.clerk),
        )
    }
    assert seen == {"stranger": [], "staff": [], "land": [units.pk], "water": [], "office": [units.pk]}


def form(wordings: str, pins=(), hides=()) -> dict:
    data = {"wordings": wordings, "note": "", "until_on": ""}
    for prefix, pages in (("pins", pins), ("hidden_pages", hides)):
        data |= {f"{prefix}-TOTAL_FORMS": len(pages), f"{prefix}-INITIAL_FORMS": 0}
        data |= {f"{prefix}-MIN_NUM_FORMS": 0, f"{prefix}-MAX_NUM_FORMS": 1000}
        for place, page in enumerate(pages):
            data |= {f"{prefix}-{place}-page": page.pk, f"{prefix}-{place}-ORDER": place + 1}
    return data


def test_the_office_makes_a_rule(office, client):
    page, other = office.tree.add_article("Tin"), office.tree.add_article("Tin khác")
    client.force_login(office.clerk)
    assert reverse("tim-kiem-ghim-an:add") == ADD
    answer = client.post(ADD, form("  Đất  đai \n\nnhà đất", pins=[page, other]))
    assert answer.status_code == 302
    made = CuratedQuery.objects.get()
    assert (made.wordings, made.updated_by) == ("Đất đai\nnhà đất", office.clerk)
    assert curated_for("nha dat").pinned == (key(page), key(other))
    listed = client.get("/quan-tri/tim-kiem-ghim-an/").content.decode()
    assert f"/quan-tri/tim-kiem-ghim-an/edit/{made.pk}/" in listed
    assert "Đất đai" in listed and "Trần Thị Thử" in listed and "Câu tìm" in listed


@pytest.mark.parametrize(
    ("wordings", "pins", "hides", "said"),
    [
        ("", 1, 0, "Trường này"),
        ("…", 1, 0, "Mỗi dòng phải có ít nhất một từ để tìm."),
        ("đất đai\n???", 1, 0, "Mỗi dòng phải có ít nhất một từ để tìm."),
        ("đất đai", 0, 0, "Hãy chọn ít nhất một trang để ghim hoặc để ẩn."),
        ("đất đai", 1, 1, "vừa ghim vừa ẩn"),
        ("KHOÁNG SẢN", 1, 0, "đã nằm trong mục “khoáng sản”"),
        ("\n".join(f"câu {number}" for number in range(21)), 1, 0, "nhiều nhất 20 cách viết"),
    ],
)
def test_a_wrong_rule_is_refused_with_a_sentence(office, client, wordings, pins, hides, said):
    page = office.tree.add_article("Tin")
    rule("khoáng sản", pins=[page])
    client.force_login(office.clerk)
    answer = client.post(ADD, form(wordings, pins=[page] * pins, hides=[page] * hides))
    assert answer.status_code == 200 and said in answer.content.decode()
    assert CuratedQuery.objects.count() == 1


def test_the_form_comes_filled_in_for_a_query_of_the_report(office, client):
    client.force_login(office.clerk)
    html = client.get(ADD, {"cau": 'đất "đai" <b>'}).content.decode()
    assert "đất &quot;đai&quot; &lt;b&gt;</textarea>" in html
    assert "chậm nhất sau 30 giây" in html


def test_an_editor_has_no_part_in_it(office, client):
    client.force_login(office.land_editor)
    for path in (ADD, "/quan-tri/tim-kiem-ghim-an/", "/quan-tri/tim-kiem-viet-tat/", "/quan-tri/bao-cao-tim-kiem/"):
        assert client.get(path).status_code in (302, 403), path
    assert "search-office" not in client.get("/quan-tri/").content.decode()
