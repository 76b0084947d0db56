"""What follows of itself: roles after a migration, a desk for each unit, groups after memberships."""

from django.apps import apps
from django.db.models.signals import post_delete, post_migrate, post_save
from wagtail.signals import page_published

from home.models import UnitPage
from portal.models import Membership, UnitDesk
from portal.office.desks import ensure_desk, seat_members
from portal.office.roles import ensure_roles


def on_migrated(using, **kwargs) -> None:
    if using == "default":
        ensure_roles()


def on_unit_published(instance, **kwargs) -> None:
    ensure_desk(instance)


def on_membership_changed(instance, **kwargs) -> None:
    for desk in UnitDesk.objects.filter(unit_id=instance.unit_id).select_related("group"):
        seat_members(desk)


def last_migrated_app():
    """Permissions of every app stand only after the last one was migrated."""
    return [config for config in apps.get_app_configs() if config.models_module][-1]


def connect() -> None:
    post_migrate.connect(on_migrated, sender=last_migrated_app(), dispatch_uid="office_roles")
    page_published.connect(on_unit_published, sender=UnitPage, dispatch_uid="office_desk")
    post_save.connect(on_membership_changed, sender=Membership, dispatch_uid="office_seats")
    post_delete.connect(on_membership_changed, sender=Membership, dispatch_uid="office_seats_left")
