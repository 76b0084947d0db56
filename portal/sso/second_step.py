"""The second step at sign-in: a code from the person's telephone, or one of ten spare codes."""

from allauth.account.internal.flows.login import get_authentication_records, perform_password_login
from allauth.account.models import Login
from allauth.account.views import ReauthenticateView
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.base.views import AuthenticateView, IndexView
from allauth.mfa.base.views import ReauthenticateView as ConfirmByCodeView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_lockout_response
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.http import urlencode

from portal.landing import landing_address

OPEN = ("/tai-khoan/", "/dang-xuat/", "/tinh/", "/hien-thi/")


def continue_sign_in(request, user, address: str):
    """After the right password: the person's landing page, or the page that asks for the code first."""
    pending = Login(user=user, redirect_url=address)
    return perform_password_login(request, {"username": user.get_username()}, pending)


class RequiresSecondStep:
    """With REQUIRE_TOTP, a session of somebody who works for every unit opens nothing before the second step."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.REQUIRE_TOTP and not request.path.startswith(OPEN) and is_step_missing(request):
            has_codes = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.TOTP).exists()
            step = reverse("mfa_reauthenticate" if has_codes else "mfa_activate_totp")
            return redirect(f"{step}?{urlencode({'next': request.get_full_path()})}")
        return self.get_response(request)


def is_step_missing(request) -> bool:
    """Whether this person's role asks for a second step that this session has not seen."""
    user = request.user
    if not (user.is_authenticated and user.sees_every_unit):
        return False
    return not any(record["method"] == "mfa" for record in get_authentication_records(request, user))


class AskCodeView(AuthenticateView):
    """`/tai-khoan/ma-xac-thuc/`: wrong codes count like wrong passwords."""

    template_name = "accounts/ask_code.html"

    def _credentials(self) -> dict:
        return {"username": self.stage.login.user.get_username()}

    def post(self, request, *args, **kwargs):
        if not AxesProxyHandler.is_allowed(request, self._credentials()):
            return get_lockout_response(request, credentials=self._credentials())
        return super().post(request, *args, **kwargs)

    def form_invalid(self, form):
        user_login_failed.send(sender=__name__, credentials=self._credentials(), request=self.request)
        return super().form_invalid(form)


class OverviewView(IndexView):
    template_name = "accounts/second_step.html"

    def get_context_data(self, **kwargs):
        is_required = settings.REQUIRE_TOTP and self.request.user.sees_every_unit
        return super().get_context_data(is_required=is_required, **kwargs)


class SetUpView(ActivateTOTPView):
    template_name = "accounts/set_up_codes.html"

    def form_valid(self, form):
        answer = super().form_valid(form)
        codes = Authenticator.objects.get(user=self.request.user, type=Authenticator.Type.TOTP)
        post_authentication(self.request, codes, reauthenticated=True)
        return answer


class TurnOffView(DeactivateTOTPView):
    template_name = "accounts/turn_off_codes.html"
    success_url = reverse_lazy("mfa_index")


class SpareCodesView(ViewRecoveryCodesView):
    template_name = "accounts/spare_codes.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(onward=landing_address(self.request.user), **kwargs)


class NewSpareCodesView(GenerateRecoveryCodesView):
    template_name = "accounts/new_spare_codes.html"


class ConfirmPasswordView(ReauthenticateView):
    template_name = "accounts/confirm.html"


class ConfirmCodeView(ConfirmByCodeView):
    template_name = "accounts/confirm.html"
