"""Documents cited by number: "Quyết định số 733/QĐ-TTg ngày 14/6/2019 của Thủ tướng Chính phủ"."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from directives.citation_tails import Tail, read_abstract, read_date, read_tail
from directives.cited import Citation, CitingText
from directives.cited_resolutions import read_plenum
from directives.kind_codes import KIND_WORDS
from directives.numbering import NumberSpan, find_numbers

_WORDS = "|".join(sorted(KIND_WORDS, key=len, reverse=True))
_JOINED = re.compile(rf"\s*(?:,|;|,?\s*và)\s*(?:các\s+)?(?:(?i:{_WORDS})\s*)?(?:số)?\s*:?\s*")
_LINE_REST = re.compile(r"[\s*_]*(?:\n|$)")


def cited_numbers(text: CitingText) -> list[Citation]:
    """Citations by number in order; "A và B của X" gives the issuer X to A as well."""
    spans = [span for span in find_numbers(text.printed) if _names_another(text.plain, span)]
    found = [_citation(text, span) for span in spans if text.claim(span.cue_start, span.end)]
    return _spread_issuers(text.plain, found)


def _names_another(plain: str, span: NumberSpan) -> bool:
    """False for a line that is nothing but "Số: 15/QĐ-BNV", and for a blank number of no kind."""
    if span.kind or not span.has_so:
        return True
    if span.number.is_incomplete:
        return False
    line_start = plain.rfind("\n", 0, span.cue_start) + 1
    is_alone = not plain[line_start : span.cue_start].strip(" \t*_") and _LINE_REST.match(plain, span.end)
    return not is_alone


def _citation(text: CitingText, span: NumberSpan) -> Citation:
    tail, plenum = _read_tail(text, span.end)
    doc_kind, conflict = _settle_kind(span)
    return Citation(
        kind="so_hieu",
        text=text.printed[span.cue_start : tail.end],
        start=span.cue_start,
        end=tail.end,
        whole_text=text.printed[span.cue_start : tail.whole_end],
        whole_end=tail.whole_end,
        number=span.number,
        kind_word=span.kind_word,
        doc_kind=doc_kind,
        conflicting_kind=conflict,
        issuer=tail.issuer,
        issued_on=tail.issued_on,
        abstract=tail.abstract,
        plenum=plenum,
        term=tail.term,
        year=span.number.year or (tail.issued_on.year if tail.issued_on else None),
    )


def _read_tail(text: CitingText, start: int) -> tuple[Tail, int | None]:
    """The tail, where "của Hội nghị lần thứ tám … khóa XI" may stand for the issuer."""
    issued_on, end = read_date(text, start)
    plenum = read_plenum(text.plain, end)
    if plenum is None:
        return read_tail(text, start), None
    abstract, whole_end = read_abstract(text, plenum.end)
    tail = Tail(plenum.end, whole_end, issued_on, plenum.issuer, plenum.term, abstract)
    return tail, plenum.plenum


def _settle_kind(span: NumberSpan) -> tuple[str | None, str | None]:
    """(kind, what the words said against it): the code decides, the words choose among its meanings."""
    kinds, said = span.number.kinds, span.kind
    if said is None:
        return (kinds[0] if len(kinds) == 1 else None), None
    if not kinds or said in kinds:
        return said, None
    is_meant = span.has_so or (span.kind_word or "")[:1].isupper()
    return kinds[0], said if is_meant else None


def _spread_issuers(plain: str, citations: list[Citation]) -> list[Citation]:
    spread = citations[-1:]
    for earlier, _ in reversed(list(pairwise(citations))):
        later = spread[-1]
        gap = plain[earlier.whole_end : later.start]
        if not earlier.issuer and later.issuer and len(gap) < 40 and _JOINED.fullmatch(gap):
            earlier = replace(earlier, issuer=later.issuer, is_issuer_inherited=True)
        spread.append(earlier)
    return spread[::-1]
