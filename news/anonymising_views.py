"""The form by which the office makes a story nameless, and what it is told is left to do."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from home.permissions import edits_every_unit
from news.anonymising import anonymise
from news.models import StoryPage
from search.vietnamese.letters import clean

SHORTEST_NAME = 2


class AnonymiseForm(forms.Form):
    names = forms.CharField(
        label="Tên cần bỏ",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        help_text="Mỗi dòng một cách gọi: họ tên đầy đủ, tên riêng, tên của người thân có trong bài.",
    )
    is_sure = forms.BooleanField(
        label="Tôi hiểu các phiên bản cũ và ảnh bị xóa hẳn, không lấy lại được",
        error_messages={"required": "Hãy đánh dấu vào ô này để tiếp tục."},
    )

    def clean_names(self) -> list[str]:
        names = list(dict.fromkeys(filter(None, map(clean, self.cleaned_data["names"].splitlines()))))
        if not names:
            raise forms.ValidationError("Hãy ghi ít nhất một tên.")
        if short := [name for name in names if len(name) < SHORTEST_NAME]:
            raise forms.ValidationError(f"Tên “{short[0]}” quá ngắn, sẽ bỏ nhầm chữ khác.")
        return names


def may_anonymise(user, story: StoryPage) -> bool:
    """Whether this person may erase versions and pictures of the story: those who work for every unit."""
    return edits_every_unit(user) and story.permissions_for_user(user).can_edit()


class AnonymiseView(WagtailAdminTemplateMixin, FormView):
    """Asks for the names, then tells what else names the person."""

    template_name = "admin/anonymise.html"
    form_class = AnonymiseForm
    page_title = "Ẩn danh người được nêu gương"
    header_icon = "user"

    def dispatch(self, request, page_id: int):
        self.story = get_object_or_404(StoryPage, pk=page_id)
        if not may_anonymise(request.user, self.story):
            raise PermissionDenied
        return super().dispatch(request)

    def get_initial(self) -> dict:
        return {"names": self.story.subject} if not self.story.anonymised_on else {}

    def get_page_subtitle(self) -> str:
        return self.story.get_admin_display_title()

    def get_breadcrumbs_items(self) -> list:
        """In the words of the menu: the whole title stands below, where narrow screens show it whole."""
        return [*self.breadcrumbs_items, {"url": "", "label": "Ẩn danh"}]

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(**({"story": self.story} | kwargs))

    def form_valid(self, form):
        traces = anonymise(self.story.pk, self.request.user, form.cleaned_data["names"])
        story = StoryPage.objects.get(pk=self.story.pk)
        return self.render_to_response(self.get_context_data(form=form, story=story, traces=traces))
