"""Each script of this folder starts a server that really answers, and leaves nothing running."""

import json
import os
import shutil
import socket
import subprocess
import tempfile
import threading
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import psycopg
import pytest

pytestmark = pytest.mark.services
HERE = Path(__file__).resolve().parent
SEARCH_PATH = os.environ["PATH"] + ":/usr/sbin"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """One script of this folder, with a port and a folder of its own."""

    def __init__(self, script, prefix):
        # Not tmp_path: the server's own system user must be able to enter the folder.
        self.folder = Path(tempfile.mkdtemp(prefix=f"{script}-test-", dir="/var/tmp"))
        self.folder.chmod(0o755)
        self.port = free_port()
        self.script = HERE / script
        place = {f"{prefix}_PORT": str(self.port), f"{prefix}_HOME_DIR": str(self.folder)}
        self.environment = os.environ | place

    def run(self, *arguments):
        command = [str(self.script), *map(str, arguments)]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=420)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def assert_is_stopped(self):
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", self.port), timeout=5)


@pytest.fixture
def server(require):
    """`server("redis", "REDIS", ["redis-server"])`, cleaned away at the end of the test."""
    prepared = []

    def prepare(script, prefix, programs):
        for program in programs:
            require(shutil.which(program, path=SEARCH_PATH), f"needs {program}")
        prepared.append(Server(script, prefix))
        return prepared[-1]

    yield prepare
    for each in prepared:
        each.run("clean")
        shutil.rmtree(each.folder, ignore_errors=True)


def ask(address, method="GET", document=None):
    body = None if document is None else json.dumps(document).encode()
    request = urllib.request.Request(address, body, {"Content-Type": "application/json"}, method=method)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.read().decode()


def test_postgres_answers_a_query_and_stops(server):
    postgres = server("postgres", "PG", ["pg_ctlcluster"])
    address = postgres.run("start")
    with psycopg.connect(address) as connection:
        assert connection.execute("select 1").fetchone() == (1,)
        assert connection.execute("show server_encoding").fetchone() == ("UTF8",)
    assert postgres.run("status") == address
    postgres.run("stop")
    postgres.assert_is_stopped()


def test_redis_answers_ping_and_stops(server):
    redis = server("redis", "REDIS", ["redis-server", "redis-cli"])
    assert redis.run("start") == f"redis://127.0.0.1:{redis.port}/0"
    with socket.create_connection(("127.0.0.1", redis.port), timeout=5) as client:
        client.sendall(b"PING\r\n")
        assert client.recv(64) == b"+PONG\r\n"
    redis.run("stop")
    redis.assert_is_stopped()


class Greeting(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(f"{self.headers['Host']} {self.path}".encode())

    def log_message(self, *arguments):
        """Says nothing on the tests' output."""


def test_nginx_stands_before_a_server_and_stops(server):
    nginx = server("nginx", "NGINX", ["nginx"])
    with HTTPServer(("127.0.0.1", 0), Greeting) as behind:
        threading.Thread(target=behind.serve_forever, daemon=True).start()
        address = nginx.run("start", behind.server_port)
        assert ask(f"{address}/van-ban/") == f"127.0.0.1:{nginx.port} /van-ban/"
        behind.shutdown()
    with pytest.raises(urllib.error.HTTPError, match="502"):
        ask(address)
    nginx.run("stop")
    nginx.assert_is_stopped()


def test_nginx_takes_a_configuration_file(server):
    nginx = server("nginx", "NGINX", ["nginx"])
    configuration = nginx.folder / "site.conf"
    configuration.write_text(
        "events {} http { access_log off; server { "
        f'listen 127.0.0.1:{nginx.port}; location / {{ return 200 "xin chào"; }} }} }}'
    )
    assert ask(nginx.run("start", configuration)) == "xin chào"


def test_elasticsearch_finds_what_was_indexed(server):
    elasticsearch = server("elasticsearch", "ES", ["java", "mvn", "unzip", "curl"])
    address = elasticsearch.run("start")
    health = json.loads(ask(f"{address}/_cluster/health?wait_for_status=green&timeout=30s"))
    assert health["status"] == "green"
    ask(f"{address}/thu/_doc/1?refresh=true", "PUT", {"title": "Phong trào thi đua"})
    found = json.loads(ask(f"{address}/thu/_search", "POST", {"query": {"match": {"title": "thi đua"}}}))
    assert [hit["_source"]["title"] for hit in found["hits"]["hits"]] == ["Phong trào thi đua"]
    elasticsearch.run("stop")
    elasticsearch.assert_is_stopped()
