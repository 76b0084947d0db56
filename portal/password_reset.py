"""Asking for a new password: the answer and its time are the same whether or not the account is there."""

import logging
from threading import Thread

from django.contrib.auth import get_user_model
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from wagtail.admin.forms.auth import PasswordResetForm

from search.office.throttle import is_too_often

MOST_A_MINUTE = 5
logger = logging.getLogger(__name__)


class QuietPasswordResetForm(PasswordResetForm):
    """Writes a letter for nobody when there is no account, and posts letters while the page is already shown."""

    def get_users(self, email):
        return list(super().get_users(email)) or [get_user_model()(pk=0, email=email)]

    def save(self, *args, request=None, **kwargs):
        if not is_too_often(request, "password-reset", MOST_A_MINUTE):
            super().save(*args, request=request, **kwargs)

    def send_mail(self, subject_template, body_template, context, sender, recipient, html_email_template_name=None):
        subject = "".join(render_to_string(subject_template, context).splitlines())
        letter = EmailMultiAlternatives(subject, render_to_string(body_template, context), sender, [recipient])
        if context["user"].pk:
            Thread(target=_post, args=(letter, context["user"].pk)).start()


def _post(letter, account_id: int) -> None:
    try:
        letter.send()
    except OSError as error:
        logger.error("the letter for a new password of account %s was not sent: %s", account_id, error)
