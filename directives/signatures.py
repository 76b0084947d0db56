"""Signature block: authority, office, name; pure Python."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Authority = Literal["thay_mat", "ky_thay", "thua_lenh", "thua_uy_quyen", "quyen"]


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, by what authority: KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC / Trần Văn B."""

    authorities: tuple[Authority, ...]
    on_behalf_of: str | None
    standing_for: str | None
    office: str | None
    office_display: str | None
    name: str | None
    is_signed: bool


def parse_signature(lines: Iterable[str]) -> Signature | None:
    """The block read line by line; None when it holds neither office nor name."""
    raise NotImplementedError
