"""Settings of the door: how often it may be tried, and sign-in through the organisation with its second step."""

from importlib.util import find_spec

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

#: Sign-in through the organisation and the second step: the extra `sso` (requirements-sso.txt).
HAS_SSO = find_spec("allauth") is not None
REQUIRE_TOTP = env.bool("REQUIRE_TOTP", default=False)
OIDC = {
    "issuer": env.str("OIDC_ISSUER", default="").rstrip("/"),
    "client_id": env.str("OIDC_CLIENT_ID", default=""),
    "secret": env.str("OIDC_CLIENT_SECRET", default=""),
    "name": env.str("OIDC_NAME", default="tài khoản cơ quan"),
    "match": env.str("OIDC_MATCH", default="email"),
}
if (OIDC["issuer"] or REQUIRE_TOTP) and not HAS_SSO:
    raise ImproperlyConfigured("OIDC_ISSUER và REQUIRE_TOTP cần các gói trong requirements-sso.txt.")
if OIDC["issuer"] and not (OIDC["client_id"] and OIDC["secret"] and OIDC["match"] in ("email", "username")):
    raise ImproperlyConfigured("OIDC_ISSUER cần OIDC_CLIENT_ID, OIDC_CLIENT_SECRET; OIDC_MATCH là email hoặc username.")

#: Wrong passwords for one name from one address; then it waits for a quarter of an hour.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
#: What is tried while it waits does not prolong the wait.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_HANDLER = "portal.sign_in_limits.SignInLimits"
#: In the same time: names that failed from one address, and failures of one name from addresses it never came from.
SIGN_IN_NAMES_PER_ADDRESS = env.int("SIGN_IN_NAMES_PER_ADDRESS", default=10)
SIGN_IN_FAILURES_PER_NAME = env.int("SIGN_IN_FAILURES_PER_NAME", default=20)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "portal.sign_in.answer_locked"
AXES_ENABLE_ADMIN = False
AXES_CLIENT_IP_CALLABLE = "search.client_address.counted_address"
ACCOUNT_ADAPTER = "portal.sso.adapters.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SIGNUP_FIELDS = ["username*"]
ACCOUNT_FORMS = {"reauthenticate": "portal.sso.forms.ConfirmPasswordForm"}
MFA_ADAPTER = "portal.sso.adapters.SecondStepAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Cổng thông tin"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "portal.sso.forms.CodeForm",
    "reauthenticate": "portal.sso.forms.ConfirmCodeForm",
    "activate_totp": "portal.sso.forms.ActivateForm",
    "generate_recovery_codes": "portal.sso.forms.NewCodesForm",
}
SOCIALACCOUNT_ADAPTER = "portal.sso.adapters.OrganisationAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "co-quan",
                "name": OIDC["name"],
                "client_id": OIDC["client_id"],
                "secret": OIDC["secret"],
                "settings": {"server_url": OIDC["issuer"]},
            }
        ],
    }
}
