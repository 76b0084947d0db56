"""Signing in: those who work in the admin go there, other staff to the intranet."""

from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin.views.account import LoginView

ADMIN = "wagtailadmin.access_admin"


class SignInView(LoginView):
    """Wagtail's form under the same address for every member of staff."""

    def get_success_url(self) -> str:
        wanted = self.get_redirect_url()
        if self.request.user.has_perm(ADMIN):
            return wanted or reverse("wagtailadmin_home")
        is_admin_address = wanted.startswith(reverse("wagtailadmin_home"))
        return wanted if wanted and not is_admin_address else reverse("intranet")

    def get(self, request, *args, **kwargs):
        if request.user.is_authenticated and not request.user.has_perm(ADMIN):
            return redirect(self.get_success_url())
        return super().get(request, *args, **kwargs)
