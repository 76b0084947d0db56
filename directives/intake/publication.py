"""From a reviewed file to a draft page: what a person typed over what was recognised, all of it or nothing."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from wagtail.models import Collection, Page

from directives.intake.draft_forms import FORMS, fill_draft
from directives.intake.editor_text import as_the_editor_keeps
from directives.intake.review_form import NOT_SECRET, ReviewForm
from directives.intake.sheet import Sheet
from directives.intake.typed_values import overlay
from directives.models import IntakeRecord, IntakeState

#: A person may still make a page of it; a file that nobody could read becomes one with what the person types.
OPEN = (IntakeState.REVIEW, IntakeState.FAILED)
ATTACHED = {"label": "Tệp văn bản", "note": "Tệp nguyên bản, giữ từng byte như khi nhận."}
TYPED = {"source": "person", "confidence": 1.0}


class AlreadyConfirmed(Exception):
    """Another person was first; `record` is the file as they left it, with its page when there is one."""

    def __init__(self, record: IntakeRecord):
        super().__init__(record.pk)
        self.record = record


def confirm(record: IntakeRecord, values: dict, user) -> Page:
    """The draft page of a file that a person has seen, on its way to the second person who approves it.

    Errors: ValidationError with the fields that are wrong, AlreadyConfirmed; then nothing has changed.
    """
    if not values.get("is_not_secret"):
        raise ValidationError({"is_not_secret": NOT_SECRET})
    with transaction.atomic():
        page = make_page(record, values, user)
        workflow = page.get_workflow()
        if workflow and page.permissions_for_user(user).can_submit_for_moderation():
            workflow.start(page, user)
    return page


def make_page(record: IntakeRecord, values: dict, user) -> Page:
    """One draft page from what was read, with the values a person typed over it: `make_page(record, {}, user).live`
    is False.

    Shape: `values` as `ReviewForm.typed` gives them, by the names of its fields; one that is not there keeps its value
    from the file. `record.version` is the version that the person saw.
    Errors: ValidationError, AlreadyConfirmed; then nothing has changed.
    """
    with transaction.atomic():
        _claim(record, user)
        sheet = Sheet(record, user, values.get("form", ""))
        form = _checked(sheet, values)
        page = _filled(sheet, form, set(values), user)
        section = FORMS[sheet.form_name].section_type.objects.get()
        section.add_child(instance=page)
        _attach(page, record)
        page.save_revision(user=user, log_action=True)
        kept = {"page": page, "values": _kept(values), "recognition": _recognition(sheet, values)}
        IntakeRecord.objects.filter(pk=record.pk).update(**kept)
    record.refresh_from_db(fields=["page", "values", "recognition", "state", "version", "confirmed_by", "confirmed_at"])
    return page


def keep_values(record: IntakeRecord, values: dict) -> None:
    """What a person typed so far, kept with the file.

    Errors: AlreadyConfirmed when somebody else changed or confirmed it meanwhile.
    """
    rows = IntakeRecord.objects.filter(pk=record.pk, version=record.version, page=None, state__in=OPEN)
    if not rows.update(values=_kept(values), version=F("version") + 1):
        raise AlreadyConfirmed(IntakeRecord.objects.select_related("page", "confirmed_by").get(pk=record.pk))


def _claim(record: IntakeRecord, user) -> None:
    """The first statement of the transaction: of two clerks one changes the row, the other finds it changed."""
    rows = IntakeRecord.objects.filter(pk=record.pk, version=record.version, page=None, state__in=OPEN)
    claimed = rows.update(
        version=F("version") + 1, state=IntakeState.DRAFTED, confirmed_by=user, confirmed_at=timezone.now()
    )
    if not claimed:
        raise AlreadyConfirmed(IntakeRecord.objects.select_related("page", "confirmed_by").get(pk=record.pk))


def _checked(sheet: Sheet, values: dict) -> ReviewForm:
    """The values as the form reads them; without any the draft is what the file says, as it says it."""
    form = ReviewForm(sheet, sheet.initial | values)
    if not form.is_valid() and values:
        raise ValidationError(form.errors.as_data())
    return form


def _filled(sheet: Sheet, form: ReviewForm, typed: set[str], user) -> Page:
    cleaned = form.cleaned_data
    changed = {name: cleaned[name] for name in typed if name in cleaned}
    recognition = overlay(sheet.recognition, changed)
    page = fill_draft(sheet.form_name, recognition, sheet.record.name, user)
    page.body = as_the_editor_keeps(page.body)
    page.audience = changed.get("audience", sheet.readership.audience)
    page.is_not_secret = bool(changed.get("is_not_secret"))
    if changed.get("title"):
        page.title = changed["title"]
    if "kind" in changed:
        page.kind_id = int(changed["kind"]) if changed["kind"] else None
    if "unit" in changed:
        page.unit_id = int(changed["unit"]) if changed["unit"] else None
    page.separator = changed.get("separator", page.separator)
    page.effective_from = changed.get("effective_from")
    _choose_targets(page, sheet, cleaned)
    return page


def _choose_targets(page: Page, sheet: Sheet, cleaned: dict) -> None:
    """The documents that the person chose for citations which could mean several."""
    for position in sheet.candidates:
        chosen = cleaned.get(f"cited-{position}")
        if chosen and position < len(page.cited):
            page.cited[position].value["target"] = Page.objects.get(pk=int(chosen))


def _attach(page: Page, record: IntakeRecord) -> None:
    """The kept original becomes the file of the page, among the files of its unit."""
    document = record.document
    if document is None:
        return
    own = Collection.objects.filter(name=page.unit.title).first() if page.unit else None
    if own and document.collection_id != own.pk:
        document.collection = own
        document.save(update_fields=["collection"])
    page.attachments = [("attachment", {"document": document} | ATTACHED)]


def _kept(values: dict) -> dict:
    return {name: value for name, value in values.items() if name != "is_not_secret"}


def _recognition(sheet: Sheet, values: dict) -> dict:
    """What the page editor shows beside the fields: evidence, gaps, slips; a typed value speaks for itself."""
    evidence = {name: found.to_json() for name, found in sheet.evidence.items()}
    for name in evidence.keys() & values.keys():
        evidence[name] = TYPED | {"value": values[name], "evidence": str(values[name])}
    return {
        "evidence": evidence,
        "missing": sheet.recognition.missing,
        "suggestions": sheet.recognition.suggestions,
        "warnings": list(sheet.reading.warnings),
        "internal_mark": sheet.readership.internal_mark,
    }
