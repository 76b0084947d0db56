"""A page of every audience and state in the tree: a stranger's crawl of the site meets public content only."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from news.models import Consent
from tests.builders import Tree, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TOKEN = re.compile(r"zq[a-z]+", re.IGNORECASE)
STARTS = (
    "/",
    "/van-ban/",
    "/phong-trao/",
    "/guong-dien-hinh/",
    "/tin-tuc/",
    "/don-vi/",
    "/kho-luu-tru/",
    "/sitemap.xml",
    "/sitemap-trang.xml",
    "/robots.txt",
    "/tim-kiem/?q=zq",
    "/tim-kiem/?q=van+ban",
    "/van-ban/atom.xml",
    "/phong-trao/atom.xml",
    "/guong-dien-hinh/atom.xml",
    "/tin-tuc/atom.xml",
    "/gioi-thieu/",
)
LINK = re.compile(r'(?:href|src)="(/[^"#]*)"|<loc>http://[^/]+(/[^<]*)</loc>')
MOST_ADDRESSES = 400


@pytest.fixture
def hidden(tree) -> list[str]:
    """Addresses of pages that no stranger may read; every word of theirs holds "zq"."""
    unit = tree.add_unit("VP", "Văn phòng Sở")
    person = make_person("lan")
    pages = [
        tree.add_directive("zqstaff", audience="staff", number="901", notation="ZQ-STNMT"),
        tree.add_directive("zqunits", audience="units", audience_units=[unit]),
        tree.add_directive("zqpeople", audience="people", audience_people=[person]),
        tree.add_article("zqarticle", audience="staff"),
        tree.add_campaign("zqcampaign", audience="staff"),
        tree.add_story("zqstory", audience="staff"),
        tree.add_story("zqconsent", kind="individual"),
        *_in_other_states(tree),
    ]
    withdrawn = pages[6]
    withdrawn.consents.add(Consent(given_by="zqai", given_on=timezone.localdate(), withdrawn_on=timezone.localdate()))
    withdrawn.save_revision().publish()
    tree.add_directive("Công khai", cited=[("citation", _cite("Quyết định số 901/ZQ-STNMT"))])
    return [page.url for page in pages]


def _in_other_states(tree: Tree) -> list:
    draft, expired, early = (tree.add_directive(f"zq{name}") for name in ("draft", "expired", "early"))
    draft.unpublish()
    expired.expire_at = timezone.now() + timedelta(seconds=1)
    expired.save_revision().publish()
    type(expired).objects.filter(pk=expired.pk).update(expire_at=timezone.now() - timedelta(hours=1))
    expired.grants.update(closes_at=timezone.now() - timedelta(hours=1))
    early.unpublish()
    early.go_live_at = timezone.now() + timedelta(days=1)
    early.save_revision().publish()
    return [draft, expired, early]


def _cite(text: str) -> dict:
    blank = {"kind": "", "issued_on": None, "issuer": "", "abstract": "", "target": None}
    return blank | {"text": text, "number": "901", "separator": "/", "notation": "ZQ-STNMT"}


def crawl(client) -> dict[str, str]:
    """Every address a reader can reach from the front page, lists and maps, with what stands there."""
    waiting, seen = list(STARTS), {}
    while waiting and len(seen) < MOST_ADDRESSES:
        address = waiting.pop(0)
        if address in seen or address.startswith(("/quan-tri/", "/hien-thi/", "/tinh/", "/dang-nhap/")):
            continue
        response = client.get(address)
        assert response.status_code < 500, address
        body = b"".join(response) if response.streaming else response.content
        text = body.decode(errors="replace")
        seen[address] = text
        waiting += [first or second for first, second in LINK.findall(text)]
    return seen


def leaks_in(seen: dict[str, str]) -> dict[str, set[str]]:
    """Tokens a page shows beyond the query it was asked and the number a public document cites."""
    told = {address: set(TOKEN.findall(text)) - {"ZQ"} for address, text in seen.items() if "q=zq" not in address}
    return {address: words for address, words in told.items() if words}


def test_a_stranger_meets_public_content_only(client, hidden):
    seen = crawl(client)
    assert len(seen) >= len(STARTS) + 4
    assert leaks_in(seen) == {}
    assert [address for address in hidden if client.get(address).status_code != 404] == []
    assert "Tìm thấy" not in seen["/tim-kiem/?q=zq"]


def test_the_allowed_reader_does_see_them(client, hidden):
    client.force_login(get_user_model().objects.get(username="lan"))
    assert {"zqstaff", "zqpeople", "zqarticle"} <= set().union(*leaks_in(crawl(client)).values())
