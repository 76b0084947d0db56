"""What a page of a unit names already is shown to the unit's editor only as far as the editor may know it."""

from itertools import pairwise

import pytest
from django.urls import reverse

from directives.models import DirectivePage
from home.known_pages import UNKNOWN
from news.models import StoryPage
from tests.office import edit_address, form_data

pytestmark = pytest.mark.django_db
SECRET = ("zqtitle", "zqslug")


def change(page, user, **fields):
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision(user=user).publish()
    return type(page).objects.get(pk=page.pk)


@pytest.fixture
def named(office):
    """A document and a campaign that were open, were named by the other unit's pages, and then became internal."""
    own = {"audience": "units", "audience_units": [office.land], "title": "zqtitle", "abstract": "zqtitle"}
    target = office.tree.add_directive("Văn bản mở", unit=office.land, number="12", notation="QĐ-STNMT")
    campaign = office.tree.add_campaign("Phong trào mở", unit=office.land)
    cited = {"kind": "", "number": "12", "separator": "/", "notation": "QĐ-STNMT", "issued_on": None, "issuer": "",
             "abstract": "", "text": "văn bản kia", "target": target}  # fmt: skip
    citing = office.tree.add_directive("Văn bản dẫn", unit=office.water)
    citing.relations.create(kind="related", target=target)
    link = f'<p>Xem <a linktype="page" id="{target.pk}">ở đây</a></p>'
    citing = change(citing, office.water_editor, cited=[("citation", cited)], body=[("paragraph", link)])
    citing = change(citing, office.water_editor, cited=[], title="Văn bản dẫn, bản hai")
    citing = change(citing, office.water_editor, cited=[("citation", cited)])
    story = office.tree.add_story("Gương", unit=office.water, campaign=campaign)
    change(target, office.land_editor, slug="zqslug", **own)
    change(campaign, office.land_editor, slug="zqslug", **own)
    return citing, story, target


def places(citing, story) -> list[str]:
    pages = [edit_address(citing), edit_address(story)]
    compare = reverse("wagtailadmin_pages:revisions_compare", args=[citing.pk, "earliest", "latest"])
    revisions = list(citing.revisions.order_by("pk").values_list("pk", flat=True))
    steps = [reverse("wagtailadmin_pages:revisions_compare", args=[citing.pk, *pair]) for pair in pairwise(revisions)]
    return [*pages, compare, *steps, reverse("wagtailadmin_pages:history", args=[citing.pk])]


def test_what_became_internal_is_named_no_more_where_others_name_it(office, client, named):
    citing, story, _ = named
    client.force_login(office.water_editor)
    answers = {place: client.get(place) for place in places(citing, story)}
    assert {answer.status_code for answer in answers.values()} == {200}
    shown = {place: [word for word in SECRET if word in answer.content.decode()] for place, answer in answers.items()}
    assert {place: words for place, words in shown.items() if words} == {}
    assert UNKNOWN in answers[edit_address(story)].content.decode(), "the campaign of the story"
    assert UNKNOWN in answers[edit_address(citing)].content.decode(), "the relation of the document"


def test_a_page_that_everybody_reads_is_named_as_everybody_reads_it(office, client):
    campaign = office.tree.add_campaign("Phong trào mở", unit=office.land)
    story = office.tree.add_story("Gương", unit=office.water, campaign=campaign)
    campaign.title = "zqtitle"
    campaign.save_revision(user=office.land_editor)
    client.force_login(office.water_editor)
    html = client.get(edit_address(story)).content.decode()
    assert "Phong trào mở" in html and "zqtitle" not in html and UNKNOWN not in html


def test_its_own_unit_and_the_office_read_the_name(office, client, named):
    citing, story, _ = named
    client.force_login(office.clerk)
    for place in places(citing, story)[:3]:
        assert "zqtitle" in client.get(place).content.decode(), place


def test_saving_the_form_keeps_what_it_names(office, client, named):
    citing, story, target = named
    client.force_login(office.water_editor)
    data = form_data(StoryPage.objects.get(pk=story.pk), summary="Tóm tắt mới")
    client.post(edit_address(story), data)
    newest = StoryPage.objects.get(pk=story.pk).get_latest_revision_as_object()
    assert newest.summary == "Tóm tắt mới" and newest.campaign_id == story.campaign_id
    assert DirectivePage.objects.get(pk=citing.pk).relations.get().target_id == target.pk
