"""Letters: composition, cleaning, folding and look-alike signs."""


def nfc(text: str) -> str:
    """Text in composed form: two code points "o" + U+0300 become "ò"."""
    raise NotImplementedError


def clean(text: str) -> str:
    """One tidy line: NFC, no zero-width, bidi or control characters, NBSP and line ends as one space, stripped."""
    raise NotImplementedError


def fold(text: str) -> str:
    """Lower case without marks: "Đất đai" -> "dat dai"; on NFC text the length is kept."""
    raise NotImplementedError


def canonical_tones(text: str) -> str:
    """One tone placement: "hoà, Uỷ, khoá" -> "hòa, Ủy, khóa"; length kept on NFC text."""
    raise NotImplementedError


def plain_signs(text: str) -> str:
    """Look-alikes made plain, one for one: "QÐ‑UBND" -> "QĐ-UBND", NBSP -> space; length kept."""
    raise NotImplementedError
