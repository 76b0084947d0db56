"""Slows down who tries one password with many names, or many addresses with one name.

Nobody locks somebody else out for good: from an address where a person has signed in before, only that person's own
mistakes count.
"""

from datetime import timedelta

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.db.models import Sum
from django.utils import timezone

KNOWN_FOR = timedelta(days=90)


class SignInLimits(AxesDatabaseHandler):
    """Beside the failures of a name from an address: those of the address, and those of the name, alone."""

    def is_locked(self, request, credentials=None) -> bool:
        if super().is_locked(request, credentials):
            return True
        name, address = get_client_username(request, credentials), request.axes_ip_address
        if name is None or _is_known(name, address):
            return False
        lately = AccessAttempt.objects.filter(attempt_time__gte=get_cool_off_threshold(request))
        others = lately.filter(ip_address=address).exclude(username=name).order_by()
        if others.values("username").distinct().count() >= settings.SIGN_IN_NAMES_PER_ADDRESS:
            return True
        failures = lately.filter(username=name).aggregate(total=Sum("failures_since_start"))["total"] or 0
        return failures >= settings.SIGN_IN_FAILURES_PER_NAME


def _is_known(name: str, address: str | None) -> bool:
    """Whether the person has signed in from there of late."""
    since = timezone.now() - KNOWN_FOR
    return AccessLog.objects.filter(username=name, ip_address=address, attempt_time__gte=since).exists()
