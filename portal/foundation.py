"""The tree a new site stands on: front page, sections, a page of introduction and of contact."""

from django.db import transaction
from wagtail.models import Page, Site

from directives.models import DirectiveIndexPage
from home.models import Department, HomePage, PlainPage, UnitIndexPage
from news.models import CampaignIndexPage, NewsIndexPage, StoryIndexPage
from search.visibility import PUBLIC

SECTIONS = (
    (CampaignIndexPage, "phong-trao", "Phong trào thi đua", "Các phong trào thi đua do cơ quan phát động."),
    (DirectiveIndexPage, "van-ban", "Văn bản", "Văn bản do cơ quan ban hành hoặc chuyển tiếp."),
    (StoryIndexPage, "guong-dien-hinh", "Gương điển hình tiên tiến", "Cá nhân, tập thể, hộ gia đình và mô hình hay."),
    (UnitIndexPage, "don-vi", "Đơn vị trực thuộc", "Các phòng, chi cục, trung tâm và đơn vị sự nghiệp."),
    (NewsIndexPage, "tin-tuc", "Tin tức, thông báo", ""),
    (PlainPage, "gioi-thieu", "Giới thiệu", ""),
    (PlainPage, "lien-he", "Liên hệ", ""),
)


@transaction.atomic
def build_site_tree(department: dict[str, object]) -> HomePage:
    """The front page with its sections under it, made when missing; an existing site is left alone.

    Example: `build_site_tree({"name": "Sở Y tế", "province": "tỉnh Quảng Ngãi"}).slug` is "trang-chu".
    """
    if home := HomePage.objects.first():
        return home
    root = Page.get_first_root_node()
    root.get_children().filter(slug="home").delete()
    root = Page.objects.get(pk=root.pk)
    home = root.add_child(instance=HomePage(title="Trang chủ", slug="trang-chu", audience=PUBLIC, live=False))
    Site.objects.all().delete()
    Site.objects.create(
        hostname="localhost", port=80, root_page=home, is_default_site=True, site_name=str(department["name"])
    )
    home.save_revision().publish()
    _write_department(department)
    for model, slug, title, lede in SECTIONS:
        page = model(title=title, slug=slug, lede=lede, audience=PUBLIC, live=False, show_in_menus=True)
        home.add_child(instance=page)
        page.save_revision().publish()
    return home


def _write_department(facts: dict[str, object]) -> None:
    department = Department.load()
    for name, value in facts.items():
        setattr(department, name, value)
    department.save()
