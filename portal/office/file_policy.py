"""Whose files a person works with today: membership decides at once, not when groups are next put in order."""

from django.db.models import Q, QuerySet
from wagtail.documents import get_permission_policy as document_policy
from wagtail.images import get_permission_policy as image_policy
from wagtail.models import Collection, GroupCollectionPermission
from wagtail.permission_policies.collections import (
    CollectionManagementPermissionPolicy,
    CollectionOwnershipPermissionPolicy,
)
from wagtail.permissions import register_permission_policy

from home.models import PortalDocument, PortalImage
from portal.models import UnitDesk


class TodaysDesks:
    """For Wagtail's collection policies: the group of a unit counts for its members of today, seated or not."""

    def get_all_permissions_for_user(self, user) -> QuerySet:
        held = super().get_all_permissions_for_user(user)
        if not user.is_active or user.is_anonymous or user.is_superuser:
            return held
        desks = UnitDesk.objects.values("group_id")
        own_desks = UnitDesk.objects.filter(unit_id__in=user.unit_ids).values("group_id")
        roles = user.groups.exclude(pk__in=desks).values("pk")
        rows = GroupCollectionPermission.objects.filter(Q(group_id__in=roles) | Q(group_id__in=own_desks))
        return rows.select_related("permission", "collection")


class FilePolicy(TodaysDesks, CollectionOwnershipPermissionPolicy):
    """Images and documents: the person's own and those of the unit."""


class CollectionPolicy(TodaysDesks, CollectionManagementPermissionPolicy):
    """The collections themselves."""


def register() -> None:
    """Take the place of Wagtail's policies, whichever is registered first: those for an exact class come before."""
    for model, given in ((PortalImage, image_policy()), (PortalDocument, document_policy())):
        policy = FilePolicy(model, given.auth_model, given.owner_field_name)
        register_permission_policy(model, policy, exact_class=True)
    register_permission_policy(Collection, CollectionPolicy(Collection), exact_class=True)
