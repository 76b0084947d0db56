"""The department itself: head and foot of every page, its pages of plain text, the links at the foot."""

from wagtail.models import Page

from home.models import Department, HomePage, PlainPage
from portal.demonstration.people import account
from portal.demonstration.placing import publish_under
from portal.demonstration.records import read_rows, read_table
from portal.demonstration.units import units_by_code
from portal.demonstration.writing import article_blocks
from portal.foundation import build_site_tree
from search.visibility import PUBLIC


def make_site() -> None:
    build_site_tree(read_table("department")["facts"])


def has_plain_pages() -> bool:
    """Whether the pages beyond introduction and contact stand."""
    slugs = [row["slug"] for row in read_rows("plain_pages", "page")]
    return PlainPage.objects.filter(slug__in=slugs).count() == len(slugs)


def make_plain_pages() -> None:
    """Introduction, contact and what the foot of the site links to."""
    home, author = HomePage.objects.get(), account("quan-tri")
    office = units_by_code()["VP"]
    for row in read_rows("plain_pages", "page"):
        page = PlainPage.objects.filter(slug=row["slug"]).first()
        is_new = page is None
        page = page or PlainPage(slug=row["slug"], audience=PUBLIC)
        page.title, page.lede, page.unit = row["title"], row.get("lede", ""), office
        page.body = article_blocks(row["text"], {})
        if is_new:
            publish_under(home, page, author)
        else:
            page.save_revision(user=author).publish(user=author, skip_permission_checks=True)


def link_foot() -> None:
    """The columns of links at the foot, to pages that stand."""
    department = Department.load()
    pages = {page.slug: page for page in Page.objects.filter(depth__gt=2)}
    department.links = [
        ("column", {"heading": column["heading"], "links": [_link(link, pages) for link in column["link"]]})
        for column in read_table("department")["column"]
    ]
    department.save()


def _link(link: dict, pages: dict) -> dict:
    return {
        "label": link["label"],
        "page": pages[link["page"]] if "page" in link else None,
        "address": link.get("address", ""),
    }
