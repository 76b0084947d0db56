"""What templates ask for about campaigns, stories and news; always what the reader may see."""

from django import template
from django.contrib.auth.models import AnonymousUser
from django.db.models import BooleanField, Case, Q, Value, When
from django.utils import timezone

from news import json_ld
from news.models import CampaignPage
from search.models import Entry

register = template.Library()


def entries_for(context, *kinds: str):
    """The listing rows of these kinds that the reader may see, newest first, with their pictures."""
    user = getattr(context.get("request"), "user", None) or AnonymousUser()
    rows = Entry.objects.visible_to(user).filter(kind__in=kinds).newest()
    return rows.select_related("picture").prefetch_related("picture__renditions")


@register.simple_tag(takes_context=True)
def leading_campaign(context, page_id: int | None = None) -> CampaignPage | None:
    """The campaign that leads the front page: the chosen one, else the newest that is running.

    Example: `{% leading_campaign page.leading_campaign_id as campaign %}`; two queries.
    """
    today = timezone.localdate()
    is_running = (
        Q(state_claim="running")
        & (Q(state_since=None) | Q(state_since__lte=today))
        & (Q(state_until=None) | Q(state_until__gte=today))
    )
    is_chosen = Case(
        When(page_id=page_id, then=Value(True)), default=Value(False), output_field=BooleanField()
    )
    rows = (
        entries_for(context, "campaign").filter(is_running | Q(page_id=page_id)).annotate(is_chosen=is_chosen)
    )
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
def visible_entry(context, page_id: int | None) -> Entry | None:
    """The listing row of a linked page, None when the reader may not see it."""
    kinds = ("campaign", "unit", "directive", "article", "notice", "page")
    return entries_for(context, *kinds).filter(page_id=page_id).first() if page_id else None


@register.simple_tag(takes_context=True)
def campaign_event(context, page) -> dict:
    """The campaign for machines: `{% campaign_event page as data %}`."""
    return json_ld.campaign_event(page, address_of(context, page))


@register.simple_tag(takes_context=True)
def story_article(context, page, picture: str = "") -> dict:
    """The story for machines: `{% story_article page picture as data %}`."""
    return json_ld.story_article(page, address_of(context, page), publisher_of(context), picture)


@register.simple_tag(takes_context=True)
def news_article(context, page, picture: str = "") -> dict:
    """The news item for machines: `{% news_article page picture as data %}`."""
    return json_ld.news_article(page, address_of(context, page), publisher_of(context), picture)


def address_of(context, page) -> str:
    return page.get_full_url(context.get("request")) or ""


def publisher_of(context) -> str:
    return getattr(context.get("department"), "full_name", "")
