"""The admin screen "Nhập văn bản": one file in, one draft out."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from directives.completeness import missing_in
from directives.intake.drafting import open_draft
from directives.intake.gate import check_upload
from directives.intake.secrecy import SECRET_MESSAGE
from directives.models import DirectiveIndexPage, IntakeRecord
from home.audit.recording import record_refusal
from search.extraction.refusals import ReadingFailed, Refused


class UploadForm(forms.Form):
    """One file, and the clerk's word that it holds no state secret."""

    file = forms.FileField(
        label="Tệp văn bản",
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        error_messages={"required": "Hãy chọn tệp văn bản cần nhập.", "empty": "Tệp rỗng. Hãy kiểm tra lại tệp."},
    )
    is_not_secret = forms.BooleanField(
        label="Tôi xác nhận văn bản không chứa bí mật nhà nước",
        error_messages={"required": "Hãy xác nhận văn bản không chứa bí mật nhà nước trước khi tải lên."},
    )
    again = forms.BooleanField(label="Tệp này đã được nhập trước đây; vẫn nhập thành bản nháp mới", required=False)


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """The upload form; after it the editor of the new draft, or the reason why there is none."""
    section = DirectiveIndexPage.objects.first()
    if section is None or not section.permissions_for_user(request.user).can_add_subpage():
        raise PermissionDenied
    form = UploadForm(request.POST or None, request.FILES or None)
    earlier = None
    if request.method == "POST" and form.is_valid():
        response, earlier = _take_in(request, form)
        if response is not None:
            return response
    status = 200 if request.method == "GET" else 422
    recent = IntakeRecord.objects.select_related("page", "document", "created_by").filter(created_by=request.user)[:8]
    context = {"form": form, "earlier": earlier, "recent": recent, "page_title": "Nhập văn bản"}
    return render(request, "admin/intake_upload.html", context, status=status)


def _take_in(request: HttpRequest, form: UploadForm) -> tuple[HttpResponse | None, IntakeRecord | None]:
    upload_file = form.cleaned_data["file"]
    data = upload_file.read()
    try:
        checked = check_upload(upload_file.name, data)
        earlier = IntakeRecord.objects.filter(sha256=checked.sha256, page__isnull=False).first()
        if earlier and not form.cleaned_data["again"]:
            form.add_error("file", "Tệp này đã được nhập; hãy mở bản đã có, hoặc đánh dấu ô “vẫn nhập” bên dưới.")
            return None, earlier
        page = open_draft(data, upload_file.name, request.user)
    except (Refused, ReadingFailed) as problem:
        if problem.message == SECRET_MESSAGE:
            record_refusal(request.user, "dấu chỉ độ mật")
        form.add_error("file", problem.message)
        return None, None
    _tell_result(request, page)
    return redirect(reverse("wagtailadmin_pages:edit", args=[page.pk])), None


def _tell_result(request: HttpRequest, page) -> None:
    missing = missing_in(page)
    named = ", ".join(missing[:6]) + (" và mục khác" if len(missing) > 6 else "")
    gaps = f" Còn thiếu: {named}." if missing else ""
    advice = "Hãy soát từng trường cùng bằng chứng bên dưới."
    text = format_html("Đã đọc văn bản và mở bản nháp “{}”. {}{}", page.title, advice, gaps)
    messages.success(request, text)
