"""A thousand internal pages change nothing of what a stranger's page costs: the same queries, all by an index."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from search.remembered import forget_everything
from tests.leaks.crowd import multiply

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MANY = 1000
ADDRESSES = (
    "/",
    "/van-ban/",
    "/van-ban/?nam=2024",
    "/kho-luu-tru/",
    "/tin-tuc/",
    "/don-vi/phong-ai/",
    "/tim-kiem/?q=quy+che",
    "/tim-kiem/goi-y/?q=quy",
    "/api/tim-kiem?q=quy+che",
    "/van-ban/atom.xml",
    "/sitemap-trang.xml",
    "/kho-luu-tru/so-van-ban.csv",
)
#: A list of numbers handed from one query to the next would grow with the site.
LONGEST_LIST = 60


@pytest.fixture
def internal(tree):
    unit = tree.add_unit("PA", "Phòng Ai")
    for n in range(3):
        tree.add_directive(f"Quy chế công khai {n}", unit=unit, number=str(n + 1), notation="QC-STNMT")
    tree.add_article("Tin quy chế", unit=unit)
    return tree.add_directive("Quy chế nội bộ", audience="staff", unit=unit, number="9", notation="QC-STNMT")


def queries_of(address: str) -> list[str]:
    client = Client()
    forget_everything()
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200, address
    # The state of the caches is asked for anew each second.
    return [query["sql"] for query in captured.captured_queries if "home_purgeorder" not in query["sql"]]


def shape_of(sql: str) -> str:
    """A query without its values."""
    return re.sub(r"'[^']*'|\b\d[\d.]*(e[+-]?\d+)?\b", "?", sql)


def test_many_internal_pages_cost_a_stranger_no_query_and_no_list_of_numbers(internal, settings):
    settings.PAGE_CACHE_SECONDS = 0
    before = {address: [shape_of(sql) for sql in queries_of(address)] for address in ADDRESSES}
    multiply(internal, MANY)
    for address in ADDRESSES:
        after = queries_of(address)
        assert [shape_of(sql) for sql in after] == before[address], address
        lists = [found for sql in after for found in re.findall(r"IN \(([\d, ]+)\)", sql)]
        assert max((found.count(",") for found in lists), default=0) < LONGEST_LIST, address


@pytest.mark.sqlite
def test_grants_are_found_by_their_index(internal):
    multiply(internal, MANY)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    for address in ADDRESSES:
        for sql in queries_of(address):
            if "search_grant" in sql and sql.startswith("SELECT"):
                with connection.cursor() as cursor:
                    cursor.execute(f"EXPLAIN QUERY PLAN {sql.replace('%', '%%')}")
                    plan = [row[3] for row in cursor.fetchall()]
                # The alias of the grants inside EXISTS is U0 or V0.
                assert not [step for step in plan if re.match(r"SCAN (search_grant|[UV]0)$", step)], (address, plan)
