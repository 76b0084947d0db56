"""A person who takes back the consent is gone from every channel with the next request, pictures included."""

from datetime import date, timedelta
from io import BytesIO

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from home.models import PortalImage
from news.models import ArticlePage, Consent, NewsIndexPage, StoryIndexPage, StoryPage
from news.withdrawal import NO_CONSENT, PICTURE_NOT_COVERED, withdraw_consent
from portal.office.approval import refusals
from search.asking import Ask
from search.office.digest import send_digests
from search.office.saving import change_search, save_search
from search.office_models import SavedSearch
from tests.builders import make_person, make_picture, publish
from tests.office import newest

pytestmark = pytest.mark.django_db
TOKEN = "zqnhanvat"
FOLDED_QUERY = "zqnhanvat"
SLIP = "zqnhanvta"


@pytest.fixture(autouse=True)
def kept_pages(settings):
    """Strangers are answered from the kept pages, as in use."""
    settings.PAGE_CACHE_SECONDS = 600


@pytest.fixture
def campaign(office):
    return office.tree.add_campaign("Phong trào giữ rừng", code="GR")


@pytest.fixture
def story(office, campaign):
    """A published story of a person whose every word and picture bears the token."""
    photo = make_picture(f"{TOKEN}.png")
    page = StoryPage(
        title=f"{TOKEN} giữ rừng",
        subject=f"Y {TOKEN}",
        summary=f"{TOKEN} ngày ngày vào rừng.",
        kind="individual",
        unit=office.land,
        campaign=campaign,
        photo=photo,
        photo_alt=f"{TOKEN} trong rừng",
        story_year=2024,
        audience="public",
        live=False,
    )
    page.consents = [Consent(given_by="Y Mẫu", given_on=date(2024, 3, 1))]
    page = publish(StoryIndexPage.objects.get(), page)
    similar = StoryPage(
        title="Giữ rừng ở buôn bên", subject="Tập thể", summary="Rừng.", kind="collective", unit=office.land
    )
    similar.campaign, similar.audience, similar.live = campaign, "public", False
    page.neighbour = publish(StoryIndexPage.objects.get(), similar)
    return page


def channels(story, campaign, unit) -> dict[str, bool]:
    """Every address a story may show at, and whether it does while the consent stands."""
    ask = f"?q={FOLDED_QUERY}"
    archive = f"{unit.url}luu-tru/"
    return {
        story.url: True,
        "/": True,
        "/guong-dien-hinh/": True,
        campaign.url: True,
        unit.url: True,
        story.neighbour.url: False,
        f"/tim-kiem/{ask}": True,
        f"/tim-kiem/?q={SLIP}": False,
        f"/tim-kiem/goi-y/{ask}": True,
        f"/tim-kiem/goi-y/?q={FOLDED_QUERY[:5]}": True,
        f"/tim-kiem/ket-qua.csv{ask}": True,
        f"/tim-kiem/ket-qua.xlsx{ask}": True,
        f"/tim-kiem/atom.xml{ask}": True,
        f"/api/tim-kiem{ask}": True,
        "/guong-dien-hinh/atom.xml": True,
        "/kho-luu-tru/?muc=guong-dien-hinh": True,
        "/kho-luu-tru/so-van-ban.csv?muc=guong-dien-hinh": True,
        "/kho-luu-tru/so-van-ban.xlsx?muc=guong-dien-hinh": True,
        archive: False,
        f"{archive}so-van-ban.csv": False,
        f"{archive}so-van-ban.xlsx": False,
        "/sitemap-trang.xml": True,
        "/sitemap.xml": False,
        "/opensearch.xml": False,
        "/noi-bo/": False,
    }


def read(client, address: str) -> str:
    """What stands at an address, the query that was asked left out."""
    response = client.get(address)
    if response.status_code == 404:
        return ""  # it offers to sign in and to come back to the very address that was asked
    body = b"".join(response) if response.streaming else response.content
    if "spreadsheetml" in response.get("Content-Type", ""):
        return repr(list(load_workbook(BytesIO(body), read_only=True).active.iter_rows(values_only=True)))
    return body.decode(errors="replace")


