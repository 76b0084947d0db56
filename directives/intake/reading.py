"""What the child process hands back about one file."""

from dataclasses import asdict, dataclass, field
from typing import Any, Self

from search.extraction.blocks import Block, block_from_json, text_of
from search.extraction.pages import DigitalSignature, FilePage, page_from_json, page_to_json

from .facts import Fact
from .grammar.articles import Division
from .recognition import Recognition


@dataclass(frozen=True, slots=True)
class Part:
    """One of several documents in a file: `Part(4, 6, "Kế hoạch số 12/KH-SYT")`; pages 0 where none are known."""

    first_page: int
    last_page: int
    title: str


@dataclass(frozen=True)
class Findings:
    """What the text of a file says: `findings_of(content, "131.pdf").facts["notation"].value == "QĐ-UBND"`.

    Shape: `facts` are the fields as a person checks them, `recognition` the same for the page that is made of
    them; `citations` are dicts as `read_document` prints them; `parts` are the documents of a file that holds
    more than one, and then all fields are those of the first.
    """

    recognition: Recognition = field(default_factory=Recognition)
    facts: dict[str, Fact] = field(default_factory=dict)
    citations: tuple[dict[str, Any], ...] = ()
    structure: tuple[Division, ...] = ()
    parts: tuple[Part, ...] = ()
    warnings: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """A dict for JSON; `from_json` takes it back."""
        return {
            "recognition": self.recognition.to_json(),
            "facts": {name: fact.to_json() for name, fact in self.facts.items()},
            "citations": list(self.citations),
            "structure": [asdict(division) for division in self.structure],
            "parts": [asdict(part) for part in self.parts],
            "warnings": list(self.warnings),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """What `to_json` wrote."""
        return cls(**_findings_from(data))


@dataclass(frozen=True)
class Reading(Findings):
    """A file that was read: `read_data(data, "131.pdf").pages[0].source == "ocr"`, and all its `Findings`.

    Shape: `format` is the kind that the content has; `pages` as `search.extraction.pages.FilePage`, with the
    places of their lines in PDF and pictures; a page with the source "ocr" was read from its picture. `problem`
    says why not all of it was read, and is one of the `warnings`; a file without text has a problem, no pages
    and no facts but those of its name and its signatures.
    """

    format: str = ""
    sha256: str = ""
    pages: tuple[FilePage, ...] = ()
    blocks: tuple[Block, ...] = ()
    problem: str = ""
    signatures: tuple[DigitalSignature, ...] = ()

    @property
    def text(self) -> str:
        """The whole text, one line a paragraph."""
        return text_of(self.blocks)

    def to_json(self) -> dict[str, Any]:
        """A dict for JSON; `Reading.from_json` takes it back."""
        return super().to_json() | {
            "format": self.format,
            "sha256": self.sha256,
            "pages": [page_to_json(page) for page in self.pages],
            "blocks": [block.to_json() for block in self.blocks],
            "problem": self.problem,
            "signatures": [asdict(signature) for signature in self.signatures],
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The reading that `to_json` wrote."""
        return cls(
            **_findings_from(data),
            format=data["format"],
            sha256=data["sha256"],
            pages=tuple(page_from_json(page) for page in data["pages"]),
            blocks=tuple(block_from_json(block) for block in data["blocks"]),
            problem=data["problem"],
            signatures=tuple(DigitalSignature(**signature) for signature in data["signatures"]),
        )


def _findings_from(data: dict[str, Any]) -> dict[str, Any]:
    return {
        "recognition": Recognition.from_json(data["recognition"]),
        "facts": {name: Fact.from_json(fact) for name, fact in data["facts"].items()},
        "citations": tuple(data["citations"]),
        "structure": tuple(Division(**division) for division in data["structure"]),
        "parts": tuple(Part(**part) for part in data["parts"]),
        "warnings": tuple(data["warnings"]),
    }
