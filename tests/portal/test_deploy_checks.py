"""A portal that others can reach does not start with what is only good on one's own machine."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.utils.crypto import get_random_string

from portal import checks
from portal.demonstration.people import make_accounts
from portal.demonstration.records import read_table

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]


@pytest.fixture
def in_order(settings, tmp_path):
    """A deployment that nothing is wrong with."""
    tmp_path.chmod(0o750)
    settings.VAR_DIR = tmp_path
    settings.MEDIA_ROOT, settings.STATIC_ROOT = tmp_path / "media", tmp_path / "static"
    settings.SECRET_KEY = get_random_string(50)
    settings.SITE_ADDRESS = "https://so.vi-du.gov.vn"
    settings.ALLOWED_HOSTS = ["so.vi-du.gov.vn", "127.0.0.1"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    return settings


def found() -> set[str]:
    return {message.id for message in checks.check_deployment()}


def test_nothing_is_said_of_a_deployment_in_order(in_order):
    assert found() == set() and checks.faults() == []


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("DEBUG", True, "portal.E001"),
        ("SECRET_KEY", "ngan", "portal.E002"),
        ("SECRET_KEY", "a" * 60, "portal.E002"),
        ("SECRET_KEY", "django-insecure-" + "abcdefghijklmnop" * 4, "portal.E002"),
        ("ALLOWED_HOSTS", ["*"], "portal.E003"),
        ("ALLOWED_HOSTS", [], "portal.E003"),
        ("ALLOWED_HOSTS", ["ten-khac.gov.vn"], "portal.E004"),
        ("SITE_ADDRESS", "http://so.vi-du.gov.vn", "portal.E005"),
        ("WAGTAILDOCS_SERVE_METHOD", "direct", "portal.E009"),
        ("PURGE", {"urls": ["tep:///x"], "method": "PURGE", "token": ""}, "portal.E010"),
        ("PURGE", {"urls": ["https://dem.vi-du.vn/"], "method": "POST", "token": ""}, "portal.E011"),
        ("PURGE", {"urls": ["http://dem.vi-du.vn/"], "method": "POST", "token": "khoa"}, "portal.E011"),
        ("PURGE", {"urls": ["http://127.0.0.1:6081/"], "method": "DELETE", "token": ""}, "portal.E012"),
        ("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend", "portal.W013"),
        ("CACHES", {"default": {"BACKEND": "x", "LOCATION": "redis://10.0.0.5/0"}}, "portal.W014"),
    ],
)
def test_each_fault_is_named(in_order, name, value, expected):
    setattr(in_order, name, value)
    assert found() == {expected}
    assert [each.id for each in checks.faults()] == ([expected] if ".E" in expected else [])
    message = next(iter(checks.check_deployment()))
    assert message.msg.endswith(".") and message.msg != message.msg.encode("ascii", "ignore").decode()


def test_a_cache_on_this_machine_needs_no_key(in_order):
    in_order.PURGE = {"urls": ["http://127.0.0.1:6081/"], "method": "PURGE", "token": ""}
    assert found() == set()


def test_inside_the_office_an_open_line_is_only_warned_of(in_order):
    in_order.SITE_ADDRESS, in_order.ALLOWED_HOSTS = "http://192.168.1.5:8000", ["192.168.1.5"]
    assert found() == {"portal.W005"} and checks.faults() == []


def test_what_others_on_the_machine_can_read_is_refused(in_order):
    in_order.VAR_DIR.chmod(0o755)
    key = in_order.VAR_DIR / "secret_key"
    key.write_text("x")
    key.chmod(0o644)
    told = [message for message in checks.faults() if message.id == "portal.E007"]
    assert [message.hint.split()[2] for message in told] == ["750", "600"]


def test_uploads_within_a_served_folder_are_refused(in_order):
    in_order.MEDIA_ROOT = in_order.STATIC_ROOT / "tep"
    assert found() == {"portal.E008"}


def test_the_accounts_of_the_demonstration_are_refused_until_their_password_is_another(in_order, tree):
    make_accounts()
    told = next(message for message in checks.faults() if message.id == "portal.E006")
    assert all(row["username"] in told.msg for row in read_table("accounts")["account"])
    for user in get_user_model().objects.all():
        user.set_password(get_random_string(20))
        user.save()
    assert checks.faults() == []


def test_on_this_machine_alone_nothing_is_refused(in_order, tree):
    make_accounts()
    in_order.SITE_ADDRESS, in_order.ALLOWED_HOSTS, in_order.DEBUG = (
        "http://127.0.0.1:8000",
        ["localhost", "[::1]"],
        True,
    )
    assert not checks.is_reachable() and checks.faults() == []


def test_the_server_does_not_start_and_says_why(in_order):
    from portal import wsgi

    in_order.DEBUG = True
    with pytest.raises(ImproperlyConfigured, match="DEBUG"):
        wsgi.build_application()


def test_the_command_says_it_with_settings_from_the_environment(tmp_path):
    place = {"PORTAL_VAR": str(tmp_path), "SITE_ADDRESS": "http://so.vi-du.gov.vn", "ALLOWED_HOSTS": "*", "DEBUG": "1"}
    environment = {**os.environ, **place, "PORTAL_NO_VENV": "1", "DJANGO_SETTINGS_MODULE": "portal.settings"}
    environment.pop("SECRET_KEY", None)
    command = [sys.executable, "manage.py", "check", "--deploy"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode != 0
    assert {"portal.E001", "portal.E003", "portal.E005"} <= set(done.stderr.replace("(", " ").replace(")", " ").split())
