"""One recognised field with what speaks for it."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

Source = Literal["typed", "ocr", "file_name", "signature", "inferred"]


@dataclass(frozen=True)
class Found:
    """A value and its evidence: `Found("STNMT-VP", evidence="Số: /STNMT-VP")`.

    Shape: `value` is JSON-able; `evidence` quotes the line or sentence it was read from.
    Units: `confidence` from 0 to 1.
    """

    value: Any
    source: Source = "typed"
    confidence: float = 0.95
    evidence: str = ""

    def to_json(self) -> dict[str, Any]:
        """`{"value": …, "source": "typed", "confidence": 0.95, "evidence": …}`"""
        return asdict(self)
