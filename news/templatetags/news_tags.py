"""What templates ask for about campaigns, stories and news; always what the reader may see."""

import re

from django import template
from django.contrib.auth.models import AnonymousUser
from django.db.models import BooleanField, Case, Q, Value, When
from django.utils import timezone

from home.templatetags.portal_tags import absolute
from news import json_ld
from news.models import CampaignPage
from news.story_reading import ArticleReading, StoryReading
from search.models import Entry
from search.states import CAMPAIGN

register = template.Library()
COUNTED = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")


def reader_of(context):
    """The person the page is made for; a stranger when there is no request (error pages)."""
    return getattr(context.get("request"), "user", None) or AnonymousUser()


def entries_for(context, *kinds: str):
    """The listing rows of these kinds that the reader may see, newest first, with their pictures."""
    rows = Entry.objects.visible_to(reader_of(context)).filter(kind__in=kinds).newest()
    return rows.select_related("picture").prefetch_related("picture__renditions")


@register.simple_tag(takes_context=True)
def leading_campaign(context, page_id: int | None = None) -> CampaignPage | None:
    """The campaign that leads the front page: the chosen one, else the newest that is running.

    Example: `{% leading_campaign page.leading_campaign_id as campaign %}`; two queries.
    """
    today = timezone.localdate()
    is_running = (
        Q(state_claim__in=("running", CAMPAIGN))
        & (Q(state_since=None) | Q(state_since__lte=today))
        & (Q(state_until=None) | Q(state_until__gte=today))
    )
    is_chosen = Case(When(page_id=page_id, then=Value(True)), default=Value(False), output_field=BooleanField())
    rows = entries_for(context, "campaign").filter(is_running | Q(page_id=page_id)).annotate(is_chosen=is_chosen)
    found = rows.order_by("-is_chosen", *rows.query.order_by).values_list("page_id", flat=True).first()
    campaigns = CampaignPage.objects.select_related("kind", "issuer", "emulation_form", "emulation_scope")
    return campaigns.filter(pk=found).first() if found else None


@register.simple_tag(takes_context=True)
def latest_stories(context, count: int) -> list[Entry]:
    """The newest exemplary stories: `{% latest_stories 4 as stories %}`."""
    return list(entries_for(context, "story")[:count])


@register.simple_tag(takes_context=True)
def latest_news(context, count: int) -> list[Entry]:
    """The newest news items: `{% latest_news 5 as news %}`."""
    return list(entries_for(context, "article")[:count])


@register.simple_tag(takes_context=True)
def latest_notices(context, count: int) -> list[Entry]:
    """The newest notices: `{% latest_notices 3 as notices %}`."""
    return list(entries_for(context, "notice")[:count])


@register.simple_tag(takes_context=True)
def stories_of(context, campaign, count: int) -> list[Entry]:
    """The newest stories of a campaign: `{% stories_of page 4 as stories %}`."""
    return list(entries_for(context, "story").filter(campaign_id=campaign.pk)[:count])


@register.simple_tag(takes_context=True)
def other_stories(context, story, count: int) -> list[Entry]:
    """Further stories to read after one, those of its campaign first."""
    is_near = Case(When(campaign_id=story.campaign_id, then=Value(True)), default=Value(False))
    rows = entries_for(context, "story").exclude(page_id=story.pk)
    if story.campaign_id:
        rows = rows.annotate(is_near=is_near).order_by("-is_near", *rows.query.order_by)
    return list(rows[:count])


@register.simple_tag(takes_context=True)
def story_reading(context, page) -> StoryReading:
    """The story as the reader may see it: `{% story_reading page as reading %}`."""
    return _kept(context, StoryReading, page)


@register.simple_tag(takes_context=True)
def article_reading(context, page) -> ArticleReading:
    """The article as the reader may see it: `{% article_reading page as reading %}`."""
    return _kept(context, ArticleReading, page)


def _kept(context, kind, page):
    """One reading for all the blocks of a template, so that nothing is fetched twice."""
    return context.render_context.setdefault(kind, kind(page, reader_of(context)))


@register.filter
def spelled(count: int) -> str:
    """A small number in words, e.g. `8|spelled` is "tám"; larger ones stay figures."""
    return COUNTED[count - 1] if 0 < count <= len(COUNTED) else str(count)


@register.filter
def occasion_day(occasion) -> str:
    """The day of an occasion in the margin, e.g. "03/02", "10/3" by the moon, "Tết"."""
    day, month = occasion["day"], occasion["month"]
    if occasion["calendar"] == "solar":
        return f"{day:02d}/{month:02d}" if day and month else ""
    is_new_year = (day, month) == (1, 1) or "Tết" in occasion["text"]
    return "Tết" if is_new_year or not (day and month) else f"{day}/{month}"


@register.filter
def occasion_span(occasion) -> str:
    """What the anniversary counts, e.g. "3/2/1930 - 3/2/2024", "mùng 10 tháng 3 âm lịch"."""
    ends = [day for day in (occasion["since_on"], occasion["until_on"]) if day]
    if ends:
        return " - ".join(f"{day.day}/{day.month}/{day.year}" for day in ends)
    day, month = occasion["day"], occasion["month"]
    if occasion["calendar"] == "solar":
        return ""
    if not (day and month) or occasion_day(occasion) == "Tết":
        return "âm lịch"
    return f"{'mùng ' if day <= 10 else 'ngày '}{day} tháng {month} âm lịch"


@register.simple_tag
def campaign_event(page) -> dict:
    """The campaign for machines: `{% campaign_event page as data %}`."""
    return json_ld.campaign_event(page, absolute(page.url or ""))


@register.simple_tag(takes_context=True)
def story_article(context, page, picture: str = "") -> dict:
    """The story for machines: `{% story_article page picture as data %}`."""
    return json_ld.story_article(page, absolute(page.url or ""), publisher_of(context), picture)


@register.simple_tag(takes_context=True)
def news_article(context, page, picture: str = "") -> dict:
    """The news item for machines: `{% news_article page picture as data %}`."""
    return json_ld.news_article(page, absolute(page.url or ""), publisher_of(context), picture)


@register.simple_tag
def share_picture(image) -> str:
    """The address of a picture as it is shown where the page is shared, "" without one."""
    return absolute(image.get_rendition("fill-1200x630|format-jpeg").url) if image and image.is_shown else ""


@register.filter
def listed(text: str) -> list[str]:
    """The parts of a list written in one line, e.g. "Đăk Hà; Sa Thầy" as two."""
    return [part.strip(" .") for part in re.split(r"[;\n]", text) if part.strip(" .")]


def publisher_of(context) -> str:
    return getattr(context.get("department"), "full_name", "")
