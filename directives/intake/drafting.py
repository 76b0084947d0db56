"""From a file on the desk to a draft page: read, stored, filled, with its evidence kept beside it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.models import Collection, Page

from directives.intake.filling import FROM_FIELDS, fill_document, shorten
from directives.intake.gate import check_upload
from directives.intake.job import read_data
from directives.intake.recognition import Recognition
from directives.models import DirectiveIndexPage, DirectivePage, IntakeRecord
from home.models import PortalDocument
from home.permissions import EVERY_UNIT
from search.vietnamese.letters import clean

Filler = Callable[[Page, Recognition], None]


@dataclass(frozen=True)
class DraftForm:
    """How a kind of draft is made: its page type, the section it belongs to, its fields."""

    page_type: type[Page]
    section_type: type[Page]
    fill: Filler
    evidence: dict[str, str]


FORMS: dict[str, DraftForm] = {
    "directive": DraftForm(DirectivePage, DirectiveIndexPage, lambda page, recognition: None, {})
}


def register_form(name: str, form: DraftForm) -> None:
    """A package above this one adds its kind of draft, e.g. the campaign call."""
    FORMS[name] = form


def open_draft(data: bytes, file_name: str, user) -> Page:
    """A draft page filled from the file, e.g. a `CampaignPage` for a call.

    Errors: Refused or ReadingFailed with a Vietnamese sentence; then nothing was stored.
    """
    checked = check_upload(file_name, data)
    reading = read_data(data, file_name)
    recognition = reading.recognition
    form = FORMS.get(recognition.value("form", "directive"), FORMS["directive"])
    with transaction.atomic():
        page = _make_page(form, recognition, checked.name, user)
        document = _keep_file(data, checked, page, user)
        page.attachments = [
            (
                "attachment",
                {"document": document, "label": "Tệp văn bản", "note": "Tệp nguyên bản, giữ từng byte như khi nhận."},
            )
        ]
        page.save_revision(user=user, log_action=True)
        IntakeRecord.objects.create(
            document=document,
            sha256=checked.sha256,
            page=page,
            created_by=user,
            recognition=_record_of(form, recognition, reading.warnings),
        )
    return page


def _make_page(form: DraftForm, recognition: Recognition, file_name: str, user) -> Page:
    section = form.section_type.objects.get()
    title = recognition.value("title") or recognition.value("abstract") or file_name.rpartition(".")[0]
    page = form.page_type(title=shorten(clean(str(title)), 255), live=False, owner=user, is_not_secret=True)
    fill_document(page, recognition)
    form.fill(page, recognition)
    if not user.has_perm(EVERY_UNIT) and page.unit_id not in user.unit_ids:
        page.unit_id = min(user.unit_ids, default=None)
    return section.add_child(instance=page)


def _keep_file(data: bytes, checked, page: Page, user) -> PortalDocument:
    unit_title = page.unit.title if page.unit else ""
    collection = Collection.objects.filter(name=unit_title).first() or Collection.get_first_root_node()
    document = PortalDocument(title=checked.name, collection=collection, uploaded_by_user=user)
    document.file.save(checked.name, ContentFile(data), save=False)
    document.sha256, document.file_size = checked.sha256, checked.size
    document.save()
    return document


def _record_of(form: DraftForm, recognition: Recognition, warnings) -> dict:
    names = FROM_FIELDS | form.evidence
    read = recognition.to_json()["fields"]
    return {
        "evidence": {field: read[source] for field, source in names.items() if source in read},
        "missing": recognition.missing,
        "suggestions": recognition.suggestions,
        "warnings": list(warnings),
    }
