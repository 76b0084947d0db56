"""The edit form of every page: what is typed is cleaned before it is kept."""

from django import forms
from wagtail.admin.forms import WagtailAdminPageForm

from search.vietnamese.letters import clean


class SitePageForm(WagtailAdminPageForm):
    """Titles in NFC without zero-width characters."""

    def clean_title(self) -> str:
        title = clean(self.cleaned_data["title"]).strip()
        if not title:
            raise forms.ValidationError("Tiêu đề không được để trống.")
        return title
