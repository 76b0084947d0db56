"""A story made nameless keeps the name nowhere but in its consents, and may come back without any."""

from datetime import date

import pytest
from django.core import serializers
from django.core.files.storage import default_storage
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageLogEntry, Revision
from wagtail.rich_text import RichText

from home.audit.actions import ANONYMISED
from home.models import AuditEvent, PortalImage
from news.anonymising import anonymise
from news.models import Consent, StoryIndexPage, StoryPage
from news.withdrawal import withdraw_consent
from portal.models import UrgentPublication
from portal.office.approval import refusals
from tests.builders import make_picture, publish
from tests.office import newest

pytestmark = pytest.mark.django_db
NAME = "Zqten Zqho"


@pytest.fixture
def story(office):
    photo = make_picture("zqten.png")
    page = StoryPage(
        title=f"{NAME} giữ rừng",
        subject=NAME,
        summary=f"Chị {NAME} vào rừng.",
        quote=f"Tôi là {NAME}.",
        quote_by=NAME,
        kind="individual",
        unit=office.land,
        photo=photo,
        photo_alt=NAME,
        audience="public",
        live=False,
    )
    page.body = [("paragraph", RichText(f"<p>{NAME} kể.</p>"))]
    page.consents = [Consent(given_by=NAME, given_on=date(2024, 3, 1))]
    page = publish(StoryIndexPage.objects.get(), page)
    again = newest(page)
    again.slug, again.title = "zqten-zqho-khac", f"{NAME} giữ rừng mùa khô"
    again.save_revision(user=office.land_editor, log_action=True).publish(
        user=office.leader, skip_permission_checks=True
    )
    UrgentPublication.objects.create(page=page, title=again.title, by=office.leader, reason="Cần đăng ngay")
    return StoryPage.objects.get(pk=page.pk)


def tables_with(word: str) -> set[str]:
    """Every table of the database in which the word stands."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            if word in repr(cursor.fetchall()).lower():
                found.add(table)
    return found


@pytest.mark.sqlite
def test_the_name_is_nowhere_but_in_the_consent(office, story):
    assert "wagtailcore_revision" in tables_with("zqten")
    anonymise(story.pk, office.clerk, [NAME, "Zqten"])
    # The versions of the story hold its consents as well; full-text tables keep letters of what was deleted until
    # they are next packed, where no query finds them.
    left = {table for table in tables_with("zqten") if not table.endswith("_data")}
    assert left <= {"news_consent", "wagtailcore_revision"}
    (version,) = Revision.objects.for_instance(story)
    content = version.content | {"consents": []}
    assert "zqten" not in repr(content).lower()


def test_it_is_off_the_site_under_an_address_without_the_name(office, client, story):
    old = story.url
    assert client.get(old).status_code == 200
    anonymise(story.pk, office.clerk, [NAME])
    assert client.get(old).status_code == 404
    story = StoryPage.objects.get(pk=story.pk)
    assert not story.live and "zqten" not in story.url
    assert not Redirect.objects.exists()
    assert PageLogEntry.objects.filter(page=story.pk).exclude(label=story.title).count() == 0


def test_the_picture_is_gone_with_its_files(office, story, django_capture_on_commit_callbacks):
    image = PortalImage.objects.get(pk=story.photo_id)
    files = [image.file.name, image.get_rendition("width-100").file.name]
    assert all(map(default_storage.exists, files))
    with django_capture_on_commit_callbacks(execute=True):
        assert anonymise(story.pk, office.clerk, [NAME]).pictures == ()
    assert not PortalImage.objects.filter(pk=image.pk).exists()
    assert not any(map(default_storage.exists, files))


def test_a_picture_that_another_page_shows_is_told_not_deleted(office, story):
    image = PortalImage.objects.get(pk=story.photo_id)
    other = office.tree.add_story("Tập thể", photo=image, photo_alt="Tập thể")
    assert anonymise(story.pk, office.clerk, [NAME]).pictures == (image,)
    assert StoryPage.objects.get(pk=other.pk).photo_id == image.pk


def test_other_pages_that_name_the_person_are_told(office, story):
    told = office.tree.add_article(f"Tin về {NAME}")
    office.tree.add_article("Tin khác")
    assert [entry.pk for entry in anonymise(story.pk, office.clerk, [NAME]).pages] == [told.pk]


def test_nameless_it_comes_back_though_the_consent_was_withdrawn(office, client, story):
    withdraw_consent(story.pk, office.clerk, timezone.localdate())
    assert refusals(newest(story)) != []
    anonymise(story.pk, office.clerk, [NAME])
    assert refusals(newest(story)) == []
    newest(story).get_latest_revision().publish()
    page = client.get(StoryPage.objects.get(pk=story.pk).url)
    assert page.status_code == 200
    assert "zqten" not in page.content.decode().lower()
    assert "Nhân vật" in page.content.decode()


def test_it_is_in_the_audit_log_without_the_name(office, story):
    anonymise(story.pk, office.clerk, [NAME])
    event = AuditEvent.objects.filter(action=ANONYMISED).get()
    assert (event.object_id, event.actor_id) == (story.pk, office.clerk.pk)
    assert "zqten" not in serializers.serialize("json", AuditEvent.objects.all()).lower()


class TestForm:
    def post(self, client, story, **data):
        return client.post(reverse("anonymise", args=[story.pk]), {"names": NAME, "is_sure": "on"} | data)

    def test_the_office_does_it_and_is_told_what_is_left(self, office, client, story):
        office.tree.add_article(f"Tin về {NAME}")
        client.force_login(office.clerk)
        form = client.get(reverse("anonymise", args=[story.pk])).content.decode()
        assert NAME in form and f"Bài: <strong>{story.get_admin_display_title()}</strong>" in form
        text = self.post(client, story).content.decode()
        assert "Đã ẩn danh và hạ bài khỏi cổng" in text and f"Tin về {NAME}" in text
        assert not StoryPage.objects.get(pk=story.pk).live

    def test_an_editor_of_a_unit_may_not(self, office, client, story):
        client.force_login(office.land_editor)
        assert self.post(client, story).status_code in (302, 403)
        assert StoryPage.objects.get(pk=story.pk).live

    @pytest.mark.parametrize("data", [{"names": " \n "}, {"names": "Z"}, {"is_sure": ""}])
    def test_nothing_happens_without_names_or_a_clear_word(self, office, client, story, data):
        client.force_login(office.clerk)
        answer = self.post(client, story, **data).content.decode()
        assert 'role="alert"' in answer or "error-message" in answer
        assert StoryPage.objects.get(pk=story.pk).live
