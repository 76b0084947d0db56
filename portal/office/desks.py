"""The desk of each unit: its own collection of files and the group of those who belong to it today."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Collection

from home.models import UnitPage
from portal.models import Membership, UnitDesk
from portal.office.roles import grant_files

PREFIX = "Biên tập: "


@transaction.atomic
def ensure_desk(unit: UnitPage) -> UnitDesk:
    """The collection and the group of a unit, made when missing and renamed with it."""
    desk = UnitDesk.objects.select_related("collection", "group").filter(unit_id=unit.pk).first()
    if desk is None:
        collection = Collection.get_first_root_node().add_child(name=unit.title[:255])
        group = Group.objects.create(name=_free_name(unit))
        desk = UnitDesk.objects.create(unit_id=unit.pk, collection=collection, group=group)
        grant_files(group, collection)
        seat_members(desk)
    if desk.collection.name != unit.title[:255]:
        desk.collection.name = unit.title[:255]
        desk.collection.save(update_fields=["name"])
        desk.group.name = _free_name(unit)
        desk.group.save(update_fields=["name"])
    return desk


def _free_name(unit: UnitPage) -> str:
    name = f"{PREFIX}{unit.title}"[:150]
    return f"{name[:140]} ({unit.pk})" if Group.objects.filter(name=name).exists() else name


def seat_members(desk: UnitDesk) -> bool:
    """Put today's members of the unit, and nobody else, into its group; True when somebody came or went."""
    members = set(Membership.objects.today().filter(unit_id=desk.unit_id).values_list("user_id", flat=True))
    seated = set(desk.group.user_set.values_list("pk", flat=True))
    if members != seated:
        desk.group.user_set.set(get_user_model().objects.filter(pk__in=members))
    return members != seated


def seat_everybody() -> list[UnitDesk]:
    """The desks whose group changed, because a membership began or ended; asked for daily by `tick`."""
    return [desk for desk in UnitDesk.objects.select_related("group", "unit") if seat_members(desk)]
