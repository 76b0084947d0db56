"""Bad input in page forms: a sentence in Vietnamese beside the field, never a 500, and clean text in the database."""

import re

import pytest
from django.contrib.messages import get_messages

from directives.models import DirectiveIndexPage, DirectivePage, Organ
from home.models import UnitPage
from news.models import ArticlePage, CampaignIndexPage, CampaignPage, NewsIndexPage, StoryIndexPage, StoryPage
from tests.office import add_address, draft, edit_address, form_data, newest

PAGES = [
    (DirectiveIndexPage, DirectivePage),
    (CampaignIndexPage, CampaignPage),
    (StoryIndexPage, StoryPage),
    (NewsIndexPage, ArticlePage),
]
NFD = "ke\u0302\u0301 hoa\u0323ch"
HIDDEN = "\u200bKế\u200d ho\u202eạch\ufeff"


def errors(html: str) -> str:
    found = re.findall(r'<p class="error-message[^>]*>(.*?)</p>|class="error-message">(.*?)</', html, re.S)
    return " ".join(" ".join(pair) for pair in found)


@pytest.fixture
def page(office):
    return draft(DirectiveIndexPage.objects.get(), DirectivePage(title="Gốc", unit=office.land), office.land_editor)


@pytest.mark.parametrize(("section", "model"), PAGES)
@pytest.mark.parametrize("action", [{}, {"action-submit": "1"}])
def test_an_empty_form_is_answered_with_sentences(office, client, section, model, action):
    client.force_login(office.land_editor)
    structure = re.compile(r"-count$|_FORMS$")
    posted = {name: value if structure.search(name) else "" for name, value in form_data(model()).items()} | action
    answer = client.post(add_address(section.objects.get(), model), posted)
    assert answer.status_code == 200
    assert not model.objects.exists()
    assert "This field" not in answer.content.decode()


@pytest.mark.parametrize(("section", "model"), PAGES)
def test_a_request_that_lacks_the_form_is_a_bad_request(office, client, section, model):
    client.force_login(office.land_editor)
    assert client.post(add_address(section.objects.get(), model), {}).status_code == 400


def test_a_title_of_500_characters_is_refused_with_a_sentence(office, client, page):
    client.force_login(office.land_editor)
    answer = client.post(edit_address(page), form_data(newest(page), title="Đ" * 500))
    assert answer.status_code == 200
    assert "255" in answer.content.decode()
    assert newest(page).title == "Gốc"


@pytest.mark.parametrize("title", [NFD, HIDDEN, f"  {NFD}\u00a0"])
def test_titles_are_kept_composed_and_without_hidden_signs(office, client, page, title):
    client.force_login(office.land_editor)
    client.post(edit_address(page), form_data(newest(page), title=title, abstract=f"Về {NFD}\u200b\nDòng hai"))
    assert newest(page).title.lower() == "kế hoạch"
    assert newest(page).abstract == "Về kế hoạch\r\nDòng hai".replace("\r\n", "\n")


def test_a_title_of_hidden_signs_alone_is_empty(office, client, page):
    client.force_login(office.land_editor)
    answer = client.post(edit_address(page), form_data(newest(page), title="\u200b\u202e"))
    assert answer.status_code == 200
    assert newest(page).title == "Gốc"


def test_text_in_blocks_is_composed_too(office, client, page):
    client.force_login(office.land_editor)
    block = {
        "signers-count": "1",
        "signers-0-deleted": "",
        "signers-0-order": "0",
        "signers-0-type": "signer",
        "signers-0-id": "",
        "signers-0-value-name": f"{HIDDEN} {NFD}",
        "signers-0-value-office": "",
        "signers-0-value-on_behalf_of": "",
    }
    client.post(edit_address(page), form_data(newest(page), **block))
    assert newest(page).signers[0].value["name"] == "Kế hoạch kế hoạch"


@pytest.mark.parametrize("number", ["12/34", "mười hai", "12345678901", "-1"])
def test_a_number_of_the_wrong_shape_is_refused(office, client, page, number):
    client.force_login(office.land_editor)
    answer = client.post(edit_address(page), form_data(newest(page), number=number, notation="QĐ-STNMT"))
    assert answer.status_code == 200
    assert newest(page).number == ""


@pytest.mark.parametrize("day", ["31/02/2024", "hôm qua", "05-03", "99/99/9999"])
def test_a_date_that_is_none_is_refused(office, client, page, day):
    client.force_login(office.land_editor)
    answer = client.post(edit_address(page), form_data(newest(page), issued_on=day))
    assert answer.status_code == 200
    assert "Ngày không hợp lệ" in answer.content.decode() or "Năm phải" in answer.content.decode()


def test_a_number_used_twice_is_saved_with_a_warning(office, client, page):
    organ = Organ.objects.first() or Organ.objects.create()
    fields = {"number": "15", "notation": "KH-STNMT", "issuer": organ}
    office.tree.add_directive("Kế hoạch đã có", unit=office.water, issued="05/03/2024", **fields)
    client.force_login(office.land_editor)
    numbered = {"number": "15", "notation": "KH-STNMT", "issued_on": "09/09/2024", "issuer": str(organ.pk)}
    answer = client.post(edit_address(page), form_data(newest(page), **numbered))
    assert answer.status_code == 302, errors(answer.content.decode())
    said = " ".join(str(message) for message in get_messages(answer.wsgi_request))
    assert "Trùng số, ký hiệu" in said and "với văn bản đã có" in said
    assert "Kế hoạch đã có" in said
    assert newest(page).number == "15"


@pytest.mark.parametrize(
    ("title", "slug"),
    [("Đất đai", "dat-dai"), ("ĐẤT ĐAI năm 2024", "dat-dai-nam-2024"), (f"{NFD} số 1", "ke-hoach-so-1")],
)
def test_an_address_is_made_of_the_title_with_its_d(office, client, title, slug):
    client.force_login(office.land_editor)
    client.post(
        add_address(DirectiveIndexPage.objects.get(), DirectivePage),
        form_data(DirectivePage(title=title, unit=office.land)),
    )
    assert DirectivePage.objects.get().slug == slug


def test_an_address_follows_the_title_until_it_was_public(office, client, page):
    client.force_login(office.land_editor)
    client.post(edit_address(page), form_data(newest(page), title="Đất đai"))
    assert newest(page).slug == "dat-dai"
    public = office.tree.add_directive("Đất rừng", unit=office.land)
    client.post(edit_address(public), form_data(newest(public), title="Tên khác"))
    assert newest(public).slug == "dat-rung"
    client.post(edit_address(page), form_data(newest(page), title="Đất đai lần hai", slug="tu-chon"))
    assert newest(page).slug == "tu-chon"


def test_two_pages_of_one_title_have_two_addresses(office, client):
    client.force_login(office.land_editor)
    for _ in range(2):
        page = DirectivePage(title="Đất đai", unit=office.land)
        client.post(add_address(DirectiveIndexPage.objects.get(), DirectivePage), form_data(page))
    assert set(DirectivePage.objects.values_list("slug", flat=True)) == {"dat-dai", "dat-dai-1"}


def test_a_unit_with_nonsense_is_refused(office, client):
    client.force_login(office.clerk)
    nonsense = {"email": "khong-phai-thu", "kind": "la", "founded_on": "32/13/2024"}
    answer = client.post(edit_address(office.land), form_data(newest(office.land), **nonsense))
    assert answer.status_code == 200
    assert UnitPage.objects.get(pk=office.land.pk).email == ""
