"""A date that may lack its day or month: model field, form field and block."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from wagtail.blocks import FieldBlock

from search.vietnamese.dates import PartialDate, spell_short

SHAPE = re.compile(r"^\s*(?:(?:(\d{1,2})\s*[/.-]\s*)?(\d{1,2})\s*[/.-]\s*)?(\d{4})\s*$")
WRONG_SHAPE = "Ngày không hợp lệ. Hãy viết 05/03/2024, hoặc 3/2024 nếu chưa rõ ngày, hoặc 2024 nếu chỉ rõ năm."


def read_partial_date(text: str) -> PartialDate:
    """The date a person typed, e.g. `read_partial_date("3/2024")` is March 2024.

    Errors: ValidationError with a Vietnamese sentence when the text is no date.
    """
    if match := SHAPE.match(text):
        day, month, year = (int(part) if part else None for part in match.groups())
    elif match := re.match(r"^\s*(\d{4})-(\d{2})(?:-(\d{2}))?\s*$", text):
        year, month, day = (int(part) if part else None for part in match.groups())
    else:
        raise ValidationError(WRONG_SHAPE)
    try:
        value = PartialDate(year=year, month=month, day=day)
        value.first_day()
    except ValueError:
        raise ValidationError(WRONG_SHAPE) from None
    if not 1900 <= (year or 0) <= 2100:
        raise ValidationError("Năm phải trong khoảng 1900 đến 2100.")
    return value


def type_partial_date(value: PartialDate | None) -> str:
    """The date as a person types it, e.g. "05/03/2024", "3/2024", "2024"."""
    if value is None:
        return ""
    return "/".join(
        part
        for part in (
            f"{value.day:02d}" if value.day else "",
            (f"{value.month:02d}" if value.day else str(value.month)) if value.month else "",
            str(value.year or ""),
        )
        if part
    )


class PartialDateFormField(forms.CharField):
    """Text such as "05/03/2024", "3/2024" or "2024" as a `PartialDate`; empty is None."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.TextInput(attrs={"placeholder": "05/03/2024, 3/2024 hoặc 2024"}))
        kwargs["max_length"] = 20
        super().__init__(**kwargs)

    def clean(self, value):
        text = super().clean(value if isinstance(value, str) else self.prepare_value(value))
        return read_partial_date(text) if text else None

    def prepare_value(self, value):
        return type_partial_date(value) if isinstance(value, PartialDate) else value

    def has_changed(self, initial, data) -> bool:
        return self.prepare_value(initial) != (data or "") if initial else bool(data)


class PartialDateField(models.CharField):
    """Column for a `PartialDate`, kept as "2024", "2024-03" or "2024-03-05" so that text order is time order."""

    def __init__(self, *args, **kwargs):
        kwargs.update(max_length=10, blank=True, null=True, default=None)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        for key in ("max_length", "blank", "null", "default"):
            kwargs.pop(key, None)
        return name, path, args, kwargs

    def from_db_value(self, value, expression, connection):
        return self.to_python(value)

    def to_python(self, value):
        if value in (None, "") or isinstance(value, PartialDate):
            return value or None
        try:
            return PartialDate.from_iso(value)
        except ValueError:
            return read_partial_date(value)

    def get_prep_value(self, value):
        value = self.to_python(value)
        return value.iso() if value else None

    def value_to_string(self, obj):
        value = self.to_python(self.value_from_object(obj))
        return value.iso() if value else ""

    def run_validators(self, value) -> None:
        super().run_validators(value.iso() if value else "")

    def formfield(self, **kwargs):
        return models.Field.formfield(self, form_class=PartialDateFormField, **kwargs)

    def get_default(self):
        return None


class PartialDateBlock(FieldBlock):
    """The same inside a StreamField."""

    def __init__(self, required=True, help_text=None, **kwargs):
        self.field = PartialDateFormField(required=required, help_text=help_text)
        super().__init__(**kwargs)

    def to_python(self, value):
        return PartialDate.from_iso(value) if value else None

    def get_prep_value(self, value):
        """What is kept; text that is no date yet stays as typed, for the form that is shown again."""
        return value.iso() if isinstance(value, PartialDate) else value or None

    def value_from_form(self, value):
        """A date as typed; text that is none is left for `clean` to refuse."""
        try:
            return read_partial_date(value) if isinstance(value, str) and value else value or None
        except ValidationError:
            return value

    def get_searchable_content(self, value):
        return [spell_short(value)] if isinstance(value, PartialDate) else []

    class Meta:
        icon = "date"
        default = None
