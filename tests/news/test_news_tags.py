"""The tags that put campaigns, stories and news on pages show only what the reader may see."""

import json
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context
from django.test import RequestFactory
from django.utils import timezone

from news import json_ld
from news.models import (
    ArticlePage,
    AwardForm,
    CampaignIndexPage,
    CampaignPage,
    Commendation,
    NewsIndexPage,
    StoryIndexPage,
    StoryPage,
)
from news.templatetags import news_tags
from portal.foundation import build_site_tree
from portal.models import User
from search.vietnamese.dates import PartialDate
from search.visibility import PUBLIC, STAFF

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    return build_site_tree({"name": "Sở Ví dụ", "province": "tỉnh Ví Dụ"})


def add(parent_type, page, audience=PUBLIC):
    page.audience = audience
    page.live = False
    parent_type.objects.get().add_child(instance=page)
    page.save_revision().publish()
    return page


def add_campaign(title, begins, ends, audience=PUBLIC, **fields):
    page = CampaignPage(title=title, period_from=begins, period_until=ends, issued_on=begins, **fields)
    return add(CampaignIndexPage, page, audience)


def context_for(user=None):
    request = RequestFactory().get("/")
    request.user = user or AnonymousUser()
    return Context({"request": request})


@pytest.fixture
def this_year():
    return PartialDate(timezone.localdate().year)


@pytest.fixture
def last_year():
    return PartialDate(timezone.localdate().year - 1)


def test_the_newest_running_campaign_leads(site, this_year, last_year):
    add_campaign("Đã xong", last_year, last_year)
    add_campaign("Cũ hơn", last_year, this_year)
    newest = add_campaign("Mới nhất", this_year, this_year)
    assert news_tags.leading_campaign(context_for()) == newest


def test_the_chosen_campaign_leads_even_when_it_is_over(site, this_year, last_year):
    chosen = add_campaign("Đã xong", last_year, last_year)
    add_campaign("Đang diễn ra", this_year, this_year)
    assert news_tags.leading_campaign(context_for(), chosen.pk) == chosen


def test_a_chosen_campaign_the_reader_may_not_see_gives_way(site, this_year):
    hidden = add_campaign("Nội bộ", this_year, this_year, audience=STAFF)
    shown = add_campaign("Công khai", this_year, this_year)
    staff = User.objects.create_user("canbo")
    assert news_tags.leading_campaign(context_for(), hidden.pk) == shown
    assert news_tags.leading_campaign(context_for(staff), hidden.pk) == hidden


def test_no_campaign_leads_when_none_runs(site, last_year):
    add_campaign("Đã xong", last_year, last_year)
    assert news_tags.leading_campaign(context_for()) is None


def test_the_leading_campaign_costs_two_queries(site, this_year, django_assert_num_queries):
    for number in range(5):
        add_campaign(f"Phong trào {number}", this_year, this_year)
    with django_assert_num_queries(2):
        news_tags.leading_campaign(context_for())


def test_latest_lists_are_short_newest_first_and_visible(site):
    today = timezone.localdate()
    for days in range(4):
        add(NewsIndexPage, ArticlePage(title=f"Tin {days}", published_on=today - timedelta(days=days)))
    add(NewsIndexPage, ArticlePage(title="Tin nội bộ", published_on=today), STAFF)
    add(NewsIndexPage, ArticlePage(title="Báo", kind="notice", published_on=today))
    assert [entry.title for entry in news_tags.latest_news(context_for(), 3)] == ["Tin 0", "Tin 1", "Tin 2"]
    assert [entry.title for entry in news_tags.latest_notices(context_for(), 3)] == ["Báo"]


def test_stories_of_a_campaign_leave_out_others_and_withdrawn_ones(site, this_year):
    campaign = add_campaign("Phong trào", this_year, this_year)
    own = add(
        StoryIndexPage,
        StoryPage(title="Của phong trào", kind="model", subject="Mô hình", summary="Tóm tắt", campaign=campaign),
    )
    add(
        StoryIndexPage,
        StoryPage(title="Ngoài phong trào", kind="model", subject="Mô hình", summary="Tóm tắt"),
    )
    person = StoryPage(title="Chưa đồng ý", kind="individual", subject="Y Mẫu", summary="Tóm tắt", campaign=campaign)
    add(StoryIndexPage, person)
    assert [entry.page_id for entry in news_tags.stories_of(context_for(), campaign, 4)] == [own.pk]