def shows(client, address: str) -> bool:
    """Whether the person is shown: the title or the address of the story, or a word nobody typed."""
    text = read(client, address)
    is_asked = "q=" in address
    signs = (f"{TOKEN} giữ rừng", f"{TOKEN}-giu-rung", f"{TOKEN} ng", f"Y {TOKEN}")
    return any(sign in text for sign in signs) if is_asked else TOKEN in text


def showing(client, addresses) -> list[str]:
    return [address for address in addresses if shows(client, address)]


def pictures_of(story) -> list[str]:
    image = PortalImage.objects.get(pk=story.photo_id)
    return [image.file.url, *(rendition.file.url for rendition in image.renditions.all())]


def readers(office) -> dict[str, Client]:
    colleague = Client()
    colleague.force_login(make_person("dongnghiep", office.water))
    return {"stranger": Client(), "colleague": colleague}


def assert_gone(office, story, campaign) -> None:
    addresses = channels(story, campaign, office.land)
    for name, client in readers(office).items():
        assert showing(client, addresses) == [], name
        assert client.get(story.url).status_code == 404
        assert [url for url in pictures_of(story) if client.get(url).status_code != 404] == [], name
        meant = client.get(f"/api/tim-kiem?q={SLIP}").json()
        assert TOKEN not in str(meant.get("did_you_mean")), name


def test_every_channel_shows_the_story_and_none_after_the_withdrawal(office, story, campaign):
    addresses = channels(story, campaign, office.land)
    stranger = Client()
    seen = showing(stranger, addresses)
    assert set(seen) >= {address for address, is_shown in addresses.items() if is_shown}
    # Asked again, the kept copies answer.
    assert showing(stranger, addresses) == seen
    assert len(pictures_of(story)) > 1
    assert [stranger.get(url).status_code for url in pictures_of(story)] == [200] * len(pictures_of(story))
    withdraw_consent(story.pk, office.clerk, timezone.localdate())
    assert_gone(office, story, campaign)
    assert showing(stranger, addresses) == []


def test_after_the_last_public_day_no_channel_shows_it_though_no_timer_ran(office, story, campaign):
    story.public_until_on = timezone.localdate() + timedelta(days=2)
    story.save_revision().publish()
    addresses = channels(story, campaign, office.land)
    stranger = Client()
    assert shows(stranger, story.url)
    showing(stranger, addresses)
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        assert StoryPage.objects.get(pk=story.pk).live
        assert_gone(office, story, campaign)
        assert showing(stranger, addresses) == []
        call_command("tick", verbosity=0)
        assert not StoryPage.objects.get(pk=story.pk).live


@pytest.fixture
def saver(office):
    """Somebody who keeps a search that will find the story; asked for before the story is there."""
    with time_machine.travel(timezone.now() - timedelta(days=2)):
        person = make_person("nguoiluu")
        saved, _ = save_search(person, Ask(FOLDED_QUERY))
        change_search(saved, "", SavedSearch.DAILY, Ask(FOLDED_QUERY))
    return person


def send_mails_tomorrow() -> str:
    with time_machine.travel(timezone.now().replace(hour=1) + timedelta(days=1)):
        send_digests()
    return repr([message.body for message in mail.outbox])


def test_no_mail_about_a_saved_search_names_the_person(office, saver, story):
    withdraw_consent(story.pk, office.clerk, timezone.localdate())
    assert TOKEN not in send_mails_tomorrow()


def test_the_mail_would_have_named_the_person(office, saver, story):
    assert f"{TOKEN} giữ rừng" in send_mails_tomorrow()


def test_a_consent_given_again_later_lets_the_story_return(office, story):
    withdraw_consent(story.pk, office.clerk, timezone.localdate() - timedelta(days=3))
    page = newest(story)
    page.consents.add(Consent(given_by="Y Mẫu", given_on=timezone.localdate()))
    page.save_revision(user=office.land_editor).publish()
    assert Client().get(story.url).status_code == 200


