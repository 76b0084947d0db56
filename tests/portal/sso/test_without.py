"""Without the extra `sso` the portal is whole; settings that need it are refused, never ignored."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
HIDE = """
import importlib.abc, sys
class Hidden(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("allauth", "fido2", "qrcode", "jwt", "cryptography", "oauthlib"):
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Hidden())
import importlib.util
found = importlib.util.find_spec
importlib.util.find_spec = lambda name, package=None: None if name == "allauth" else found(name, package)
"""
USE = """
import django
django.setup()
from django.conf import settings
from django.core.management import call_command
from django.test import Client
call_command("check", verbosity=0)
call_command("migrate", verbosity=0)
from tests.builders import PASSWORD, Tree, make_person
Tree.build()
make_person("lan")
client = Client(headers={"host": "127.0.0.1"})
page = client.get("/quan-tri/login/").content.decode()
assert "Đăng nhập cổng thông tin" in page and "co-quan" not in page
form = {"username": "lan", "password": PASSWORD}
assert client.post("/quan-tri/login/", form)["Location"] == "/noi-bo/"
inside = client.get("/noi-bo/")
assert inside.status_code == 200 and "hai-buoc" not in inside.content.decode()
assert client.get("/tai-khoan/hai-buoc/").status_code == 404
assert client.get("/dang-nhap/co-quan/").status_code == 404
assert not settings.HAS_SSO and not any("allauth" in app for app in settings.INSTALLED_APPS)
print("whole")
"""


def run(script: str, folder, **environment):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("OIDC_", "DATABASE_URL"))}
    environment = kept | {"PORTAL_VAR": str(folder), "DJANGO_SETTINGS_MODULE": "tests.settings"} | environment
    return subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=240
    )


@pytest.mark.slow
def test_the_portal_is_whole_without_it(tmp_path):
    done = run(HIDE + USE, tmp_path)
    assert done.returncode == 0 and "whole" in done.stdout, done.stderr[-2000:]


@pytest.mark.parametrize("name", ["OIDC_ISSUER", "REQUIRE_TOTP"])
def test_settings_that_need_it_are_refused(tmp_path, name):
    value = {"OIDC_ISSUER": "https://sso.vi-du.gov.vn", "REQUIRE_TOTP": "1"}[name]
    done = run(HIDE + "import portal.settings", tmp_path, **{name: value})
    assert done.returncode != 0 and "requirements-sso.txt" in done.stderr


def test_half_an_organisation_is_refused(tmp_path):
    done = run("import portal.settings", tmp_path, OIDC_ISSUER="https://sso.vi-du.gov.vn")
    assert done.returncode != 0 and "OIDC_CLIENT_ID" in done.stderr
