"""Behind a real nginx with the configuration of docs/nginx.conf: it hands over what the portal allows, no more."""

import http.client
import os
import shutil
import socket
import subprocess
import tempfile
import threading
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from django.conf import settings as portal_settings
from django.core.files.base import ContentFile
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.wsgi import get_wsgi_application
from django.test.testcases import QuietWSGIRequestHandler

from home.models import PortalDocument
from tests.builders import Tree

ROOT = Path(portal_settings.BASE_DIR)
SCRIPT = ROOT / "tests" / "servers" / "nginx"
CONTENT = b"%PDF-1.7 " + bytes(range(256)) * 500 + b"%%EOF"

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def portal():
    """The address of the portal as gunicorn would run it: Django's live server hands out files by itself."""
    with ThreadedWSGIServer(("127.0.0.1", 0), QuietWSGIRequestHandler) as server:
        server.set_app(get_wsgi_application())
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def ask(require, portal, settings):
    """`ask("GET", "/")` asks nginx, which stands before the portal and may read the folder of files."""
    require(shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin"), "needs nginx")
    # Not tmp_path: the server's own system user must be able to enter the folder.
    folder = Path(tempfile.mkdtemp(prefix="nginx-files-", dir="/var/tmp"))
    folder.chmod(0o755)
    settings.MEDIA_ROOT = folder / "media"
    settings.MEDIA_ROOT.mkdir()
    settings.ACCEL_LOCATION = "/_tep/"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    configuration = (ROOT / "docs" / "nginx.conf").read_text()
    for there, here in (
        ("127.0.0.1:8080", f"127.0.0.1:{port}"),
        ("http://127.0.0.1:8000", portal),
        ("/srv/portal/var/media/", f"{settings.MEDIA_ROOT}/"),
    ):
        assert there in configuration
        configuration = configuration.replace(there, here)
    (folder / "site.conf").write_text(configuration)
    place = os.environ | {"NGINX_PORT": str(port), "NGINX_HOME_DIR": str(folder / "nginx")}

    def run(*arguments):
        subprocess.run([str(SCRIPT), *arguments], env=place, check=True, capture_output=True, timeout=60)

    def ask_nginx(method: str, path: str, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers={"Host": "localhost"} | named)
        answer = connection.getresponse()
        answer.body = answer.read()
        connection.close()
        return answer

    run("start", str(folder / "site.conf"))
    try:
        yield ask_nginx
    finally:
        run("clean")
        shutil.rmtree(folder, ignore_errors=True)


def make_file(tree: Tree, name: str, audience: str) -> PortalDocument:
    file = PortalDocument.objects.create(title="Tệp", file=ContentFile(CONTENT, name=name))
    file.page = tree.add_directive(
        audience=audience, attachments=[("attachment", {"document": file, "label": "", "note": ""})]
    )
    return file


@pytest.mark.slow
def test_nginx_hands_over_what_the_portal_allows(ask):
    tree = Tree.build()
    public, internal = make_file(tree, "Kế hoạch số 5.pdf", "public"), make_file(tree, "mat.pdf", "staff")

    whole = ask("GET", public.url)
    assert (whole.status, whole.body) == (200, CONTENT)
    assert whole.headers["Content-Type"] == "application/pdf"
    assert whole.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert whole.headers["X-Content-Type-Options"] == "nosniff"
    assert "filename*=UTF-8''K%E1%BA%BF" in whole.headers["Content-Disposition"]
    assert "public" in whole.headers["Cache-Control"]
    assert "X-Accel-Redirect" not in whole.headers

    part = ask("GET", public.url, Range="bytes=100-199")
    assert (part.status, part.body, part.headers["Content-Range"]) == (
        206, CONTENT[100:200], f"bytes 100-199/{len(CONTENT)}"
    )  # fmt: skip
    assert ask("HEAD", public.url).headers["Content-Length"] == str(len(CONTENT))
    assert ask("GET", public.url, If_None_Match=whole.headers["ETag"]).status == 304

    hidden, missing = ask("GET", internal.url), ask("GET", "/tai-ve/mat.k3j5x8a2b4cd.pdf")
    assert hidden.status == missing.status == 404
    assert b"%PDF" not in hidden.body
    assert sorted(name for name in hidden.headers if name != "Date") == sorted(
        name for name in missing.headers if name != "Date"
    )

    on_disk = quote(public.file.name)
    for path in (f"/_tep/{on_disk}", f"/tep/{on_disk}", f"/media/{on_disk}", "/_tep/", "/tep/documents/",
                 f"/_tep/../_tep/{on_disk}", f"//_tep/{on_disk}", f"/%5ftep/{on_disk}"):  # fmt: skip
        answer = ask("GET", path)
        assert (answer.status, b"%PDF" in answer.body) == (404, False), path

    public.page.unpublish()
    assert ask("GET", public.url, If_None_Match=whole.headers["ETag"]).status == 404
    assert urlsplit(public.url).path == public.url
