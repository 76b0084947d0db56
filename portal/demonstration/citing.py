"""Citations of an example, found in its own text by the portal's grammar."""

from collections.abc import Iterable

from directives.citations import Citation
from directives.models import DocumentKind

EMPTY = dict.fromkeys(("kind", "number", "notation", "issuer", "abstract"), "") | {"separator": "/", "issued_on": None}


def citation_blocks(found: Iterable[Citation], named: Iterable[dict], pages: dict) -> list[tuple[str, dict]]:
    """One block for each document cited by number or name; `named` adds those that need a page chosen.

    Example: `named=[{"text": "Phát động phong trào …", "target": "phat-dong-…"}]`.
    """
    blocks, seen = [], set()
    for citation in found:
        key = str(citation.number) if citation.number else citation.title or citation.text
        if key not in seen and not citation.repeats_previous:
            seen.add(key)
            blocks.append(("citation", _found(citation)))
    return blocks + [("citation", _named(row, pages)) for row in named]


def _found(citation: Citation) -> dict:
    number = citation.number
    slug = (citation.doc_kind or "").split("|")[0]
    kind = DocumentKind.objects.filter(slug=slug).first() if slug else None
    return {
        "text": citation.text,
        "kind": kind.name if kind else "",
        "number": (number.number or "") if number else "",
        "separator": number.separator if number else "/",
        "notation": number.notation if number else "",
        "issued_on": citation.issued_on,
        "issuer": citation.issuer or "",
        "abstract": (citation.abstract or "")[:500],
        "target": None,
    }


def _named(row: dict, pages: dict) -> dict:
    return EMPTY | {"text": row["text"], "target": pages[row["target"]]}
