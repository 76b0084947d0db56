"""What a complete document would also say; a list for the editor that never blocks.

Source: Nghị định 30/2020/NĐ-CP, Điều 8 (parts of a document); Luật Thi đua, khen thưởng
06/2022/QH15, Điều 17 (contents of a campaign).
"""

import re

from search.vietnamese.letters import fold

from .found import Found

_PARTS = (
    ("number", "Số văn bản"),
    ("notation", "Ký hiệu"),
    ("agency", "Cơ quan ban hành"),
    ("place", "Địa danh"),
    ("abstract", "Trích yếu"),
    ("signature", "Người ký"),
    ("recipients", "Nơi nhận"),
)
_CAMPAIGN = (
    (
        "targets",
        "Chỉ tiêu, tiêu chí",
        r"\d\s*%|\d+ phan tram|(?:chi tieu|tieu chi) (?:thi dua|cu the|phan dau|danh gia|binh xet|cham diem)",
    ),
    (
        "measures",
        "Kế hoạch, biện pháp tổ chức",
        r"to chuc thuc hien|phan cong (?:nhiem vu|thuc hien)|giao (?:van phong|phong|thu "
        r"truong|cac phong)|chiu trach nhiem",
    ),
    (
        "inspection",
        "Kiểm tra, đôn đốc",
        r"kiem tra,? don doc|don doc,? kiem tra|kiem tra,? giam sat (?:viec|phong trao)|kiem "
        r"tra viec thuc hien|theo doi,? don doc",
    ),
    ("interim_review", "Sơ kết", r"\bso ket\b"),
    ("final_review", "Tổng kết", r"\btong ket\b(?! kinh nghiem)"),
    (
        "awards",
        "Khen thưởng",
        r"hinh thuc khen thuong|giay khen|bang khen|co thi dua|xet khen|binh xet|de nghi khen|"
        r"khen thuong (?:cac )?(?:tap the|ca nhan)|danh hieu",
    ),
    ("registration", "Đăng ký thi đua", r"dang ky (?:thi dua|giao uoc|danh hieu)|ky (?:ket )?giao uoc"),
)
_AIMS = (
    ("tasks", "Nội dung, nhiệm vụ thi đua"),
    ("objectives", "Mục tiêu"),
    ("participants", "Đối tượng"),
    ("scope", "Phạm vi"),
)


def find_missing(fields: dict[str, Found], text: str) -> list[dict[str, str]]:
    """What is not there, as in `[{"code": "day", "label": "Ngày ban hành"}]`."""
    missing = [_gap(code, label) for code, label in _PARTS if code not in fields]
    missing += _missing_date(fields.get("issued_on"))
    if fields["form"].value == "campaign":
        missing += [_gap(code, label) for code, label in _AIMS if code not in fields]
        period = fields.get("period")
        if period is None or not (period.value["from"] or period.value["to"]):
            missing.append(_gap("period", "Thời gian bắt đầu, kết thúc"))
        folded = fold(text)
        missing += [_gap(code, label) for code, label, words in _CAMPAIGN if not re.search(words, folded)]
    return missing


def _missing_date(issued_on: Found | None) -> list[dict[str, str]]:
    known = len(issued_on.value.split("-")) if issued_on else 0
    parts = (("year", "Năm ban hành"), ("month", "Tháng ban hành"), ("day", "Ngày ban hành"))
    return [_gap(code, label) for code, label in parts[known:]]


def _gap(code: str, label: str) -> dict[str, str]:
    return {"code": code, "label": label}
