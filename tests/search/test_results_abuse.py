"""What happens to those who abuse the address of the result page."""

import random
import time

import pytest
from django.http import QueryDict

from search.asking import KNOWN, PARAMETERS, read_ask

pytestmark = pytest.mark.django_db
PAGE = "/tim-kiem/"


@pytest.fixture
def years(tree):
    """Three documents about the cadastral map, of two years."""
    for place, day in enumerate(("05/03/2024", "06/04/2024", "07/05/2023"), 1):
        tree.add_directive(f"Bản đồ địa chính số {place}", issued=day, number=str(place), notation="KH-STNMT")
    return tree


STRANGE = ("", "1", "2024", "-1", "9" * 400, "\x00", "<script>", "' OR 1", '"', "x" * 500, "٣", "🙂", "2024-02-31",
           "directive", "in_force", "moi-nhat", "đất", "*", "NEAR(", "\u202e", "%00", "page:1")  # fmt: skip


@pytest.mark.slow
def test_five_hundred_strange_addresses_never_break_the_page(client, years):
    chance, times = random.Random(36), []
    names = [*sorted(KNOWN), "la", "q[]", "__proto__"]
    for _ in range(500):
        params = {name: chance.choices(STRANGE, k=chance.randint(1, 3)) for name in chance.sample(names, 7)}
        started = time.perf_counter()
        response = client.get(PAGE, params)
        times.append(time.perf_counter() - started)
        assert response.status_code in (200, 302, 404), params
    assert sorted(times)[475] <= 0.5


def test_facets_are_not_abused():
    many = {parameter: ["a"] * 3 + [str(n) for n in range(40)] for parameter in PARAMETERS.values()}
    query = QueryDict(mutable=True)
    for parameter, values in many.items():
        query.setlist(parameter, values)
    chosen = read_ask(query).chosen
    assert len([name for name in chosen if name != "kind"]) <= 6
    assert all(len(values) <= 20 and len(set(values)) == len(values) for values in chosen.values())


@pytest.mark.parametrize("name", ["nam", "thang", "loai", "don_vi", "co_quan", "linh_vuc", "sap_xep", "muc"])
def test_strange_filters_answer_calmly(client, years, name):
    for value in ("\x00", "%00", "x" * 5000, "-1", "9" * 400, "2024.5", "<script>", "٣"):
        for address in ("/van-ban/", "/kho-luu-tru/", "/tim-kiem/"):
            assert client.get(address, {name: value, "q": "bản đồ"}).status_code == 200
