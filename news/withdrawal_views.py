"""The form by which the office records that a person took back the consent to be shown."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateInput

from news.models import StoryPage
from news.withdrawal import said_of_same_pictures, standing_consents, withdraw_consent
from search.vietnamese.letters import clean


class WithdrawalForm(forms.Form):
    withdrawn_on = forms.DateField(label="Ngày rút lại", widget=AdminDateInput, initial=timezone.localdate)
    note = forms.CharField(label="Ghi chú", max_length=255, required=False, help_text="Ví dụ: đơn gửi qua thư điện tử.")

    def __init__(self, *args, consents=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.earliest = max((consent.given_on for consent in consents), default=None)

    def clean_withdrawn_on(self):
        day = self.cleaned_data["withdrawn_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Ngày rút lại không được sau hôm nay.")
        if self.earliest and day < self.earliest:
            raise forms.ValidationError("Ngày rút lại phải từ ngày đồng ý trở đi.")
        return day

    def clean_note(self) -> str:
        return clean(self.cleaned_data["note"])


class WithdrawalView(WagtailAdminTemplateMixin, FormView):
    """Asks for the day and takes the story down."""

    template_name = "admin/withdraw_consent.html"
    form_class = WithdrawalForm
    page_title = "Rút lại đồng ý công khai"
    header_icon = "cross"

    def dispatch(self, request, page_id: int):
        self.story = get_object_or_404(StoryPage, pk=page_id)
        if not self.story.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        self.consents = standing_consents(self.story)
        if not self.consents:
            messages.error(request, "Không còn phiếu đồng ý nào để rút lại.")
            return redirect("wagtailadmin_pages:edit", page_id)
        return super().dispatch(request)

    def get_page_subtitle(self) -> str:
        return self.story.get_admin_display_title()

    def get_breadcrumbs_items(self) -> list:
        """In the words of the menu: the whole title stands below, where narrow screens show it whole."""
        return [*self.breadcrumbs_items, {"url": "", "label": "Rút lại đồng ý"}]

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"consents": self.consents}

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(story=self.story, consents=self.consents, **kwargs)

    def form_valid(self, form):
        data = form.cleaned_data
        withdraw_consent(self.story.pk, self.request.user, data["withdrawn_on"], data["note"])
        messages.success(self.request, "Đã ghi nhận việc rút lại đồng ý và hạ bài khỏi cổng.")
        if places := said_of_same_pictures(self.story, self.request.user):
            messages.warning(self.request, f"Ảnh của bài cũng đã được ẩn ở trang khác, hãy thay ảnh ở đó: {places}.")
        return redirect("wagtailadmin_pages:edit", self.story.pk)
