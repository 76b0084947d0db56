"""CPU time and SQL queries of each kind of public page, rendered and kept, on the portal's own data.

    python3 manage.py demo --no-serve && .venv/bin/python bench/pages.py

Figures are medians of one run; only ratios compare between machines: `ratio` to the smallest answer
(`/healthz/ready`), `gain` of a rendered page to a kept one, `foreign` of the gain that is left when each visitor
brings cookies and campaign counters of his own.
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

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from search.models import Entry

ROUNDS = 15
KEPT_ROUNDS = 200
LISTS = ("/", "/van-ban/", "/phong-trao/", "/guong-dien-hinh/", "/tin-tuc/", "/don-vi/", "/kho-luu-tru/",
         "/tim-kiem/?q=tai+nguyen", "/van-ban/atom.xml")  # fmt: skip


def addresses() -> list[str]:
    """One page of each kind and every list."""
    kinds = ("directive", "campaign", "story", "article", "unit")
    rows = [Entry.objects.filter(kind=kind, audience="public").newest().first() for kind in kinds]
    return [*LISTS, *(row.url for row in rows if row)]


def make_client(keeps: bool) -> Client:
    """A visitor of a portal that keeps pages, or of one that renders each time."""
    settings.PAGE_CACHE_SECONDS = 600 if keeps else 0
    client = Client(headers={"host": "127.0.0.1"})
    client.get("/")  # the middleware is built by the first request
    return client


def measure(client: Client, address: str) -> tuple[float, int, int]:
    """CPU milliseconds (median), queries and bytes of an answer."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
        queries = len(captured)
    return spent_on(lambda turn: client.get(address)), queries, len(response.content)


def spent_on(ask, rounds: int = ROUNDS) -> float:
    """CPU milliseconds of a question (median); `ask` is told which turn it is."""
    spent = []
    for turn in range(rounds):
        before = time.process_time()
        ask(turn)
        spent.append((time.process_time() - before) * 1000)
    return statistics.median(spent)


def measure_kept(client: Client, address: str) -> tuple[float, float]:
    """CPU milliseconds of a kept page: plain, and with foreign cookies and counters that differ each time."""
    client.get(address)
    plain = spent_on(lambda turn: client.get(address), KEPT_ROUNDS)
    mark = "&" if "?" in address else "?"

    def ask_as_somebody_else(turn: int) -> None:
        client.get(
            f"{address}{mark}utm_source=zalo{turn}&fbclid={turn}", headers={"cookie": f"_ga=GA1.{turn}; _fbp=fb.{turn}"}
        )

    return plain, spent_on(ask_as_somebody_else, KEPT_ROUNDS)


def main() -> None:
    rendering, keeping = make_client(keeps=False), make_client(keeps=True)
    floor, _, _ = measure(rendering, "/healthz/ready")
    print(f"{'address':48} {'CPU ms':>8} {'ratio':>7} {'queries':>8} {'bytes':>8}", "kept ms   gain  foreign")
    for address in addresses():
        milliseconds, queries, size = measure(rendering, address)
        kept, foreign = measure_kept(keeping, address)
        figures = f"{milliseconds:8.1f} {milliseconds / floor:7.1f} {queries:8} {size:8}"
        print(f"{address[:48]:48} {figures} {kept:8.2f} {milliseconds / kept:6.0f} {kept / foreign:8.0%}")


if __name__ == "__main__":
    main()
