"""Old addresses lead on for who may read the page; for others they are missing, down to the work behind the answer."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect

from tests.builders import make_person

pytestmark = pytest.mark.django_db
OLD, MISSING = "/van-ban/ke-hoach-cu/", "/van-ban/ke-hoach-xx/"


@pytest.fixture
def page(tree):
    page = tree.add_directive("Kế hoạch", slug="ke-hoach-moi")
    Redirect.add_redirect(OLD, page)
    return page


def hide(page) -> None:
    page.audience = "staff"
    page.save_revision().publish()


def queries_of(address: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        assert Client().get(address).status_code == 404, address
    return [re.sub(r"'[^']*'|\b\d[\d.]*\b", "?", query["sql"]) for query in captured.captured_queries]


def test_it_leads_on_whatever_is_added_to_it(page, client):
    for address in (OLD, f"{OLD}?nam=2024", OLD.rstrip("/"), OLD.replace("-", "%2d")):
        answer = client.get(address)
        assert answer.status_code in (301, 302) and answer["Location"].endswith("/van-ban/ke-hoach-moi/"), address


def test_a_hidden_pages_old_address_costs_what_a_missing_one_costs(page, settings):
    settings.PAGE_CACHE_SECONDS = 0
    hide(page)
    queries_of(MISSING)
    assert queries_of(OLD) == queries_of(MISSING)
    assert queries_of(f"{OLD}?nam=2024") == queries_of(f"{MISSING}?nam=2024")


def test_it_leads_those_on_who_may_read_it(page, client):
    hide(page)
    client.force_login(make_person("lan"))
    assert client.get(OLD)["Location"].endswith("/van-ban/ke-hoach-moi/")


def test_a_redirect_to_an_address_leads_on_and_a_strange_one_is_no_error(page, client):
    Redirect.add_redirect("/lien-he-cu", "https://dichvucong.vi-du.gov.vn/")
    assert client.get("/lien-he-cu/")["Location"] == "https://dichvucong.vi-du.gov.vn/"
    for strange in ("/%00/", "/%ff%fe/", "/a;b=%00?c=%00"):
        assert client.get(strange).status_code in (400, 404)
