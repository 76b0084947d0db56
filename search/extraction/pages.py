"""What was read out of a file, page by page."""

from dataclasses import dataclass, field

from .blocks import Block

TEXT, OCR = "text", "ocr"

#: Left, top, right and bottom as parts of the width and height of the page: (0.1, 0.05, 0.5, 0.07).
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """A line and where it stands on its page: `Line("SỞ Y TẾ", (0.1, 0.05, 0.4, 0.07), 0.99)`.

    Shape: `confidence` 0..1, 1 for typed text.
    """

    text: str
    box: Box
    confidence: float = 1.0

    def part(self, start: int, end: int) -> Box:
        """About where some letters of the line stand, as in `line.part(0, 2)`."""
        left, top, right, bottom = self.box
        width = (right - left) / max(len(self.text), 1)
        return left + width * start, top, left + width * end, bottom


@dataclass(frozen=True, slots=True)
class FilePage:
    """The text of one page: `FilePage(3, "Điều 5. …")`; number 0 is text whose page is not known.

    Shape: `source` is "text" or "ocr"; `lines` tell the places of a page that has any (PDF and pictures);
    `also` holds words that only the second OCR engine read, for the index alone.
    """

    number: int
    text: str
    source: str = TEXT
    lines: tuple[Line, ...] = field(default=(), compare=False)
    also: str = ""


@dataclass(frozen=True, slots=True)
class Ending:
    """How the reading of a file ended: `Ending()` when all of it was read.

    Shape: `problem` is a Vietnamese sentence, "" when there is nothing to say; `is_cut` tells that pages or
    text are missing at the end; `is_refused` that the file must not be taken in at all; `is_failed` that it is
    damaged, locked or too heavy, so that no other machine would read it either.
    """

    problem: str = ""
    is_cut: bool = False
    is_refused: bool = False
    is_failed: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What a reader noticed on its way: the format that the content has, or a sentence for people."""

    format: str = ""
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a reader has come: `Progress(3, 12, from_pictures=True)` after the third of twelve pages."""

    done: int
    total: int
    from_pictures: bool = False


@dataclass(frozen=True, slots=True)
class DigitalSignature:
    """`DigitalSignature("Nguyễn Văn Lộc", "Sở Y tế tỉnh Kon Tum", "2024-03-06T10:20:11+00:00", is_intact=True)`.

    Shape: `time` is ISO, "" when the signature tells none; `is_intact` tells that the signed bytes are as they
    were when they were signed, which says nothing of who may sign; None where that cannot be told.
    """

    signer: str
    organisation: str
    time: str
    is_intact: bool | None


@dataclass(frozen=True, slots=True)
class Body:
    """The blocks of a document in reading order, and the lines of its page headers and footers."""

    blocks: tuple[Block, ...]
    margins: tuple[str, ...] = ()


#: What a reader gives, in this order or any other; an `Ending` is the last.
Part = FilePage | Found | Progress | Body | Ending


@dataclass(frozen=True, slots=True)
class FileText:
    """The text of a file: `FileText("pdf", (FilePage(1, "Kế hoạch …"),))`.

    Shape: `format` is the kind that the content has ("docx", "pdf", "rtf", …), "" for one that is not read;
    pages without text are left out; `problem` and what follows it as in `Ending`; `warnings` are
    sentences for people about a file that was read.
    """

    format: str
    pages: tuple[FilePage, ...]
    problem: str = ""
    is_cut: bool = False
    is_refused: bool = False
    sha256: str = field(default="", compare=False)
    warnings: tuple[str, ...] = field(default=(), compare=False)
    is_failed: bool = field(default=False, compare=False)

    @property
    def text(self) -> str:
        """All pages as one text."""
        return "\n".join(page.text for page in self.pages)


def by_number(page: FilePage) -> tuple[bool, int]:
    """The place of a page in its file: text whose page is not known comes last."""
    return page.number == 0, page.number


def page_to_json(page: FilePage) -> list:
    """The page for JSON; `page_from_json` takes it back."""
    lines = [[line.text, list(line.box), line.confidence] for line in page.lines]
    return [page.number, page.text, page.source, lines, page.also]


def page_from_json(data: list) -> FilePage:
    """The page that `page_to_json` wrote.

    Errors: ValueError or TypeError for anything else.
    """
    match data:
        case [int(number), str(text), str(source), list(lines), str(also)]:
            placed = tuple(Line(words, tuple(box), confidence) for words, box, confidence in lines)
            return FilePage(number, text, source, placed, also)
    raise ValueError("no page")
