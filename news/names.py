"""Takes names out of texts: whatever spaces and capitals they are written with, in running text as well."""

import json
import re
import unicodedata
from collections.abc import Iterable

REPLACEMENT = "nhân vật"


def without_names(text: str, names: Iterable[str]) -> str:
    """The text with a word in place of the names, e.g. `without_names("Y  Mẫu giữ rừng", ["Y Mẫu"])` is
    "Nhân vật giữ rừng". The longest name goes first.
    """
    found = unicodedata.normalize("NFC", text)
    for name in sorted(names, key=len, reverse=True):
        words = unicodedata.normalize("NFC", name).split()
        if words:
            pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, words)) + r"(?!\w)"
            found = re.sub(pattern, _replacement, found, flags=re.IGNORECASE)
    return found


def _replacement(match: re.Match[str]) -> str:
    """A capital letter at the beginning of a text or sentence."""
    before = match.string[: match.start()].rstrip()
    begins = not before or before[-1] in ".!?>"
    return REPLACEMENT.capitalize() if begins else REPLACEMENT


def stream_without_names(said: str, names: Iterable[str], left_out: Iterable[str] = ()) -> str:
    """A stream as it is stored (JSON) without the names, and without blocks of these kinds."""
    names, kinds = list(names), set(left_out)
    blocks = [block for block in json.loads(said or "[]") if block.get("type") not in kinds]
    return json.dumps([block | {"value": _clean(block["value"], names)} for block in blocks])


def _clean(value, names: list[str]):
    if isinstance(value, str):
        return without_names(value, names)
    if isinstance(value, list):
        return [_clean(each, names) for each in value]
    if isinstance(value, dict):
        return {key: _clean(each, names) for key, each in value.items()}
    return value
