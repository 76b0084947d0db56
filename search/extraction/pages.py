"""What was read out of a file, page by page."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FilePage:
    """The text of one page: `FilePage(3, "Điều 5. …")`; number 0 is text whose page is not known."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Ending:
    """How the reading of a file ended: `Ending()` when all of it was read.

    Shape: `problem` is a Vietnamese sentence, "" when there is nothing to say; `is_cut` tells that pages or
    text are missing at the end.
    """

    problem: str = ""
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class FileText:
    """The text of a file: `FileText("pdf", (FilePage(1, "Kế hoạch …"),))`.

    Shape: `format` is "docx", "pdf" or "" for a kind that is not read; pages without text are left out;
    `problem` and `is_cut` as in `Ending`.
    """

    format: str
    pages: tuple[FilePage, ...]
    problem: str = ""
    is_cut: bool = False
