"""The admin screen "Nhập văn bản": files in, each told at once, and the list of those on their way."""

import time
from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from directives.intake import calling, pipeline
from directives.intake.gate import clean_name
from directives.intake.listed import list_records, review_address
from directives.intake.memory_upload import MemoryOnly
from directives.intake.record_access import may_take_in
from directives.intake.secrecy import SECRET_MESSAGE
from directives.intake.upload_form import UploadForm
from directives.intake.wanted import WANTED, wanted_stub
from directives.models import AT_WORK, DocumentStub, IntakeRecord, IntakeState
from search.extraction import formats
from search.extraction.engines import installed_engines, reads_pictures
from search.extraction.refusals import ReadingFailed, Refused

TOO_LARGE = "Các tệp gửi cùng lúc nặng quá 60 MB. Hãy gửi làm nhiều lần."
WANTED_FIELD = "van-ban"
#: How many refused files of one request are told one by one.
MOST_TOLD = 50
#: Units: seconds that the answer to one small file waits for its reading, and between two looks.
PATIENCE, PAUSE = 2.0, 0.1


@csrf_exempt
def upload(request: HttpRequest) -> HttpResponse:
    """The screen; the check against forged forms comes once it is settled that files stay in memory."""
    request.upload_handlers = [MemoryOnly(request)]
    return _upload(request)


@csrf_protect
@require_http_methods(["GET", "POST"])
def _upload(request: HttpRequest) -> HttpResponse:
    if not may_take_in(request.user):
        raise PermissionDenied
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST":
        is_script = request.accepts("application/json") and not request.accepts("text/html")
        if getattr(request, "is_too_large", False):
            form.add_error("file", TOO_LARGE)
        response = _answer_script(request, form) if is_script else _answer_form(request, form)
        if response is not None:
            return response
    return _show(request, form)


def _show(request: HttpRequest, form: UploadForm) -> HttpResponse:
    context = {"listing": list_records(request.user, request.GET)}
    if request.GET.get("phan") == "danh-sach":
        return render(request, "admin/intake_list.html", context)
    context |= {
        "form": form,
        "wanted": _wanted(request),
        "labels": [kind.label for kind in formats.FORMATS.values()],
        "lacking": [engine.sentence for engine in installed_engines() if not engine.is_installed],
        "reads_pictures": reads_pictures(),
        "page_title": "Nhập văn bản",
    }
    return render(request, "admin/intake_upload.html", context, status=422 if form.errors else 200)


def _answer_form(request: HttpRequest, form: UploadForm) -> HttpResponse | None:
    """Where to go after a plain form; None when nothing was taken in and the form says why."""
    if not form.is_valid():
        return None
    files = form.cleaned_data["file"]
    wanted = _wanted(request) if len(files) == 1 else None
    taken = [take_in(file, request.user, wanted) for file in files]
    records = [record for record, _ in taken if record]
    problems = _placed(files, [problem for _, problem in taken])
    if not records:
        for problem in problems:
            form.add_error("file", problem)
        return None
    for problem in problems[:MOST_TOLD]:
        messages.error(request, problem)
    if len(problems) > MOST_TOLD:
        messages.error(request, f"Còn {len(problems) - MOST_TOLD} tệp khác cũng không được nhận.")
    if len(records) == 1 and not problems:
        return redirect(_next_step(request, records[0]))
    messages.success(request, f"Đã nhận {len(records)} tệp.")
    return redirect("intake_upload")


def _placed(files: Sequence, problems: Sequence[str]) -> list[str]:
    """The sentences on files that were not taken in, each with the place of its file among those sent.

    Shape: a file alone needs none; one with a secrecy mark is told by its place only, never by its name.
    """
    if len(files) == 1:
        return [problem for problem in problems if problem]
    told = []
    for place, (file, problem) in enumerate(zip(files, problems, strict=True), start=1):
        name = clean_name(file.name)
        is_told = problem == SECRET_MESSAGE or name in problem
        said = "" if is_told else f", “{name}”"
        told += [f"Tệp thứ {place} trong {len(files)}{said}: {problem}"] if problem else []
    return told


def _answer_script(request: HttpRequest, form: UploadForm) -> HttpResponse:
    """What became of one file of several that the page's script sends one by one."""
    if not form.is_valid():
        problem = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return JsonResponse({"problem": problem}, status=422)
    record, problem = take_in(form.cleaned_data["file"][0], request.user)
    if record is None:
        return JsonResponse({"problem": problem}, status=422)
    return JsonResponse({"name": record.name, "state": record.get_state_display(), "reason": record.reason})


def _wanted(request: HttpRequest) -> DocumentStub | None:
    """The cited document for which the screen was opened from the list of the office."""
    return wanted_stub(request.POST.get(WANTED_FIELD) or request.GET.get(WANTED_FIELD, ""), request.user)


def take_in(file, user, wanted: DocumentStub | None = None) -> tuple[IntakeRecord | None, str]:
    """The record of an uploaded file, or the sentence that says why there is none."""
    values = {WANTED: str(wanted.pk)} if wanted else {}
    try:
        return pipeline.receive(file.read(), file.name, user, values=values), ""
    except (Refused, ReadingFailed) as problem:
        return None, problem.message


def _next_step(request: HttpRequest, record: IntakeRecord) -> str:
    """The review of a file that is read soon, else the list, which tells how far it is."""
    record = _wait_a_little(record)
    if record.state == IntakeState.REVIEW and (address := review_address(record)):
        return address
    if record.state == IntakeState.TWIN:
        messages.warning(request, f"Tệp “{record.name}” không được nhập lại. {record.reason}")
    elif record.state == IntakeState.FAILED:
        messages.error(request, record.reason)
    return reverse("intake_upload")


def _wait_a_little(record: IntakeRecord) -> IntakeRecord:
    """The record once it was read, or as it is when that takes long or this process reads nothing."""
    end = time.monotonic() + PATIENCE
    while record.state in AT_WORK and calling.is_heard() and time.monotonic() < end:
        time.sleep(PAUSE)
        record.refresh_from_db(fields=["state", "reason"])
    return record
