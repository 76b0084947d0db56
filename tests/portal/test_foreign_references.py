"""What a posted page form names must be the person's to choose; a file is never widened without a word."""

import json
import uuid

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directives.models import DirectiveIndexPage, DirectivePage
from home.models import PortalDocument, UnitPage
from news.models import ArticlePage, NewsIndexPage, StoryIndexPage, StoryPage
from portal.models import UnitDesk
from portal.office.approval import refusals
from tests.builders import make_picture, publish
from tests.office import add_address, draft, edit_address, form_data, messages_of, newest

MISSING = 987654
REFUSED = "không có hoặc ông/bà không được dùng"


def says(html: str) -> bool:
    """Whether the form says it: in words, or as a stream hands its errors to the browser."""
    return REFUSED in html or json.dumps(REFUSED)[1:-1] in html


def desk_of(unit):
    return UnitDesk.objects.get(unit=unit).collection


def make_file(unit, name: str) -> PortalDocument:
    content = ContentFile(b"%PDF-1.7 %%EOF", name=f"{name}.pdf")
    return PortalDocument.objects.create(title=name, collection=desk_of(unit), file=content)


def make_image(unit, name: str):
    image = make_picture(f"{name}.png")
    image.title, image.collection = name, desk_of(unit)
    image.save()
    return image


@pytest.fixture
def foreign(office):
    """A page for one person of the water unit, its file and a picture; every name bears the token zqfremd."""
    file, image = make_file(office.water, "zqfremdfile"), make_image(office.water, "zqfremdimage")
    page = DirectivePage(
        title="zqfremdtitle", slug="zqfremdslug", abstract="zqfremdbody", live=False, is_not_secret=True,
        unit=office.water, audience="people", audience_people=[office.water_editor],
    )  # fmt: skip
    page.attachments = [("attachment", {"document": file, "label": "", "note": ""})]
    return {"page": publish(DirectiveIndexPage.objects.get(), page).pk, "image": image.pk, "file": file.pk}


def text_with(kind: str, number) -> str:
    entity = {
        "type": kind,
        "mutability": "MUTABLE",
        "data": {"id": number, "url": "/x", "filename": "x", "parentId": 3},
    }
    block = {
        "key": "a", "text": "xem ở đây", "type": "unstyled", "depth": 0, "inlineStyleRanges": [],
        "entityRanges": [{"offset": 0, "length": 3, "key": 0}],
    }  # fmt: skip
    return json.dumps({"blocks": [block], "entityMap": {"0": entity}})


def blocks(field: str, *children: tuple[str, dict]) -> dict:
    """What a stream posts; each child is its type and its values by the rest of their names ("" for the block)."""
    data = {f"{field}-count": str(len(children))}
    for place, (kind, values) in enumerate(children):
        prefix = f"{field}-{place}"
        data |= {f"{prefix}-deleted": "", f"{prefix}-order": str(place), f"{prefix}-type": kind}
        data[f"{prefix}-id"] = str(uuid.uuid4())
        data |= {f"{prefix}-value{'-' if name else ''}{name}": str(value) for name, value in values.items()}
    return data


def article_data(office, **changes) -> dict:
    empty = ArticlePage(title="Tin mới", summary="Tóm tắt", unit=office.land, audience="public", slug="tin-moi")
    return form_data(empty, **changes)


def picture(number) -> dict:
    return {"image": number, "alt": "Cánh đồng", "caption": "", "credit": "Sở"}


# kind of thing, field that must say so, what is posted
ARTICLE_WAYS = {
    "a field": ("image", "photo", lambda pk: {"photo": pk, "photo_alt": "x"}),
    "a picture block": ("image", "body", lambda pk: blocks("body", ("picture", picture(pk)))),
    "a link to a file": ("file", "body", lambda pk: blocks("body", ("paragraph", {"": text_with("DOCUMENT", pk)}))),
    "a link to a page": ("page", "body", lambda pk: blocks("body", ("paragraph", {"": text_with("LINK", pk)}))),
    "a number as text": ("page", "body", lambda pk: blocks("body", ("paragraph", {"": text_with("LINK", f" {pk}")}))),
}