@pytest.mark.parametrize(
    "uncovered, reason",
    [("covers_photo", PICTURE_NOT_COVERED), ("covers_name", NO_CONSENT), ("covers_story", NO_CONSENT)],
)
def test_what_the_consent_does_not_speak_of_is_not_published(office, story, uncovered, reason):
    page = newest(story)
    page.consents = [Consent(given_by="Y Mẫu", given_on=date(2024, 3, 1), **{uncovered: False})]
    page.save_revision(user=office.land_editor)
    assert refusals(newest(story)) == [reason]


def test_a_story_without_its_picture_needs_no_consent_for_it(office, story):
    page = newest(story)
    page.photo, page.photo_alt = None, ""
    page.consents = [Consent(given_by="Y Mẫu", given_on=date(2024, 3, 1), covers_photo=False)]
    page.save_revision(user=office.land_editor)
    assert refusals(newest(story)) == []


def test_the_form_of_the_consent_asks_what_for_and_where_the_paper_is(office, story, client):
    client.force_login(office.land_editor)
    text = client.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()
    for label in ("Đồng ý nêu tên, chức vụ", "Đồng ý đăng ảnh", "Đồng ý kể câu chuyện, thành tích", "Nơi lưu phiếu"):
        assert label in text


@pytest.fixture
def news_with_the_picture(office, story):
    """A news item of another unit with the person's photo on top and in the text."""
    picture = {"image": story.photo, "alt": f"{TOKEN} nói", "caption": f"{TOKEN} tại lễ phát động", "credit": ""}
    body = [("picture", picture)]
    page = ArticlePage(title="Lễ phát động", summary="Tóm tắt.", body=body, live=False, audience="public")
    page.photo, page.photo_alt, page.unit = story.photo, f"{TOKEN} trong rừng", office.water
    return publish(NewsIndexPage.objects.get(), page)


def test_a_picture_goes_from_other_pages_too(office, story, news_with_the_picture):
    stranger, url = Client(), news_with_the_picture.url
    lists = (url, "/tin-tuc/")
    assert [TOKEN in stranger.get(each).content.decode() for each in lists] == [True, True]
    sizes = [each for each in pictures_of(story) if stranger.get(each).status_code == 200]
    assert len(sizes) > 1
    withdraw_consent(story.pk, office.clerk, timezone.localdate())
    assert [TOKEN in stranger.get(each).content.decode() for each in lists] == [False, False]
    reader = Client()
    reader.force_login(make_person("canbo"))
    assert TOKEN not in reader.get(url).content.decode()
    assert {each.get(size).status_code for each in (stranger, reader) for size in sizes} == {404}
    # Who looks after pictures sees it, with the reason.
    clerk = Client()
    clerk.force_login(office.clerk)
    assert clerk.get(sizes[0]).status_code == 200
    assert "đã rút lại đồng ý" in clerk.get(reverse("wagtailimages:edit", args=[story.photo_id])).content.decode()


def test_a_new_consent_for_the_story_shows_the_picture_again_everywhere(office, story, news_with_the_picture):
    withdraw_consent(story.pk, office.clerk, timezone.localdate() - timedelta(days=3))
    page = newest(story)
    page.consents.add(Consent(given_by="Y Mẫu", given_on=timezone.localdate()))
    page.save_revision(user=office.land_editor).publish()
    assert TOKEN in Client().get(news_with_the_picture.url).content.decode()


def test_another_story_with_a_consent_of_its_own_shows_no_withheld_picture(office, story):
    withdraw_consent(story.pk, office.clerk, timezone.localdate())
    other = StoryPage(title="Người khác", subject="Y Khác", summary="Tóm tắt.", kind="individual", live=False)
    other.audience, other.unit, other.photo, other.photo_alt = "public", office.land, story.photo, f"{TOKEN} bên phải"
    other.consents = [Consent(given_by="Y Khác", given_on=date(2024, 3, 1))]
    publish(StoryIndexPage.objects.get(), other)
    page = Client().get(other.url)
    assert page.status_code == 200 and TOKEN not in page.content.decode()
