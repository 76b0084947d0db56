"""The rows of the review form: each field with its value, how sure it is, what speaks for it, what is wrong with it."""

from collections.abc import Container
from dataclasses import dataclass

from django.forms import BoundField

from directives.intake.evidence import Evidence
from directives.intake.gaps import EXPECTED
from directives.intake.page_pictures import PICTURED
from directives.intake.review_form import CITED, ReviewForm
from directives.intake.sheet import Sheet

#: In the order of the document, what only some documents have last.
SHOWN = (
    "issuer_name", "parent_issuer_name", "number", "notation", "issued_on", "place", "kind", "abstract", "title",
    "addressees", "signers", "recipients", "urgency", "effective_from", "unit", "form",
)  # fmt: skip
HINTS = {
    "number": "Không thấy số. Gõ theo dấu hoặc để trống: văn bản vẫn đăng được, ghi “Chưa cấp số”.",
    "signers": "Mỗi người một dòng: họ tên, chức vụ (KT. GIÁM ĐỐC).",
    "recipients": "Mỗi nơi nhận một dòng.",
    "addressees": "Mỗi nơi một dòng; để trống nếu văn bản không có “Kính gửi”.",
    "title": "Tên trang trên cổng, gợi ý từ văn bản.",
    "form": "Mục của cổng mà văn bản được đăng vào.",
}
_PARTIAL = {1: "chỉ chắc năm. Lưu với độ chính xác “năm” hoặc gõ đủ ngày.", 2: "chỉ chắc tháng; gõ thêm ngày nếu rõ."}
PERSON, CITING = "Người gõ", "Theo viện dẫn"
_LEAST_ROWS, _MOST_ROWS, _LETTERS_A_LINE = 2, 9, 36


@dataclass(frozen=True, slots=True)
class Row:
    """`Row(form["number"], "none-yet", "Trống", None, "Không thấy số …")`.

    Shape: `level` is "", "mid", "low", "none-yet" or "bad"; `target` is where the evidence can be seen.
    """

    field: BoundField
    level: str
    word: str
    found: Evidence | None
    hint: str
    target: str = ""
    beside: BoundField | None = None

    @property
    def name(self) -> str:
        return self.field.name

    @property
    def takes_lines(self) -> bool:
        """Whether it holds several values, one on a line; Shift+Enter begins a new one."""
        return self.name in ("signers", "recipients", "addressees")

    @property
    def described_by(self) -> str:
        return f"loi-{self.name}" if self.field.errors else f"cu-{self.name}"

    def widget(self) -> str:
        attrs = {"aria-describedby": self.described_by}
        if "rows" in self.field.field.widget.attrs:
            value = str(self.field.value() or "")
            lines = value.count("\n") + 1 if self.takes_lines else len(value) // _LETTERS_A_LINE + 1
            attrs["rows"] = str(min(_MOST_ROWS, max(_LEAST_ROWS, lines)))
        return self.field.as_widget(attrs=attrs | ({"aria-invalid": "true"} if self.field.errors else {}))


def rows_of(sheet: Sheet, form: ReviewForm, typed: dict[str, str], hints: Container[str] = ()) -> list[Row]:
    """The rows in the order of the document; `typed` are the values that a person has changed.

    Shape: those of `hints` come from pages that cite the document, and nobody has confirmed them.
    """
    return [_row(sheet, form, name, typed, name in hints) for name in SHOWN]


def _row(sheet: Sheet, form: ReviewForm, name: str, typed: dict[str, str], is_hinted: bool) -> Row:
    field, found = form[name], sheet.evidence.get(name)
    value = str(field.value() or "").strip()
    is_typed = name in typed and typed[name] != sheet.initial.get(name, "")
    level, word = ("mid", CITING) if is_hinted else _standing(name, value, found, is_typed)
    if is_typed or not value:
        found = None
    beside = form["separator"] if name == "notation" else None
    level = "bad" if field.errors else level
    return Row(field, level, word, found, _hint(name, value, found), _target(sheet, found), beside)


def _standing(name: str, value: str, found: Evidence | None, is_typed: bool) -> tuple[str, str]:
    if is_typed:
        return "", PERSON
    if not value:
        return ("none-yet" if name in EXPECTED else ""), "Trống"
    return (found.level, found.word) if found else ("", "")


def _hint(name: str, value: str, found: Evidence | None) -> str:
    if name == "number":
        return "" if value else HINTS["number"]
    if name == "issued_on" and value:
        return _PARTIAL.get(len(value.split("/")), "")
    return "" if found else HINTS.get(name, "")


def _target(sheet: Sheet, found: Evidence | None) -> str:
    is_pictured = (sheet.reading.format or sheet.record.format) in PICTURED
    return f"#trang-{found.page}" if found and found.page and is_pictured else ""


def citation_rows(sheet: Sheet, form: ReviewForm) -> list[dict]:
    """The cited documents, each with the choice among those it could mean where there are several."""
    names = form.fields.keys()
    return [
        {"cited": row, "field": form[f"{CITED}{row.position}"] if f"{CITED}{row.position}" in names else None}
        for row in sheet.citations
    ]
