"""Wagtail's eighteen advisories of 2026, each tried on this portal where it applies.

The release in use holds all the fixes; these tests fail if a release, a hook or a view of ours opens one again.
Source: https://github.com/wagtail/wagtail/security/advisories, notes of the releases 7.0.4 to 7.0.9.

GHSA-4qvv-g3vr-m348, CVE-2026-25517: preview without permission
    test_previews_are_for_those_who_may_edit
GHSA-p5cm-246w-84jm, CVE-2026-28222: script through the class attributes of a TableBlock
    test_a_table_runs_no_script
GHSA-p4v8-rw59-93cq, CVE-2026-28223: script in the messages of simple_translation
    not installed: test_what_is_not_installed
GHSA-67rv-mg8q-5pf3, CVE-2026-44200: copying a page one may not see
    test_nobody_copies_what_he_may_not_see
GHSA-c4mr-889m-vgf6, CVE-2026-44198: history of any page; GHSA-c6wj-9vcj-75pj, CVE-2026-44197: comparison of any two
versions
    test_history_and_comparison_are_for_those_who_may_edit
GHSA-p5gm-92h4-6pv6, GHSA-c2xx-cjmh-9q8f: documents and images by the API, those of collections below a private one
too; GHSA-3vrh-m9w7-v94f, CVE-2026-55468: pages by the admin's API
    test_the_apis_of_the_admin_tell_nothing_of_others
GHSA-pwm3-7fv4-g6xx, CVE-2026-44199: deleting other people's form submissions
    not installed: test_what_is_not_installed
GHSA-h54r-xq46-qwqm, CVE-2026-54259: names and addresses of any file by "chosen"
    test_nobody_chooses_a_file_of_others_by_its_number
GHSA-r6p4-grq7-xm4m, CVE-2026-54261: preview of any picture; GHSA-f2p5-j6fg-5cxf, CVE-2026-54260: endless work by its
filters
    test_pictures_are_previewed_by_their_editors_and_by_plain_filters_alone
GHSA-23m2-mghx-vqmf, CVE-2026-54263: script in the address maker of pictures
    test_no_address_of_a_picture_is_made_by_hand
GHSA-8634-mr4j-r72c, CVE-2026-54262, and GHSA-jm5p-837g-rv8g: translating, which copies, a page one may not see
    test_nobody_translates_a_page
GHSA-x5cx-w6p2-mxf2: copying a snippet one may not see
    test_nobody_copies_a_row_of_a_catalogue_he_may_not_see
GHSA-92hv-j533-69wc: tag and 304 of a private document tell that it is there and what it holds
    test_no_tag_tells_of_a_hidden_file
Whatever names no view here: an editor of another unit walks every address
    test_an_editor_meets_nothing_of_another_unit_anywhere
"""

import hashlib
from itertools import product

import pytest
import wagtail
from django.apps import apps
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.urls import NoReverseMatch, reverse
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.models import Page

from directives.models import DirectiveIndexPage, DirectivePage, SubjectField
from home.models import PortalDocument
from portal.access import OFFICE, access_of
from tests.addresses import TOKEN, addresses, values_of
from tests.builders import make_person, make_picture
from tests.office import draft
from tests.portal.test_access import told

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
FIXED_IN = (8, 0, 1)


@pytest.fixture
def secret(office):
    """A draft of one unit with two versions, a file and a picture that nothing public uses."""
    fields = {"title": f"{TOKEN} dự thảo", "abstract": f"{TOKEN} trích yếu", "unit": office.land}
    page = draft(DirectiveIndexPage.objects.get(), DirectivePage(**fields), office.land_editor)
    page.title = f"{TOKEN} dự thảo hai"
    revision = page.save_revision(user=office.land_editor)
    file = PortalDocument(title=f"{TOKEN} tệp", uploaded_by_user=office.land_editor)
    file.file.save(f"{TOKEN}.txt", ContentFile(b"zqkin"), save=True)
    picture = make_picture(f"{TOKEN}.png")
    return type(
        "Secret", (), {"page": page, "revision": revision, "file": file, "picture": picture, "unit": office.land,
                       "person": office.land_editor}
    )  # fmt: skip


@pytest.fixture
def stranger(client, office):
    """An editor of the other unit."""
    client.force_login(office.water_editor)
    return client


def test_the_release_in_use_holds_the_fixes():
    assert wagtail.VERSION[:3] >= FIXED_IN


