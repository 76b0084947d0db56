"""Number and notation (số, ký hiệu) of an official document; pure Python."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Form = Literal["vbhc", "cong_van", "vbqppl", "vbqppl_cu", "vbqppl_qh", "dang", "ban_sao", "cu", "tieu_chuan"]


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """"39-CT/TW" taken apart; str() gives back the number as printed, without stray spaces."""

    raw: str
    form: Form
    number: str | None
    separator: str
    notation: str
    year: int | None = None
    kind_code: str | None = None
    kinds: tuple[str, ...] = ()
    organ_code: str | None = None
    unit_code: str | None = None

    @property
    def is_party(self) -> bool:
        return self.form == "dang"

    @property
    def is_incomplete(self) -> bool:
        return self.number is None


@dataclass(frozen=True, slots=True)
class NumberSpan:
    """A number found in running text; text[start:end] is the number, text[cue_start:start] its "Chỉ thị số"."""

    number: DocumentNumber
    start: int
    end: int
    cue_start: int
    kind_word: str | None
    has_so: bool


def parse_number(text: str) -> DocumentNumber | None:
    """First number in a short text ("05-CT/TW", "số 05-CT/TW", "/STNMT-VP"); None when there is none."""
    raise NotImplementedError


def find_numbers(text: str) -> tuple[NumberSpan, ...]:
    """Numbers in running text with spans on nfc(text); doubtful ones only after "số" or a kind word."""
    raise NotImplementedError


def parse_number_line(line: str) -> DocumentNumber | None:
    """The head line "Số: /STNMT-VP", "Số      -NQ/ĐU", "Luật số: 148/2025/QH15"."""
    raise NotImplementedError


def validate_number_shape(number: str, notation: str) -> list[str]:
    """Messages in Vietnamese for a wrong shape; [] when right or both empty (a draft)."""
    raise NotImplementedError
