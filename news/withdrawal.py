"""Consent withdrawn or an award revoked: the story leaves the site at once, and no draft brings it back."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page

from home.blocks import images_in
from home.models import PortalImage
from home.page_policy import choosable_pages
from home.purging.keys import CONTENT, FILES
from home.purging.orders import order_purge
from news.consents import is_withdrawn, standing
from news.models import Commendation, Consent, StoryPage
from search.indexing import refresh
from search.models import Entry, FileUse

WITHDRAWN = "news.consent_withdrawn"
NO_CONSENT = "Gương là cá nhân hoặc hộ gia đình phải có phiếu đồng ý công khai còn giá trị mới được đăng."
CONSENT_WITHDRAWN = "Người được nêu gương đã rút lại đồng ý công khai, nên không được đăng."
PICTURE_NOT_COVERED = "Phiếu đồng ý không gồm ảnh. Hãy bỏ ảnh khỏi bài, hoặc ghi phiếu đồng ý có ảnh."
AWARD_REVOKED = "Quyết định khen thưởng đã bị hủy, nên không được đăng."
OUT_OF_REACH = "ngoài phạm vi ông/bà phụ trách; hãy báo Văn phòng"
TIME_IS_OVER = "Hạn công khai đã qua, nên không được đăng."


def reasons_against(story: StoryPage) -> list[str]:
    """Why a story may not be on the site, as sentences, e.g. `["Hạn công khai đã qua, …"]`."""
    reasons = []
    if not story.has_consent():
        reasons.append(CONSENT_WITHDRAWN if is_withdrawn(story.consents.all()) else NO_CONSENT)
    elif story.shows_uncovered_picture():
        reasons.append(PICTURE_NOT_COVERED)
    if story.is_revoked():
        reasons.append(AWARD_REVOKED)
    if story.public_until_on and story.public_until_on < timezone.localdate():
        reasons.append(TIME_IS_OVER)
    return reasons


def standing_consents(story: StoryPage) -> list:
    """The consents of the newest version that hold."""
    return standing(story.get_latest_revision_as_object().consents.all())


@transaction.atomic
def withdraw_consent(page_id: int, user, day: date, note: str = "") -> StoryPage:
    """Write the withdrawal on every standing consent, published or in the newest version, and unpublish."""
    story = _locked(page_id)
    newest = story.get_latest_revision_as_object()
    consents = list(newest.consents.all())
    for consent in consents:
        if not consent.withdrawn_on:
            consent.withdrawn_on, consent.withdrawal_note = day, note
    newest.consents = consents
    newest.save_revision(user=user, log_action=WITHDRAWN, clean=False)
    rows = Consent.objects.filter(page_id=page_id, withdrawn_on=None)
    rows.update(withdrawn_on=day, withdrawal_note=note)
    _withhold_pictures(StoryPage.objects.get(pk=page_id), newest)
    return _take_down(page_id, user)


def _withhold_pictures(*versions: StoryPage) -> None:
    """The consent spoke of them wherever they are shown: no page shows them until the office has looked at them."""
    held = {pk for story in versions for pk in (story.photo_id, *images_in(story.body))} - {None}
    shown = PortalImage.objects.filter(pk__in=held, withheld_on=None)
    shown.update(withheld_on=timezone.localdate(), withheld_for=versions[0].pk)
    order_purge(CONTENT, FILES)


def release_pictures(story: StoryPage) -> None:
    """What was withheld for this story is shown again, once it is published with a consent that speaks of pictures."""
    if any(consent.covers_photo for consent in standing(story.consents.all())):
        withheld = PortalImage.objects.filter(withheld_for=story.pk)
        if withheld.update(withheld_on=None, withheld_for=None):
            order_purge(CONTENT, FILES)


def said_of_same_pictures(story: StoryPage, user) -> str:
    """Where else a picture of this story is on the site, as the consent spoke of it as well; "" when nowhere.

    Example: "“Tin lễ phát động” và 2 trang khác ngoài phạm vi ông/bà phụ trách".
    """
    pictures = {story.photo_id, *images_in(story.body)} - {None}
    uses = FileUse.objects.filter(kind=FileUse.IMAGE, file_id__in=pictures).exclude(page_id=story.pk)
    pages = Page.objects.filter(pk__in=uses.values("page_id"))
    known = choosable_pages(pages, user).values("pk")
    titles = Entry.objects.filter(pk__in=known).order_by("pk").values_list("title", flat=True)
    named = ", ".join(f"“{title}”" for title in titles)
    if not (others := pages.exclude(pk__in=known).count()):
        return named
    return f"{named} và {others} trang khác {OUT_OF_REACH}" if named else f"{others} trang {OUT_OF_REACH}"


@transaction.atomic
def enforce_on_saved_draft(draft: StoryPage, user) -> bool:
    """Take the story down when its saved draft says so; True when it was on the site or due."""
    withdrawn = {consent.pk: consent for consent in draft.consents.all() if consent.withdrawn_on}
    revoked = {award.pk: award for award in draft.commendations.all() if award.revoked_on}
    if not (is_withdrawn(draft.consents.all()) and not draft.anonymised_on) and not revoked:
        return False
    story = _locked(draft.pk)
    if not story.live and not story.revisions.filter(approved_go_live_at__isnull=False).exists():
        return False
    for pk, consent in withdrawn.items():
        Consent.objects.filter(page_id=draft.pk, pk=pk).update(
            withdrawn_on=consent.withdrawn_on, withdrawal_note=consent.withdrawal_note
        )
    for pk, award in revoked.items():
        rows = Commendation.objects.filter(page_id=draft.pk, pk=pk)
        rows.update(revoked_on=award.revoked_on, revoked_by=award.revoked_by)
    if is_withdrawn(draft.consents.all()):
        _withhold_pictures(story, draft)
    _take_down(draft.pk, user)
    return True


def _locked(page_id: int) -> StoryPage:
    list(Page.objects.select_for_update().filter(pk=page_id).values_list("pk"))
    return StoryPage.objects.get(pk=page_id)


def _take_down(page_id: int, user) -> StoryPage:
    """Off the site, off the schedule, out of the index."""
    story = StoryPage.objects.get(pk=page_id)
    # Whoever may edit the story may take it down for this reason, with or without leave to unpublish.
    UnpublishPageAction(story, user=user).execute(skip_permission_checks=True)
    story.revisions.update(approved_go_live_at=None)
    refresh(StoryPage.objects.get(pk=page_id))
    return story