def test_what_is_not_installed():
    for name in ("simple_translation", "forms", "search_promotions", "routable_page", "styleguide"):
        assert not apps.is_installed(f"wagtail.contrib.{name}")
    for name in ("wagtail.api.v2", "wagtail.contrib.frontend_cache", "wagtail.locales"):
        assert not apps.is_installed(name)


def assert_closed(answer, place: str) -> None:
    assert answer.status_code in (302, 403, 404, 405), (place, answer.status_code)
    assert TOKEN not in told(answer), place


def test_previews_are_for_those_who_may_edit(stranger, secret, office):
    pk, parent = secret.page.pk, secret.page.get_parent().pk
    places = [
        f"/quan-tri/pages/{pk}/edit/preview/",
        f"/quan-tri/pages/{pk}/view_draft/",
        f"/quan-tri/pages/{pk}/revisions/{secret.revision.pk}/view/",
        f"/quan-tri/pages/{pk}/revisions/{secret.revision.pk}/revert/",
        f"/quan-tri/pages/add/directives/directivepage/{pk}/preview/",
    ]
    for place in places:
        for ask in (stranger.get, stranger.post):
            assert_closed(ask(place), place)
    assert TOKEN not in told(stranger.get(f"/quan-tri/pages/add/directives/directivepage/{parent}/preview/"))
    stranger.force_login(office.land_editor)
    assert TOKEN in stranger.get(f"/quan-tri/pages/{pk}/view_draft/").content.decode(), "its own editor does see it"


def test_history_and_comparison_are_for_those_who_may_edit(stranger, secret):
    pk = secret.page.pk
    for place in (
        f"/quan-tri/pages/{pk}/history/",
        f"/quan-tri/pages/{pk}/history/results/",
        f"/quan-tri/pages/{pk}/workflow_history/",
        f"/quan-tri/pages/{pk}/revisions/compare/earliest...latest/",
        f"/quan-tri/pages/{pk}/revisions/compare/live...{secret.revision.pk}/",
        f"/quan-tri/pages/{pk}/usage/",
        f"/quan-tri/pages/{pk}/status/",
    ):
        assert_closed(stranger.get(place), place)


def test_nobody_copies_what_he_may_not_see(stranger, secret, office):
    place = f"/quan-tri/pages/{secret.page.pk}/copy/"
    assert_closed(stranger.get(place), place)
    form = {"new_title": "Bản sao", "new_slug": "ban-sao", "new_parent_page": secret.page.get_parent().pk}
    before = Page.objects.count()
    assert_closed(stranger.post(place, form | {"copy_subpages": "on"}), place)
    assert Page.objects.count() == before


def test_the_apis_of_the_admin_tell_nothing_of_others(stranger, secret):
    pk = secret.page.pk
    for place in (
        f"/quan-tri/api/main/pages/{pk}/",
        f"/quan-tri/api/main/pages/{pk}/?fields=*",
        "/quan-tri/api/main/pages/?fields=*&limit=20",
        f"/quan-tri/api/main/pages/?child_of={secret.page.get_parent().pk}&for_explorer=1&fields=*",
        f"/quan-tri/api/main/pages/?search={TOKEN}",
        f"/quan-tri/api/main/documents/{secret.file.pk}/",
        "/quan-tri/api/main/documents/?fields=*",
        f"/quan-tri/api/main/images/{secret.picture.pk}/",
        "/quan-tri/api/main/images/?fields=*",
        "/api/v2/pages/",
        "/api/v2/documents/",
        "/api/v2/images/",
        "/api/v3/openapi.json",
    ):
        answer = stranger.get(place)
        assert TOKEN not in told(answer), place
        assert answer.status_code == 404 or place.startswith("/quan-tri/"), place
    assert_closed(stranger.post(f"/quan-tri/api/main/pages/{pk}/action/copy/", {"recursive": "true"}), "copy")


def test_nobody_chooses_a_file_of_others_by_its_number(stranger, secret, office):
    picture, file = secret.picture.pk, secret.file.pk
    places = [
        f"/quan-tri/images/chooser/chosen/{picture}/",
        f"/quan-tri/images/chooser/{picture}/select_format/",
        f"/quan-tri/images/chooser/chosen-multiple/?id={picture}",
        f"/quan-tri/documents/chooser/chosen/{file}/",
        f"/quan-tri/documents/chooser/chosen-multiple/?id={file}",
    ]
    for place in places:
        assert TOKEN not in told(stranger.get(place)), place
    stranger.force_login(office.clerk)
    for place in places:
        assert TOKEN in stranger.get(place).content.decode(), f"{place}: the office does choose it"


