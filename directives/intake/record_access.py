"""Whose files of intake a person works with: the office all of them, others their own and those of their units."""

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils import timezone

from directives.models import DirectiveIndexPage, IntakeRecord
from home.permissions import edits_every_unit


def may_take_in(user) -> bool:
    """Whether this person may bring in files at all: who may add a document page."""
    section = DirectiveIndexPage.objects.first()
    return bool(section and section.permissions_for_user(user).can_add_subpage())


def own_records(user) -> QuerySet[IntakeRecord]:
    """The files this person may see, as in `own_records(editor).filter(state="review")`."""
    records = IntakeRecord.objects.all()
    if edits_every_unit(user):
        return records
    return records.filter(Q(created_by=user) | Q(created_by__in=_colleagues(user)))


def _colleagues(user) -> QuerySet:
    """Those who belong to one of the person's units today."""
    today = timezone.localdate()
    begun = Q(memberships__starts_on=None) | Q(memberships__starts_on__lte=today)
    not_ended = Q(memberships__ends_on=None) | Q(memberships__ends_on__gte=today)
    shared = Q(memberships__unit_id__in=user.unit_ids)
    return get_user_model().objects.filter(shared, begun, not_ended).values("pk")
