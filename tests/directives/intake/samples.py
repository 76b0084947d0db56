"""The sample files beside the repository; without them a test skips, unless everything is required."""

import json
import os
from functools import cache
from pathlib import Path

import pytest

from directives.intake.recognition import recognise
from search.extraction.docx import read_docx

SHARED = Path(__file__).resolve().parents[4] / "shared"
SEED = "samples/phat-dong-thi-dua-2024.docx"
COMPLETE = "samples/phat-dong-the-thuc-day-du.docx"


def shared(name: str) -> Path:
    """The path of a shared file, as in `shared("samples/hostile/xxe.docx")`."""
    path = SHARED / name
    if not path.exists():
        message = f"shared file {name} is not here"
        pytest.fail(message) if os.environ.get("PORTAL_REQUIRE_ALL") == "1" else pytest.skip(message)
    return path


def expected() -> dict:
    """What people found in the seed document."""
    return json.loads(shared("fixtures/seed-expected.json").read_text(encoding="utf-8"))


@cache
def recognised(name: str):
    """The recognition of a shared .docx, read in this process."""
    with shared(name).open("rb") as stream:
        document = read_docx(stream)
    return recognise(document.blocks, Path(name).name, document.margins)
