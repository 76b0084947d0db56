"""Who may read the page of a file, and why: what the document itself says, before a person decides."""

from dataclasses import dataclass

from directives.intake.filling import audience_for, recipient_of
from directives.intake.personal_numbers import personal_numbers
from directives.intake.reading import Reading
from directives.recipients import is_publication_order
from search.extraction.pages import OCR
from search.visibility import PUBLIC, STAFF


@dataclass(frozen=True, slots=True)
class Readership:
    """`Readership("public", "theo dòng “Website Sở” trong Nơi nhận")`.

    Shape: `caution` is what else should be weighed; `internal_mark` is the mark of a document that its issuer lets
    circulate inside only, as printed: whoever confirms the file cannot make it public.
    """

    audience: str
    reason: str
    caution: str = ""
    internal_mark: str = ""


def is_scan(reading: Reading) -> bool:
    """Whether any page was read from its picture."""
    return any(page.source == OCR for page in reading.pages)


def readership_of(reading: Reading) -> Readership:
    """The audience that the document asks for; unknown means internal."""
    recognition = reading.recognition
    numbers = personal_numbers(reading.text)
    named = ", ".join(numbers)
    if recognition.value("circulation") == "internal":
        mark = recognition.fields["circulation"].evidence
        return Readership(STAFF, f"văn bản có dấu “{mark}”", internal_mark=mark)
    if numbers and is_scan(reading):
        return Readership(STAFF, f"bản quét có {named} của cá nhân")
    audience = audience_for(recognition)
    caution = f"Văn bản có {named} của cá nhân: hãy cân nhắc trước khi công khai." if numbers else ""
    if audience == PUBLIC:
        return Readership(PUBLIC, f"theo dòng “{_order_in(recognition)}” trong Nơi nhận", caution)
    return Readership(STAFF, "Nơi nhận không có dòng yêu cầu đăng tải", caution)


def _order_in(recognition) -> str:
    """The line that orders publication, as printed."""
    rows = recognition.value("recipients", [])
    ordering = [row for row in rows if is_publication_order([recipient_of(row)])]
    return ordering[0]["raw"].strip(" -;.") if ordering else ""
