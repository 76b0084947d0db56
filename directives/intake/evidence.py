"""What speaks for the value of a field: its words in the document, where they stand, and how sure they are."""

from dataclasses import dataclass
from typing import Any

from directives.intake.facts import NAMED, READ, SIGNED
from directives.intake.places import Spot
from directives.intake.reading import Reading
from search.vietnamese.letters import fold

SURE, LIKELY = 0.9, 0.6
#: Fields of a page under other names than the facts of its file.
_FACTS = {"issuer_name": "agency", "parent_issuer_name": "parent_agency", "signers": "signer", "audience": "secrecy"}
_SAYS = {NAMED: "theo tên tệp", READ: "đọc từ ảnh", SIGNED: "theo chữ ký số", "inferred": "suy từ nội dung"}
LONGEST_QUOTE = 160
Place = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Evidence:
    """`Evidence("STNMT-VP", "typed", 0.98, True, "Số: /STNMT-VP", 1)`.

    Shape: `page` is 0 when it is not known; `box` left, top, right, bottom as parts of the page, or None.
    Units: `confidence` from 0 to 1.
    """

    value: Any
    source: str
    confidence: float
    is_sure: bool
    quote: str
    page: int = 0
    box: Place | None = None

    @property
    def level(self) -> str:
        """How much it needs a look: "", "mid" or "low"."""
        if self.confidence >= SURE and self.is_sure:
            return ""
        return "mid" if self.confidence >= LIKELY else "low"

    @property
    def word(self) -> str:
        """As shown beside the field, e.g. "Nên xem 0,72"."""
        word = {"": "Chắc", "mid": "Nên xem", "low": "Yếu"}[self.level]
        return f"{word} {self.confidence:.2f}".replace(".", ",")

    @property
    def short_quote(self) -> str:
        """The words of the document, cut where they grow too long to be read beside a field."""
        line = " … ".join(part.strip() for part in self.quote.splitlines() if part.strip())
        return line if len(line) <= LONGEST_QUOTE else f"{line[:LONGEST_QUOTE].rsplit(' ', 1)[0]} …"

    @property
    def place(self) -> str:
        """Where it comes from, in words: "trang 1", "theo tên tệp"."""
        said = [_SAYS[self.source]] if self.source in _SAYS else []
        return " · ".join([f"trang {self.page}", *said] if self.page and self.source != NAMED else said)

    def to_json(self) -> dict[str, Any]:
        """As the panels of the page editor read it."""
        return {
            "value": self.value,
            "source": self.source,
            "confidence": round(self.confidence, 2),
            "evidence": self.quote,
        }


def collect_evidence(reading: Reading, names: dict[str, str]) -> dict[str, Evidence]:
    """Evidence by field of the page, as in `collect_evidence(reading, FROM_FIELDS)["place"].quote`.

    Shape: `names` tells where a field was recognised; one that was not found is absent.
    """
    found = {}
    texts = [(page.number, _plain(page.text)) for page in reading.pages]
    for field, source in names.items():
        fact = reading.facts.get(_FACTS.get(field, field))
        recognised = reading.recognition.fields.get(source)
        if fact is None and recognised is None:
            continue
        # The fact was weighed against a second reading, the file name and the registers.
        best = fact or recognised
        page, box = _place_of(fact.box if fact else None)
        value = recognised.value if recognised else best.value
        is_sure = fact.sure if fact else recognised.confidence >= SURE
        page = page or _page_with(best.evidence, texts)
        found[field] = Evidence(value, best.source, best.confidence, is_sure, best.evidence, page, box)
    return found


def _place_of(spot: Spot | None) -> tuple[int, Place | None]:
    return (spot[0], spot[1:]) if spot else (0, None)


def _page_with(quote: str, texts: list[tuple[int, str]]) -> int:
    """The first page on which the first line of a quotation stands."""
    first = _plain(quote.strip().split("\n")[0].split(" · ")[0])[:60]
    return next((number for number, text in texts if first and first in text), 0)


def _plain(text: str) -> str:
    return " ".join(fold(text).split())
