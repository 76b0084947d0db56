"""Sentences of a text, for evidence and for patterns that must not cross a full stop."""

import re

# A point after a number, an initial or "TP" ends no sentence; "./." ends the document.
_END = re.compile(r"(?<!\bTP)(?<!\bTp)(?<![\s(][A-ZĐ])(?<!\d)[.!?](?=\s+[A-ZĐÀ-Ỹ“\"]|\s*$)|\n")
MAX_EVIDENCE = 400
# Looking further would make a long document with many citations quadratic.
_WINDOW = 3_000


def split_sentences(text: str) -> list[tuple[int, int]]:
    """The spans of the sentences, as in `[(0, 21), (22, 40)]`."""
    spans, start = [], 0
    for match in _END.finditer(text):
        if text[start : match.end()].strip():
            spans.append((start, match.end()))
        start = match.end()
    if text[start:].strip():
        spans.append((start, len(text)))
    return spans


def sentence_at(text: str, position: int) -> str:
    """The sentence around a position, cut to a readable length."""
    first = max(0, position - _WINDOW)
    window = text[first : position + _WINDOW]
    for start, end in split_sentences(window):
        if start <= position - first < end:
            return _cut(window, start, end, position - first)
    return ""


def _cut(text: str, start: int, end: int, position: int) -> str:
    half = MAX_EVIDENCE // 2
    if end - start <= MAX_EVIDENCE:
        return " ".join(text[start:end].split())
    cut_start, cut_end = max(start, position - half), min(end, position + half)
    before, after = "…" if cut_start > start else "", "…" if cut_end < end else ""
    return before + " ".join(text[cut_start:cut_end].split()) + after
