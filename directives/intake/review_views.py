"""The review screen: the document beside the form; kept, handed back or confirmed by a person."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from directives.completeness import said_of_twins
from directives.intake.gaps import faults_in, gaps_in, said_of_state
from directives.intake.pane import show_document
from directives.intake.parts import said_of_parts
from directives.intake.publication import OPEN, AlreadyConfirmed, confirm, keep_values
from directives.intake.record_access import may_take_in, own_records
from directives.intake.review_form import ReviewForm
from directives.intake.review_queue import next_to_review, place_in_queue
from directives.intake.review_rows import citation_rows, rows_of
from directives.intake.sheet import Sheet
from directives.intake.slips import slips_of
from directives.intake.wanted import WANTED, hints_of, said_of_other
from directives.models import IntakeRecord
from home.permissions import PUBLISH_URGENTLY

SAVE, RETURN, CONFIRM, URGENT = "save", "return", "confirm", "urgent"
UNPROCESSABLE, CONFLICT = 422, 409


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The screen of one file; a file of another unit is not there."""
    record = reviewable(request.user, pk)
    if request.method == "GET":
        return _show(request, record)
    version = request.POST.get("version", "")
    record.version = int(version) if version.isascii() and version.isdigit() else -1
    sheet = Sheet(record, request.user, request.POST.get("form", ""))
    form = ReviewForm(sheet, request.POST)
    try:
        return _act(request, record, form)
    except AlreadyConfirmed as late:
        return _show(request, late.record, form=form, late=late.record, status=CONFLICT)
    except ValidationError as problem:
        for name, errors in problem.error_dict.items():
            if name not in form.errors:
                form.add_error(name, errors)
        return _show(request, record, form=form, status=UNPROCESSABLE)


def reviewable(user, pk: int) -> IntakeRecord:
    """The record, if this person works with it.

    Errors: PermissionDenied for who may bring in no files at all, Http404 for a file of others.
    """
    if not may_take_in(user):
        raise PermissionDenied
    return get_object_or_404(own_records(user).select_related("document", "page", "confirmed_by", "created_by"), pk=pk)


def _act(request: HttpRequest, record: IntakeRecord, form: ReviewForm) -> HttpResponse:
    action = request.POST.get("action", SAVE)
    values = form.typed()
    if action in (CONFIRM, URGENT):
        is_not_secret = {"is_not_secret": "on"} if request.POST.get("is_not_secret") else {}
        form.full_clean()
        page = confirm(record, values | is_not_secret, request.user)
        return _after_confirmation(request, record, page, action)
    keep_values(record, values)
    if action == RETURN:
        messages.success(request, f"Đã giữ văn bản “{record.name}” trong danh sách chờ soát.")
        return redirect("intake_upload")
    messages.success(request, "Đã lưu bản nháp; các giá trị đã gõ được giữ lại.")
    return redirect("intake_review", record.pk)


def _after_confirmation(request: HttpRequest, record: IntakeRecord, page, action: str) -> HttpResponse:
    if action == URGENT and page.permissions_for_user(request.user).can_publish_urgently():
        return redirect("urgent_publication", page.pk)
    sent = "và gửi duyệt" if page.current_workflow_state else "; chưa có quy trình duyệt nên trang còn là bản nháp"
    text = format_html("Đã xác nhận “{}” {}.", page.title, sent)
    messages.success(request, text)
    if following := next_to_review(record, request.user):
        return redirect("intake_review", following)
    return redirect("intake_upload")


def _show(
    request: HttpRequest,
    record: IntakeRecord,
    form: ReviewForm | None = None,
    late: IntakeRecord | None = None,
    status: int = 200,
) -> HttpResponse:
    """The screen with what the person typed, or with what was kept."""
    typed = form.typed() if form else {name: value for name, value in record.values.items() if name != WANTED}
    sheet = Sheet(record, request.user, typed.get("form", ""))
    hints = {} if form or typed else hints_of(record, sheet, request.user)
    typed = typed | hints
    form = form or (ReviewForm(sheet, sheet.initial | typed) if typed else ReviewForm(sheet))
    is_not_secret = bool(request.POST.get("is_not_secret"))
    faults = faults_in(form)
    context = {
        "record": record,
        "sheet": sheet,
        "form": form,
        "late": late,
        "is_open": record.page_id is None and record.state in OPEN,
        "place": place_in_queue(record, request.user),
        "pane": show_document(sheet),
        "rows": rows_of(sheet, form, typed, hints),
        "gaps": gaps_in(sheet, sheet.initial | typed, is_not_secret),
        "faults": faults,
        "is_reopened": request.method == "GET",
        "standing": said_of_state(len(faults), is_not_secret),
        "citations": citation_rows(sheet, form),
        "slips": slips_of(sheet),
        "twins": said_of_twins(sheet.page, request.user, besides=record.page_id),
        "warnings": [*filter(None, [said_of_other(record, sheet, request.user)]), *_warnings(sheet)],
        "saved": _saved_by_others(late, typed) if late else [],
        "may_publish_urgently": request.user.has_perm(PUBLISH_URGENTLY),
        "page_title": "Soát văn bản",
    }
    return render(request, "admin/intake_review.html", context, status=status)


def _warnings(sheet: Sheet) -> list[str]:
    """What the reader was not sure of, without what the screen says in words of its own."""
    said = said_of_parts(sheet.reading.parts)
    return [each for each in sheet.reading.warnings if each != said and each not in sheet.record.reason]


def _saved_by_others(record: IntakeRecord, typed: dict[str, str]) -> list[tuple[str, str]]:
    """The values that another person kept and that are not what this one typed: `[("Số", "12")]`."""
    labels = ReviewForm.base_fields
    return [
        (str(labels[name].label), value)
        for name, value in record.values.items()
        if name in labels and value != typed.get(name, "") and name != "form"
    ]
