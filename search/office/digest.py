"""Mails about new results of saved searches: one a person and period, for what the person may see when it is sent."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from search.models import Entry
from search.office.new_hits import ask_of, new_entries, visible_entries, with_known
from search.office.saving import period_of
from search.office_models import SavedSearch

FIRST_HOUR = 7
MOST_LISTED = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """The news of one saved search."""

    saved: SavedSearch
    entries: list[Entry]

    @property
    def ids(self) -> list[int]:
        return [entry.pk for entry in self.entries]

    @property
    def listed(self) -> list[tuple[Entry, str]]:
        """The first entries with their addresses."""
        return [(entry, f"{settings.SITE_ADDRESS}{entry.url}") for entry in self.entries[:MOST_LISTED]]

    @property
    def rest(self) -> int:
        return len(self.entries) - len(self.listed)

    @property
    def address(self) -> str:
        return settings.SITE_ADDRESS + reverse("search") + ask_of(self.saved).address()


def send_digests() -> str:
    """Send what is due, from seven in the morning on; returns what was done, e.g. "Đã gửi 3 thư …", or "".

    The mail server is reached before anything is marked, and a search is marked before its mail leaves: killed
    anywhere, run again or run twice at once, nobody gets two mails in one period.
    Errors: those of the mail server and of the search engine; who is left gets the mail by the next run.
    """
    now = timezone.localtime()
    if now.hour < FIRST_HOUR:
        return ""
    connection, sent = get_connection(), 0
    try:
        for owner_id in _due(now.date()).order_by("owner_id").values_list("owner_id", flat=True).distinct():
            sent += _send_to(owner_id, now.date(), connection)
    finally:
        connection.close()
    return f"Đã gửi {sent} thư về tìm kiếm đã lưu." if sent else ""


def _due(today: date):
    daily = Q(frequency=SavedSearch.DAILY, handled_on__lt=today)
    weekly = Q(frequency=SavedSearch.WEEKLY, handled_on__lt=period_of(SavedSearch.WEEKLY, today))
    return SavedSearch.objects.filter(daily | weekly, owner__is_active=True).exclude(owner__email="")


def _send_to(owner_id: int, today: date, connection) -> bool:
    """Whether a mail went to this person."""
    owner = get_user_model().objects.filter(pk=owner_id, is_active=True).first()
    if owner is None:
        return False
    found = [Finding(saved, new_entries(saved, owner)) for saved in _due(today).filter(owner=owner)]
    if any(finding.entries for finding in found):
        connection.open()
    claimed = [finding for finding in _claim(found, today) if finding.entries]
    if not claimed:
        return False
    try:
        is_sent = _send(owner_id, claimed, connection)
    except Exception:
        _give_back(claimed)
        raise
    SavedSearch.objects.filter(pk__in=[finding.saved.pk for finding in claimed]).update(unsent=[])
    return is_sent


def _claim(found: list[Finding], today: date) -> list[Finding]:
    """Those of the searches that no other run has dealt with; they are marked in one transaction."""
    with transaction.atomic():
        keys = [finding.saved.pk for finding in found]
        free = set(_due(today).filter(pk__in=keys).select_for_update(of=("self",)).values_list("pk", flat=True))
        claimed = [finding for finding in found if finding.saved.pk in free]
        for finding in claimed:
            saved = finding.saved
            SavedSearch.objects.filter(pk=saved.pk).update(
                handled_on=period_of(saved.frequency, today),
                checked_at=timezone.now(),
                known=with_known(saved.known, finding.ids),
                unsent=with_known(saved.unsent, finding.ids),
            )
    return claimed


def _give_back(claimed: list[Finding]) -> None:
    """What could not be sent is news again in the next period."""
    for finding in claimed:
        saved = finding.saved
        SavedSearch.objects.filter(pk=saved.pk).update(
            checked_at=saved.checked_at, known=saved.known, unsent=saved.unsent
        )


def _send(owner_id: int, claimed: list[Finding], connection) -> bool:
    """Send one mail; the person and what the person may see are read anew at the last moment."""
    owner = get_user_model().objects.filter(pk=owner_id, is_active=True).exclude(email="").first()
    if owner is None:
        return False
    still = [Finding(finding.saved, visible_entries(owner, finding.ids)) for finding in claimed]
    still = [finding for finding in still if finding.entries]
    count = len({pk for finding in still for pk in finding.ids})
    if not count:
        return False
    settings_address = settings.SITE_ADDRESS + reverse("saved_searches")
    context = {"owner": owner, "findings": still, "count": count, "settings_address": settings_address}
    mail = EmailMultiAlternatives(
        f"{settings.WAGTAIL_SITE_NAME}: {count} kết quả mới cho tìm kiếm đã lưu",
        render_to_string("search/mail/digest.txt", context),
        to=[owner.email],
        connection=connection,
        headers={"Auto-Submitted": "auto-generated", "List-Unsubscribe": f"<{settings_address}>"},
    )
    mail.attach_alternative(render_to_string("search/mail/digest.html", context), "text/html")
    mail.send()
    return True
