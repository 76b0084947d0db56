"""Files and pictures over HTTP: who gets them, what a stranger is told of the others, parts, names and caches."""

import re
from urllib.parse import quote

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from home.file_answers import part_of
from home.models import Department, PortalDocument
from tests.builders import make_person, make_picture

pytestmark = pytest.mark.django_db
CONTENT = b"%PDF-1.7 " + bytes(range(256)) * 8 + b"%%EOF"
NAME = "Kế hoạch số 5.pdf"
#: Whoever reads what is internal is written down; that is counted with the audit.
AUDIT = re.compile(r"home_audit|SAVEPOINT")


def body_of(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def make_file(name: str = NAME, content: bytes = CONTENT) -> PortalDocument:
    return PortalDocument.objects.create(title="Tệp", file=ContentFile(content, name=name))


def attach(tree, file: PortalDocument, **fields):
    return tree.add_directive(attachments=[("attachment", {"document": file, "label": "", "note": ""})], **fields)


@pytest.fixture
def public(tree):
    file = make_file()
    file.page = attach(tree, file)
    return file


@pytest.fixture
def internal(tree):
    file = make_file("Mật danh.pdf")
    file.page = attach(tree, file, audience="staff")
    return file


QUESTIONS = {
    "get": ("GET", {}),
    "head": ("HEAD", {}),
    "post": ("POST", {}),
    "range": ("GET", {"Range": "bytes=0-4"}),
    "bad range": ("GET", {"Range": "bytes=999999-"}),
    "same tag": ("GET", {"If-None-Match": "*"}),
    "other tag": ("GET", {"If-Match": '"a"'}),
    "since": ("GET", {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}),
    "packed": ("GET", {"Accept-Encoding": "gzip"}),
}


def answer_to(client, address: str, question: str) -> tuple:
    """All that is told, without the address itself and the token of the day's form."""
    method, headers = QUESTIONS[question]
    response = client.generic(method, address, headers=headers)
    told = body_of(response).decode(errors="replace")
    for form in (address, quote(address), quote(quote(address))):
        told = told.replace(form, "ADDRESS")
    told = re.sub(r'(csrfmiddlewaretoken"? value=|nonce=)"[^"]*"', "", told)
    named = {name.lower(): value for name, value in response.items() if name != "Expires"}
    if "gzip" in named.get("content-encoding", ""):
        told, named["content-length"] = "", ""  # the length follows the address
    if "ADDRESS" in told:
        named["content-length"] = ""
    return response.status_code, named.get("etag"), named.get("last-modified"), sorted(named.items()), told


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_hidden_file_answers_as_one_that_was_never_there(client, internal, question):
    hidden = answer_to(client, internal.url, question)
    # Of the same length, as the length of the answer follows the address.
    assert hidden == answer_to(client, re.sub(r"\w{12}\.pdf$", "k3j5x8a2b4cd.pdf", internal.url), question)
    numbered = f"/tai-ve/{internal.pk}/{internal.filename}"
    assert answer_to(client, numbered, question) == answer_to(client, f"{numbered[:-5]}x.pdf", question)
    assert hidden[0] == (405 if question == "post" else 404)
    assert hidden[1:3] == (None, None)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_hidden_picture_answers_as_one_that_was_never_there(client, tree, question):
    picture = make_picture("mat-danh.png")
    tree.add_story(photo=picture, photo_alt="Ảnh", audience="staff")
    for address in (picture.get_rendition("width-400").url, picture.file.url):
        missing = re.sub(r"\w{12}\.png$", "k3j5x8a2b4cd.png", address)
        assert answer_to(client, address, question) == answer_to(client, missing, question)


def test_no_variant_of_an_address_opens_anything(client, public, internal):
    for file in (public, internal):
        stem, extension = file.url.removesuffix(".pdf"), ".pdf"
        variants = [
            f"/tai-ve/{quote(NAME)}",
            f"/tai-ve/../documents/{file.filename}",
            f"/tai-ve/documents/{file.filename}",
            f"/tai-ve/{file.pk}/{quote(NAME)}",
            f"/tai-ve/{file.pk}/khac.pdf",
            f"{stem.upper()}{extension}",
            f"{file.url}/",
            f"{file.url}%00",
            f"{file.url}%20",
            f"/tai-ve//{file.pk}/{file.filename}",
            f"/tai-ve/{10**30}/{file.filename}",
            f"/tep/{file.file.name}",
            f"/tep/documents/{file.filename}",
            "/tep/documents/",
            f"/tep/../media/{file.file.name}",
            f"/tep/%2e%2e/media/{file.file.name}",
        ]
        assert {address: client.get(address).status_code for address in variants} == dict.fromkeys(variants, 404)


@pytest.mark.parametrize("audience", ["staff", "units", "people"])
def test_whoever_reads_the_page_gets_its_file_and_picture_and_nobody_else(client, tree, audience):
    land, water = tree.add_unit("A", "Phòng A"), tree.add_unit("B", "Phòng B")
    reader, other = make_person("lan", land), make_person("minh", water)
    file, picture = make_file(), make_picture()
    fields = {"audience": audience, "audience_units": [land], "audience_people": [reader]}
    attach(tree, file, **fields)
    tree.add_story(photo=picture, photo_alt="Ảnh", **fields)
    addresses = [file.url, picture.get_rendition("width-400").url, picture.file.url]
    seen = {}
    for person in (None, other, reader):
        client.logout()
        if person:
            client.force_login(person)
        seen[person and person.username] = [client.get(address).status_code for address in addresses]
    strangers = [200] * 3 if audience == "staff" else [404] * 3
    assert seen == {None: [404] * 3, "minh": strangers, "lan": [200] * 3}


def test_the_file_of_a_page_is_gone_with_the_page(client, tree, public, time_machine):
    assert client.get(public.url).status_code == 200
    public.page.expire_at = None
    public.page.grants.update(closes_at="2020-01-01T00:00:00Z")
    assert client.get(public.url).status_code == 404
    public.page.grants.update(closes_at=None)
    assert client.get(public.url).status_code == 200
    public.page.unpublish()
    assert client.get(public.url).status_code == 404


def test_a_file_linked_in_running_text_belongs_to_the_page(client, tree):
    file = make_file()
    link = f'<p>Xem <a linktype="document" id="{file.pk}">kế hoạch</a>.</p>'
    article = tree.add_article(body=[("paragraph", link)])
    assert client.get(file.url).status_code == 200
    article.unpublish()
    assert client.get(file.url).status_code == 404


def test_the_emblem_of_the_department_is_for_everybody(client, tree):
    picture = make_picture()
    address = picture.get_rendition("max-128x128").url
    assert client.get(address).status_code == 404
    department = Department.objects.get()
    department.emblem = picture
    department.save()
    assert client.get(address).status_code == 200


def test_what_the_headers_say_of_a_public_file(client, public):
    response = client.get(public.url)
    assert body_of(response) == CONTENT
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == (
        "attachment; filename=\"ke-hoach-so-5.pdf\"; filename*=UTF-8''K%E1%BA%BF%20ho%E1%BA%A1ch%20s%E1%BB%91%205.pdf"
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Accept-Ranges"] == "bytes"
    assert "public" in response["Cache-Control"]
    assert response["ETag"] and response["Last-Modified"]


def test_nothing_of_an_internal_file_is_kept_by_its_reader(client, internal):
    client.force_login(make_person("lan"))
    response = client.get(internal.url)
    assert response.status_code == 200
    assert "private" in response["Cache-Control"] and "no-store" in response["Cache-Control"]
    assert "public" not in response["Cache-Control"]
    assert not {"ETag", "Last-Modified"} & set(response.headers)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("a.pdf", "inline"), ("a.docx", "attachment"), ("a.html", "attachment"), ("a.svg", "attachment")],
)
def test_only_what_cannot_run_is_shown_in_the_browser(client, tree, name, wanted):
    file = make_file(name)
    attach(tree, file)
    response = client.get(file.url, {"xem": "1"})
    assert response["Content-Disposition"].startswith(wanted)
    assert client.get(file.url)["Content-Disposition"].startswith("attachment")
    if name in ("a.html", "a.svg"):
        assert response["Content-Type"] == "application/octet-stream"


