"""Urgent publication: a page goes on the site at once for a reason, and another person reviews it later."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView
from django.views.generic.list import ListView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from home.permissions import edits_every_unit
from portal.office.approval import publish_urgently, refusals
from portal.office_models import SHORTEST_REASON, UrgentPublication
from search.vietnamese.letters import clean

TOO_SHORT = f"Hãy nêu lý do, ít nhất {SHORTEST_REASON} ký tự."


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Lý do đăng khẩn",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": TOO_SHORT},
        help_text="Lý do được lưu cùng tên ông/bà; người khác sẽ soát lại lượt đăng này.",
    )

    def clean_reason(self) -> str:
        reason = clean(self.cleaned_data["reason"])
        if len(reason) < SHORTEST_REASON:
            raise forms.ValidationError(TOO_SHORT)
        return reason


class UrgentPublicationView(WagtailAdminTemplateMixin, FormView):
    """The form that asks why."""

    template_name = "admin/urgent_publication.html"
    form_class = ReasonForm
    page_title = "Đăng khẩn"
    header_icon = "warning"

    def dispatch(self, request, page_id: int):
        self.page = get_object_or_404(Page, pk=page_id).specific
        may_publish = getattr(self.page.permissions_for_user(request.user), "can_publish_urgently", None)
        if not (may_publish and may_publish()):
            raise PermissionDenied
        return super().dispatch(request)

    def get_page_subtitle(self) -> str:
        return self.page.get_admin_display_title()

    def get_breadcrumbs_items(self) -> list:
        """Without the title, which stands below, where narrow screens show it whole."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs) -> dict:
        revision = self.page.get_latest_revision()
        reasons = refusals(revision.as_object()) if revision else ["Trang chưa có bản nháp nào."]
        return super().get_context_data(page=self.page, revision=revision, refusals=reasons, **kwargs)

    def form_valid(self, form):
        with transaction.atomic():
            list(Page.objects.select_for_update().filter(pk=self.page.pk).values_list("pk"))
            revision = Page.objects.get(pk=self.page.pk).get_latest_revision()
            if reasons := refusals(revision.as_object()):
                messages.error(self.request, " ".join(reasons))
                return redirect("wagtailadmin_pages:edit", self.page.pk)
            publish_urgently(self.page, revision, self.request.user, form.cleaned_data["reason"])
        title = self.page.get_admin_display_title()
        messages.success(self.request, f"Đã đăng khẩn trang “{title}”; chờ người khác soát lại.")
        return redirect("wagtailadmin_pages:edit", self.page.pk)


class VerdictForm(forms.Form):
    verdict = forms.CharField(max_length=500, required=False)


class UrgentReviewView(WagtailAdminTemplateMixin, ListView):
    """Urgent publications: those that wait for review first, then those that were reviewed."""

    template_name = "admin/urgent_review.html"
    page_title = "Đăng khẩn chờ soát"
    header_icon = "warning"
    paginate_by = 50
    context_object_name = "publications"

    def dispatch(self, request, *args, **kwargs):
        if not edits_every_unit(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_queryset(self):
        rows = UrgentPublication.objects.select_related("page", "by", "reviewed_by")
        return rows.order_by(F("reviewed_at").desc(nulls_first=True), "-at")

    def post(self, request):
        form = VerdictForm(request.POST)
        number = request.POST.get("publication", "")
        if not (number.isascii() and number.isdigit() and form.is_valid()):
            return redirect(self.request.path)
        reviewed = UrgentPublication.objects.reviewable_by(request.user).filter(pk=int(number))
        verdict = clean(form.cleaned_data["verdict"])
        if reviewed.update(reviewed_by=request.user, reviewed_at=timezone.now(), verdict=verdict):
            messages.success(request, "Đã ghi nhận lượt soát.")
        else:
            messages.error(request, "Không soát được: lượt này đã soát rồi, hoặc do chính ông/bà đăng.")
        return redirect(reverse("urgent_review"))
