"""An Elasticsearch of the tests' own: started when the first test asks for it, stopped with the module.

The download is kept between runs; the data is not.
"""

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from search.engines.elastic import ElasticEngine
from search.engines.elastic_client import Server

SCRIPT = Path(__file__).resolve().parent.parent / "servers" / "elasticsearch"
PROGRAMS = ("java", "mvn", "unzip", "curl")
DOWNLOAD = Path(tempfile.gettempdir() if os.name == "nt" else "/var/tmp") / "elasticsearch-download"
#: Ports of the nodes, and as many for the nodes among themselves a hundred higher.
_NODES = 3
_running: list["ElasticServer"] = []


class ElasticServer:
    """One cluster, e.g. `ElasticServer().start()` gives its addresses; `password` asks for a node with sign-in."""

    def __init__(self, password: str = ""):
        # Not tmp_path: the server's own system user must be able to enter the folder.
        self.folder = Path(tempfile.mkdtemp(prefix="elasticsearch-test-", dir="/var/tmp"))
        self.folder.chmod(0o755)
        place = {"ES_PORT": str(free_ports()), "ES_HOME_DIR": str(self.folder), "ES_DIST_DIR": str(DOWNLOAD)}
        self.environment = os.environ | place | ({"ES_PASSWORD": password} if password else {})

    def run(self, *arguments: object) -> str:
        command = [str(SCRIPT), *map(str, arguments)]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=560)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def start(self, nodes: int = 1) -> tuple[str, ...]:
        return tuple(self.run("start", nodes).split())

    def clear(self) -> None:
        self.run("clean")
        shutil.rmtree(self.folder, ignore_errors=True)


def free_ports() -> int:
    """A port below the range that systems hand out themselves, free with its neighbours for other nodes."""
    for _ in range(200):
        first = 9300 + secrets.randbelow(20_000)
        if all(_is_free(first + shift + node) for shift in (0, 100) for node in range(_NODES)):
            return first
    raise RuntimeError("no free ports")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return probe.connect_ex(("127.0.0.1", port)) != 0


def address(require) -> str:
    """The address of the one node that tests share."""
    for program in PROGRAMS:
        require(shutil.which(program), f"needs {program}")
    if not _running:
        _running.append(ElasticServer())
        _running[0].start()
    return f"http://127.0.0.1:{_running[0].environment['ES_PORT']}"


def stop() -> None:
    """Stop the shared node, if it was started."""
    while _running:
        _running.pop().clear()


@contextmanager
def elastic_engine(require) -> Iterator[ElasticEngine]:
    """An empty index on the shared node, with a prefix of its own, read and written by name."""
    server = Server((address(require),), prefix=f"portal-{secrets.token_hex(4)}-")
    engine = ElasticEngine(server, seconds=30)
    engine.swap(engine.aside())
    yield engine
    engine.drop()
