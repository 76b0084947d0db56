"""Signers as a person types them, one on a line: "Phạm Thị Hòa, Phó Giám đốc (KT. GIÁM ĐỐC)"."""

import re

from directives.blocks import PREFIXES

_MARKS = {prefix: name for name, prefix in PREFIXES.items()}
_LINE = re.compile(r"(?P<name>[^,()]+)(?:,\s*(?P<office>[^()]+?))?\s*(?:\((?P<authority>[^()]*)\))?")
_MARK = re.compile(r"(TUQ|TM|KT|TL|Q)\.\s*")
LONGEST_NAME, LONGEST_OFFICE = 80, 160
WRONG = "Hãy viết mỗi người một dòng: họ tên, chức vụ (KT. GIÁM ĐỐC)."


def type_signer(block: dict) -> str:
    """The line of a signer: `{"name": "Nguyễn Văn Lộc", "office": "Giám đốc", …}` → "Nguyễn Văn Lộc, Giám đốc"."""
    marks = " ".join(PREFIXES[mark] for mark in block["authorities"])
    authority = f"{marks} {block['on_behalf_of']}".strip()
    written = ", ".join(part for part in (block["name"], block["office"]) if part)
    return f"{written} ({authority})" if authority else written


def read_signer(line: str) -> dict:
    """The signer of a line: "Phạm Thị Hòa, Phó Giám đốc (KT. GIÁM ĐỐC)" → `{"authorities": ["ky_thay"], …}`.

    Errors: ValueError with a Vietnamese sentence when the line is none.
    """
    match = _LINE.fullmatch(line.strip())
    if match is None:
        raise ValueError(WRONG)
    authority = match["authority"] or ""
    name, office = match["name"].strip(), (match["office"] or "").strip()
    if len(name) > LONGEST_NAME:
        raise ValueError(f"Họ tên dài quá {LONGEST_NAME} ký tự.")
    if max(len(office), len(authority)) > LONGEST_OFFICE:
        raise ValueError(f"Chức vụ dài quá {LONGEST_OFFICE} ký tự.")
    return {
        "authorities": [_MARKS[f"{mark}."] for mark in _MARK.findall(authority)],
        "on_behalf_of": _MARK.sub("", authority).strip(),
        "office": office,
        "name": name,
    }
