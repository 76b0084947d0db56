"""The product's settings with a throw-away `var` of their own, quick passwords and unhashed static names."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

HELD = ("ALLOWED_HOSTS", "DEBUG", "EMAIL_BACKEND", "EMAIL_URL", "PURGE_URL", "REDIS_URL", "SITE_ADDRESS")
HELD += ("ACCEL_LOCATION",)
SEARCH = ("URL", "API_KEY", "CA_CERTS", "PREFIX")
for name in (*HELD, *(f"ELASTICSEARCH_{each}" for each in SEARCH)):
    os.environ.pop(name, None)
os.environ["PORTAL_VAR"] = tempfile.mkdtemp(prefix="portal-tests-")
os.environ["SECRET_KEY"] = "only-for-tests"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs in the thread of the tests
atexit.register(shutil.rmtree, os.environ["PORTAL_VAR"], ignore_errors=True)

from portal.settings import *  # noqa: E402, F403
from portal.settings import DATABASES, STORAGES, VAR_DIR  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
PAGE_CACHE_SECONDS = 0  # tests of what pages show render them; those of the cache turn it on
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
Path(VAR_DIR, "static").mkdir()
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # In a file, as in use: a live server's threads would lock each other out of a database in memory.
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / "test.sqlite3"}
