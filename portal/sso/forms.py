"""The forms of the second step, in Vietnamese."""

from allauth.account.forms import ReauthenticateForm
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.recovery_codes.forms import GenerateRecoveryCodesForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.core.cache import cache

SPENT_SECONDS = 120


def code_field(label: str) -> forms.CharField:
    attributes = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
    return forms.CharField(
        label=label,
        max_length=20,
        widget=forms.TextInput(attrs=attributes),
        error_messages={"required": "Hãy nhập mã.", "max_length": "Mã quá dài."},
    )


class OnceOnly:
    """A code is good once for as long as the clock's tolerance would let it pass again."""

    def clean_code(self) -> str:
        code = super().clean_code()
        if not cache.add(f"portal.second-step:{self.user.pk}:{code}", "spent", SPENT_SECONDS):
            raise forms.ValidationError("Mã này đã dùng. Hãy chờ mã mới.")
        return code


class CodeForm(OnceOnly, mfa_forms.AuthenticateForm):
    code = code_field("Mã xác thực hoặc mã dự phòng")


class ConfirmCodeForm(OnceOnly, mfa_forms.ReauthenticateForm):
    code = code_field("Mã xác thực hoặc mã dự phòng")


class ActivateForm(ActivateTOTPForm):
    code = code_field("Mã sáu chữ số trên ứng dụng")


class ConfirmPasswordForm(ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["password"]
        field.label = "Mật khẩu hiện tại"
        field.error_messages["required"] = "Hãy nhập mật khẩu."
        field.widget.attrs = {"autocomplete": "current-password", "autofocus": True}


class NewCodesForm(GenerateRecoveryCodesForm):
    def clean(self):
        try:
            return super().clean()
        except forms.ValidationError as error:
            raise forms.ValidationError("Hãy bật xác thực hai bước trước.") from error
