"""The form of the review screen: each field as typed text, checked when the clerk confirms."""

from django import forms
from django.core.exceptions import ValidationError

from directives.intake.draft_forms import FORMS, LONGEST_TITLE
from directives.intake.filling import LIMITS
from directives.intake.signer_lines import read_signer
from directives.models import DocumentKind
from directives.number_shapes import validate_number_shape
from directives.official import URGENCIES
from home.models import UnitPage
from home.partial_dates import PartialDateFormField
from home.permissions import edits_every_unit
from search.vietnamese.letters import clean, plain_signs
from search.visibility import LABELS, PUBLIC, STAFF

LONGEST_LINE, MOST_LINES = 255, 200
NOT_SECRET = "Hãy xác nhận văn bản không chứa bí mật nhà nước."
CITED = "cited-"
_SERIES = {"party": " (Đảng)", "copy": " (bản sao)"}


class TextField(forms.CharField):
    """One line or paragraph, with a sentence of ours when it is too long."""

    def __init__(self, limit: int, rows: int = 0, **kwargs):
        widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
        super().__init__(required=False, widget=widget, **kwargs)
        self.limit = limit

    def clean(self, value) -> str:
        text = clean(super().clean(value)).strip()
        if len(text) > self.limit:
            raise ValidationError(f"Dài quá {self.limit} ký tự (đang có {len(text)}). Hãy rút gọn.")
        return text


class LinesField(forms.CharField):
    """Several values, one on a line: "Sở Y tế\\nSở Tài chính" → `["Sở Y tế", "Sở Tài chính"]`."""

    def __init__(self, rows: int, **kwargs):
        super().__init__(required=False, strip=False, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def clean(self, value) -> list[str]:
        lines = lines_of(super().clean(value))
        if len(lines) > MOST_LINES:
            raise ValidationError(f"Có quá {MOST_LINES} dòng. Hãy rút gọn.")
        for line in lines:
            self.check_line(line)
        return lines

    def check_line(self, line: str) -> None:
        if len(line) > LONGEST_LINE:
            raise ValidationError(f"Dòng “{line[:40]}…” dài quá {LONGEST_LINE} ký tự.")

    def has_changed(self, initial, data) -> bool:
        return lines_of(initial or "") != lines_of(data or "")


class SignersField(LinesField):
    """Signers, one on a line: "Nguyễn Văn Lộc, Giám đốc"."""

    def check_line(self, line: str) -> None:
        try:
            read_signer(line)
        except ValueError as error:
            raise ValidationError(str(error)) from error


def lines_of(text: str) -> list[str]:
    """The lines that hold something, without the blanks around them."""
    return [line for each in text.splitlines() if (line := clean(each).strip())]


class ReviewForm(forms.Form):
    """`ReviewForm(sheet, data).errors`; what was not typed keeps its value from the file."""

    form = forms.ChoiceField(label="Đăng thành")
    issuer_name = TextField(LIMITS["agency"], label="Cơ quan ban hành")
    parent_issuer_name = TextField(LIMITS["parent_agency"], label="Cơ quan chủ quản")
    number = TextField(LIMITS["number"], label="Số")
    separator = forms.ChoiceField(label="Dấu giữa số và ký hiệu", choices=[("/", "/"), ("-", "-")])
    notation = TextField(LIMITS["notation"], label="Ký hiệu")
    issued_on = PartialDateFormField(label="Ngày ban hành", required=False)
    place = TextField(LIMITS["place"], label="Địa danh")
    kind = forms.ChoiceField(label="Loại văn bản", required=False)
    abstract = TextField(LIMITS["abstract"], rows=3, label="Trích yếu")
    title = TextField(LONGEST_TITLE, rows=2, label="Tiêu đề trang")
    signers = SignersField(2, label="Người ký")
    addressees = LinesField(2, label="Kính gửi")
    recipients = LinesField(4, label="Nơi nhận")
    urgency = forms.ChoiceField(label="Mức độ khẩn", required=False, choices=URGENCIES)
    effective_from = forms.DateField(
        label="Ngày hiệu lực",
        required=False,
        input_formats=["%d/%m/%Y", "%Y-%m-%d"],
        widget=forms.TextInput(attrs={"placeholder": "05/03/2024"}),
        error_messages={"invalid": "Ngày không hợp lệ. Hãy viết đủ ngày, tháng, năm: 05/03/2024."},
    )
    unit = forms.ChoiceField(label="Đơn vị soạn thảo", required=False)
    audience = forms.ChoiceField(
        label="Phạm vi công khai", choices=[(PUBLIC, LABELS[PUBLIC]), (STAFF, LABELS[STAFF])], widget=forms.RadioSelect
    )
    is_not_secret = forms.BooleanField(label="Tôi xác nhận văn bản không chứa bí mật nhà nước", required=False)

    def __init__(self, sheet, data=None):
        super().__init__(data, initial=sheet.initial, use_required_attribute=False)
        self._internal_mark = sheet.readership.internal_mark
        self.fields["form"].choices = _forms(sheet.user)
        self.fields["kind"].choices = [("", "Chưa rõ"), *_kinds()]
        self.fields["unit"].choices = [("", "Chưa rõ"), *_units(sheet.user)]
        for position, documents in sheet.candidates.items():
            choices = [("", "Chưa nối"), *((str(pk), title) for pk, title in documents)]
            self.fields[f"{CITED}{position}"] = forms.ChoiceField(label="Nối với", required=False, choices=choices)

    def clean(self) -> dict:
        typed = super().clean()
        notation = plain_signs(typed.get("notation") or "").replace(" ", "").strip("/-")
        if not self.errors.keys() & {"number", "notation"}:
            for message in validate_number_shape(typed.get("number") or "", notation):
                self.add_error("notation" if message.startswith("Ký hiệu") else "number", message)
        if self._internal_mark and typed.get("audience") == PUBLIC:
            self.add_error("audience", f"Văn bản có dấu “{self._internal_mark}” nên không công khai được.")
        return typed | {"notation": notation}

    def typed(self) -> dict[str, str]:
        """What differs from the file, as it was typed: `{"number": "12"}`; to be kept with the record."""
        names = {*self.changed_data, "form"} - {"is_not_secret"}
        return {name: self.data.get(name, "") for name in sorted(names)}


def _forms(user) -> list[tuple[str, str]]:
    """The kinds of page this person may add."""
    found = []
    for name, form in FORMS.items():
        section = form.section_type.objects.first()
        if section and section.permissions_for_user(user).can_add_subpage():
            found.append((name, form.label))
    return found


def _kinds() -> list[tuple[str, str]]:
    rows = DocumentKind.objects.order_by("name", "series")
    return [(str(row.pk), f"{row.name}{_SERIES.get(row.series, '')}") for row in rows]


def _units(user) -> list[tuple[str, str]]:
    units = UnitPage.objects.order_by("title")
    units = units if edits_every_unit(user) else units.filter(pk__in=user.unit_ids)
    return [(str(pk), title) for pk, title in units.values_list("pk", "title")]
