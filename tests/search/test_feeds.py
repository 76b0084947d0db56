"""Feeds and sitemap: valid, newest first, public entries only."""

from xml.etree import ElementTree

import pytest

from tests.builders import make_person

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def tree(tree):
    tree.add_directive("Cũ", "05/03/2023", number="1", notation="QĐ-STNMT")
    tree.add_directive("Mới & <lạ>", "05/03/2024", number="2", notation="QĐ-STNMT")
    tree.add_directive("zqnoibo", audience="staff")
    tree.add_story("Gương hay")
    return tree


def titles(client, address: str) -> list[str]:
    root = ElementTree.fromstring(client.get(address).content)
    return [node.text for node in root.iter(f"{ATOM}title")][1:]


def test_a_section_feed_has_its_public_entries_newest_first(client, tree):
    assert titles(client, "/van-ban/atom.xml") == ["2/QĐ-STNMT: Mới & <lạ>", "1/QĐ-STNMT: Cũ"]
    assert titles(client, "/guong-dien-hinh/atom.xml") == ["Gương hay"]


def test_a_feed_is_public_even_for_staff(client, tree):
    client.force_login(make_person("lan"))
    assert "zqnoibo" not in "".join(titles(client, "/van-ban/atom.xml"))


def test_an_unknown_section_has_no_feed(client, tree):
    assert client.get("/khong-co/atom.xml").status_code == 404


def test_the_sitemap_lists_public_addresses_only(client, tree):
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)
    (section,) = [node.text for node in index.iter(f"{MAP}loc")]
    listed = client.get(section.split("testserver", 1)[-1]).content.decode()
    assert "/van-ban/cu/" in listed and "zqnoibo" not in listed


def test_robots_names_no_document(client, tree):
    tree.add_directive("zqnoibo", audience="staff")
    text = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in text and "zqnoibo" not in text
    assert "Disallow: /noi-bo/" in text and "Disallow: /api/" in text


def test_the_feed_of_a_search_opens_with_what_is_dated(client, tree):
    tree.add_unit("TD", "Phòng Thi đua")
    tree.add_directive("Thi đua chưa rõ ngày", None, number="3", notation="KH-STNMT")
    tree.add_directive("Thi đua năm trước", "05/03/2023", number="4", notation="KH-STNMT")
    tree.add_story("Gương thi đua")
    assert titles(client, "/tim-kiem/atom.xml?q=thi+đua") == [
        "Gương thi đua",
        "4/KH-STNMT: Thi đua năm trước",
        "3/KH-STNMT: Thi đua chưa rõ ngày",
    ]
    assert titles(client, "/tim-kiem/atom.xml?q=thi+đua&muc=unit") == ["Phòng Thi đua"]
