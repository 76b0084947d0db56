"""Asking for a new password: the answer and its time are the same whether or not the account is there."""

import logging
from threading import Thread

from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.crypto import salted_hmac
from wagtail.admin.forms.auth import PasswordResetForm

MOST_AN_HOUR = 5
HOUR_SECONDS = 3600
logger = logging.getLogger(__name__)


class QuietPasswordResetForm(PasswordResetForm):
    """Writes a letter for nobody when there is no account, and posts letters while the page is already shown."""

    def get_users(self, email):
        return list(super().get_users(email)) or [get_user_model()(pk=0, email=email)]

    def save(self, *args, request=None, **kwargs):
        if not _is_flooded(self.cleaned_data["email"]):
            super().save(*args, request=request, **kwargs)

    def send_mail(self, subject_template, body_template, context, sender, recipient, html_email_template_name=None):
        subject = "".join(render_to_string(subject_template, context).splitlines())
        letter = EmailMultiAlternatives(subject, render_to_string(body_template, context), sender, [recipient])
        if context["user"].pk:
            Thread(target=_post, args=(letter, context["user"].pk)).start()


def _is_flooded(address: str) -> bool:
    """Whether this mailbox was written to often enough within the hour; no address is kept, only a keyed digest."""
    key = f"password-reset:{salted_hmac('portal.password_reset', address.lower()).hexdigest()}"
    count = cache.get(key, 0) + 1
    cache.set(key, count, HOUR_SECONDS)
    return count > MOST_AN_HOUR


def _post(letter, account_id: int) -> None:
    try:
        letter.send()
    except OSError as error:
        logger.error("the letter for a new password of account %s was not sent: %s", account_id, error)
