"""What very many internal pages cost strangers: CPU time and queries of lists with them and without, in one run.

    .venv/bin/python bench/internal.py 10000

Everything happens in a database of its own that is removed afterwards: SQLite, or with DATABASE_URL the PostgreSQL
it names. Figures are medians; only the ratio compares between machines. Goal: every ratio near 1.
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
# Those of the tests bring a folder of their own and need no collected files.
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
os.environ["PAGE_CACHE_SECONDS"] = "0"

import django

django.setup()

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases

from search.remembered import forget_everything
from tests.builders import Tree
from tests.leaks.crowd import multiply

ROUNDS, OPEN_PAGES = 25, 300
ADDRESSES = (
    *("/", "/van-ban/", "/van-ban/?nam=2024", "/kho-luu-tru/", "/don-vi/phong-ai/", "/don-vi/phong-ai/luu-tru/"),
    *("/tim-kiem/?q=quy+che", "/tim-kiem/goi-y/?q=quy", "/api/tim-kiem?q=quy+che", "/van-ban/atom.xml"),
    *("/sitemap-trang.xml", "/kho-luu-tru/so-van-ban.csv"),
)


def measure(client: Client, address: str) -> tuple[float, int]:
    """CPU milliseconds (median) and queries of an answer."""
    forget_everything()
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200, address
        queries = len(captured)
    spent = []
    for _ in range(ROUNDS):
        before = time.process_time()
        client.get(address)
        spent.append((time.process_time() - before) * 1000)
    return statistics.median(spent), queries


def main(count: int) -> None:
    tree = Tree.build()
    unit = tree.add_unit("PA", "Phòng Ai")
    page = tree.add_directive("Quy chế công khai", unit=unit, number="1", notation="QC-STNMT")
    multiply(page, OPEN_PAGES)
    hidden = tree.add_directive("Quy chế nội bộ", audience="staff", unit=unit, number="9", notation="QC-STNMT")
    client = Client(headers={"host": "127.0.0.1"})
    before = {address: measure(client, address) for address in ADDRESSES}
    multiply(hidden, count)
    print(f"{OPEN_PAGES} open pages, then {count} internal ones beside them")
    print(f"{'address':44} {'CPU ms':>8} {'with':>8} {'ratio':>7} {'queries':>8} {'with':>5}")
    for address in ADDRESSES:
        (old, queries), (new, more) = before[address], measure(client, address)
        print(f"{address:44} {old:8.1f} {new:8.1f} {new / old:7.2f} {queries:8} {more:5}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = str(Path(folder, "bench.sqlite3"))
        made = setup_databases(verbosity=0, interactive=False)
        try:
            main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
        finally:
            teardown_databases(made, verbosity=0)
