"""The organ that issues a document: from its head, its notation or its text."""

import re

from search.vietnamese.letters import fold

from .casing import name_case
from .found import Found
from .lines import Line

_ORGAN_START = re.compile(
    r"^(so |bo |ban |chi cuc|trung tam|phong |van phong|thanh tra|benh vien|truong |khoa |"
    r"cuc |vu |uy ban|ubnd|"
    r"hdnd|hoi dong|cong doan|lien doan|dang uy|dang bo|chi bo|tinh uy|thanh uy|"
    r"huyen uy|quan uy|thi uy|quoc hoi|chinh phu|thu tuong|"
    r"tong cuc|doan |hoi |quy |vien |toa an|chu tich|bch |mat tran|ubmttq|tong lien doan|tinh doan)"
)
_AREA_START = re.compile(r"^(tinh|thanh pho|tp|huyen|quan|xa|phuong|thi xa)\b(?! uy\b)")
_NAMED = re.compile(
    r"(?:Sở|Bộ|Ban Quản lý|Ban Dân tộc|Chi cục|Cục|Trung tâm|Văn phòng|Thanh tra|Liên "
    r"đoàn Lao động|Bệnh viện)"
    r"(?: [^\W\d_]+| -|,(?= [^\W\d_]+ và ))+"
)
# Function words do not count in an abbreviation: Sở Tài nguyên và Môi trường is STNMT.
_SKIPPED = {"va", "cua", "tinh"}


def read_organs(left: list[Line], witness: str) -> dict[str, Found]:
    """`agency` and `parent_agency` from the lines over the number, `agencies` when several issue.

    The last organ named is the one that issues, the one above it its parent.
    """
    units = _join_lines(left)
    if not units:
        return {}
    names = [part for unit in units[-1:] for part in split_joint(unit)]
    fields = {"agency": Found(name_case(names[0], witness), "typed", 0.95, units[-1])}
    if len(names) > 1:
        fields["agencies"] = Found([name_case(name, witness) for name in names], "typed", 0.9, units[-1])
    if len(units) > 1:
        fields["parent_agency"] = Found(name_case(units[-2], witness), "typed", 0.95, units[-2])
    return fields


def split_joint(text: str) -> list[str]:
    """The organs of a joint issue: `"SỞ Y TẾ - SỞ NỘI VỤ"` → `["SỞ Y TẾ", "SỞ NỘI VỤ"]`."""
    parts = re.split(r"\s+[-–]\s+", text)
    if len(parts) > 1 and all(_ORGAN_START.match(fold(part)) for part in parts):
        return parts
    return [text]


def expand_code(code: str, text: str) -> str:
    """The organ whose initials are the code, as the text names it: `"SYT"` → `"Sở Y tế"`; or ""."""
    wanted = re.sub(r"[^a-z]", "", fold(code))
    for match in _NAMED.finditer(text):
        words = match[0].replace(",", "").split()
        for end in range(2, min(len(words), 12) + 1):
            if _initials(words[:end]) == wanted and words[end - 1] not in ("và", "-"):
                return _cut(match[0], end)
    return ""


def _initials(words: list[str]) -> str:
    return "".join(fold(word)[0] for word in words if word != "-" and fold(word) not in _SKIPPED)


def _cut(text: str, count: int) -> str:
    return " ".join(text.split()[:count]).rstrip(" ,-")


def infer_agency(code: str, text: str, authority: list[Line]) -> Found | None:
    """The organ when no head names it: from the decision's authority line or the notation."""
    for line in authority:
        match = re.match(r"^\W*(?:QUYỀN )?(?:GIÁM ĐỐC|CHỦ TỊCH|CHÁNH VĂN PHÒNG|TRƯỞNG BAN)\s+(.+)$", line.text)
        name = match[1] if match else line.text
        if _ORGAN_START.match(fold(name)):
            return Found(name_case(name, text), "inferred", 0.8, line.text)
    name = expand_code(code, text) if code else ""
    if not name:
        return None
    at = text.find(name)
    sentence = " ".join(text[max(0, at - 40) : at + len(name) + 40].split())
    return Found(name, "inferred", 0.75, f"{code} · {sentence}")


def _join_lines(left: list[Line]) -> list[str]:
    """Organs, one each, from lines of which a long name takes several."""
    units: list[str] = []
    for line in left:
        key = line.key.strip(" *")
        starts = _ORGAN_START.match(key) and not _AREA_START.match(key)
        is_open = bool(units) and re.search(r"[-–,]$|\bVÀ$", units[-1])
        if units and (not starts or is_open):
            units[-1] += f" {line.text.strip(' *')}"
        elif starts or _is_province(line, left):
            units.append(line.text.strip(" *"))
    return units


def _is_province(line: Line, left: list[Line]) -> bool:
    """Whether the line names the province over the organ of a commune: "TỈNH KON TUM" over "ỦY BAN NHÂN DÂN"."""
    below = left[left.index(line) + 1 :]
    is_area = bool(re.match(r"^(?:tinh|thanh pho|tp)\b(?! uy\b)", line.key.strip(" *")))
    return is_area and bool(below) and bool(_ORGAN_START.match(below[0].key.strip(" *")))
