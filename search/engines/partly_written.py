"""A write of which only a part arrived."""

from collections.abc import Iterable

from search.contract import EngineUnavailable


class PartlyWritten(EngineUnavailable):
    """Some records of a batch were not written, the others were: `PartlyWritten(["page:3"]).keys` is
    `frozenset({"page:3"})`.
    """

    def __init__(self, keys: Iterable[str], reason: str = ""):
        self.keys = frozenset(keys)
        super().__init__(f"{len(self.keys)} not written: {reason}")
