"""Documents cited in running text (văn bản viện dẫn); pure Python."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from directives.numbering import DocumentNumber
from search.vietnamese.dates import PartialDate

CitationKind = Literal["so_hieu", "nghi_quyet_trung_uong", "nghi_quyet_dai_hoi", "luat_ten", "tieu_chuan"]


@dataclass(frozen=True, slots=True)
class Citation:
    """One cited document: nfc(text)[start:end] == citation.text, "Chỉ thị số 05-CT/TW của Bộ Chính trị".

    whole_text reaches on to the end of the abstract that follows; spans (start, end) never overlap.
    """

    kind: CitationKind
    text: str
    start: int
    end: int
    whole_text: str
    whole_end: int
    number: DocumentNumber | None = None
    kind_word: str | None = None
    doc_kind: str | None = None
    conflicting_kind: str | None = None
    issuer: str | None = None
    is_issuer_inherited: bool = False
    issued_on: PartialDate | None = None
    abstract: str | None = None
    title: str | None = None
    plenum: int | None = None
    term: int | None = None
    congress: int | None = None
    level: Literal["toan_quoc", "dang_bo"] | None = None
    party_committee: str | None = None
    period: str | None = None
    year: int | None = None
    repeats_previous: bool = False


def find_citations(text: str) -> tuple[Citation, ...]:
    """Every cited document in reading order; offsets on nfc(text)."""
    raise NotImplementedError
