"""The portal's search beside Wagtail's own, on the same pages in one run and one database.

    .venv/bin/python bench/search.py 30000 150

The numbers are those of pages and of syllables in a page: an article of a law has some 150, a letter 500.
Both get the same made-up texts and the same queries, in a database of their own that is removed afterwards:
SQLite, or with DATABASE_URL the PostgreSQL it names. Figures are medians of CPU and wall milliseconds; only the
ratio compares between machines. It is that of the same work, ten hits and their number; with the facets of the
result page, which Wagtail has none of, the figures stand in the last column. On PostgreSQL the CPU time of the
server is not counted: look at the wall time. A query of Wagtail's that takes longer than a minute is given up.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

import django

django.setup()

from django.db import OperationalError, connection
from django.test.utils import setup_databases, teardown_databases
from django.utils import timezone
from wagtail.models import Page
from wagtail.search import index
from wagtail.search.backends.database import SearchBackend

from search.contract import FACETS, IndexRecord, SearchEngine, SearchQuery
from search.engines.chosen import database_engine
from search.sample_documents import sample_documents
from search.wording import understand

ROUNDS, GIVEN_UP_SECONDS, BATCH = 5, 60, 500
#: Of each argument its place and what it is unless given.
DEFAULTS = ((1, 30_000), (2, 150))
QUERIES = (
    *("quản lý", "đất đai", "tổ chức thực hiện", "kế hoạch thi đua", "bụi mịn", "kiểm lâm", "Nguyễn Khánh"),
    *("xã Ea Tul", "hỗ trợ tái định cư khi thu hồi đất", "hồ sơ"),
)
READERS = frozenset({"public"})


@contextmanager
def own_database() -> Iterator[None]:
    """A migrated database of this run alone."""
    with tempfile.TemporaryDirectory() as folder:
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = str(Path(folder, "bench.sqlite3"))
        made = setup_databases(verbosity=0, interactive=False)
        try:
            yield
        finally:
            teardown_databases(made, verbosity=0)


def fill(number: int, syllables: int, engine: SearchEngine) -> tuple[float, float]:
    """The same pages in both indexes; seconds that Wagtail's took and ours."""
    root, (theirs, ours) = Page.objects.get(depth=1), (0.0, 0.0)
    index_of_pages = SearchBackend({}).get_index_for_model(Page)
    records = sample_documents(number, syllables=syllables)
    while batch := list(islice(records, BATCH)):
        pages = [page_of(record, root) for record in batch]
        Page.objects.bulk_create(pages)
        start = time.perf_counter()
        index_of_pages.add_items(Page, pages)
        middle = time.perf_counter()
        engine.put(batch)
        theirs, ours = theirs + middle - start, ours + time.perf_counter() - middle
    return theirs, ours


def page_of(record: IndexRecord, root: Page) -> Page:
    """A page with the record's title, whose text is indexed as Wagtail would index a body."""
    number = int(record.key.partition(":")[2])
    path = Page._get_path(root.path, 2, number + 100)
    page = Page(path=path, depth=2, title=record.title, slug=f"trang-{number}", url_path=f"/{number}/", live=True)
    page.content_type_id, page.locale_id = root.content_type_id, root.locale_id
    page.text = record.body
    page.get_search_fields = lambda: [*Page.search_fields, index.SearchField("text")]
    return page


def ask_wagtail(text: str) -> None:
    found = SearchBackend({}).search(text, Page.objects.live())
    found.count()
    list(found[:10])


def ask_engine(engine: SearchEngine, text: str, facets: tuple[str, ...] = ()) -> None:
    now = timezone.now()
    wording = understand(text, engine, READERS, now).wording
    engine.search(SearchQuery(READERS, wording, now, timezone.localdate(), facets=facets))


def measure(ask: Callable[[str], None], text: str) -> tuple[float, float]:
    """CPU and wall milliseconds, medians; both endless when the first asking was given up."""
    spent = []
    for _ in range(ROUNDS + 1):
        cpu, wall = time.process_time(), time.perf_counter()
        if not finishes(lambda: ask(text)):
            return float("inf"), float("inf")
        spent.append(((time.process_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000))
        if spent[0][1] > 5_000:
            break
    warm = spent[1:] or spent
    return statistics.median(cpu for cpu, _ in warm), statistics.median(wall for _, wall in warm)


def finishes(run: Callable[[], None]) -> bool:
    """Whether it ends within a minute."""
    deadline = time.monotonic() + GIVEN_UP_SECONDS
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        connection.connection.set_progress_handler(lambda: time.monotonic() > deadline, 100_000)
    else:
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = %s", [GIVEN_UP_SECONDS * 1000])
    try:
        run()
    except OperationalError as error:
        if "interrupted" in str(error) or "timeout" in str(error):
            return False
        raise
    return True


def main() -> None:
    number, syllables = (int(sys.argv[place]) if len(sys.argv) > place else usual for place, usual in DEFAULTS)
    with own_database():
        engine = database_engine()
        theirs, ours = fill(number, syllables, engine)
        print(f"{number} pages of {syllables} syllables on {connection.vendor}", end="; ")
        print(f"indexed in {theirs:.0f} s by Wagtail, {ours:.0f} s by us")
        print(f"{'query':36} {'Wagtail':>18} {'ours':>16} {'ratio':>12} {'with facets':>16}   (ms CPU / wall)")
        ratios = []
        for text in QUERIES:
            cpu, wall = measure(ask_wagtail, text)
            our_cpu, our_wall = measure(lambda words: ask_engine(engine, words), text)
            full_cpu, full_wall = measure(lambda words: ask_engine(engine, words, FACETS), text)
            ratios.append((cpu / our_cpu, wall / our_wall))
            print(
                f"{text:36} {cpu:9.0f} / {wall:6.0f} {our_cpu:7.1f} / {our_wall:6.1f}"
                f" {ratios[-1][0]:6.0f} / {ratios[-1][1]:3.0f} {full_cpu:7.1f} / {full_wall:6.1f}",
                flush=True,
            )
        cpu_ratio, wall_ratio = (statistics.median(column) for column in zip(*ratios, strict=True))
        print(f"median ratio: {cpu_ratio:.0f} by CPU, {wall_ratio:.0f} by wall time")


if __name__ == "__main__":
    main()
