"""An address that is hidden answers as quickly as one that is not there: no clock tells them apart."""

import time
from statistics import median

import pytest
from django.test import Client

from tests.leaks.pages import file_of
from tests.leaks.readers import make_people
from tests.leaks.tokens import Canary

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PAIRS = 200
#: Units: seconds of CPU.
MOST_APART = 0.005


def spent(client: Client, address: str) -> float:
    before = time.thread_time()
    response = client.get(address)
    taken = time.thread_time() - before
    assert response.status_code == 404, address
    return taken


def test_hidden_and_missing_addresses_take_the_same_time(tree):
    unit = tree.add_unit("PA", "Phòng Ai")
    make_people(unit, unit)
    file = file_of(Canary("timing"))
    attached = [("attachment", {"document": file, "label": "", "note": ""})]
    page = tree.add_directive("Quy chế nội bộ", audience="staff", unit=unit, attachments=attached)
    article = tree.add_article("Tin nội bộ", audience="units", audience_units=[unit])
    pairs = [
        (page.url, "/van-ban/quy-che-cong-tac/"),
        (f"{page.url}ban-in/", "/van-ban/quy-che-cong-tac/ban-in/"),
        (article.url, "/tin-tuc/tin-noi-khac/"),
        (file.url, file.url.replace(f"/{file.pk}/", "/987654/")),
    ]
    client = Client()
    for pair in pairs * 2:
        for address in pair:
            client.get(address)
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(PAIRS):
        pair = pairs[turn % len(pairs)]
        for place in (0, 1) if turn % 2 else (1, 0):
            times[place].append(spent(client, pair[place]))
    hidden, missing = (median(each) for each in times)
    assert abs(hidden - missing) < MOST_APART, f"hidden {hidden * 1000:.2f} ms, missing {missing * 1000:.2f} ms"
