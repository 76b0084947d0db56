"""The short way from a file to a draft page, for the demonstration: received, read, filled, without a clerk between."""

from wagtail.models import Page

from directives.intake.pipeline import receive, work_on
from directives.intake.publication import make_page
from directives.models import IntakeState
from search.extraction.refusals import ReadingFailed


def open_draft(data: bytes, file_name: str, user) -> Page:
    """A draft page filled from the file, e.g. a `CampaignPage` for a call.

    Errors: Refused or ReadingFailed with a Vietnamese sentence; then there is no page.
    """
    record = receive(data, file_name, user, again=True)
    if record.state != IntakeState.REVIEW:
        record = work_on(record.pk)
    if record.state != IntakeState.REVIEW:
        raise ReadingFailed(record.reason)
    return make_page(record, {"is_not_secret": "on"}, user)
