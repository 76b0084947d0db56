"""An approved later version for fewer readers closes every channel at its hour, though no timer ran."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from directives.models import DirectiveIndexPage, DirectivePage
from home.models import PortalDocument
from news.models import Consent, StoryPage
from search.models import Entry, Grant
from search.reading import load_pages
from search.records import describe, record_of
from search.survey import survey
from tests.builders import make_person, make_picture

pytestmark = pytest.mark.django_db
TOKEN = "zqthuhep"
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def kept_pages(settings):
    settings.PAGE_CACHE_SECONDS = 600


@pytest.fixture
def directive(tree):
    file = PortalDocument.objects.create(title=TOKEN, file=ContentFile(b"%PDF-1.7 %%EOF", name=f"{TOKEN}.pdf"))
    block = ("attachment", {"document": file, "label": "", "note": ""})
    page = tree.add_directive(f"{TOKEN} giữ rừng", number="39", notation="CT-STNMT", attachments=[block])
    page.addresses = [page.url, file.url]
    return page


@pytest.fixture
def story(tree):
    page = tree.add_story(f"{TOKEN} gương sáng", photo=make_picture(f"{TOKEN}.png"), photo_alt=TOKEN, kind="individual")
    page = StoryPage.objects.get(pk=page.pk)
    page.consents = [Consent(given_by="Y Mẫu", given_on=date(2024, 3, 1))]
    page.save_revision().publish()
    page.addresses = [page.url, page.photo.file.url]
    return page


def schedule(page, audience: str, **fields):
    """An approved later version, as the office gives it its hour."""
    later = page.get_latest_revision_as_object()
    later.audience, later.go_live_at = audience, timezone.now() + HOUR
    for name, value in fields.items():
        setattr(later, name, value)
    revision = later.save_revision(approved_go_live_at=later.go_live_at)
    revision.publish(skip_permission_checks=True)
    return revision


def lists(section: str) -> list[str]:
    ask = f"?q={TOKEN}"
    return [
        "/",
        f"/{section}/",
        f"/{section}/atom.xml",
        f"/tim-kiem/{ask}",
        f"/tim-kiem/goi-y/{ask}",
        f"/tim-kiem/atom.xml{ask}",
        f"/tim-kiem/ket-qua.csv{ask}",
        f"/api/tim-kiem{ask}",
        "/sitemap-trang.xml",
        f"/kho-luu-tru/?muc={section}",
        f"/kho-luu-tru/so-van-ban.csv?muc={section}",
    ]


def open_channels(client, page, section: str) -> set[str]:
    """The addresses at which the page or what is its own shows; what was asked for is not shown for that."""
    shown = {address for address in page.addresses if client.get(address).status_code == 200}
    for address in lists(section):
        response = client.get(address)
        body = b"".join(response) if response.streaming else response.content
        if page.slug in body.decode() or page.title in body.decode():
            shown.add(address)
    return shown


def later(minutes: int = 61):
    return time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=False)


@pytest.mark.parametrize("kind, section", [("directive", "van-ban"), ("story", "guong-dien-hinh")])
def test_every_channel_closes_at_the_hour_and_opens_when_it_is_taken_back(tree, kind, section, request):
    page = request.getfixturevalue(kind)
    everything = {*page.addresses, *lists(section)}
    assert open_channels(Client(), page, section) == everything
    revision = schedule(page, "staff")
    assert open_channels(Client(), page, section) == everything
    with later():
        assert open_channels(Client(), page, section) == set()
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])
    with later():
        assert open_channels(Client(), page, section) == everything


def test_those_who_remain_read_it_through_the_hour_and_the_timer_changes_nothing_for_strangers(directive):
    person, colleague = make_person("dongnghiep"), Client()
    schedule(directive, "staff")
    assert survey([directive.pk]).unlike == frozenset()
    with later():
        colleague.force_login(person)
        assert [colleague.get(address).status_code for address in directive.addresses] == [200, 200]
        call_command("tick", verbosity=0)
        assert {grant.token for grant in Grant.objects.filter(page=directive)} == {"staff"}
        assert [Client().get(address).status_code for address in directive.addresses] == [404, 404]


def test_a_wider_later_version_opens_nothing_before_it_is_published(tree):
    page = tree.add_directive(TOKEN, audience="staff")
    schedule(page, "public")
    with later():
        assert Client().get(page.url).status_code == 404
        assert not Entry.objects.visible_to(None).filter(pk=page.pk).exists()
        call_command("tick", verbosity=0)
        assert Client().get(page.url).status_code == 200


def test_other_units_are_not_given_the_former_text(tree):
    one, two = tree.add_unit("A", "Phòng A"), tree.add_unit("B", "Phòng B")
    page = tree.add_directive(TOKEN, audience="units", audience_units=[one])
    schedule(page, "units", audience_units=[two])
    reader, newcomer = make_person("a", one), make_person("b", two)
    assert Entry.objects.visible_to(reader).filter(pk=page.pk).exists()
    with later():
        for person in (reader, newcomer):
            assert not Entry.objects.visible_to(person).filter(pk=page.pk).exists()


def test_what_lies_below_closes_with_it(directive):
    schedule(DirectiveIndexPage.objects.get(), "staff")
    assert open_channels(Client(), directive, "van-ban") >= set(directive.addresses)
    with later():
        assert open_channels(Client(), directive, "van-ban") == set()


def test_another_hour_replaces_the_first_and_a_publication_ends_it(directive):
    schedule(directive, "staff")
    schedule(DirectivePage.objects.get(pk=directive.pk), "public")
    with later():
        assert Client().get(directive.addresses[1]).status_code == 200
    schedule(DirectivePage.objects.get(pk=directive.pk), "staff")
    now = directive.get_latest_revision_as_object()
    now.audience, now.go_live_at = "public", None
    now.save_revision().publish()
    with later():
        assert [Client().get(address).status_code for address in directive.addresses] == [200, 200]


def test_a_later_version_that_ends_sooner_ends_the_lists_too(directive):
    schedule(directive, "public", expire_at=timezone.now() + 2 * HOUR)
    with later(61):
        assert Client().get(directive.addresses[1]).status_code == 200
    with later(121):
        assert Client().get(directive.addresses[1]).status_code == 404


def test_the_engine_holds_the_hour(directive):
    revision = schedule(directive, "staff")
    record = record_of(describe(DirectivePage.objects.get(pk=directive.pk)), 1)
    assert record.closes_at == revision.approved_go_live_at and not record.is_open


def test_pages_with_later_versions_are_read_in_as_many_queries_as_one(tree):
    pages = [tree.add_directive(f"{TOKEN} {number}") for number in range(6)]

    def count(page_ids) -> int:
        with CaptureQueriesContext(connection) as captured:
            load_pages(page_ids)
            survey(page_ids)
        return len(captured)

    for page in pages:
        schedule(page, "staff")
    assert count([pages[0].pk]) == count([page.pk for page in pages])
    assert Page.objects.filter(pk__in=[page.pk for page in pages], live=True).count() == 6
