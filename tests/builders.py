"""Builds what tests need in the database: a site, people, pages, all published the way the portal does."""

from dataclasses import dataclass
from io import BytesIO

from django.contrib.auth import get_user_model
from django.core.files.images import ImageFile
from PIL import Image

from directives.models import DirectiveIndexPage, DirectivePage
from home.models import HomePage, PortalImage, UnitIndexPage, UnitPage
from home.partial_dates import read_partial_date
from news.models import ArticlePage, CampaignIndexPage, CampaignPage, NewsIndexPage, StoryIndexPage, StoryPage
from portal.foundation import build_site_tree
from portal.models import Membership

PASSWORD = "mat-khau-kiem-thu-2026"


@dataclass
class Tree:
    """A site with its sections, e.g. `Tree.build().directives`."""

    home: HomePage

    @classmethod
    def build(cls) -> "Tree":
        facts = {"name": "Sở Tài nguyên và Môi trường", "province": "tỉnh Kon Tum", "place": "Kon Tum"}
        return cls(build_site_tree(facts))

    def add_unit(self, code: str, title: str, **fields) -> UnitPage:
        page = UnitPage(title=title, code=code, audience="public", live=False, **fields)
        return publish(UnitIndexPage.objects.get(), page)

    def add_directive(self, title: str = "Văn bản ví dụ", issued: str = "05/03/2024", **fields) -> DirectivePage:
        fields.setdefault("audience", "public")
        fields.setdefault("abstract", title)
        page = DirectivePage(title=title, live=False, is_not_secret=True, **fields)
        page.issued_on = read_partial_date(issued) if issued else None
        return publish(DirectiveIndexPage.objects.get(), page)

    def add_campaign(self, title: str = "Phong trào ví dụ", **fields) -> CampaignPage:
        fields.setdefault("audience", "public")
        fields.setdefault("abstract", title)
        page = CampaignPage(title=title, live=False, is_not_secret=True, **fields)
        return publish(CampaignIndexPage.objects.get(), page)

    def add_story(self, title: str = "Gương ví dụ", **fields) -> StoryPage:
        fields.setdefault("audience", "public")
        fields.setdefault("kind", "collective")
        page = StoryPage(title=title, subject="Tập thể ví dụ", summary="Tóm tắt.", live=False, **fields)
        return publish(StoryIndexPage.objects.get(), page)

    def add_article(self, title: str = "Tin ví dụ", **fields) -> ArticlePage:
        fields.setdefault("audience", "public")
        page = ArticlePage(title=title, live=False, **fields)
        return publish(NewsIndexPage.objects.get(), page)


def publish(parent, page):
    """The page under its parent, published, read back from the database."""
    parent.add_child(instance=page)
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def make_person(username: str, *units: UnitPage, **fields):
    """A staff member of these units, e.g. `make_person("lan", unit)`; password is PASSWORD."""
    person = get_user_model().objects.create_user(username, f"{username}@vi-du.gov.vn", PASSWORD, **fields)
    for unit in units:
        Membership.objects.create(user=person, unit=unit)
    return person


def make_picture(name: str = "anh.png", size: tuple[int, int] = (1200, 800)) -> PortalImage:
    buffer = BytesIO()
    Image.new("RGB", size, "#6d1215").save(buffer, "PNG")
    return PortalImage.objects.create(title=name, file=ImageFile(buffer, name=name))
