"""Signing in and out, and asking for a new password."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.shortcuts import redirect, render
from django.urls import reverse
from wagtail.admin.views.account import LoginView

from intranet.views import CAME_FROM_ADMIN
from portal.landing import ADMIN, landing_address


class SignInView(LoginView):
    """Wagtail's form under the same address for every member of staff."""

    def get_redirect_url(self) -> str:
        """The address asked for, else ""; what is none would be taken for the name of a view."""
        wanted = super().get_redirect_url()
        return wanted if wanted.startswith("/") else ""

    def get_success_url(self) -> str:
        return landing_address(self.request.user, self.get_redirect_url())

    def get(self, request, *args, **kwargs):
        if request.user.is_authenticated and not request.user.has_perm(ADMIN):
            # Wagtail's word for it would wait for a page of the admin, which never comes.
            list(messages.get_messages(request))
            self.remember_admin(request.user)
            return redirect(self.get_success_url())
        return super().get(request, *args, **kwargs)

    def remember_admin(self, user) -> None:
        """Keep for the intranet, where the person lands instead, that they asked for the admin."""
        if self.get_redirect_url().startswith(reverse("wagtailadmin_home")) and not user.has_perm(ADMIN):
            self.request.session[CAME_FROM_ADMIN] = True

    def get_form(self, form_class=None):
        """The labels stand above the fields; Wagtail's sentences within them are cut on a telephone."""
        form = super().get_form(form_class)
        for field in form.fields.values():
            field.widget.attrs.pop("placeholder", None)
        return form

    def form_valid(self, form):
        """How long the session lasts is for the settings to say, not for the person who signs in."""
        user = form.get_user()
        address = landing_address(user, self.get_redirect_url())
        self.remember_admin(user)
        if settings.HAS_SSO:
            from portal.sso.second_step import continue_sign_in

            return continue_sign_in(self.request, user, address)
        login(self.request, user)
        return redirect(address)

    def get_context_data(self, **kwargs):
        return super().get_context_data(organisation=settings.OIDC["name"] if settings.OIDC["issuer"] else "", **kwargs)


def answer_locked(request, original_response=None, credentials=None):
    """The answer to somebody who has to wait, with the seconds after which trying again makes sense."""
    answer = render(request, "login_locked.html", status=429)
    answer["Retry-After"] = str(int(settings.AXES_COOLOFF_TIME * 3600))
    return answer


def refuse_form(request, reason=""):
    """The answer to a form without its token, e.g. one that stood open for too long."""
    return render(request, "403_csrf.html", status=403)
