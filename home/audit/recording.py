"""The ways into the log: `record` for a change, in its transaction; `note` for what is seen, before it is shown.

A change waits for the chain and falls with its transaction. A reading never waits longer than a blink: when the
chain is held it goes to a signed file on the disk and into the chain later. When neither takes it, nothing is shown.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from wagtail.models import Page

from home.audit import spool
from home.audit.actions import DOWNLOADED, MOST_IN_A_WHILE, OPENED, SECRET_REFUSED
from home.audit.chain import ChainBusy, append, short_wait
from home.audit.events import NOTHING, Draft, Subject
from home.audit.requester import actor, is_reading
from home.audit.subjects import file_subject, is_public, page_subject, readers_of
from home.models import AuditEvent

logger = logging.getLogger(__name__)


def record(action: str, subject: Subject = NOTHING, user=None, origin: str = "", **detail: str | int) -> None:
    """Write an event with the change it tells of: `record(PUBLISHED, page_subject(page), revision=41)`.

    A change that is rolled back leaves no event. With an `origin` that is in the log already nothing is written.
    """
    if origin and AuditEvent.objects.filter(origin=origin).exists():
        return
    append([Draft(action, timezone.now(), actor(user), subject, detail, origin)])


def note(action: str, subject: Subject = NOTHING, user=None, **detail: str | int) -> None:
    """Write what was seen or tried, aside of everything else: `note(SIGNED_IN, user=user)`.

    Errors: OSError when neither the database nor the disk takes the event; then nothing may be shown.
    """
    draft = Draft(action, timezone.now(), actor(user), subject, detail)
    if action in MOST_IN_A_WHILE and _is_repeated(draft, MOST_IN_A_WHILE[action]):
        return
    if connection.in_atomic_block:
        append([draft])
        return
    try:
        with short_wait(), transaction.atomic():
            append([draft], patiently=False)
    except (ChainBusy, DatabaseError) as error:
        logger.info("an event waits for the audit log: %s", error)
        spool.keep(draft)
        return
    if any(spool.waiting()):
        _sweep_now()


def _sweep_now() -> None:
    """The chain is free again; should it be taken meanwhile, the next event or `tick` sweeps."""
    try:
        with short_wait():
            spool.sweep()
    except DatabaseError as error:
        logger.info("events still wait for the audit log: %s", error)


def _is_repeated(draft: Draft, most: int) -> bool:
    """Whether the same person has this event about the same thing, from the same place, often enough of late."""
    since = draft.at - timedelta(minutes=settings.AUDIT_REPEAT_MINUTES)
    subject = draft.subject
    alike = AuditEvent.objects.filter(
        at__gt=since,
        action=draft.action,
        actor_id=draft.actor.id,
        address=draft.actor.address,
        kind=subject.kind,
        object_id=subject.object_id,
        readers=subject.readers,
    )
    return len(alike.values_list("pk")[:most]) == most


def record_reading(user, page: Page) -> None:
    """Note that somebody opened a page that not everybody may open; a public page leaves nothing."""
    if not user.is_authenticated or not is_reading():
        return
    readers = readers_of(page.pk)
    if not is_public(readers):
        note(OPENED, page_subject(page, readers), user)


def record_download(user, document) -> None:
    """Note that somebody fetched a file that not everybody may have."""
    if user.is_authenticated and is_reading():
        note(DOWNLOADED, file_subject(document, user), user)


def record_refusal(user, mark: str) -> None:
    """Note that a file was refused for its secrecy mark ("MẬT"); neither its name nor a word of it is kept.

    Source: Law 117/2025/QH15 on state secrets: nothing of the file may stay on a machine with internet.
    """
    note(SECRET_REFUSED, Subject("file"), user, mark=mark[:40])
