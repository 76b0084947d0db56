"""Whose files of intake a person works with: the office all of them, others those of their units."""

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet

from directives.models import DirectiveIndexPage, IntakeRecord
from home.permissions import edits_every_unit


def may_take_in(user) -> bool:
    """Whether this person may bring in files at all: who may add a document page."""
    section = DirectiveIndexPage.objects.first()
    return bool(section and section.permissions_for_user(user).can_add_subpage())


def own_records(user) -> QuerySet[IntakeRecord]:
    """The files this person may see, as in `own_records(editor).filter(state="review")`.

    Shape: a file is of the units its bringer belonged to on that day; with none, it is the bringer's alone.
    """
    records = IntakeRecord.objects.all()
    if edits_every_unit(user):
        return records
    of_my_units = _creators(memberships__unit_id__in=user.unit_ids)
    return records.filter(Q(of_my_units) | Q(created_by=user) & ~Q(_creators(memberships__isnull=False)))


def _creators(**membership) -> Exists:
    """Whether who brought a file in belonged to such a unit on that day: who moves on takes no files along."""
    day = OuterRef("created_at__date")
    begun = Q(memberships__starts_on=None) | Q(memberships__starts_on__lte=day)
    not_ended = Q(memberships__ends_on=None) | Q(memberships__ends_on__gte=day)
    people = get_user_model().objects.filter(begun, not_ended, pk=OuterRef("created_by"), **membership)
    return Exists(people)
