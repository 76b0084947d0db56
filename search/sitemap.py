"""The sitemap: addresses of public entries, straight from the index."""

from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap

from search.models import Entry


class EntrySitemap(Sitemap):
    """Every public page, e.g. `/van-ban/…/`; paged by Django at `limit`."""

    limit = 5000

    def items(self):
        return Entry.objects.visible_to(AnonymousUser()).only("page_id", "url", "sort_at").order_by("page_id")

    def location(self, item: Entry) -> str:
        return item.url

    def lastmod(self, item: Entry):
        return item.sort_at
