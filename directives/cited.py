"""What a citation is, and the text it was found in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from directives.number_forms import DocumentNumber
from search.vietnamese.dates import PartialDate
from search.vietnamese.letters import canonical_tones, nfc, plain_signs

CitationKind = Literal["so_hieu", "nghi_quyet_trung_uong", "nghi_quyet_dai_hoi", "luat_ten", "tieu_chuan"]
CongressLevel = Literal["toan_quoc", "dang_bo"]


@dataclass(frozen=True, slots=True)
class Citation:
    """One cited document: "Chỉ thị số 05-CT/TW của Bộ Chính trị" with all that the sentence says of it.

    Shape: nfc(text)[start:end] == citation.text, and these spans never overlap; whole_text reaches on over
    the abstract that follows. kind: so_hieu (by number), nghi_quyet_trung_uong (resolution of a plenum),
    nghi_quyet_dai_hoi (of a congress), luat_ten (law by name), tieu_chuan (technical standard). doc_kind is
    the kind of document as far as code and words settle it; conflicting_kind what the words said when the
    code says otherwise. repeats_previous marks the number that only completes the law named just before.
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
    level: CongressLevel | None = None
    party_committee: str | None = None
    period: str | None = None
    year: int | None = None
    repeats_previous: bool = False


@dataclass(frozen=True, slots=True)
class CitingText:
    """A text in two forms of one length: as printed, and as patterns see it."""

    printed: str
    plain: str
    _claimed: bytearray = field(repr=False)

    @classmethod
    def of(cls, text: str) -> CitingText:
        """The text ready for searching: "Uỷ ban" as printed, "Ủy ban" for patterns."""
        printed = nfc(text)
        return cls(printed, canonical_tones(plain_signs(printed)), bytearray(len(printed)))

    def words(self, start: int, end: int) -> str:
        """What is printed there, on one line: "Kế hoạch\\n năm" -> "Kế hoạch năm"."""
        return " ".join(self.printed[start:end].split())

    def claim(self, start: int, end: int) -> bool:
        """True when nothing found before holds any of the span, which from now on is taken."""
        if any(self._claimed[start:end]):
            return False
        self._claimed[start:end] = b"\x01" * (end - start)
        return True
