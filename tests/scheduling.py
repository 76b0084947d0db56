"""How two processes share the tests: file by file, so that what a module builds is built once; one has the browser."""

from functools import cached_property
from itertools import groupby

from xdist.scheduler import LoadFileScheduling

BROWSER = "browser"


class FileScheduling(LoadFileScheduling):
    """Each run of tests of one file is one piece of work, in the order of the collection: of a file first those that
    are rolled back, later those that commit.

    All files with a browser are one piece: each start of a demonstration is dear.
    """

    def __init__(self, config, log=None):
        super().__init__(config, log)
        config.option.loadscopereorder = False

    @cached_property
    def _runs(self) -> dict[str, str]:
        files = groupby(self.collection, super()._split_scope)
        runs = enumerate((file, list(nodeids)) for file, nodeids in files)
        return {
            nodeid: BROWSER if self._has_browser(file) else f"{file} {number}"
            for number, (file, nodeids) in runs
            for nodeid in nodeids
        }

    def _split_scope(self, nodeid: str) -> str:
        return self._runs[nodeid]

    def _has_browser(self, file: str) -> bool:
        return f"mark.{BROWSER}" in (self.config.rootpath / file).read_text()
