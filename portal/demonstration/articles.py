"""News and notices; those that must be open on any day count their days from today."""

from datetime import timedelta

from django.utils import timezone

from news.models import ArticlePage, NewsIndexPage
from portal.demonstration.media import attachments, pictures
from portal.demonstration.people import account
from portal.demonstration.placing import publish_under
from portal.demonstration.records import read_rows
from portal.demonstration.units import units_by_code
from portal.demonstration.writing import article_blocks
from search.visibility import PUBLIC

PLAIN = ("slug", "title", "kind", "summary", "author", "source", "comments_from_on", "comments_until_on")


def make_articles() -> None:
    images, units = pictures(), units_by_code()
    section, author = NewsIndexPage.objects.get(), account("van-phong")
    for row in read_rows("articles", "article"):
        page = _article(row, images)
        page.unit = units[row["unit"]]
        page.audience_units.set([units[code] for code in row.get("readers", ())])
        publish_under(section, page, author, page.published_on)


def _article(row: dict, images: dict) -> ArticlePage:
    page = ArticlePage(audience=row.get("audience", PUBLIC), **{name: row[name] for name in PLAIN if name in row})
    page.body = article_blocks(row["text"], images)
    page.attachments = attachments(row.get("files", []))
    if name := row.get("photo"):
        page.photo, page.photo_alt, page.photo_credit = images[name], images[name].description, images[name].credit
    page.published_on = row.get("published_on") or timezone.localdate() - timedelta(days=row["days_ago"])
    if days := row.get("comment_days"):
        page.comments_from_on = page.published_on
        page.comments_until_on = page.published_on + timedelta(days=days)
    return page
