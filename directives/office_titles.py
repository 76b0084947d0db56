"""Offices as they are written in capitals over a signature and in small letters everywhere else."""

from __future__ import annotations

import re

from search.vietnamese.letters import canonical_tones, clean

_OFFICE_LIST = """
Tổng Bí thư; Bí thư; Phó Bí thư; Ủy viên; Chủ tịch; Phó Chủ tịch; Chủ nhiệm; Phó Chủ nhiệm; Thủ tướng; Phó
Thủ tướng; Bộ trưởng; Thứ trưởng; Thống đốc; Phó Thống đốc; Tổng cục trưởng; Cục trưởng; Phó Cục trưởng;
Chi cục trưởng; Phó Chi cục trưởng; Vụ trưởng; Phó Vụ trưởng; Tổng Giám đốc; Phó Tổng Giám đốc; Giám đốc;
Phó Giám đốc; Viện trưởng; Phó Viện trưởng; Hiệu trưởng; Phó Hiệu trưởng; Chánh Văn phòng; Phó Chánh Văn
phòng; Chánh Thanh tra; Phó Chánh Thanh tra; Trưởng phòng; Phó Trưởng phòng; Trưởng ban; Phó Trưởng ban;
Trưởng đoàn; Phó Trưởng đoàn; Tổng Kiểm toán; Tổng Thanh tra; Chánh án; Đội trưởng; Tổ trưởng; Thủ trưởng;
Người đứng đầu; Phụ trách; Kế toán trưởng; Thư ký; Hội trưởng; Chi hội trưởng
"""
_ORGAN_LIST = """
Ủy ban nhân dân; Hội đồng nhân dân; Ủy ban; Hội đồng; Ban Chấp hành; Ban Thường vụ; Thường trực; Thường vụ;
Đảng ủy; Tỉnh ủy; Thành ủy; Đảng bộ; Công đoàn; Văn phòng; Sở; Ban; Trung tâm; Chi nhánh; Nội vụ;
Tài nguyên và Môi trường; Nông nghiệp và Môi trường; Tổ chức; Thanh tra; Chính phủ; Quốc hội
"""


def _by_capitals(titles: str) -> dict[str, str]:
    names = (" ".join(name.split()) for name in titles.split(";"))
    return {canonical_tones(name).upper(): canonical_tones(name) for name in names}


_OFFICES = _by_capitals(_OFFICE_LIST)
_WORDINGS = _OFFICES | _by_capitals(_ORGAN_LIST)
_WORDING = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(_WORDINGS, key=len, reverse=True))})(?!\w)")
_OFFICE_AT_START = re.compile(rf"(?:{'|'.join(sorted(_OFFICES, key=len, reverse=True))})(?!\w)")


def is_office(line: str) -> bool:
    """True for a line that begins with an office: "PHÓ GIÁM ĐỐC", "Chánh Văn phòng", "Trưởng phòng"."""
    return bool(_OFFICE_AT_START.match(canonical_tones(clean(line)).upper()))


def display_office(office: str) -> str:
    """The office in small letters: "PHÓ GIÁM ĐỐC" -> "Phó Giám đốc"; mixed case is left as it is."""
    cleaned = canonical_tones(clean(office))
    if cleaned != cleaned.upper():
        return cleaned
    return _after_known_wordings(cleaned)


def _after_known_wordings(capitals: str) -> str:
    parts, end = [], 0
    for found in _WORDING.finditer(capitals):
        parts += [capitals[end : found.start()].lower(), _WORDINGS[found[0]]]
        end = found.end()
    shown = "".join([*parts, capitals[end:].lower()])
    return shown[:1].upper() + shown[1:]
