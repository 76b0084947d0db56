"""Atom feeds, one per section, of public entries only."""

import logging
from dataclasses import replace

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed

from search.asking import Ask, read_ask
from search.contract import NEWEST, SIGNPOSTS, EngineUnavailable
from search.models import KINDS, Entry
from search.results import Search

logger = logging.getLogger(__name__)

SECTIONS = {
    "van-ban": ("Văn bản", ("directive", "campaign")),
    "phong-trao": ("Phong trào thi đua", ("campaign",)),
    "guong-dien-hinh": ("Gương điển hình", ("story",)),
    "tin-tuc": ("Tin tức, thông báo", ("article", "notice")),
}
LENGTH = 30


class EntryFeed(Feed):
    """Entries as an Atom feed; what a feed holds is decided by those who inherit."""

    feed_type = Atom1Feed
    language = "vi"

    def item_title(self, item: Entry) -> str:
        number = f"{item.number or '…'}{item.separator}{item.notation}: " if item.notation else ""
        return number + item.title

    def item_description(self, item: Entry) -> str:
        return item.summary or item.byline

    def item_link(self, item: Entry) -> str:
        return item.url

    def item_guid(self, item: Entry) -> str:
        return f"{settings.SITE_ADDRESS}{item.url}"

    def item_pubdate(self, item: Entry):
        return item.sort_at

    def item_updateddate(self, item: Entry):
        return timezone.localtime(item.sort_at)


class SectionFeed(EntryFeed):
    """`/van-ban/atom.xml` and its like: the newest thirty of a section."""

    def get_object(self, request, section: str) -> str:
        if section not in SECTIONS:
            raise Http404
        return section

    def title(self, section: str) -> str:
        return SECTIONS[section][0]

    def link(self, section: str) -> str:
        return f"/{section}/"

    def items(self, section: str) -> list[Entry]:
        kinds = SECTIONS[section][1]
        return list(Entry.objects.visible_to(AnonymousUser()).filter(kind__in=kinds).newest()[:LENGTH])


class SearchFeed(EntryFeed):
    """`/tim-kiem/atom.xml?q=…`: the newest thirty of a search, as a stranger finds them."""

    def get_object(self, request) -> Ask:
        return replace(read_ask(request.GET), order=NEWEST, page=1)

    def title(self, ask: Ask) -> str:
        return f"Tìm kiếm: {ask.text}" if ask.text else "Tìm kiếm"

    def link(self, ask: Ask) -> str:
        return reverse("search") + ask.address()

    def feed_url(self, ask: Ask) -> str:
        return reverse("search_feed") + ask.address()

    def items(self, ask: Ask) -> list[Entry]:
        if not (ask.text or ask.chosen or ask.filter_count):
            return []
        if not ask.kind:
            # Units and plain pages have no date that makes them news.
            news = tuple(kind for kind in KINDS if kind not in SIGNPOSTS)
            ask = replace(ask, chosen={**ask.chosen, "kind": news})
        try:
            return [row.entry for row in Search(AnonymousUser(), ask, per_page=LENGTH, facets=()).rows]
        except EngineUnavailable as error:
            logger.warning("No search engine answered a feed: %s", error)
            return []
