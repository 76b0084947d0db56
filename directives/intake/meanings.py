"""What a line of "Nơi nhận" stands for on the day of issue."""

import re
from datetime import date

from django.db.models import Q
from django.utils import timezone

from directives.models import Organ
from directives.numbering import parse_number
from home.models import Department, UnitPage
from search.vietnamese.letters import fold

ARCHIVE_WORDS = {"VT": "Văn thư"}
# Only in a document of this department do these lines speak of its own portal and units.
OWN_KINDS = ("channel", "archive", "group")
_LABEL = re.compile(r"^\W*lưu\b\W*", re.IGNORECASE)
_COPIES = re.compile(r"\(\s*\d+\s*(?:b|bản)?\s*\)", re.IGNORECASE)


def meaning_of(row: dict, page) -> str:
    """The full name, e.g. "Bộ Tài nguyên và Môi trường" for "Bộ TN&MT"; "" when it cannot be told."""
    day = page.issued_on.first_day() if page.issued_on else timezone.localdate()
    if row["kind"] in OWN_KINDS and not is_own(page):
        return ""
    if row["kind"] == "channel":
        return "Căn cứ để đăng trên cổng này"
    if row["kind"] == "archive":
        return ", ".join(_archive_name(code) for code in _archive_codes(row))
    if row["kind"] == "group":
        return _group_meaning(row["name"], day)
    return _organ_name(row["name"], page.place, day)


def is_own(page) -> bool:
    """Whether this department issued it, by its name or by its code in the notation "QĐ-STNMT"."""
    department = Department.load()
    if page.issuer_name and fold(page.issuer_name) == fold(department.name):
        return True
    parsed = parse_number(f"1{page.separator or '/'}{page.notation}") if page.notation else None
    return bool(parsed and department.code and parsed.organ_code == department.code)


def _archive_codes(row: dict) -> list[str]:
    listed = _LABEL.sub("", _COPIES.sub("", row["raw"]))
    words = re.sub(r"[.;]", "", listed).split(",")
    return [word.strip() for word in words if word.strip()]


def _archive_name(code: str) -> str:
    unit = UnitPage.objects.filter(code=code).first()
    return ARCHIVE_WORDS.get(code) or (unit.title if unit else code)


def _group_meaning(name: str, day: date) -> str:
    if "don vi thuoc so" not in fold(name) and "don vi truc thuoc" not in fold(name):
        return ""
    units = UnitPage.objects.filter(live=True).exclude(kind__in=("leadership", "department"))
    existing = units.filter(Q(founded_on=None) | Q(founded_on__lte=day), Q(closed_on=None) | Q(closed_on__gt=day))
    count = existing.count()
    return f"{count} đơn vị tại thời điểm ban hành" if count else ""


def _organ_name(name: str, place: str, day: date) -> str:
    found = Organ.objects.find(name=name, place=place or None, on=day)
    return found[0].name_on(day) if len(found) == 1 else ""
