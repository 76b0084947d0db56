"""The access class of every address. A pattern that is not declared here fails the tests."""

PUBLIC = "public"  # anybody, and what is shown goes through the audience rule
STAFF = "staff"  # signed in
OFFICE = "office"  # Wagtail's admin permission and what its views ask for

BY_NAME = {
    "archive": PUBLIC,
    "display": PUBLIC,
    "favicon": PUBLIC,
    "feed": PUBLIC,
    "file": PUBLIC,
    "opensearch": PUBLIC,
    "picture": PUBLIC,
    "ready": PUBLIC,
    "register": PUBLIC,
    "register_csv": PUBLIC,
    "robots": PUBLIC,
    "search": PUBLIC,
    "search_export": PUBLIC,
    "search_feed": PUBLIC,
    "suggestions": PUBLIC,
    "search_api": PUBLIC,
    "search_api_description": PUBLIC,
    "sign_in": PUBLIC,
    "sign_out": STAFF,
    "intranet": STAFF,
    "saved_search_add": STAFF,
    "saved_search_change": STAFF,
    "saved_search_delete": STAFF,
    "saved_searches": STAFF,
    "search_feedback": PUBLIC,
    "security_text": PUBLIC,
    "sitemap": PUBLIC,
    "sitemap_section": PUBLIC,
    "unit_archive": PUBLIC,
    "unit_register": PUBLIC,
    "unit_register_csv": PUBLIC,
    "wagtail_serve": PUBLIC,
    "wagtaildocs_serve": PUBLIC,
    "account_login": PUBLIC,
    "account_reauthenticate": STAFF,
    "mfa_activate_totp": STAFF,
    "mfa_authenticate": PUBLIC,
    "mfa_deactivate_totp": STAFF,
    "mfa_generate_recovery_codes": STAFF,
    "mfa_index": STAFF,
    "mfa_reauthenticate": STAFF,
    "mfa_view_recovery_codes": STAFF,
    "openid_connect_callback": PUBLIC,
    "openid_connect_login": PUBLIC,
    "socialaccount_login_cancelled": PUBLIC,
    "staff_directory": STAFF,
}
BY_PREFIX = {"quan-tri/": OFFICE}
# Public answers that a shared cache may keep; whatever is not named here is `private, no-store`.
FILES = frozenset(("file", "picture", "wagtaildocs_serve"))
#: Pages that the application itself keeps for strangers.
KEPT = frozenset(("wagtail_serve", "archive", "unit_archive", "feed", "sitemap", "sitemap_section"))
#: The same in every database.
FIXED = frozenset(("favicon", "robots", "search_api_description"))
SHAREABLE = KEPT | FILES | FIXED | {"opensearch", "search", "search_api", "search_feed", "security_text", "suggestions"}
# Addresses of the admin that a person without a session may open.
OPEN_IN_ADMIN = ("login/", "password_reset/", "logout/", "jsi18n/", "sprite")


def access_of(route: str, name: str | None) -> str | None:
    """The declared class of a pattern, e.g. `access_of("tim-kiem/", "search")` is "public"; None if undeclared."""
    for prefix, access in BY_PREFIX.items():
        if route.startswith(prefix):
            return access
    return BY_NAME.get(name or "")