@pytest.mark.parametrize("way", ARTICLE_WAYS)
def test_what_is_foreign_is_refused_like_what_is_missing(office, foreign, client, way):
    kind, field, post = ARTICLE_WAYS[way]
    client.force_login(office.land_editor)
    said = {}
    for number in (foreign[kind], MISSING):
        answer = client.post(
            add_address(NewsIndexPage.objects.get(), ArticlePage), article_data(office, **post(number))
        )
        assert answer.status_code == 200 and not ArticlePage.objects.exists()
        html = answer.content.decode()
        assert "zqfremd" not in html and says(html)
        errors = json.dumps(answer.context["form"].errors.get_json_data(), ensure_ascii=False)
        assert list(answer.context["form"].errors) == [field]
        said[number] = (messages_of(answer).replace(str(number), "N"), errors.replace(str(number), "N"))
    assert said[foreign[kind]] == said[MISSING]


def directive_data(office, **changes) -> dict:
    page = DirectivePage(title="Văn bản", abstract="Về đất", unit=office.land, audience="public", is_not_secret=True)
    return form_data(page, **changes)


def relation(pk) -> dict:
    return {
        "relations-TOTAL_FORMS": "1", "relations-0-id": "", "relations-0-ORDER": "1", "relations-0-DELETE": "",
        "relations-0-kind": "related", "relations-0-target": pk, "relations-0-target_text": "", "relations-0-scope": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "post"),
    [
        ("file", lambda pk: blocks("attachments", ("attachment", {"document": pk, "label": "", "note": ""}))),
        ("page", relation),
    ],
)
def test_attachments_and_relations_of_documents_are_checked(office, foreign, client, kind, post):
    client.force_login(office.land_editor)
    for number in (foreign[kind], MISSING):
        data = directive_data(office, **post(number))
        answer = client.post(add_address(DirectiveIndexPage.objects.get(), DirectivePage), data)
        assert answer.status_code == 200 and "zqfremd" not in answer.content.decode()
        assert DirectivePage.objects.count() == 1
        assert says(answer.content.decode())


def test_a_story_names_no_campaign_of_others(office, client):
    campaign = office.tree.add_campaign(
        "zqfremdcampaign", audience="units", audience_units=[office.water], unit=office.water
    )
    client.force_login(office.land_editor)
    empty = StoryPage(title="Gương", subject="Tập thể", summary="Tóm tắt", kind="collective", unit=office.land)
    data = form_data(empty, campaign=str(campaign.pk))
    answer = client.post(add_address(StoryIndexPage.objects.get(), StoryPage), data)
    assert answer.status_code == 200 and "zqfremd" not in answer.content.decode()
    assert REFUSED in str(answer.context["form"].errors["campaign"])


def test_a_preview_shows_nothing_foreign(office, foreign, client):
    client.force_login(office.land_editor)
    args = ["news", "articlepage", NewsIndexPage.objects.get().pk]
    address = reverse("wagtailadmin_pages:preview_on_add", args=args)
    data = article_data(office, **blocks("body", ("picture", picture(foreign["image"]))))
    assert client.post(address, data).json()["is_valid"] is False


def test_units_that_are_not_to_be_read_are_not_listed_and_not_taken(office, client):
    hidden = UnitPage(title="zqfremdunit", code="ZQF", audience="people", audience_people=[office.leader], live=False)
    hidden = publish(office.land.get_parent(), hidden)
    client.force_login(office.land_editor)
    address = add_address(NewsIndexPage.objects.get(), ArticlePage)
    assert "zqfremdunit" not in client.get(address).content.decode()
    answer = client.post(address, article_data(office, audience="units", audience_units=[str(hidden.pk)]))
    assert answer.status_code == 200 and "audience_units" in answer.context["form"].errors
    assert "zqfremdunit" not in answer.content.decode() and not ArticlePage.objects.exists()


def test_ones_own_and_what_everybody_reads_is_taken(office, client):
    public = office.tree.add_directive("Văn bản công khai", unit=office.water)
    image, file = make_image(office.land, "Ảnh đất"), make_file(office.land, "Tệp đất")
    stream = blocks(
        "body",
        ("picture", picture(image.pk)),
        ("paragraph", {"": text_with("DOCUMENT", file.pk)}),
        ("paragraph", {"": text_with("LINK", public.pk)}),
    )
    client.force_login(office.land_editor)
    data = article_data(office, photo=str(image.pk), photo_alt="x", **stream)
    assert client.post(add_address(NewsIndexPage.objects.get(), ArticlePage), data).status_code == 302
    source = str(ArticlePage.objects.get().get_latest_revision_as_object().body.raw_data)
    assert 'linktype="page"' in source and f'id="{file.pk}"' in source


