"""What the child process hands back about one file."""

from dataclasses import dataclass

from search.extraction.blocks import Block, block_from_json, text_of
from search.extraction.pages import FilePage, page_from_json, page_to_json

from .recognition import Recognition


@dataclass(frozen=True)
class Reading:
    """A file that was read: its blocks, what the grammar recognised, and warnings in Vietnamese.

    Shape: `format` is the kind that the content has; `pages` as `search.extraction.pages.FilePage`, with the
    places of their lines in PDF and pictures; a page with the source "ocr" was read from its picture.
    """

    blocks: tuple[Block, ...]
    recognition: Recognition
    warnings: tuple[str, ...] = ()
    format: str = "docx"
    pages: tuple[FilePage, ...] = ()

    @property
    def text(self) -> str:
        """The whole text, one line a paragraph."""
        return text_of(self.blocks)

    def to_json(self) -> dict:
        """A dict for JSON; `Reading.from_json` takes it back."""
        return {
            "blocks": [block.to_json() for block in self.blocks],
            "recognition": self.recognition.to_json(),
            "warnings": list(self.warnings),
            "format": self.format,
            "pages": [page_to_json(page) for page in self.pages],
        }

    @classmethod
    def from_json(cls, data: dict) -> "Reading":
        """The reading that `to_json` wrote."""
        blocks = tuple(block_from_json(block) for block in data["blocks"])
        pages = tuple(page_from_json(page) for page in data["pages"])
        found = Recognition.from_json(data["recognition"])
        return cls(blocks, found, tuple(data["warnings"]), data["format"], pages)
