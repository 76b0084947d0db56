"""The site with Elasticsearch to read, and nothing behind it."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.test import override_settings

from search.engines import chosen
from search.engines.fallback import FallbackEngine
from search.rebuild import rebuild


@contextmanager
def elasticsearch_read(address: str) -> Iterator[None]:
    """The site reads an index of its own there, and gives it the time of a busy machine."""
    held = settings.ELASTICSEARCH | {"addresses": [address], "prefix": f"portal-{secrets.token_hex(4)}-"}
    with override_settings(ELASTICSEARCH=held), pytest.MonkeyPatch.context() as patched:
        for name in ("SEARCH_SECONDS", "QUICK_SECONDS"):
            patched.setattr(chosen, name, 30.0)
        patched.setattr(FallbackEngine, "behind", Refusing())
        engine = chosen.remote_engine()
        rebuild(engine)
        yield
        engine.drop()


class Refusing:
    """Stands for the engine of the database, which nobody is to ask here."""

    def __getattr__(self, name: str):
        def refuse(*arguments):
            raise AssertionError("the database answered instead")

        return refuse
