"""Where a withheld picture stands in the form of a page, its editor is told that readers do not see it."""

from datetime import date

import pytest

from news.models import ArticlePage, NewsIndexPage
from tests.builders import make_picture, publish
from tests.office import edit_address, messages_of

pytestmark = pytest.mark.django_db
SAID = "đã ẩn khỏi cổng từ ngày 05/03/2024"


@pytest.fixture
def article(office):
    photo, other = make_picture("anh-chinh.png"), make_picture("anh-trong-bai.png")
    picture = ("picture", {"image": other, "alt": "Rừng", "caption": "", "credit": ""})
    page = ArticlePage(title="Tin", unit=office.land, audience="public", photo=photo, photo_alt="Rừng", live=False)
    page.body = [picture]
    return publish(NewsIndexPage.objects.get(), page)


def told(client, page) -> list[str]:
    return [line for line in messages_of(client.get(edit_address(page))).split("Ảnh ") if SAID in line]


def test_each_withheld_picture_is_named_once(office, client, article):
    client.force_login(office.land_editor)
    assert told(client, article) == []
    for image in (article.photo, article.body[0].value["image"]):
        image.withheld_on = date(2024, 3, 5)
        image.save()
    assert [line.split("”")[0] for line in told(client, article)] == ["“anh-chinh.png", "“anh-trong-bai.png"]


def test_a_draft_that_chose_another_picture_hears_nothing_more(office, client, article):
    article.photo.withheld_on = date(2024, 3, 5)
    article.photo.save()
    article.photo = make_picture("anh-khac.png")
    article.save_revision(user=office.land_editor)
    client.force_login(office.land_editor)
    assert told(client, article) == []


def test_a_page_without_pictures_and_an_unfinished_draft_open(office, client, article):
    client.force_login(office.clerk)
    for page in (office.tree.home, office.land, office.tree.add_directive("Văn bản")):
        assert client.get(edit_address(page)).status_code == 200
    article.published_on = None
    article.save_revision(user=office.land_editor, clean=False)
    assert client.get(edit_address(article)).status_code == 200
