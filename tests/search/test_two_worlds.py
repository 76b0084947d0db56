"""The same site with and without internal documents: strangers get the same bytes."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from tests.search.test_audience import add_internal, addresses, build

pytestmark = pytest.mark.django_db


def test_a_stranger_gets_the_same_bytes_with_and_without_internal_documents(tree):
    client, site = Client(), build(tree)
    site.tree.add_directive("Quy chế làm việc của cơ quan", number="12", notation="QC-STNMT")
    now = timezone.now()

    def world() -> dict[str, bytes]:
        with time_machine.travel(now + timedelta(hours=2), tick=False):
            return {address: masked(client.get(address)) for address in addresses()}

    without = world()
    add_internal(site)
    changed = [address for address, body in world().items() if body != without[address]]
    assert changed == []


def masked(response) -> bytes:
    """Body and headers without what differs between any two answers: time stamps inside a packed file."""
    body = b"".join(response) if response.streaming else response.content
    if "spreadsheetml" in response.get("Content-Type", ""):
        sheet = load_workbook(BytesIO(body), read_only=True).active
        body = repr(list(sheet.iter_rows(values_only=True))).encode()
        headers = {name: value for name, value in response.headers.items() if name not in ("Content-Length", "ETag")}
    else:
        headers = dict(response.headers)
    body = re.sub(rb"csrfmiddlewaretoken[^>]*>|nonce=.[^'\"]*", b"", body)
    headers.pop("Content-Security-Policy", None)
    return body + repr(sorted(headers.items())).encode()
