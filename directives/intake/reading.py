"""What the child process hands back about one file."""

from dataclasses import dataclass

from search.extraction.blocks import Block, block_from_json, text_of

from .recognition import Recognition


@dataclass(frozen=True)
class Reading:
    """A file that was read: its blocks, what the grammar recognised, and warnings in Vietnamese."""

    blocks: tuple[Block, ...]
    recognition: Recognition
    warnings: tuple[str, ...] = ()

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
        }

    @classmethod
    def from_json(cls, data: dict) -> "Reading":
        """The reading that `to_json` wrote."""
        blocks = tuple(block_from_json(block) for block in data["blocks"])
        return cls(blocks, Recognition.from_json(data["recognition"]), tuple(data["warnings"]))
