"""What every answer tells a browser, from the front page to a refusal; nothing led astray by what a visitor adds."""

import re
from datetime import date
from urllib.parse import quote

import pytest
from django.test import Client

from portal.access import access_of
from portal.plain_files import expires_on
from tests.addresses import addresses, make_hidden
from tests.builders import PASSWORD, make_person
from tests.test_nothing_leaks import crawl

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
WANTED = {
    "Content-Security-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "Cache-Control",
}
TELLTALE = {"Server", "X-Powered-By", "Via", "X-Runtime"}
PUBLIC_POLICY = (
    "base-uri 'none'; connect-src 'self'; default-src 'none'; font-src 'self'; form-action 'self'; "
    "frame-ancestors 'self'; img-src 'self' data:; manifest-src 'self'; script-src 'self'; style-src 'self'"
)


def faults_of(response, path: str) -> list[str]:
    lacking = WANTED - set(response.headers)
    policy = response.headers.get("Content-Security-Policy", "")
    found = [f"{path}: {name}" for name in sorted(lacking | (TELLTALE & set(response.headers)))]
    if not path.startswith("/quan-tri/") and ("unsafe-" in policy or "*" in policy):
        found.append(f"{path}: {policy}")
    if "unsafe-eval" in policy or ("object-src" not in policy and "default-src 'none'" not in policy):
        found.append(f"{path}: {policy}")
    return found


@pytest.mark.slow
def test_every_address_bears_every_header_for_a_stranger(tree, client):
    walk = addresses(access_of, make_hidden(tree))
    paths = [path for paths in walk.values() for path in paths]
    assert len(paths) > 400
    assert [fault for path in paths for fault in faults_of(client.get(path), path)] == []


def test_every_page_bears_them_for_staff_and_is_kept_by_nobody(tree, client):
    hidden = make_hidden(tree)
    client.force_login(hidden.person)
    for path in (*crawl(client), hidden.page.url, "/noi-bo/", "/quan-tri/", f"/tep/{hidden.picture.file.name}"):
        answer = client.get(path)
        assert faults_of(answer, path) == []
        assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", ")), path
        assert ("Surrogate-Key" not in answer.headers and "ETag" not in answer.headers) or answer.streaming, path


def test_every_public_page_may_be_kept_and_names_its_keys(tree, client):
    tree.add_directive("Công khai")
    for path in crawl(client):
        answer = client.get(path)
        stated = answer["Cache-Control"]
        if answer.status_code != 200 or "no-store" in stated:
            assert answer.status_code in (302, 404) or path.startswith(("/kho-luu-tru/", "/tim-kiem/", "/don-vi/")), (
                path
            )
            continue
        assert stated.startswith("public") or ", public" in stated, path
        if "/robots" not in path and "/mo-ta" not in path:
            assert "s-maxage=" in stated and answer["Surrogate-Key"].replace(" ", ",") == answer["Cache-Tag"], path
            assert "Cookie" in answer["Vary"], path
        assert "csrfmiddlewaretoken" not in answer.content.decode(errors="replace"), path
        assert not answer.cookies and "nonce-" not in answer["Content-Security-Policy"], path


def test_the_public_policy_allows_nothing_inline_and_the_admin_nothing_from_outside(client, tree):
    assert client.get("/")["Content-Security-Policy"] == PUBLIC_POLICY
    client.force_login(make_person("quantri", is_superuser=True))
    policy = client.get("/quan-tri/")["Content-Security-Policy"]
    assert "http" not in policy and "unsafe-eval" not in policy and "object-src 'none'" in policy


def test_a_page_that_does_hold_inline_code_bears_a_nonce_and_is_kept_by_nobody(client, tree, settings, monkeypatch):
    from django.http import HttpResponse

    from home.models import HomePage

    def serve_inline(self, request, *args, **kwargs):
        return HttpResponse(f'<script nonce="{request.csp_nonce}">1</script>')

    monkeypatch.setattr(HomePage, "serve", serve_inline)
    first, second = client.get("/"), client.get("/")
    nonces = [re.search(r'nonce="([^"]+)"', answer.content.decode())[1] for answer in (first, second)]
    assert nonces[0] != nonces[1] and f"'nonce-{nonces[0]}'" in first["Content-Security-Policy"]
    assert "no-store" in first["Cache-Control"] and "ETag" not in first.headers


