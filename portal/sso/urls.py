"""The addresses of the extra `sso`, under the names by which allauth looks for them."""

from django.contrib.auth.decorators import login_required
from django.urls import path
from django.views.generic import RedirectView

from portal.sso import open_id, second_step

SIGN_IN = RedirectView.as_view(pattern_name="wagtailadmin_login")
PROVIDER = {"provider_id": "co-quan"}

urlpatterns = [
    path("dang-nhap/co-quan/", open_id.begin, PROVIDER, name="openid_connect_login"),
    path("dang-nhap/co-quan/xong/", open_id.finish, PROVIDER, name="openid_connect_callback"),
    path("dang-nhap/thoi/", SIGN_IN, name="socialaccount_login_cancelled"),
    path("dang-nhap/lai/", SIGN_IN, name="account_login"),
    path("tai-khoan/ma-xac-thuc/", second_step.AskCodeView.as_view(), name="mfa_authenticate"),
    path("tai-khoan/hai-buoc/", second_step.OverviewView.as_view(), name="mfa_index"),
    path("tai-khoan/hai-buoc/bat/", login_required(second_step.SetUpView.as_view()), name="mfa_activate_totp"),
    path("tai-khoan/hai-buoc/tat/", second_step.TurnOffView.as_view(), name="mfa_deactivate_totp"),
    path("tai-khoan/ma-du-phong/", second_step.SpareCodesView.as_view(), name="mfa_view_recovery_codes"),
    path(
        "tai-khoan/ma-du-phong/moi/",
        login_required(second_step.NewSpareCodesView.as_view()),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "tai-khoan/xac-nhan/", login_required(second_step.ConfirmPasswordView.as_view()), name="account_reauthenticate"
    ),
    path("tai-khoan/xac-nhan-ma/", second_step.ConfirmCodeView.as_view(), name="mfa_reauthenticate"),
]
