"""Exemplary stories: two of each kind, all of them examples."""

from directives.models import SubjectField
from news.models import AwardForm, AwardLevel, CampaignPage, Commendation, Consent, StoryIndexPage, StoryPage
from portal.demonstration.media import pictures
from portal.demonstration.people import account
from portal.demonstration.placing import publish_under
from portal.demonstration.records import read_rows
from portal.demonstration.units import units_by_code
from portal.demonstration.writing import article_blocks
from search.visibility import PUBLIC

PLAIN = (
    "slug",
    "title",
    "kind",
    "subject",
    "office_then",
    "unit_then",
    "story_year",
    "summary",
    "quote",
    "quote_by",
    "campaign_task",
    "proposed_by",
    "replicated_at",
    "public_until_on",
)


def make_stories() -> None:
    images, units = pictures(), units_by_code()
    campaigns = {page.code: page for page in CampaignPage.objects.all()}
    section, author = StoryIndexPage.objects.get(), account("van-phong")
    for row in read_rows("stories", "story"):
        page = _story(row, images)
        page.unit = units[row["unit"]]
        page.campaign = campaigns.get(row.get("campaign", ""))
        publish_under(section, page, author, row["first_day"])


def _story(row: dict, images: dict) -> StoryPage:
    photo = images[row["photo"]]
    page = StoryPage(audience=PUBLIC, **{name: row[name] for name in PLAIN if name in row})
    page.photo, page.photo_alt, page.photo_credit = photo, photo.description, photo.credit
    page.achievements = [("figure", figure) for figure in row["figure"]]
    page.body = article_blocks(row["text"], images)
    page.fields.set(SubjectField.objects.filter(slug__in=row["fields"]))
    page.consents = [Consent(**consent) for consent in row.get("consent", ())]
    page.commendations = [_commendation(award) for award in row.get("award", ())]
    return page


def _commendation(award: dict) -> Commendation:
    plain = {name: award[name] for name in ("decision_number", "decided_on", "decided_by") if name in award}
    form = AwardForm.objects.get(slug=award["form"])
    return Commendation(form=form, level=AwardLevel.objects.get(slug=award["level"]), **plain)
