"""Makes a story nameless: the name leaves the text, its history, its address, its logs; the picture goes.

The nameless text stays as a draft that goes the ordinary way to the site. Consents stay as they were written:
they prove on what ground the name was shown until now, and only the admin shows them.
Source: Law 91/2025/QH15 on the protection of personal data, erasure and making anonymous.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.dispatch import Signal
from django.utils import timezone
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry, Revision

from home.blocks import images_in
from home.models import PortalImage
from news.models import StoryPage
from news.names import stream_without_names, without_names
from search.indexing import refresh
from search.models import AttachmentPage, Entry, FileUse
from search.vietnamese.syllables import syllables

ANONYMISED = "news.anonymised"
SUBJECT = "Nhân vật đã ẩn danh"
TEXTS = ("title", "summary", "quote", "proposed_by", "replicated_at", "seo_title", "search_description")
STREAMS = ("achievements", "body")
EMPTIED = ("quote_by", "photo_alt", "photo_credit")
MOST_LISTED = 50

#: Sent in the transaction, with `page` as it now stands: whoever keeps its title elsewhere writes it anew.
story_anonymised = Signal()


@dataclass(frozen=True, slots=True)
class Traces:
    """What is left for people to do: pages that name the person, pictures that are still in use."""

    pages: tuple[Entry, ...] = ()
    pictures: tuple[PortalImage, ...] = ()


@transaction.atomic
def anonymise(page_id: int, user, names: Sequence[str]) -> Traces:
    """Take the names out of a story and all that is kept of it, off the site; what else names the person."""
    list(Page.objects.select_for_update().filter(pk=page_id).values_list("pk"))
    story = StoryPage.objects.get(pk=page_id)
    pictures = _pictures_of(story)
    UnpublishPageAction(story, user=user, log_action=False).execute(skip_permission_checks=True)
    if state := story.current_workflow_state:
        state.cancel(user=user)
    nameless = _nameless(StoryPage.objects.get(pk=page_id).get_latest_revision_as_object(), names)
    nameless.save(clean=False)
    # Not through a save: that would lead the old address, which holds the name, to the new one.
    above = nameless.get_parent().url_path
    slug = f"guong-an-danh-{page_id}"
    Page.objects.filter(pk=page_id).update(slug=slug, url_path=f"{above}{slug}/", draft_title=nameless.title)
    story = StoryPage.objects.get(pk=page_id)
    kept = story.save_revision(user=user, clean=False)
    _forget_history(story, kept)
    refresh(StoryPage.objects.get(pk=page_id))
    log(instance=story, action=ANONYMISED, user=user)
    story_anonymised.send(sender=StoryPage, page=story)
    return Traces(tuple(pages_naming(names, page_id)), tuple(_remove_unused(pictures, page_id)))


def _nameless(story: StoryPage, names: Sequence[str]) -> StoryPage:
    said = story.serializable_data()
    said |= {name: without_names(said[name] or "", names) for name in TEXTS}
    said |= {name: stream_without_names(said[name], names, left_out=("picture",)) for name in STREAMS}
    said |= dict.fromkeys(EMPTIED, "")
    said |= {"subject": SUBJECT, "photo": None, "anonymised_on": timezone.localdate().isoformat()}
    nameless = story.with_content_json(said)
    nameless.live, nameless.draft_title = False, nameless.title
    return nameless


def _pictures_of(story: StoryPage) -> set[int]:
    """Every picture that some version of the story showed."""
    held = {story.photo_id, *images_in(story.body)}
    for revision in story.revisions.all():
        version = revision.as_object()
        held |= {version.photo_id, *images_in(version.body)}
    return held - {None}


def _forget_history(story: StoryPage, kept: Revision) -> None:
    """Versions, comments, old addresses and what Wagtail's log quoted of them."""
    story.revisions.exclude(pk=kept.pk).delete()
    story.wagtail_admin_comments.all().delete()
    Redirect.objects.filter(redirect_page_id=story.pk).delete()
    PageLogEntry.objects.filter(page=story.pk).update(label=story.title, data={})


def _remove_unused(numbers: Iterable[int], story_id: int) -> list[PortalImage]:
    """Delete the pictures that no other page uses; those that are still used somewhere."""
    left = []
    for image in PortalImage.objects.filter(pk__in=list(numbers)):
        if _is_used_elsewhere(image, story_id):
            left.append(image)
        else:
            image.delete()
    return left


def _is_used_elsewhere(image: PortalImage, story_id: int) -> bool:
    """What Wagtail knows of the story itself may still be from before."""
    users = (user for user, _ in image.get_usage())
    is_shown = FileUse.objects.filter(kind=FileUse.IMAGE, file_id=image.pk).exists()
    return is_shown or any(not (isinstance(user, Page) and user.pk == story_id) for user in users)


def pages_naming(names: Iterable[str], page_id: int | None = None) -> list[Entry]:
    """Published pages whose text or files hold one of the names, without the story itself."""
    wanted = [" ".join(syllables(name)) for name in names]
    held = Q(pk=None)
    for name in filter(None, wanted):
        files = AttachmentPage.objects.filter(folded__contains=f" {name} ").values("page_id")
        held |= Q(folded_text__contains=f" {name} ") | Q(pk__in=files)
    return list(Entry.objects.filter(held).exclude(pk=page_id).order_by("pk")[:MOST_LISTED])
