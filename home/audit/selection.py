"""Which events somebody asks for: a period, a person, a deed, a thing, a unit."""

from datetime import date, datetime, time, timedelta

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.admin.widgets import AdminDateInput

from home.audit.actions import LABELS
from home.audit.words import KIND_NAMES
from home.models import AuditEvent, UnitPage
from search.visibility import LABELS as AUDIENCES

ANY = [("", "Tất cả")]


def _day() -> forms.DateField:
    return forms.DateField(required=False, widget=AdminDateInput, input_formats=["%d/%m/%Y", "%Y-%m-%d"])


class SelectionForm(forms.Form):
    """`?tu=01/11/2026&den=22/11/2026&nguoi=lan&viec=opened&loai=directive&ma=12&don_vi=7&pham_vi=units`."""

    tu, den = _day(), _day()
    nguoi = forms.CharField(required=False, max_length=100)
    viec = forms.ChoiceField(required=False, choices=[*ANY, *LABELS.items()])
    loai = forms.ChoiceField(required=False, choices=[*ANY, *KIND_NAMES.items()])
    ma = forms.IntegerField(required=False, min_value=0, max_value=2**63 - 1)
    don_vi = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    pham_vi = forms.ChoiceField(required=False, choices=[*ANY, *AUDIENCES.items()])

    labels = {
        "tu": "Từ ngày",
        "den": "Đến ngày",
        "nguoi": "Người",
        "viec": "Việc",
        "loai": "Loại",
        "ma": "Mã",
        "don_vi": "Đơn vị",
        "pham_vi": "Phạm vi lúc đó",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        units = UnitPage.objects.order_by("title").values_list("pk", "title")
        self.fields["don_vi"].choices = [*ANY, *units]
        for name, label in self.labels.items():
            self.fields[name].label = label
        self.fields["ma"].widget.attrs["inputmode"] = "numeric"

    def clean(self) -> dict:
        data = super().clean()
        if data.get("tu") and data.get("den") and data["den"] < data["tu"]:
            self.add_error("den", "Ngày cuối phải từ ngày đầu trở đi.")
        return data

    def said(self) -> str:
        """What is chosen, in words, e.g. "Từ ngày: 01/11/2026; Việc: Đăng"; empty while nothing is."""
        data = self.cleaned_data if self.is_valid() else {}
        chosen = {name: value for name, value in data.items() if value not in (None, "")}
        return "; ".join(f"{self.fields[name].label}: {self._worded(name, value)}" for name, value in chosen.items())

    def _worded(self, name: str, value) -> str:
        if isinstance(value, date):
            return f"{value:%d/%m/%Y}"
        return str(dict(getattr(self.fields[name], "choices", ())).get(value, value))

    def events(self) -> QuerySet[AuditEvent]:
        """The chosen events, newest first; none while a field is wrong."""
        if not self.is_valid():
            return AuditEvent.objects.none()
        data = self.cleaned_data
        return select_events(
            data["tu"],
            data["den"],
            data["don_vi"],
            person=data["nguoi"],
            action=data["viec"],
            kind=data["loai"],
            object_id=data["ma"],
            audience=data["pham_vi"],
        )


def select_events(since=None, until=None, unit_id=None, person: str = "", **columns) -> QuerySet[AuditEvent]:
    """Events of a period, both days counting, newest first: `select_events(day, day, unit_id=7, action="opened")`."""
    wanted = Q(**{name: value for name, value in columns.items() if value not in ("", None)})
    if since:
        wanted &= Q(at__gte=_start_of(since))
    if until:
        wanted &= Q(at__lt=_start_of(until + timedelta(days=1)))
    if unit_id is not None:
        wanted &= Q(unit_id=unit_id)
    if person:
        wanted &= Q(actor_name__icontains=person)
    return AuditEvent.objects.filter(wanted).order_by("-sequence")


def _start_of(day) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
