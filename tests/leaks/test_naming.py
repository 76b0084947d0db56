"""What an open page says of a page depends on who may read that one, from the moment it opens or closes."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone
from wagtail.blocks import StreamValue

from directives.models.reading import CANDIDATES, HELD, NAMED, DocumentReading
from home.models import Department, HomePage, PlainPage
from search.models import Entry
from search.remembered import forget_everything
from tests.builders import make_person, publish
from tests.directives.test_linking import cite

pytestmark = [pytest.mark.django_db]
STRANGER = AnonymousUser()


def narrow(page, audience: str = "staff") -> None:
    page = type(page).objects.get(pk=page.pk)
    page.audience = audience
    page.save_revision().publish()


def text_at(address: str, user=None) -> str:
    forget_everything()
    client = Client()
    if user:
        client.force_login(user)
    return client.get(address).content.decode()


def test_a_unit_that_closes_is_named_no_more_and_named_again_when_it_opens(tree):
    unit = tree.add_unit("PK", "Phòng Kín")
    page = tree.add_directive("Văn bản của phòng", unit=unit)
    narrow(unit)
    assert Entry.objects.get(pk=page.pk).unit_name == ""
    for address in (
        "/van-ban/",
        "/tim-kiem/?q=van+ban",
        f"/tim-kiem/?don_vi={unit.pk}",
        f"/api/tim-kiem?don_vi={unit.pk}",
    ):
        assert "Phòng Kín" not in text_at(address), address
    narrow(unit, "public")
    assert Entry.objects.get(pk=page.pk).unit_name == "Phòng Kín"
    assert "don_vi=phong-kin" in text_at("/tim-kiem/?q=van+ban&nam=2024") or "Phòng Kín" in text_at("/van-ban/")


def test_a_campaign_of_staff_is_no_filter_of_open_stories(tree):
    campaign = tree.add_campaign("Phong trào kín", audience="staff")
    tree.add_story("Gương mở", campaign=campaign)
    tree.add_story("Gương khác")
    for address in (
        "/tim-kiem/?muc=story",
        f"/kho-luu-tru/?muc=guong-dien-hinh&phong_trao={campaign.pk}",
        "/api/tim-kiem",
    ):
        assert "Phong trào kín" not in text_at(address), address


def test_a_link_in_running_text_leads_only_those_who_may_follow(tree):
    hidden = tree.add_directive("Quy chế kín", audience="staff", slug="quy-che-kin")
    page = PlainPage(title="Trang mở", slug="trang-mo", audience="public", live=False)
    page.body = [("paragraph", f'<p>Theo <a linktype="page" id="{hidden.pk}">quy chế</a>.</p>')]
    page = publish(HomePage.objects.get(), page)
    assert "quy-che-kin" not in text_at(page.url) and "quy chế" in text_at(page.url)
    assert 'href="/van-ban/quy-che-kin/"' in text_at(page.url, make_person("lan"))


def test_the_foot_drops_a_link_when_its_page_closes(tree):
    page = publish(HomePage.objects.get(), PlainPage(title="Trang", slug="trang-o-chan", audience="public", live=False))
    below = publish(page, PlainPage(title="Dưới", slug="duoi-chan", audience="public", live=False))
    department = Department.load()
    rows = [{"label": "Liên kết", "page": each.pk, "address": ""} for each in (page, below)]
    column = {"type": "column", "value": {"heading": "Cột", "links": rows}}
    department.links = StreamValue(department.links.stream_block, [column], is_lazy=True)
    department.save()
    assert "trang-o-chan" in text_at("/gioi-thieu/")
    narrow(page)
    assert "chan/" not in text_at("/gioi-thieu/")


def test_the_foot_drops_a_link_at_the_hour_at_which_its_page_ends(tree):
    page = PlainPage(title="Trang", slug="het-gio", audience="public", live=False)
    page.expire_at = timezone.now() + timedelta(hours=1)
    page = publish(HomePage.objects.get(), page)
    department = Department.load()
    column = {"heading": "Cột", "links": [{"label": "Liên kết", "page": page.pk, "address": ""}]}
    department.links = StreamValue(department.links.stream_block, [{"type": "column", "value": column}], is_lazy=True)
    department.save()
    assert "het-gio" in text_at("/gioi-thieu/")
    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        assert "het-gio" not in text_at("/gioi-thieu/")


def test_a_document_of_staff_does_not_make_a_citation_undecided_for_strangers(tree):
    numbered = {"number": "12", "notation": "QD-STNMT"}
    held = tree.add_directive("Quyết định mở", **numbered)
    citing = tree.add_directive("Dẫn", cited=[cite("Quyết định 12/QD-STNMT", **numbered)])
    other = tree.add_directive("Quyết định kín", audience="staff", issued="06/03/2024", **numbered)
    reading = DocumentReading(citing, STRANGER).citations[0]
    assert (reading.status, reading.entry.pk) == (HELD, held.pk)
    narrow(held)
    assert DocumentReading(citing, STRANGER).citations[0].status == NAMED
    assert DocumentReading(citing, make_person("lan")).citations[0].status == CANDIDATES
    narrow(other, "public")
    assert DocumentReading(citing, STRANGER).citations[0].entry.pk == other.pk


def test_a_later_version_for_staff_is_not_shown_to_strangers_at_its_hour(tree, client):
    page = tree.add_directive("Văn bản mở")
    page.title, page.audience = "Văn bản kín", "staff"
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    assert client.get(page.url).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        forget_everything()
        assert client.get(page.url).status_code == 404
        client.force_login(make_person("lan"))
        assert "Văn bản kín" in client.get(page.url).content.decode()
