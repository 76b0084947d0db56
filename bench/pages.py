"""CPU time and SQL queries of each kind of public page, uncached, on the portal's own data.

    python3 manage.py demo --no-serve && .venv/bin/python bench/pages.py

Figures are medians of one run; only the ratios to the smallest answer (`/healthz/ready`) compare between machines.
"""

import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

import django

django.setup()

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from search.models import Entry

ROUNDS = 15
LISTS = ("/", "/van-ban/", "/phong-trao/", "/guong-dien-hinh/", "/tin-tuc/", "/don-vi/", "/kho-luu-tru/",
         "/tim-kiem/?q=tai+nguyen", "/van-ban/atom.xml")  # fmt: skip


def addresses() -> list[str]:
    """One page of each kind and every list."""
    kinds = ("directive", "campaign", "story", "article", "unit")
    rows = [Entry.objects.filter(kind=kind, audience="public").newest().first() for kind in kinds]
    return [*LISTS, *(row.url for row in rows if row)]


def measure(client: Client, address: str) -> tuple[float, int, int]:
    """CPU milliseconds (median), queries and bytes of an answer."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
        queries = len(captured)
    spent = []
    for _ in range(ROUNDS):
        before = time.process_time()
        client.get(address)
        spent.append((time.process_time() - before) * 1000)
    return statistics.median(spent), queries, len(response.content)


def main() -> None:
    client = Client(headers={"host": "127.0.0.1"})
    floor, _, _ = measure(client, "/healthz/ready")
    print(f"{'address':60} {'CPU ms':>8} {'ratio':>7} {'queries':>8} {'bytes':>8}")
    for address in addresses():
        milliseconds, queries, size = measure(client, address)
        print(f"{address[:60]:60} {milliseconds:8.1f} {milliseconds / floor:7.1f} {queries:8} {size:8}")


if __name__ == "__main__":
    main()
