"""What a citation says of its document: number, date, issuer; and whether that names one document only."""

import re
from dataclasses import dataclass, replace
from hashlib import sha256

from directives.models.catalogue import CitationAlias
from search.shipped_rows import plain_words
from search.vietnamese.dates import PartialDate
from search.vietnamese.letters import fold

LAWS = ("luat", "bo_luat", "phap_lenh")
PARTY_SIGN = "-"
_YEAR_OF_NOTATION = re.compile(r"((?:19|20)\d{2})/")
_YEAR_AT_END = re.compile(r"[\s,]*\b(?:năm|ngày\b.{0,40}?)[\s/.-]+((?:19|20)\d{2})\W*$")
_LAW = re.compile(r"^(?:bo luat|luat|phap lenh)\b")
#: "Nghị quyết Trung ương 4 khóa XII", "Nghị quyết Đại hội XVI Đảng bộ tỉnh": a name with its ordinal is one document.
_ORDINAL = re.compile(r"\b(?:dai hoi|trung uong|hoi nghi)\b.*\b(?:[ivx]+|\d+)\b")

_STANDARD = re.compile(r"^(?:tcvn iso|qcvn|tcvn|qcdp|tccs|iso) \d")


@dataclass(frozen=True, slots=True)
class Identity:
    """A document as it is cited, e.g. `Identity("05", "-", "CT/TW", PartialDate(2016, 5, 15))`.

    Shape: `name` stands for the number where a document is cited without one: "Luật Đất đai"; `phrase` is the
    familiar name that told the number.
    """

    number: str = ""
    separator: str = "/"
    notation: str = ""
    day: PartialDate | None = None
    issuer: str = ""
    abstract: str = ""
    name: str = ""
    phrase: str = ""

    @property
    def is_numbered(self) -> bool:
        return bool(self.number and self.notation)

    @property
    def is_party(self) -> bool:
        """Whether its number comes again with every term, so that it names several documents by itself."""
        return self.separator == PARTY_SIGN

    @property
    def names_one(self) -> bool:
        """Whether it can mean one document only: never a Party number without date and abstract."""
        if self.is_numbered:
            return not self.is_party or bool(self.day or self.abstract)
        words = plain_words(self.name)
        return bool((_LAW.match(words) and self.day) or _ORDINAL.search(words) or _STANDARD.match(words))

    @property
    def key(self) -> str:
        """The same for every citation in these words, e.g. of "12/QĐ-STNMT" dated 2024."""
        number = f"{self.number.lstrip('0')}{self.separator}{self.notation.casefold()}" if self.is_numbered else ""
        day = self.day.iso() if self.day else ""
        told = self.abstract if self.is_party and not self.day else ""
        parts = (number or plain_words(self.name), day, plain_words(self.issuer), plain_words(told)[:60])
        return sha256("|".join(parts).encode()).hexdigest()

    def agrees_with(self, day: PartialDate | None, issuer: str) -> bool:
        """Whether a document of that day and issuer may be the one that is meant."""
        if (self.day is None) != (day is None):
            return False
        return (day is None or agree(self.day, day)) and is_same_issuer(self.issuer, issuer)

    def completed_by(self, stub) -> "Identity":
        """The same with what the office knows besides: the number of a law, the day of a directive."""
        return replace(
            self,
            number=self.number or stub.number,
            separator=self.separator if self.is_numbered else stub.separator,
            notation=self.notation or stub.notation,
            day=stub.issued_on or self.day,
            issuer=self.issuer or stub.issuer,
        )


def identity_of(citation) -> Identity:
    """What the citation says, with what its notation, its text and the table of familiar names add."""
    if citation.separator not in ("/", PARTY_SIGN):
        # "TCVN 5:2023" and "QCVN 5:2023" differ by the word before the number alone.
        return Identity(name=" ".join(citation.text.split()))
    if not (citation.number and citation.notation):
        return _by_name(citation)
    said = Identity(
        citation.number,
        citation.separator,
        citation.notation,
        citation.issued_on or _year_in(_YEAR_OF_NOTATION, citation.notation),
        citation.issuer,
        citation.abstract,
    )
    if said.is_party and not said.day and not said.abstract:
        return replace(said, day=_only_day_of(said))
    return said


def _by_name(citation) -> Identity:
    year = citation.issued_on or _year_in(_YEAR_AT_END, citation.text)
    name = _YEAR_AT_END.sub("", citation.text).strip()
    if alias := alias_of(citation.text, name, year):
        day = alias.issued_on
        return Identity(
            alias.number,
            alias.separator or "/",
            alias.notation,
            PartialDate(day.year, day.month, day.day) if day else year,
            alias.issuer,
            alias.abstract,
            name,
            alias.phrase,
        )
    return Identity(day=year, issuer=citation.issuer, abstract=citation.abstract, name=name)


def alias_of(text: str, name: str, year: PartialDate | None) -> CitationAlias | None:
    """The one document of this familiar name, e.g. of "Luật Đất đai năm 2024"; None when there are several."""
    rows = CitationAlias.objects.candidates(text)
    if year and name != text:
        rows = [row for row in CitationAlias.objects.candidates(name) if row.issued_on]
        rows = [row for row in rows if row.issued_on.year == year.year]
    return rows[0] if len(rows) == 1 else None


def _only_day_of(said: Identity) -> PartialDate | None:
    """The day of a Party document whose number the table of familiar names knows once."""
    days = set(of_number(CitationAlias.objects.all(), said.number, said.notation).values_list("issued_on", flat=True))
    day = days.pop() if len(days) == 1 else None
    return PartialDate(day.year, day.month, day.day) if day else None


def _year_in(pattern: re.Pattern[str], text: str) -> PartialDate | None:
    found = pattern.search(text)
    return PartialDate(int(found[1])) if found else None


def of_number(rows, number: str, notation: str):
    """Rows of this number, written "5" or "05"."""
    return rows.filter(number__in={number, number.lstrip("0"), number.zfill(2)}, notation__iexact=notation)


def agree(one: PartialDate, other: PartialDate) -> bool:
    """Whether two dates can be the same day, e.g. 2016 and 15/5/2016."""
    pairs = ((one.year, other.year), (one.month, other.month), (one.day, other.day))
    return all(a is None or b is None or a == b for a, b in pairs)


def is_same_issuer(one: str, other: str) -> bool:
    """Whether two names can be those of one organ: "Bộ Chính trị" and "Bộ Chính trị khóa XII", or one unknown."""
    return not one or not other or fold(one) in fold(other) or fold(other) in fold(one)
