"""Slugs."""


def slugify(text: str, max_length: int = 80) -> str:
    """URL part: "Đất đai" -> "dat-dai"; cut at a word; "" when nothing is left."""
    raise NotImplementedError
