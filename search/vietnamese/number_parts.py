"""Parts of a document number."""


def number_parts(text: str) -> list[str]:
    """"05/2023/QĐ-UBND" -> ["5", "2023", "qd", "ubnd"]."""
    raise NotImplementedError


def looks_like_number(query: str) -> bool:
    """True for "05/2023/QĐ-UBND", "39 CT TW", "CT39", "15/2003qh11", "chỉ thị 05"; False for "năm 2024", dates, words."""
    raise NotImplementedError
