"""Puts a page on the site as an example: published at once, with the day it would have had."""

from datetime import date, datetime, time

from django.utils import timezone
from wagtail.models import Page

MORNING = time(8, 0)


def publish_under(section: Page, page: Page, author, on: date | None = None) -> Page:
    """The page, published under its section; `on` becomes its first day on the site."""
    page.live = False
    page.owner = author
    if on and on < timezone.localdate():
        page.first_published_at = timezone.make_aware(datetime.combine(on, MORNING))
    section.add_child(instance=page)
    page.save_revision(user=author).publish(user=author, skip_permission_checks=True)
    return page
