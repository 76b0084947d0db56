"""What a document is made of, in reading order, whatever file it came from."""

from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style: `Run("Căn cứ", italic=True)`."""

    text: str
    bold: bool = False
    italic: bool = False
    underline: bool = False

    def to_json(self) -> list:
        """`["Căn cứ", "i"]`"""
        return [self.text, "b" * self.bold + "i" * self.italic + "u" * self.underline]

    @classmethod
    def from_json(cls, data: list) -> "Run":
        """The run that `to_json` wrote."""
        text, marks = data
        return cls(text, "b" in marks, "i" in marks, "u" in marks)


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: `Paragraph((Run("Nơi nhận:"),), align="left").text == "Nơi nhận:"`.

    Shape: `align` is left, center, right or justify ("" when the file does not say);
    `label` the resolved list mark ("-", "1.", "a)"), which is not part of the text;
    `list_level` counts from 0; `heading` is 1..9 for a heading style, else 0;
    `role` is "" for the flow of the document, "note" for a footnote.
    """

    runs: tuple[Run, ...] = ()
    align: str = ""
    label: str = ""
    list_level: int = 0
    heading: int = 0
    role: str = ""

    @property
    def text(self) -> str:
        """The words, as typed."""
        return "".join(run.text for run in self.runs)

    @property
    def line(self) -> str:
        """The words as they look on paper, list mark included: `"- UBND tỉnh;"`."""
        return f"{self.label} {self.text.lstrip()}" if self.label else self.text

    @property
    def is_bold(self) -> bool:
        """Whether every visible word is bold."""
        words = [run for run in self.runs if run.text.strip()]
        return bool(words) and all(run.bold for run in words)

    def to_json(self) -> dict:
        """A dict for JSON, without the attributes that are empty."""
        data = {"p": [run.to_json() for run in self.runs]}
        for name in ("align", "label", "list_level", "heading", "role"):
            if getattr(self, name):
                data[name] = getattr(self, name)
        return data


@dataclass(frozen=True)
class Table:
    """Rows of cells of blocks; `bordered` tells a table of data from one that only lays out."""

    rows: tuple[tuple[tuple["Block", ...], ...], ...] = ()
    bordered: bool = False

    @property
    def text(self) -> str:
        """Every paragraph of the table on its own line."""
        return "\n".join(paragraph.line for paragraph in flatten_blocks([self]))

    def to_json(self) -> dict:
        """A dict for JSON."""
        rows = [[[block.to_json() for block in cell] for cell in row] for row in self.rows]
        return {"t": rows, "bordered": self.bordered}


Block = Paragraph | Table


def joined_runs(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The runs that hold text, neighbours that look the same as one."""
    joined: list[Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last and (last.bold, last.italic, last.underline) == (run.bold, run.italic, run.underline):
            joined[-1] = replace(last, text=last.text + run.text)
        elif run.text:
            joined.append(run)
    return tuple(joined)


def block_from_json(data: dict) -> Block:
    """The paragraph or table that `to_json` wrote."""
    if "t" in data:
        rows = tuple(tuple(tuple(block_from_json(block) for block in cell) for cell in row) for row in data["t"])
        return Table(rows, data["bordered"])
    rest = {name: value for name, value in data.items() if name != "p"}
    return Paragraph(tuple(Run.from_json(run) for run in data["p"]), **rest)


def flatten_blocks(blocks) -> list[Paragraph]:
    """All paragraphs in reading order, those of tables row by row, cell by cell."""
    found = []
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row:
                    found.extend(flatten_blocks(cell))
        else:
            found.append(block)
    return found


def text_of(blocks) -> str:
    """The text of the document, one line a paragraph, blank paragraphs left out."""
    return "\n".join(p.line.strip() for p in flatten_blocks(blocks) if p.text.strip())


def paragraph(text: str, **kwargs) -> Paragraph:
    """A plain paragraph, as in `paragraph("GIÁM ĐỐC", align="center")`."""
    return Paragraph((Run(text),), **kwargs)
