"""What is done to pages: everything Wagtail logs, and what changes who may read."""

from django.db.models.signals import post_save
from wagtail.models import ModelLogEntry, Page, PageLogEntry
from wagtail.signals import page_published, post_page_move

from home.audit.actions import AUDIENCE_CHANGED, EDITED, OTHER, WORKFLOW, action_of
from home.audit.events import Subject
from home.audit.recording import record
from home.audit.subjects import page_subject, readers_of
from home.base import SitePage

#: Told in words of their own by `home.audit.file_changes` and `home.audit.accounts`.
TOLD_ELSEWHERE = frozenset({"portaldocument", "portalimage", "user", "group", "membership"})


def on_page_logged(instance: PageLogEntry, created: bool, raw: bool = False, **kwargs) -> None:
    """In the transaction of the change: the log of Wagtail is written by whatever changes a page."""
    if raw or not created:
        return
    page = Page.objects.filter(pk=instance.page_id).first()
    subject = page_subject(page) if page else Subject("page", instance.page_id)
    action = action_of(instance.action)
    # The saves that the editor makes of itself while somebody types share one number: they are one event.
    origin = f"{instance.uuid}:{instance.page_id}" if action == EDITED and instance.uuid else ""
    detail = {"revision": instance.revision_id} if instance.revision_id else {}
    if action in (OTHER, WORKFLOW):
        detail["word"] = instance.action
    record(action, subject, instance.user, origin, **detail, **_places(instance.data))


def _places(data: dict) -> dict[str, int]:
    """Where a page came from and went: numbers only, the log of Wagtail has titles."""
    held = {name: data.get(name) for name in ("source", "destination")}
    return {name: place["id"] for name, place in held.items() if isinstance(place, dict) and "id" in place}


def on_record_logged(instance: ModelLogEntry, created: bool, raw: bool = False, **kwargs) -> None:
    """Rows of catalogues and settings, by the name of their kind."""
    kind = instance.content_type.model if instance.content_type else ""
    if raw or not created or kind in TOLD_ELSEWHERE:
        return
    number = int(instance.object_id) if str(instance.object_id).isdigit() else None
    name = str(instance.content_type.model_class()._meta.verbose_name) if kind else ""
    record(action_of(instance.action), Subject("record", number, name), instance.user, word=instance.action)


def on_audience(instance, **kwargs) -> None:
    """Asked before the index writes the new grants: those of the database are still the old ones."""
    page = Page.objects.get(pk=instance.pk).specific
    before = readers_of(page.pk)
    if not before or not isinstance(page, SitePage):
        return
    after = tuple(sorted(page.effective_audience().tokens))
    if set(after) != set(before):
        subject = page_subject(page, after)
        record(AUDIENCE_CHANGED, subject, before=" ".join(before), after=" ".join(after))


def connect() -> None:
    post_save.connect(on_page_logged, sender=PageLogEntry, dispatch_uid="audit_page_logged")
    post_save.connect(on_record_logged, sender=ModelLogEntry, dispatch_uid="audit_record_logged")
    page_published.connect(on_audience, dispatch_uid="audit_published")
    post_page_move.connect(on_audience, dispatch_uid="audit_moved")
