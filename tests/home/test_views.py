"""Addresses: pages, files, pictures, display; a page not for the reader answers as a missing one."""

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from home.models import PortalDocument
from tests.builders import make_person, make_picture

pytestmark = pytest.mark.django_db


def test_an_internal_page_answers_a_stranger_exactly_as_a_missing_one(client, tree):
    internal = tree.add_directive("Mật danh zqkin", audience="staff")
    missing = client.get("/van-ban/khong-co-trang-nay/")
    hidden = client.get(internal.url)
    assert missing.status_code == hidden.status_code == 404
    assert missing.content.replace(b"khong-co-trang-nay", b"X") == hidden.content.replace(internal.slug.encode(), b"X")
    assert "zqkin" not in hidden.content.decode().replace(internal.slug, "")


@pytest.mark.parametrize(
    "address", ["/tim-kiem", "/kho-luu-tru", "/noi-bo", "/quan-tri", "/dang-nhap", "/van-ban", "/tim-kiem/goi-y"]
)
def test_an_address_without_its_last_slash_leads_on_with_its_question(client, tree, address):
    assert client.get(address)["Location"] == f"{address}/"
    assert client.get(f"{address}?q=%C4%91%E1%BA%A5t&nam=2024")["Location"] == f"{address}/?q=%C4%91%E1%BA%A5t&nam=2024"


def test_an_address_that_is_not_there_is_not_there_without_its_slash_either(client, tree):
    hidden = tree.add_directive("Phân công", audience="staff")
    for address in ("/khong-co", hidden.url.rstrip("/"), "/van-ban/khong-co"):
        assert client.get(address).status_code == 404, address


def test_staff_read_internal_pages_and_nothing_of_them_is_cached(client, tree):
    internal = tree.add_directive("Phân công", audience="staff")
    client.force_login(make_person("lan"))
    response = client.get(internal.url)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"] and "private" in response["Cache-Control"]


def test_an_account_closed_in_mid_session_sees_nothing_more(client, tree):
    internal = tree.add_directive("Phân công", audience="staff")
    person = make_person("lan")
    client.force_login(person)
    person.is_active = False
    person.save()
    assert client.get(internal.url).status_code == 404


def test_a_renamed_page_keeps_its_old_address(client, tree, django_capture_on_commit_callbacks):
    page = tree.add_directive("Về đất đai")
    assert page.slug == "ve-dat-dai"
    page.slug = "dat-dai-moi"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    response = client.get("/van-ban/ve-dat-dai/")
    assert (response.status_code, response["Location"]) == (301, "/van-ban/dat-dai-moi/")


def test_the_old_address_of_an_internal_page_tells_a_stranger_nothing(client, tree, django_capture_on_commit_callbacks):
    page = tree.add_directive("Về đất đai", audience="staff")
    page.slug = "dat-dai-moi"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert client.get("/van-ban/ve-dat-dai/").status_code == 404


def test_pictures_are_private_until_a_visible_page_uses_them(client, tree):
    picture = make_picture()
    rendition = picture.get_rendition("width-400")
    assert client.get(rendition.url).status_code == 404
    story = tree.add_story(photo=picture, photo_alt="Ảnh ví dụ")
    assert client.get(rendition.url).status_code == 200
    story.unpublish()
    assert client.get(rendition.url).status_code == 404


@pytest.mark.parametrize(
    "path", ["/tep/../portal/settings.py", "/tep/original_images/", "/tep//etc/passwd", "/tep/x%00"]
)
def test_no_other_file_is_reached(client, tree, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "target, expected", [("/van-ban/", "/van-ban/"), ("https://la.example/", "/"), ("//la.example", "/")]
)
def test_display_goes_back_only_within_the_site(client, target, expected):
    response = client.get("/hien-thi/", {"tuong-phan": "1", "tiep": target})
    assert response["Location"] == expected
    assert response.cookies["tuong-phan"].value == "1"


@pytest.mark.parametrize("path", ["/khong-co/", "/van-ban/khong-co/", "/a/b/c/d/e/f/g/h/i/j/", "/van-ban/%00/"])
def test_missing_pages_answer_in_vietnamese(path, tree):
    response = Client(raise_request_exception=False).get(path)
    assert response.status_code == 404
    assert "Không tìm thấy trang" in response.content.decode()


def attach(tree, audience: str = "public", **fields):
    file = PortalDocument.objects.create(title="Tệp", file=ContentFile(b"%PDF-1.4 zqnoidung", name="ke-hoach.pdf"))
    block = ("attachment", {"document": file, "label": "", "note": ""})
    return tree.add_directive(audience=audience, attachments=[block], **fields), file


def test_files_are_downloads_for_readers_of_a_page_that_uses_them(client, tree):
    page, file = attach(tree)
    response = client.get(file.url)
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    page.unpublish()
    assert client.get(file.url).status_code == 404


def test_an_internal_file_answers_as_a_missing_one_under_every_question(client, tree):
    _, file = attach(tree, audience="staff")
    for headers in ({}, {"If-None-Match": f'"{file.file_hash}"'}, {"Range": "bytes=0-4"}):
        response = client.get(file.url, headers=headers)
        assert (response.status_code, "ETag" in response) == (404, False)
    assert client.head(file.url).status_code == 404
    client.force_login(make_person("lan"))
    answer = client.get(file.url)
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]


def test_a_recalled_document_gives_no_file(client, tree):
    _, file = attach(tree, application="recalled")
    assert client.get(file.url).status_code == 404


@pytest.mark.sqlite
@pytest.mark.parametrize(
    "address",
    ["/", "/van-ban/", "/van-ban/quy-che/", "/van-ban/mat/", "/khong-co/", "/don-vi/", "/don-vi/phong-dat-dai/"],
)
def test_no_address_makes_the_database_walk_through_all_pages(client, tree, address):
    """Wagtail has an index of slugs and one of places in the tree, none of addresses."""
    tree.add_directive("Quy chế", slug="quy-che")
    tree.add_directive("Mật", slug="mat", audience="staff")
    tree.add_unit("QLĐĐ", "Phòng Đất đai", slug="phong-dat-dai")
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == (404 if "mat" in address or "khong" in address else 200)
    steps = [step for query in asked.captured_queries for step in plan_of(query["sql"])]
    assert any("wagtailcore_page_slug" in step for step in steps), steps
    assert [step for step in steps if step.startswith("SCAN wagtailcore_page")] == []


def plan_of(query: str) -> list[str]:
    if not query.startswith(("SELECT", "WITH")):
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {query}")
        return [row[-1] for row in cursor.fetchall()]
