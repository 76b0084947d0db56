"""What a reviewed file still lacks, each with the field to jump to. It informs; only one thing is asked for."""

from dataclasses import dataclass

from django import forms

from directives.intake.sheet import Sheet

#: Fields that every document should have, in the order of the document.
EXPECTED = {
    "issuer_name": "Cơ quan ban hành",
    "number": "Số",
    "notation": "Ký hiệu",
    "issued_on": "Ngày ban hành",
    "place": "Địa danh",
    "kind": "Loại văn bản",
    "abstract": "Trích yếu",
    "signers": "Người ký",
    "recipients": "Nơi nhận",
    "unit": "Đơn vị soạn thảo",
}
REQUIRED = "is_not_secret"
_NOTES = {"number": "chưa cấp, đăng được"}
_DATES = {1: ("Ngày, tháng ban hành", "chỉ có năm {}, đăng được"), 2: ("Ngày ban hành", "chỉ có tháng {}, đăng được")}


@dataclass(frozen=True, slots=True)
class Gap:
    """`Gap("number", "Số", "chưa cấp, đăng được")`; `field` is empty when the form has none for it."""

    field: str
    label: str
    note: str
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """What must be mended before the file can be sent: `Fault("id_number", "Số")`, with the place to jump to."""

    target: str
    label: str


def gaps_in(sheet: Sheet, values: dict[str, str], is_not_secret: bool = False) -> list[Gap]:
    """What is still open, given the values as they stand in the form."""
    gaps = []
    for name, label in EXPECTED.items():
        value = (values.get(name) or "").strip()
        parts = len(value.split("/"))
        if not value:
            gaps.append(Gap(name, label, _NOTES.get(name, "trống, đăng được")))
        elif name == "issued_on" and parts in _DATES and value.replace("/", "").isdigit():
            label, note = _DATES[parts]
            gaps.append(Gap(name, label, note.format(value)))
    if not is_not_secret:
        gaps.append(Gap(REQUIRED, "Xác nhận không chứa bí mật nhà nước", "bắt buộc trước khi gửi duyệt", True))
    own = sheet.page.own_gaps() if hasattr(sheet.page, "own_gaps") else []
    if own:
        gaps.append(Gap("", ", ".join(own), "văn bản không nêu; bổ sung được sau"))
    return gaps


def faults_in(form: forms.Form) -> list[Fault]:
    """What is wrong with what was typed, in the order of the form, but for the word on secrecy, which is only open."""
    wrong = (form[name] for name in form.fields if name in form.errors and name != REQUIRED)
    return [Fault(field.id_for_label or f"{field.auto_id}_0", str(field.label)) for field in wrong]


def said_of_state(faults: int, is_not_secret: bool) -> str:
    """What keeps the file from being sent: `said_of_state(2, True) == "còn 2 chỗ phải sửa"`."""
    open_things = [f"còn {faults} chỗ phải sửa"] if faults else []
    if not is_not_secret:
        open_things.append("1 việc bắt buộc" if faults else "còn 1 việc bắt buộc")
    return ", ".join(open_things) or "đủ điều kiện gửi duyệt"
