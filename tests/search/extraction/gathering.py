"""A file read whole in this process, for tests of the readers themselves."""

from search.extraction.messages import Gathered
from search.extraction.opening import Wishes, open_parts


class Document(Gathered):
    """`open_document(data, "a.odt").blocks`"""

    @property
    def blocks(self):
        return self.body.blocks

    @property
    def margins(self):
        return self.body.margins

    @property
    def problem(self) -> str:
        return self.ending.problem if self.ending else ""

    @property
    def is_cut(self) -> bool:
        return bool(self.ending and self.ending.is_cut)


def open_document(data: bytes, name: str, wishes: Wishes | None = None) -> Document:
    found = Document()
    for part in open_parts(data, name, wishes or Wishes(with_blocks=True)):
        found.take(part)
    return found
