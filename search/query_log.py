"""What was searched, one line a search in a file of the day, without anything about who searched.

Reading a page writes nothing to the database: `search.office.counting` counts the lines later.
"""

import json
import logging
import os
import re
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from search.vietnamese.query_words import QueryWords, read_query

logger = logging.getLogger(__name__)

FOLDER = "tim-kiem"
#: A file that has grown to this takes no more lines on its day, whoever asks how often.
LARGEST_FILE = 64 * 1024 * 1024
MASK = "…"
# Lookbehind and bounded parts keep both expressions linear.
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,255}")
# Numbers of telephones and identity cards, in one piece or in groups: 0905123456, 0905 123 456.
_LONG_NUMBER = re.compile(r"\d{7,}|(?<!\d)\d{1,6}(?:[ .-]\d{1,6}){1,5}(?!\d)")
_FEWEST_GROUPED = 9


def mask(text: str) -> str:
    """The text without addresses of mail and long numbers: `mask("lan@vi-du.vn 0905123456")` is `"… …"`.

    Shape: at least seven digits in a row, or nine in groups; "05-03-2024" stays.
    """
    return _LONG_NUMBER.sub(_mask_number, _MAIL.sub(MASK, text))


def _mask_number(match: re.Match[str]) -> str:
    digits = sum(letter.isdigit() for letter in match[0])
    is_whole = match[0].isdigit()
    return MASK if is_whole or digits >= _FEWEST_GROUPED else match[0]


def tidy_query(text: str) -> QueryWords:
    """A query as statistics may keep it: one tidy line of at most 256 characters, masked, with its words."""
    return read_query(mask(read_query(text).text))


def folder() -> Path:
    return Path(settings.VAR_DIR) / FOLDER


def file_of(day: date) -> Path:
    """The file of a day, e.g. `…/tim-kiem/2024-03-05.jsonl`."""
    return folder() / f"{day.isoformat()}.jsonl"


def record_search(
    text: str, *, total: int, milliseconds: float, engine: str, is_reduced: bool = False, is_staff: bool = False
) -> None:
    """Write one line about a search; `record_search("đất đai", total=12, milliseconds=8.4, engine="sqlite")`.

    A search without words leaves none. A full or read-only disk is said in the log of the server and disturbs
    no search.
    """
    words = tidy_query(text)
    if not words:
        return
    line = {
        "q": " ".join(words.folded),
        "text": words.text,
        "total": total,
        "ms": round(milliseconds),
        "engine": engine,
        "reduced": int(is_reduced),
        "staff": int(is_staff),
    }
    try:
        _append(file_of(timezone.localdate()), json.dumps(line, ensure_ascii=False).encode() + b"\n")
    except OSError as error:
        logger.warning("A search could not be written to the query log: %s", error)


def _append(path: Path, line: bytes) -> None:
    try:
        file = _open(path)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = _open(path)
    try:
        if os.fstat(file).st_size < LARGEST_FILE:
            # One write of a short line at the end: processes do not mix theirs.
            os.write(file, line)
    finally:
        os.close(file)


def _open(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
