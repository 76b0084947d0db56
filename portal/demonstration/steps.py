"""The steps of the demonstration in their order; each is whole or not at all, so that presence means done."""

from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO

from django.core.management import call_command

from directives.models import DirectivePage, DocumentKind, Organ
from home.models import Department, HomePage, PortalDocument, PortalImage, UnitPage
from news.models import ArticlePage, CampaignPage, StoryPage
from portal.demonstration import articles, campaigns, department, directives, media, people, stories, units
from portal.office.roles import ensure_roles


@dataclass(frozen=True, slots=True)
class Step:
    """One part of the demonstration, with how to tell that it stands."""

    label: str
    is_done: Callable[[], bool]
    make: Callable[[], object]


def is_somebody_elses() -> bool:
    """Whether the site was made by an office: examples must not mix with its own pages."""
    return HomePage.objects.exists() and not people.accounts().exists()


def load_catalogues() -> None:
    call_command("load_catalogues", stdout=StringIO())


def make_site() -> None:
    """The tree of pages; the roles learn their permissions on it."""
    department.make_site()
    ensure_roles()


def examples_of_directives():
    return DirectivePage.objects.filter(issuer__level=Organ.Level.DEPARTMENT)


STEPS = (
    Step("Đang nạp các danh mục", DocumentKind.objects.exists, load_catalogues),
    Step("Đang tạo tài khoản", lambda: people.accounts().exists(), people.make_accounts),
    Step("Đang dựng cây trang", HomePage.objects.exists, make_site),
    Step("Đang tải hình minh họa", PortalImage.objects.exists, media.upload_pictures),
    Step("Đang tải tệp ví dụ", PortalDocument.objects.exists, media.upload_files),
    Step("Đang lập các đơn vị", UnitPage.objects.exists, units.make_units),
    Step("Đang viết các trang giới thiệu", department.has_plain_pages, department.make_plain_pages),
    Step("Đang vào sổ văn bản được viện dẫn", DirectivePage.objects.exists, directives.make_held_documents),
    Step("Đang nhập văn bản phát động thi đua", CampaignPage.objects.exists, campaigns.import_call),
    Step("Đang lập phong trào ví dụ", campaigns.has_examples, campaigns.make_examples),
    Step("Đang vào sổ văn bản ví dụ", lambda: examples_of_directives().exists(), directives.make_examples),
    Step("Đang gắn báo cáo sơ kết", campaigns.has_reports, campaigns.report_stages),
    Step("Đang viết gương điển hình", StoryPage.objects.exists, stories.make_stories),
    Step("Đang viết tin, thông báo", ArticlePage.objects.exists, articles.make_articles),
    Step("Đang xếp liên kết chân trang", lambda: bool(Department.load().links), department.link_foot),
)
