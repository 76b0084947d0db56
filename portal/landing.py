"""Where a person goes after signing in: the admin for those who work there, the intranet for other staff."""

from django.urls import reverse

ADMIN = "wagtailadmin.access_admin"


def landing_address(user, wanted: str = "") -> str:
    """The address they asked for when they may open it, e.g. "/noi-bo/" for staff who wanted the admin."""
    admin = reverse("wagtailadmin_home")
    if user.has_perm(ADMIN):
        return wanted or admin
    return wanted if wanted and not wanted.startswith(admin) else reverse("intranet")
