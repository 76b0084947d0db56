"""How allauth behaves here: no sign-up, existing accounts only, words in Vietnamese, secrets encrypted."""

import base64
import time

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth import login
from django.shortcuts import render
from django.utils.crypto import salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme

from portal.landing import landing_address
from portal.sso.matching import find_account
from search.client_address import counted_address

MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"
JUST_NOW_SECONDS = 300
TOO_MANY = "Đã nhập sai nhiều lần. Hãy thử lại sau ít phút."


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
        "incorrect_password": "Mật khẩu không đúng.",
        "enter_current_password": "Hãy nhập mật khẩu hiện tại.",
    }

    def is_open_for_signup(self, request) -> bool:
        return False

    def get_login_stages(self) -> list[str]:
        return ["allauth.mfa.stages.AuthenticateStage"]

    def login(self, request, user) -> None:
        login(request, user, backend=MODEL_BACKEND)

    def get_login_redirect_url(self, request) -> str:
        return landing_address(request.user)

    def is_safe_url(self, url) -> bool:
        request = context.request
        return url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())

    def get_client_ip(self, request) -> str:
        return counted_address(request)

    def is_reauthentication_required(self, *, app, **kwargs) -> bool:
        """Whoever has no second step yet and signed in a moment ago sets it up without a second password."""
        request = context.request
        records = get_authentication_records(request, request.user)
        is_fresh = bool(records) and time.time() - records[-1]["at"] < JUST_NOW_SECONDS
        return not is_fresh or is_mfa_enabled(request.user)

    def add_message(self, *args, **kwargs) -> None:
        """Our own pages say what was done; allauth's messages would meet the person later, in the admin."""


class OrganisationAdapter(DefaultSocialAccountAdapter):
    """Sign-in by the organisation opens an account that stands here; it never makes one."""

    def is_open_for_signup(self, request, sociallogin) -> bool:
        return False

    def pre_social_login(self, request, sociallogin) -> None:
        user = sociallogin.user if sociallogin.is_existing else find_account(sociallogin.account.extra_data)
        if user is None or not user.is_active:
            # One answer for both, so that nobody learns which accounts stand here.
            raise ImmediateHttpResponse(refuse(request, "unknown"))
        if not sociallogin.is_existing:
            sociallogin.connect(request, user)

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None) -> None:
        raise ImmediateHttpResponse(refuse(request, "failed"))


def refuse(request, reason: str, status: int = 403):
    """The page that says why the organisation's sign-in did not open an account."""
    return render(request, "accounts/organisation_refused.html", {"reason": reason}, status=status)


class SecondStepAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Mã không đúng hoặc đã dùng. Hãy nhập mã mới nhất.",
        "cannot_delete_authenticator": "Vai trò của tài khoản này bắt buộc xác thực hai bước.",
    }

    def get_totp_label(self, user) -> str:
        return user.get_username()

    def can_delete_authenticator(self, authenticator) -> bool:
        return not (settings.REQUIRE_TOTP and authenticator.user.sees_every_unit)

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> Fernet:
    """A stolen copy of the database alone opens no second step."""
    return Fernet(base64.urlsafe_b64encode(salted_hmac("portal.sso.second_step", "key", algorithm="sha256").digest()))
