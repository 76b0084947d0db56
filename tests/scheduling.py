"""How two processes share the tests: file by file, so that what a module builds is built once; one has the browser."""

from functools import cache

from xdist.scheduler import LoadFileScheduling

BROWSER = "browser"


class FileScheduling(LoadFileScheduling):
    """Every file is one piece of work, and all files with a browser are one: each start of a demonstration is dear."""

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return BROWSER if self._has_browser(file) else file

    @cache  # noqa: B019 - the scheduler lives as long as the run
    def _has_browser(self, file: str) -> bool:
        return f"mark.{BROWSER}" in (self.config.rootpath / file).read_text()
