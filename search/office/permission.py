"""Who looks after search: those who work for every unit."""

from django.contrib.auth import get_user_model
from wagtail.permission_policies import BasePermissionPolicy

EVERY_UNIT = "home.edit_every_unit"
MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"


def looks_after_search(user) -> bool:
    """Whether this person keeps the rules of search and reads its report, e.g. somebody of the office."""
    return bool(user.is_active and user.has_perm(EVERY_UNIT))


class OfficePolicy(BasePermissionPolicy):
    """One permission for everything the office keeps about search."""

    def user_has_permission(self, user, action) -> bool:
        return looks_after_search(user)

    def user_has_any_permission(self, user, actions) -> bool:
        return looks_after_search(user)

    def users_with_any_permission(self, actions):
        return get_user_model().objects.with_perm(EVERY_UNIT, backend=MODEL_BACKEND)