def test_a_picture_is_shown_with_its_type(client, tree):
    picture = make_picture()
    tree.add_story(photo=picture, photo_alt="Ảnh")
    response = client.get(picture.get_rendition("width-400|format-webp").url)
    assert response["Content-Type"] == "image/webp"
    assert response["Content-Disposition"].startswith("inline")
    assert body_of(response)[:4] == b"RIFF"


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-4", 0, 4), ("bytes=10-", 10, 2061), ("bytes=-5", 2057, 2061), ("bytes=5-99999", 5, 2061)],
)
def test_a_reader_of_pdf_gets_the_part_it_asks_for(client, public, asked, first, last):
    response = client.get(public.url, headers={"Range": asked, "Accept-Encoding": "gzip"})
    assert len(CONTENT) == 2062
    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {first}-{last}/2062"
    assert body_of(response) == CONTENT[first : last + 1]
    assert int(response["Content-Length"]) == last + 1 - first
    assert "Content-Encoding" not in response


@pytest.mark.parametrize("asked", ["bytes=9999-", "bytes=-0"])
def test_a_part_that_is_not_there(client, public, asked):
    response = client.get(public.url, headers={"Range": asked})
    assert (response.status_code, response["Content-Range"]) == (416, "bytes */2062")


@pytest.mark.parametrize("asked", ["bytes=5-2", "bytes=-", "bytes=0-1,5-6", "items=0-1", "bytes=a-b"])
def test_a_question_that_makes_no_sense_gets_the_whole(client, public, asked):
    response = client.get(public.url, headers={"Range": asked})
    assert (response.status_code, body_of(response)) == (200, CONTENT)


