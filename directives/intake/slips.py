"""Slips of the pen with the words around them, for a person to see. They never change the text of a document."""

from dataclasses import dataclass

from directives.intake.sheet import Sheet

_AROUND = 28


@dataclass(frozen=True, slots=True)
class Slip:
    """`Slip("lời dạy của ", "Chỉ tịch", " Hồ Chí Minh", "Có thể sai chính tả", "Chủ tịch", 2)`."""

    before: str
    quote: str
    after: str
    reason: str
    proposal: str
    page: int


def slips_of(sheet: Sheet) -> list[Slip]:
    """The slips that the reader noticed, in the order of the text."""
    text = sheet.reading.text
    found = []
    for item in sheet.recognition.suggestions:
        start, end = item["start"], item["end"]
        if text[start:end] != item["quote"]:
            start = text.find(item["quote"])
            end = start + len(item["quote"])
        before = text[max(0, start - _AROUND) : start].rpartition("\n")[2] if start > 0 else ""
        after = text[end : end + _AROUND].partition("\n")[0] if start >= 0 else ""
        before = before.partition(" ")[2] if len(before) >= _AROUND else before
        after = after.rpartition(" ")[0] if len(after) >= _AROUND else after
        page = next((page.number for page in sheet.reading.pages if item["quote"] in page.text), 0)
        found.append(Slip(before, item["quote"], after, item["reason"], item["proposal"], page))
    return found
