"""Documents cited in running text (văn bản viện dẫn): one call for every way of citing, pure Python.

Source: Decree 30/2020/NĐ-CP, appendix I, II.6 (citing); Guideline 05-HD/VPTW (Party style).
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from directives.cited import Citation, CitationKind, CitingText
from directives.cited_by_name import cited_laws, cited_standards
from directives.cited_numbers import cited_numbers
from directives.cited_resolutions import cited_resolutions

__all__ = ["Citation", "CitationKind", "find_citations"]


def find_citations(text: str) -> tuple[Citation, ...]:
    """Every cited document in reading order: "theo Chỉ thị số 05-CT/TW của Bộ Chính trị" -> one citation.

    Shape: offsets on nfc(text). A bare "Chỉ thị 05" is not found: it needs a table of aliases. A number of
    the Party without date or abstract names several documents: offer candidates, never link it unseen.
    """
    citing = CitingText.of(text)
    found = [
        *cited_standards(citing),
        *cited_resolutions(citing),
        *cited_numbers(citing),
        *cited_laws(citing),
    ]
    return _joined_to_laws(sorted(found, key=lambda citation: citation.start))


def _joined_to_laws(citations: list[Citation]) -> tuple[Citation, ...]:
    """ "Luật X số 06/2022/QH15" names one law twice: the number learns its kind from the name."""
    joined = citations[:1]
    for law, numbered in pairwise(citations):
        if law.kind == "luat_ten" and law.number and numbered.number and str(law.number) == str(numbered.number):
            numbered = replace(numbered, doc_kind=law.doc_kind, repeats_previous=True)
        joined.append(numbered)
    return tuple(joined)
