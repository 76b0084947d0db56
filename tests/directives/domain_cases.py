"""The shared cases of the number and citation grammar, by group, ready to parametrise a test."""

import json
import time
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[3] / "shared"
CASES = SHARED / "fixtures" / "domain-citations.json"
SEED_EXPECTED = SHARED / "fixtures" / "seed-expected.json"
SEED_TEXT = SHARED / "samples" / "phat-dong-thi-dua-2024.md"

# Pieces of text repeated without end; none may cost more than its length.
MONOTONOUS = [
    *(
        " ",
        "\n",
        "1",
        "1.",
        "1-1-1-",
        "A",
        "A-",
        "/",
        "“",
        "(",
        "(1",
        "- ",
        "\u0301",
        "Số ",
        "Số: ",
        "Số....",
    ),
    *("ngày ", "Luật Aa ", "Luật An ninh ", "Nghị quyết Đại hội ", "Nghị quyết Trung ương    ", "của Bộ Aa "),
    *("Lưu: ", "KT. GIÁM ĐỐC PHÓ "),
]


def of_group(*groups):
    """Parameters of a test, one for each case of the groups; a single None when the folder is absent."""
    if not CASES.exists():
        return [pytest.param(None, id="no-shared-folder")]
    cases = json.loads(CASES.read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["id"]) for case in cases if case["group"] in groups]


def long_text(piece, characters=100_000):
    return (piece * (characters // len(piece) + 1))[:characters]


def cpu_seconds(parse, text, enough=0.1):
    """Best of ten, in processor time: a neighbour on the machine slows some runs, never all of them."""
    taken = []
    for _ in range(10):
        start = time.process_time()
        parse(text)
        taken.append(time.process_time() - start)
        if taken[-1] < enough:
            break
    return min(taken)
