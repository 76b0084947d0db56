"""Wagtail's advisories of 2026, each tried on this portal where it applies.

The release in use holds all the fixes; these tests fail if a release, a hook or a view of ours opens one again.

GHSA-4qvv-g3vr-m348, CVE-2026-25517: preview without permission
    test_previews_are_for_those_who_may_edit
GHSA-p5cm-246w-84jm, CVE-2026-28222: script through the class attributes of a TableBlock
    test_a_table_runs_no_script
GHSA-p4v8-rw59-93cq, CVE-2026-28223: script in the messages of simple_translation
    not installed: test_what_is_not_installed
GHSA-67rv-mg8q-5pf3, CVE-2026-44200: copying a page one may not see
    test_nobody_copies_what_he_may_not_see
GHSA-c4mr-889m-vgf6: history of any page; GHSA-c6wj-9vcj-75pj: comparison of any two versions
    test_history_and_comparison_are_for_those_who_may_edit
GHSA-p5gm-92h4-6pv6: documents and images, GHSA-3vrh-m9w7-v94f, CVE-2026-55468: pages by the admin's API
    test_the_apis_of_the_admin_tell_nothing_of_others
GHSA-pwm3-7fv4-g6xx, CVE-2026-44199: deleting other people's form submissions
    not installed: test_what_is_not_installed
GHSA-92hv: tag and 304 of a private document tell that it is there and what it holds
    test_no_tag_tells_of_a_hidden_file
Whatever names no view here: an editor of another unit walks every address
    test_an_editor_meets_nothing_of_another_unit_anywhere
"""

import hashlib
from itertools import product

import pytest
import wagtail
from django.apps import apps
from django.core.files.base import ContentFile
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.models import Page

from directives.models import DirectiveIndexPage, DirectivePage
from home.models import PortalDocument
from portal.access import OFFICE, access_of
from tests.addresses import TOKEN, addresses, values_of
from tests.builders import make_picture
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
        "/api/v3/openapi.json",
    ):
        assert TOKEN not in told(stranger.get(place)), place
    assert_closed(stranger.post(f"/quan-tri/api/main/pages/{pk}/action/copy/", {"recursive": "true"}), "copy")


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