def test_what_the_page_named_already_stays_and_nothing_else_comes_in(office, foreign, client):
    """The office gave the unit's draft a picture of another unit: the unit goes on writing."""
    other = make_image(office.water, "zqfremdother")
    page = draft(
        NewsIndexPage.objects.get(),
        ArticlePage(title="Tin", unit=office.land, audience="public", photo_id=foreign["image"], photo_alt="x"),
        office.clerk,
    )
    client.force_login(office.land_editor)
    kept = client.post(edit_address(page), form_data(newest(page), title="Tin đã sửa", photo=str(foreign["image"])))
    assert kept.status_code == 302
    assert (newest(page).title, newest(page).photo_id) == ("Tin đã sửa", foreign["image"])
    assert client.post(edit_address(page), form_data(newest(page), photo=str(other.pk))).status_code == 200
    assert newest(page).photo_id == foreign["image"]


def test_the_office_chooses_everything_that_is_there(office, foreign, client):
    client.force_login(office.clerk)
    address = add_address(NewsIndexPage.objects.get(), ArticlePage)
    assert client.post(address, article_data(office, photo=str(MISSING), photo_alt="x")).status_code == 200
    assert client.post(address, article_data(office, photo=str(foreign["image"]), photo_alt="x")).status_code == 302


def test_many_references_cost_as_many_queries_as_one(office, foreign, client):
    client.force_login(office.land_editor)
    address = add_address(NewsIndexPage.objects.get(), ArticlePage)

    def queries(count: int) -> int:
        each = ("paragraph", {"": text_with("LINK", foreign["page"])})
        with CaptureQueriesContext(connection) as captured:
            client.post(address, article_data(office, **blocks("body", *[each] * count)))
        return len(captured)

    queries(1)
    assert queries(8) <= queries(1)


def article_with(office, image=None, file=None, **fields) -> ArticlePage:
    article = ArticlePage(title="Tin", summary="s", live=False, unit=office.land, **fields)
    if file:
        article.body = [("paragraph", f'<p><a linktype="document" id="{file.pk}">tệp</a></p>')]
    if image:
        article.photo, article.photo_alt = image, "x"
    return article


@pytest.mark.parametrize("what", ["image", "file"])
def test_no_file_of_an_internal_page_is_made_public(office, client, what):
    thing = {"image": make_image, "file": make_file}[what](office.land, "Sơ đồ")
    internal = publish(NewsIndexPage.objects.get(), article_with(office, **{what: thing}, audience="staff"))
    page = draft(
        NewsIndexPage.objects.get(), article_with(office, **{what: thing}, audience="public"), office.land_editor
    )
    state = page.get_workflow().start(page, office.land_editor)
    client.force_login(office.leader)
    action = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.current_task_state.pk])
    answer = client.post(action, follow=True)
    page.refresh_from_db()
    assert not page.live
    assert "“Sơ đồ”" in messages_of(answer) and "tải lên một bản sao" in messages_of(answer)
    internal.unpublish()
    client.post(action)
    page.refresh_from_db()
    assert page.live


def test_who_may_share_a_file(office):
    image = make_image(office.land, "Sơ đồ")
    parent = NewsIndexPage.objects.get()
    units = {"audience": "units", "audience_units": [office.land]}

    def refused(**fields) -> bool:
        page = draft(parent, article_with(office, image, **fields), office.land_editor)
        return any("Sơ đồ" in reason for reason in refusals(page.get_latest_revision_as_object()))

    assert not refused(audience="public")
    narrow = publish(parent, article_with(office, image, **units))
    assert refused(audience="public") and refused(audience="staff")
    assert refused(audience="units", audience_units=[office.land, office.water])
    assert not refused(**units), "the same readers"
    narrow.audience = "public"
    assert any("Sơ đồ" in reason for reason in refusals(narrow)) is False, "its own version is the same content"
    publish(parent, article_with(office, image, audience="public"))
    assert not refused(audience="public"), "public already"
