"""The tags that put campaigns, stories and news on pages show only what the reader may see."""

import json
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context
from django.test import RequestFactory
from django.utils import timezone

from news import json_ld
from news.models import ArticlePage, CampaignIndexPage, CampaignPage, NewsIndexPage, StoryIndexPage, StoryPage
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
        StoryPage(
            title="Của phong trào", kind="model", subject="Mô hình", summary="Tóm tắt", campaign=campaign
        ),
    )
    add(
        StoryIndexPage,
        StoryPage(title="Ngoài phong trào", kind="model", subject="Mô hình", summary="Tóm tắt"),
    )
    person = StoryPage(
        title="Chưa đồng ý", kind="individual", subject="Y Mẫu", summary="Tóm tắt", campaign=campaign
    )
    add(StoryIndexPage, person)
    assert [entry.page_id for entry in news_tags.stories_of(context_for(), campaign, 4)] == [own.pk]


def test_other_stories_begin_with_the_same_campaign_and_never_hold_the_story_itself(site, this_year):
    campaign = add_campaign("Phong trào", this_year, this_year)
    facts = {"kind": "model", "subject": "Mô hình", "summary": "Tóm tắt"}
    near = add(StoryIndexPage, StoryPage(title="Gần", campaign=campaign, **facts))
    read = add(StoryIndexPage, StoryPage(title="Đang đọc", campaign=campaign, **facts))
    add(StoryIndexPage, StoryPage(title="Xa", **facts))
    assert [entry.title for entry in news_tags.other_stories(context_for(), read, 3)] == [near.title, "Xa"]


def test_a_link_to_a_hidden_page_is_no_link(site, this_year):
    hidden = add_campaign("Nội bộ", this_year, this_year, audience=STAFF)
    assert news_tags.visible_entry(context_for(), hidden.pk) is None
    assert news_tags.visible_entry(context_for(), None) is None


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