def test_other_stories_begin_with_the_same_campaign_and_never_hold_the_story_itself(site, this_year):
    campaign = add_campaign("Phong trào", this_year, this_year)
    facts = {"kind": "model", "subject": "Mô hình", "summary": "Tóm tắt"}
    near = add(StoryIndexPage, StoryPage(title="Gần", campaign=campaign, **facts))
    read = add(StoryIndexPage, StoryPage(title="Đang đọc", campaign=campaign, **facts))
    add(StoryIndexPage, StoryPage(title="Xa", **facts))
    assert [entry.title for entry in news_tags.other_stories(context_for(), read, 3)] == [near.title, "Xa"]


def test_a_story_links_its_campaign_and_unit_only_for_those_who_may_see_them(site, this_year):
    hidden = add_campaign("Nội bộ", this_year, this_year, audience=STAFF)
    story = StoryPage(title="Gương", kind="model", subject="Mô hình", summary="Tóm tắt", campaign=hidden)
    add(StoryIndexPage, story)
    assert news_tags.story_reading(context_for(), story).campaign is None
    staff = context_for(User.objects.create_user("canbo"))
    assert news_tags.story_reading(staff, story).campaign.page_id == hidden.pk


def test_commendations_come_with_form_and_level_in_one_query(site, django_assert_num_queries):
    form = AwardForm.objects.create(name="Giấy khen", slug="giay-khen-vi-du", group="praise")
    story = StoryPage(title="Gương", kind="model", subject="Mô hình", summary="Tóm tắt")
    story.commendations = [Commendation(form=form), Commendation(form=form)]
    reading = news_tags.story_reading(context_for(), StoryPage.objects.get(pk=add(StoryIndexPage, story).pk))
    with django_assert_num_queries(1):
        assert [str(row) for row in reading.commendations] == ["Giấy khen", "Giấy khen"]
        assert [row.level for row in reading.commendations] == [None, None]


@pytest.mark.parametrize(
    ("occasion", "day", "span"),
    [
        ({"text": "Quốc khánh", "calendar": "solar", "day": 2, "month": 9, "since_on": date(1945, 9, 2),
          "until_on": date(2024, 9, 2)}, "02/09", "2/9/1945 - 2/9/2024"),
        ({"text": "Giỗ Tổ", "calendar": "lunar", "day": 10, "month": 3, "since_on": None, "until_on": None},
         "10/3", "mùng 10 tháng 3 âm lịch"),
        ({"text": "Đón Tết nguyên đán", "calendar": "lunar", "day": None, "month": None, "since_on": None,
          "until_on": None}, "Tết", "âm lịch"),
        ({"text": "Đại hội", "calendar": "solar", "day": None, "month": None, "since_on": None, "until_on": None},
         "", ""),
    ],
)  # fmt: skip
def test_occasions_by_sun_and_moon(occasion, day, span):
    assert (news_tags.occasion_day(occasion), news_tags.occasion_span(occasion)) == (day, span)


def test_small_numbers_are_words_and_lists_are_split():
    assert [news_tags.spelled(n) for n in (1, 8, 11)] == ["một", "tám", "11"]
    assert news_tags.listed("Đăk Hà; Sa Thầy.\nKon Plông") == ["Đăk Hà", "Sa Thầy", "Kon Plông"]


def test_a_campaign_is_an_event_with_its_sides_and_period(site):
    sides = json.dumps([{"type": "side", "value": "Ban Chấp hành Công đoàn"}])
    page = add_campaign("Phong trào năm 2024", PartialDate(2024, 3), PartialDate(2024, 12), sides=sides)
    event = json_ld.campaign_event(page, "https://vi-du.vn/phong-trao/")
    assert (event["@type"], event["startDate"], event["endDate"]) == ("Event", "2024-03", "2024-12")
    assert event["organizer"] == [{"@type": "GovernmentOrganization", "name": "Ban Chấp hành Công đoàn"}]


def test_what_an_article_does_not_say_its_machine_form_leaves_out():
    page = ArticlePage(title="Tập huấn", published_on=date(2024, 11, 14))
    facts = json_ld.news_article(page, "https://vi-du.vn/tin/", "Sở Ví dụ")
    assert facts["datePublished"] == "2024-11-14"
    assert {"image", "author", "description", "dateModified"}.isdisjoint(facts)