def test_a_part_of_another_version_is_not_given(client, public):
    tag = client.get(public.url)["ETag"]
    for version, status in ((tag, 206), ('"khac"', 200)):
        response = client.get(public.url, headers={"Range": "bytes=0-4", "If-Range": version})
        assert response.status_code == status


def test_parts_of_a_file():
    assert part_of("0", "99", 500) == range(0, 100)
    assert part_of("", "5", 500) == range(495, 500)
    assert not part_of("500", "", 500)
    assert part_of("", "", 500) is None


def test_a_browser_that_holds_a_public_file_is_not_sent_it_again(client, public):
    tag = client.get(public.url)["ETag"]
    again = client.get(public.url, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    public.page.unpublish()
    assert client.get(public.url, headers={"If-None-Match": tag}).status_code == 404


def test_nginx_is_told_which_file_to_hand_over(client, public, internal, settings):
    settings.ACCEL_LOCATION = "/_tep/"
    response = client.get(public.url)
    assert response["X-Accel-Redirect"] == quote(f"/_tep/{public.file.name}")
    assert (response.content, response["Content-Type"]) == (b"", "application/pdf")
    assert "X-Accel-Redirect" not in client.get(internal.url)
    public.file.storage.delete(public.file.name)


def test_a_row_without_its_file_is_not_there(client, public, settings, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        public.file.storage.delete(public.file.name)
    for settings.ACCEL_LOCATION in ("", "/_tep/"):
        assert client.get(public.url).status_code == 404


def test_a_file_costs_few_queries(client, tree, public, internal):
    picture = make_picture()
    tree.add_story(photo=picture, photo_alt="Ảnh")
    size = picture.get_rendition("width-400").url
    counted = {}
    for person in (None, make_person("lan")):
        if person:
            client.force_login(person)
        for address in ("/favicon.ico", public.url, internal.url, size, picture.file.url):
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            asked = [query["sql"] for query in queries if not AUDIT.search(query["sql"])]
            counted.setdefault(person and person.username, []).append(len(asked))
    # What every answer to this person costs: the session, the person, the permissions.
    assert max(counted[None]) <= 4
    base, public_file, internal_file, *pictures = counted["lan"]
    assert max(public_file, *pictures) - base <= 2
    # Units, the page that lets the person in, and what the audit notes of that page.
    assert internal_file - base <= 3 + 4
