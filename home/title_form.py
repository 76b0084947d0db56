"""The edit form of every page: what is typed is cleaned before it is kept, and stays within the person's units."""

import unicodedata

from django import forms
from django.http import QueryDict
from wagtail.admin.forms import WagtailAdminPageForm

from home.permissions import edits_every_unit
from search.vietnamese.letters import clean, nfc

KEPT_CONTROLS = "\n\r\t"
INVISIBLE = frozenset({"Cc", "Cf", "Cs"})


def tidy(text: str) -> str:
    """The text in NFC without zero-width, bidi and control characters; lines and spaces stay as typed."""
    if text.isascii() and text.isprintable():
        return text
    kept = (letter for letter in text if letter in KEPT_CONTROLS or unicodedata.category(letter) not in INVISIBLE)
    return nfc("".join(kept))


def tidy_data(data):
    """Posted form data with every value tidied, those of nested blocks and lists included."""
    if not isinstance(data, QueryDict):
        return data
    tidied = data.copy()
    for name, values in data.lists():
        tidied.setlist(name, [tidy(value) for value in values])
    return tidied


class SitePageForm(WagtailAdminPageForm):
    """Text in NFC; the unit in charge is one the person works for."""

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(tidy_data(data), *args, **kwargs)
        if "unit" in self.fields and self.for_user:
            self._limit_unit()

    def _limit_unit(self) -> None:
        """A short list instead of a page chooser; an editor's page belongs to one of the editor's own units."""
        field = self.fields["unit"]
        field.widget = forms.Select()
        units = field.queryset.order_by("path")
        if not edits_every_unit(self.for_user):
            units = units.filter(pk__in=self.for_user.unit_ids | {self.instance.unit_id})
            field.required = True
        field.queryset = units
        field.widget.choices = field.choices
        if not self.instance.pk and len(self.for_user.unit_ids) == 1:
            self.initial["unit"] = next(iter(self.for_user.unit_ids))

    def clean_title(self) -> str:
        title = clean(self.cleaned_data["title"]).strip()
        if not title:
            raise forms.ValidationError("Tiêu đề không được để trống.")
        return title
