"""Parts of addresses: readable, without accents, stable."""

from __future__ import annotations

import re

from anyascii import anyascii

from search.vietnamese.letters import clean, fold

_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")


def slugify(text: str, max_length: int = 80) -> str:
    """Part of an address: "Đất đai" -> "dat-dai".

    Shape: a-z, 0-9 and single hyphens; "" when no letter or digit is left.
    Units: max_length in characters; the cut falls between words where it can.
    """
    slug = _NOT_IN_SLUG.sub("-", anyascii(fold(clean(text))).lower()).strip("-")
    if len(slug) <= max_length:
        return slug
    head, hyphen, _ = slug[: max_length + 1].rpartition("-")
    return head if hyphen else slug[:max_length]
