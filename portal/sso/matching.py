"""Which account a person from the organisation's directory has here."""

from django.conf import settings
from django.contrib.auth import get_user_model

VERIFIED = (True, "true")


def find_account(extra_data: dict):
    """The one account of these claims, or None: by verified mail address, or by user name where so set.

    Example: `find_account({"id_token": {"email": "lan@vi-du.gov.vn", "email_verified": True}})`.
    Two accounts with one address open neither: whose it is cannot be told.
    """
    claims = extra_data.get("id_token", {}) | extra_data.get("userinfo", {})
    users = get_user_model().objects.filter(is_active=True)
    if settings.OIDC["match"] == "username":
        name = claims.get("preferred_username")
        return users.filter(username=name).first() if name else None
    address = claims.get("email")
    if not address or claims.get("email_verified") not in VERIFIED:
        return None
    found = list(users.filter(email__iexact=address)[:2])
    return found[0] if len(found) == 1 else None
