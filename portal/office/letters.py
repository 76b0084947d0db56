"""Letters about pages at work: one rule for all of them, asked at the moment of sending.

A letter tells of a page. It goes to a person only while the account is active and may open that page
as it is told of; its subject names the kind of the page and never the title.
"""

import logging
from collections.abc import Callable, Iterable

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from wagtail.models import Page
from wagtail.users.models import UserProfile

from search.visibility import may_see_page

SUBMITTED, APPROVED, REJECTED, COMMENTS = "submitted", "approved", "rejected", "updated_comments"
#: Wagtail's names: a person switches each of them off in the account's settings.
SUBJECTS = {
    SUBMITTED: "có {kind} chờ duyệt",
    APPROVED: "{kind} đã được duyệt",
    REJECTED: "{kind} được trả lại để sửa",
    COMMENTS: "bình luận về {kind}",
}
logger = logging.getLogger(__name__)


def may_edit(user, page: Page) -> bool:
    return page.permissions_for_user(user).can_edit()


def may_read_or_edit(user, page: Page) -> bool:
    """Whether the person knows the page as its newest version tells it: as a reader once nothing in it is a draft."""
    return may_edit(user, page) or (not page.has_unpublished_changes and may_see_page(user, page.pk))


def receivers(people: Iterable[int], page: Page, notice: str, is_allowed: Callable = may_edit) -> list:
    """Those of the people whom a letter may tell of the page now, each once, read anew from the database.

    Example: `receivers([4, 4, 9], page, "rejected")` is `[<User: Lan>]` when 9 has left the unit.
    """
    found = get_user_model().objects.filter(pk__in=set(people), is_active=True).exclude(email="").order_by("pk")
    return [person for person in found if _wants(person, notice) and is_allowed(person, page)]


def _wants(person, notice: str) -> bool:
    return getattr(UserProfile.get_for_user(person), f"{notice}_notifications")


def newest_of(page: Page) -> Page:
    """The page as its editors see it, from the database: the one at hand may be older, or half a form."""
    return Page.objects.get(pk=page.pk).get_latest_revision_as_object()


def send_letters(notice: str, page: Page, contexts: Iterable[tuple]) -> int:
    """Send a letter to each `(person, context)`; returns how many went out.

    A mail server that is away stops nobody's work: what was not sent stands in the log, without a title.
    """
    letters = [(person.pk, _write(notice, page, person, context)) for person, context in contexts]
    if not letters:
        return 0
    sent = 0
    connection = get_connection()
    try:
        connection.open()
        for account_id, letter in letters:
            sent += _post(letter, account_id, connection)
    except OSError as error:
        logger.error("%s of %s letters “%s” were not sent: %s", len(letters) - sent, len(letters), notice, error)
    finally:
        connection.close()
    return sent


def _write(notice: str, page: Page, person, context: dict) -> EmailMultiAlternatives:
    account = settings.SITE_ADDRESS + reverse("wagtailadmin_account")
    own = {"person": person, "page": page, "kind": kind_of(page), "account_address": f"{account}#tab-notifications"}
    edit = settings.SITE_ADDRESS + reverse("wagtailadmin_pages:edit", args=[page.pk])
    own["address"] = page.full_url if notice == APPROVED and not may_edit(person, page) else edit
    return EmailMultiAlternatives(
        f"{settings.WAGTAIL_SITE_NAME}: {SUBJECTS[notice].format(kind=kind_of(page))}",
        render_to_string(f"admin/mail/{notice}.txt", own | context),
        to=[person.email],
        headers={"Auto-Submitted": "auto-generated"},
    )


def kind_of(page: Page) -> str:
    """What a letter calls the page, e.g. "văn bản"."""
    name = str(page._meta.verbose_name)
    return name[:1].lower() + name[1:]


def _post(letter: EmailMultiAlternatives, account_id: int, connection) -> int:
    letter.connection = connection
    try:
        return letter.send()
    except OSError as error:
        logger.error("a letter to account %s was not sent: %s", account_id, error)
        return 0
