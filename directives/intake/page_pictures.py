"""Pictures of the pages of a kept file, drawn by a short-lived process each time somebody looks.

They are not kept: a picture of a page is as private as the file, and one more copy would have to be found and
deleted with it.
"""

import json

from directives.intake import bounds
from directives.intake.header_crop import head_of
from directives.intake.sheet import Sheet
from directives.models import IntakeRecord
from search.extraction import bounded
from search.extraction.refusals import ReadingFailed

PAGE_WIDTH, CROP_WIDTH = 1_240, 1_400
WHOLE = (0.0, 0.0, 1.0, 1.0)
#: Formats whose pages are shown as pictures; of the others the text is shown.
PICTURED = frozenset({"pdf", "png", "jpg", "tiff"})
NOT_DRAWN = "Không vẽ được trang này của tệp."
_DRAWING = bounded.Limits(
    address_space_bytes=bounds.PROCESS.address_space_bytes,
    cpu_seconds=20,
    wall_seconds=30,
    output_bytes=4 * bounds.MEGABYTE,
)


def draw_page(record: IntakeRecord, number: int) -> bytes:
    """Page `number` of the kept file as JPEG, as in `draw_page(record, 1)[:2] == b"\\xff\\xd8"`.

    Errors: ReadingFailed when it has no such page or cannot be drawn.
    """
    return _draw(record, number, PAGE_WIDTH, WHOLE)


def draw_head(record: IntakeRecord) -> bytes:
    """The head of the first page, enlarged; errors as `draw_page`."""
    reading = Sheet(record, None).reading if record.reading else None
    first = next((page for page in reading.pages if page.number == 1), None) if reading else None
    return _draw(record, 1, CROP_WIDTH, head_of(first))


def _draw(record: IntakeRecord, number: int, width: int, part: tuple[float, float, float, float]) -> bytes:
    if record.document is None:
        raise ReadingFailed(NOT_DRAWN)
    asked = json.dumps({"page": number, "width": width, "part": part})
    with record.document.file.open("rb") as file, bounded.in_memory(file.read(bounds.MAX_FILE_BYTES)) as source:
        outcome = bounded.run("directives.intake.picture_child", asked, source, _DRAWING)
    if outcome.code != 0 or not outcome.output.startswith(b"\xff\xd8"):
        raise ReadingFailed(NOT_DRAWN)
    return outcome.output
