"""The edit form of every page: text is cleaned before it is kept, the unit is one of the person's own."""

import re
import unicodedata

from django import forms
from django.db.models import Q
from django.http import QueryDict
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.widgets import SlugInput
from wagtail.coreutils import find_available_slug

from home.permissions import edits_every_unit
from search.vietnamese.letters import clean, nfc
from search.vietnamese.slugs import slugify
from search.visibility import restrict

KEPT_CONTROLS = "\n\r\t"
NAMED_UNITS = frozenset({"audience_units", "successors"})
INVISIBLE = frozenset({"Cc", "Cf", "Cs"})
# What the browser does to a typed address before Wagtail drops every letter it does not know.
SLUG_FORMATTERS = [
    ("[Đđ]", "d"),
    ("[\u0300-\u036f]", ""),
    *(
        (f"[{letters}{letters.upper()}]", base)
        for base, letters in {
            "a": "àáảãạăằắẳẵặâầấẩẫậ",
            "e": "èéẻẽẹêềếểễệ",
            "i": "ìíỉĩị",
            "o": "òóỏõọôồốổỗộơờớởỡợ",
            "u": "ùúủũụưừứửữự",
            "y": "ỳýỷỹỵ",
        }.items()
    ),
]


def tidy(text: str) -> str:
    """The text in NFC without zero-width, bidi and control characters; lines and spaces stay as typed."""
    if text.isascii() and text.isprintable():
        return text
    kept = (letter for letter in text if letter in KEPT_CONTROLS or unicodedata.category(letter) not in INVISIBLE)
    return nfc("".join(kept))


def tidy_data(data):
    """Posted form data with every value tidied, those of nested blocks and lists included."""
    if not isinstance(data, QueryDict):
        return None if data is None else data.copy()
    tidied = data.copy()
    for name, values in data.lists():
        tidied.setlist(name, [tidy(value) for value in values])
    return tidied


class SitePageForm(WagtailAdminPageForm):
    """Text in NFC; an address made of the title; a unit in charge that the person works for."""

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(tidy_data(data), *args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].widget = SlugInput(formatters=SLUG_FORMATTERS)
        if "unit" in self.fields and self.for_user:
            self._limit_unit()
        if self.for_user:
            self._limit_named_units()
        if self.for_user and self.is_bound:
            for check in hooks.get_hooks("check_posted_page"):
                check(self, self.for_user)

    def _limit_named_units(self) -> None:
        """Lists of units name those that the editor may read, the editor's own, and those named already."""
        if edits_every_unit(self.for_user):
            return
        for name in NAMED_UNITS & set(self.fields):
            field = self.fields[name]
            named = {unit.pk for unit in getattr(self.instance, name).all()}
            seen = restrict(field.queryset, self.for_user).values("pk")
            field.queryset = field.queryset.filter(Q(pk__in=seen) | Q(pk__in=self.for_user.unit_ids | named))

    def _limit_unit(self) -> None:
        """A short list instead of a page chooser; an editor chooses among the editor's own units."""
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

    def clean(self) -> dict:
        if "slug" in self.cleaned_data and self.cleaned_data.get("title") and self._follows_title():
            wanted = slugify(self.cleaned_data["title"]) or "trang"
            self.cleaned_data["slug"] = find_available_slug(self.parent_page, wanted, ignore_page_id=self.instance.pk)
        return super().clean()

    def _follows_title(self) -> bool:
        """Whether the address was made of the title and was never public, so that it may change with it."""
        slug = self.cleaned_data["slug"]
        if not slug:
            return True
        made = re.escape(slugify(self.instance.title or ""))
        is_untouched = slug == self.instance.slug and re.fullmatch(made + r"(-\d+)?", slug)
        return bool(is_untouched and not self.instance.first_published_at)

    def get_field_updates_for_resave(self) -> list:
        """An autosave tells the open page the address it made."""
        updates = super().get_field_updates_for_resave()
        return [*updates, ("slug", self.instance.slug)] if "slug" in self.fields else updates

    def clean_title(self) -> str:
        title = clean(self.cleaned_data["title"]).strip()
        if not title:
            raise forms.ValidationError("Tiêu đề không được để trống.")
        return title
