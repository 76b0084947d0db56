"""What is wrong with a number or notation that somebody typed, in words for the editor."""

from __future__ import annotations

import re

from directives.number_forms import NUMBERED
from search.vietnamese.letters import nfc, plain_signs

#: Lengths of CodeNumber and CodeNotation. Source: Decree 30/2020/NĐ-CP, appendix VI.
MAX_NUMBER_LENGTH = 11
MAX_NOTATION_LENGTH = 30

_NUMBER = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,3})?[a-zđ]?")


def validate_number_shape(number: str, notation: str) -> list[str]:
    """Messages for a wrong shape: ("12", "QĐ UBND") -> ["Ký hiệu không được có khoảng trắng, …"].

    Shape: [] when the shape is right, and for a draft that has no number yet or neither part.
    """
    number, notation = (plain_signs(nfc(part)).strip() for part in (number, notation))
    messages = _number_faults(number) + _notation_faults(notation)
    if number and not notation:
        messages.append("Có số thì phải có ký hiệu, ví dụ QĐ-UBND, CT/TW hoặc STNMT-VP.")
    if not messages and notation and not _is_readable(number or "1", notation):
        messages.append("Ký hiệu không đúng mẫu, ví dụ QĐ-UBND, STNMT-VP, 2024/TT-BTNMT, 2022/QH15; của Đảng: CT/TW.")
    return messages


def _number_faults(number: str) -> list[str]:
    if not number:
        return []
    if len(number) > MAX_NUMBER_LENGTH:
        return [f"Số dài quá {MAX_NUMBER_LENGTH} ký tự."]
    if not _NUMBER.fullmatch(number):
        return ["Số chỉ gồm chữ số Ả Rập, ví dụ 05, 1186, 66.13 hoặc 12a; phần sau dấu gạch ghi ở ô ký hiệu."]
    return []


def _notation_faults(notation: str) -> list[str]:
    faults = []
    if len(notation) > MAX_NOTATION_LENGTH:
        faults.append(f"Ký hiệu dài quá {MAX_NOTATION_LENGTH} ký tự.")
    if any(letter.isspace() for letter in notation):
        faults.append("Ký hiệu không được có khoảng trắng, ví dụ QĐ-UBND.")
    if notation.startswith(("/", "-")):
        faults.append("Ký hiệu không bắt đầu bằng dấu gạch: ghi STNMT-VP, không ghi /STNMT-VP.")
    return faults


def _is_readable(number: str, notation: str) -> bool:
    return any(NUMBERED.fullmatch(f"{number}{separator}{notation}") for separator in "/-")