def test_pictures_are_previewed_by_their_editors_and_by_plain_filters_alone(stranger, secret, office):
    place = f"/quan-tri/images/{secret.picture.pk}/preview/{{}}/"
    assert_closed(stranger.get(place.format("width-400")), place)
    stranger.force_login(office.clerk)
    assert stranger.get(place.format("width-400"))["Content-Type"] == "image/png"
    for heavy in ("scale-900", "width-400|format-avif", "width-400|jpegquality-100", "fill-20x20|bgcolor-fff", "x"):
        answer = stranger.get(place.format(heavy))
        assert answer.status_code == 400 and answer["Content-Type"] == "text/plain", heavy


def test_no_address_of_a_picture_is_made_by_hand(client, secret, office):
    with pytest.raises(NoReverseMatch):
        reverse("wagtailimages_serve", args=["a", "1", "b"])
    client.force_login(office.administrator)
    for place in ("", "output/"):
        evil = {"filter_method": "<script>alert(1)</script>", "width": "<script>alert(1)</script>"}
        answer = client.get(f"/quan-tri/images/{secret.picture.pk}/generate_url/{place}", evil)
        assert answer.status_code == 404 and "<script>alert" not in answer.content.decode()


def test_nobody_translates_a_page(client, secret, office):
    assert not Permission.objects.filter(codename="submit_translation").exists()
    pages, place = Page.objects.count(), f"/quan-tri/api/main/pages/{secret.page.pk}/action/copy_for_translation/"
    for person in (office.water_editor, office.clerk):
        client.force_login(person)
        for locale in ("vi", "en"):
            assert TOKEN not in told(client.post(place, {"locale": locale, "recursive": "true"}))
        assert Page.objects.count() == pages


def test_nobody_copies_a_row_of_a_catalogue_he_may_not_see(client, office):
    row = SubjectField.objects.create(name=f"{TOKEN} lĩnh vực")
    person = make_person("them")
    person.user_permissions.set(Permission.objects.filter(codename__in=("access_admin", "add_subjectfield")))
    client.force_login(person)
    place = f"/quan-tri/snippets/directives/subjectfield/copy/{row.pk}/"
    assert_closed(client.get(place), place)
    client.force_login(office.clerk)
    assert TOKEN in client.get(place).content.decode()


def test_no_tag_tells_of_a_hidden_file(client, secret):
    """Whoever guesses the content must not be told so: every conditional question is answered as for no file."""
    digest = hashlib.sha1(b"zqkin").hexdigest()
    name = secret.file.filename
    pairs = ((secret.file.url, "/tai-ve/khong-co.abcdefghijkl.txt"),
             (f"/tai-ve/{secret.file.pk}/{name}", f"/tai-ve/987654/{name}"))  # fmt: skip
    for headers in (
        {},
        {"if-none-match": f'"{digest}"'},
        {"if-none-match": f'"{hashlib.sha256(b"zqkin").hexdigest()}"'},
        {"if-none-match": "*"},
        {"if-modified-since": "Wed, 01 Jan 2098 00:00:00 GMT"},
        {"range": "bytes=0-3"},
    ):
        for ask, (there, nowhere) in product((client.get, client.head), pairs):
            first, second = ask(there, headers=headers), ask(nowhere, headers=headers)
            assert first.status_code == second.status_code == 404, headers
            same = {"Content-Length": ""}  # the page says back the address that was asked for
            assert dict(first.headers) | same == dict(second.headers) | same
            assert "ETag" not in first.headers and "Last-Modified" not in first.headers


def test_a_table_runs_no_script():
    block = TableBlock()
    evil = '"><script>alert(1)</script>'
    value = {
        "data": [["a", "<script>alert(2)</script>"], ["c", "d"]],
        "cell": [{"row": 0, "col": 0, "className": f'x" onmouseover="alert(3){evil}'}],
        "table_caption": evil,
        "first_row_is_table_header": True,
        "first_col_is_header": False,
        "mergeCells": [],
    }
    html = str(block.render(value))
    assert "<script" not in html and ' onmouseover="' not in html


@pytest.mark.slow
def test_an_editor_meets_nothing_of_another_unit_anywhere(stranger, secret):
    values = values_of(secret)
    walk = addresses(access_of, secret)[OFFICE]
    assert len(walk) > 400 and values["pk"]
    leaks = {}
    for path in walk:
        answer = stranger.get(path)
        assert answer.status_code < 500, path
        if TOKEN in told(answer):
            leaks[path] = answer.status_code
    assert leaks == {}