def test_not_modified_brings_no_other_policy(client, tree):
    tag = client.get("/")["ETag"]
    same = client.get("/", headers={"if-none-match": tag})
    assert same.status_code == 304 and same.headers.get("Content-Security-Policy", PUBLIC_POLICY) == PUBLIC_POLICY


def test_over_https_the_browser_is_told_to_stay_there(client, settings, tree):
    settings.SECURE_HSTS_SECONDS = 31_536_000
    assert client.get("/", secure=True)["Strict-Transport-Security"].startswith("max-age=31536000")


@pytest.mark.parametrize("size", [5_000, 1_000_000])
def test_a_huge_address_is_no_trouble(client, tree, size):
    for path in (f"/van-ban/?q={'a' * size}", f"/{'a' * size}/", f"/tim-kiem/?q={'đ' * (size // 10)}"):
        assert client.get(path).status_code in (200, 404, 414)


EVIL = ("https://ke-gian.example/", "//ke-gian.example/", "/\\ke-gian.example", "javascript:alert(1)",
        "https:ke-gian.example", "\thttps://ke-gian.example", "http:///ke-gian.example",
        "https://testserver@ke-gian.example/", "//ke-gian.example\\@testserver")  # fmt: skip
LEADING = ("/hien-thi/", "/dang-nhap/", "/quan-tri/login/", "/dang-xuat/", "/van-ban", "/tim-kiem/", "/noi-bo/")
PARAMETERS = ("tiep", "next", "url", "return", "return_to", "redirect", "redirect_to", "back")


@pytest.mark.parametrize("target", EVIL)
def test_no_parameter_leads_out_of_the_portal(client, tree, target):
    person = make_person("lan")
    for name in PARAMETERS:
        query = f"?{name}={quote(target)}"
        for path in (
            "/hien-thi/",
            "/dang-nhap/",
            "/quan-tri/login/",
            "/dang-xuat/",
            "/van-ban",
            "/tim-kiem/",
            "/noi-bo/",
        ):
            assert_stays(client.get(path + query), path)
    assert_stays(client.post("/quan-tri/login/", {"username": "lan", "password": PASSWORD, "next": target}), "login")
    assert_stays(client.post("/dang-xuat/", {"next": target}), "logout")
    office = Client()
    office.force_login(make_person("quantri", is_superuser=True))
    page = tree.add_directive("Trang")
    for action in ("unpublish", "delete", "copy", "unlock"):
        answer = office.post(f"/quan-tri/pages/{page.pk}/{action}/?next={quote(target)}", {"next": target})
        assert_stays(answer, action)
    assert person.pk


def assert_stays(answer, path: str) -> None:
    place = answer.headers.get("Location", "/")
    assert re.match(r"/(?![/\\])", place) or place == "", (path, place)
    assert "ke-gian" not in place.partition("?")[0], (path, place)


def test_a_path_with_two_slashes_leads_nowhere_else(client, tree):
    for path in ("//ke-gian.example", "//ke-gian.example/van-ban", "/%2f%2fke-gian.example", "/\\ke-gian.example"):
        answer = client.get(path)
        assert answer.status_code < 500
        assert_stays(answer, path)


def test_a_search_page_is_not_for_search_engines_and_repeats_nothing_in_its_title(client, tree):
    spam = "nhà cái uy tín zqspam.example"
    html = client.get("/tim-kiem/", {"q": spam}).content.decode()
    head = html.partition("</head>")[0]
    assert '<meta name="robots" content="noindex">' in head
    assert "zqspam" not in head.partition('<link rel="alternate"')[0]
    assert re.search(r'<link rel="canonical" href="[^"?]*/tim-kiem/">', head)
    assert 'href="http://zqspam' not in html and 'href="//zqspam' not in html


def test_security_txt_says_whom_to_tell(client, tree, settings):
    answer = client.get("/.well-known/security.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in answer.content.decode().splitlines() if not line.startswith("#"))
    assert fields["Preferred-Languages"] == "vi, en" and fields["Canonical"].endswith("/.well-known/security.txt")
    assert fields["Contact"].startswith(("mailto:", "https://", "http://127.0.0.1"))
    settings.SECURITY_CONTACT = "an-toan@so.vi-du.gov.vn"
    assert "Contact: mailto:an-toan@so.vi-du.gov.vn\n" in client.get("/.well-known/security.txt").content.decode()


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2026, 1, 31), date(2026, 12, 31), date(2028, 2, 29)])
def test_security_txt_is_never_out_of_date(day):
    assert 0 < (expires_on(day) - day).days < 365
