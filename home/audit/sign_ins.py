"""Who signed in and out, who tried and failed; what was typed is never kept, it may be a password."""

from axes.signals import user_locked_out
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

from home.audit.actions import SIGN_IN_FAILED, SIGN_IN_LOCKED, SIGNED_IN, SIGNED_OUT
from home.audit.events import Subject
from home.audit.recording import note


def on_signed_in(user, **kwargs) -> None:
    note(SIGNED_IN, Subject("user", user.pk, user.get_username()), user)


def on_signed_out(user, **kwargs) -> None:
    if user is not None and user.pk:
        note(SIGNED_OUT, Subject("user", user.pk, user.get_username()), user)


def on_failed(credentials, **kwargs) -> None:
    note(SIGN_IN_FAILED, _named(credentials.get(get_user_model().USERNAME_FIELD)))


def on_locked_out(username, **kwargs) -> None:
    note(SIGN_IN_LOCKED, _named(username))


def _named(username) -> Subject:
    """The account of this name; nothing of what was typed when there is none."""
    person = get_user_model().objects.filter(username=username).first() if username else None
    return Subject("user", person.pk, person.get_username()) if person else Subject("user")


def connect() -> None:
    user_logged_in.connect(on_signed_in, dispatch_uid="audit_signed_in")
    user_logged_out.connect(on_signed_out, dispatch_uid="audit_signed_out")
    user_login_failed.connect(on_failed, dispatch_uid="audit_sign_in_failed")
    user_locked_out.connect(on_locked_out, dispatch_uid="audit_locked_out")
