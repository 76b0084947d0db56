"""Seven kinds of reader and every output of the search: no word of what they may not see, and the word of what
they may; what strangers get does not change by a byte when internal documents are added.
"""

import re
from datetime import timedelta
from io import BytesIO, StringIO
from types import SimpleNamespace
from urllib.parse import quote_plus

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from portal.office.roles import OFFICE, ensure_roles
from search.office_models import CuratedQuery, PinnedPage
from search.remembered import forget_everything
from tests.builders import make_person

pytestmark = pytest.mark.django_db
NAMES = ("public", "staff", "unita", "unitb", "named", "draft", "expired", "early", "removed", "truoc", "bia")
TOKEN = re.compile(rf"zq(?:{'|'.join(NAMES)})")
READERS = ("stranger", "staff", "of_a", "of_b", "named", "office", "disabled")
#: Which documents each reader may find, besides the public one.
ALLOWED = {
    "stranger": set(),
    "staff": {"zqstaff"},
    "of_a": {"zqstaff", "zqunita"},
    "of_b": {"zqstaff", "zqunitb"},
    "named": {"zqstaff", "zqnamed"},
    "office": {"zqstaff", "zqunita", "zqunitb"},
    "disabled": set(),
}
SEARCHES = (
    "/tim-kiem/?q={q}",
    "/tim-kiem/?q={q}&gom_het_hieu_luc=1&khop=du-tu&sap_xep=cu-nhat",
    "/tim-kiem/goi-y/?q={q}",
    "/tim-kiem/atom.xml?q={q}",
    "/tim-kiem/ket-qua.csv?q={q}",
    "/tim-kiem/ket-qua.xlsx?q={q}",
    "/api/tim-kiem?q={q}",
)
LISTS = (
    "/kho-luu-tru/",
    "/kho-luu-tru/?nam=2024",
    "/kho-luu-tru/so-van-ban.xlsx?nam=2024",
    "/van-ban/atom.xml",
    "/api/tim-kiem",
    "/opensearch.xml",
)
QUESTIONS = ("kế hoạch", "ke hoach kiem thu", "zq", "zqstaf", "zqunit", "zqnamd", "1186", "kiểm thử bí danh")


def read(client: Client, address: str) -> str:
    """What an address answers as text; the words of the question itself are taken out."""
    response = client.get(address)
    assert response.status_code in (200, 404), address
    body = b"".join(response) if response.streaming else response.content
    if address.split("?")[0].endswith(".xlsx") and response.status_code == 200:
        sheet = load_workbook(BytesIO(body), read_only=True).active
        return " ".join(str(value) for row in sheet.iter_rows(values_only=True) for value in row)
    return body.decode()


def tokens(text: str) -> set[str]:
    return set(TOKEN.findall(text.lower()))


def add(tree, token: str, **fields):
    """A document with its token in title, number, body and address."""
    fields.setdefault("notation", f"KH-{token.upper()}")
    return tree.add_directive(f"Kế hoạch kiểm thử {token}", number="1186", slug=f"ke-hoach-{token}", **fields)


def build(tree) -> SimpleNamespace:
    """Two units, a person of each kind, one public document."""
    unit_a, unit_b = tree.add_unit("PA", "Phòng Ai"), tree.add_unit("PB", "Phòng Bê")
    people = {
        "staff": make_person("khong-don-vi"),
        "of_a": make_person("cua-a", unit_a),
        "of_b": make_person("cua-b", unit_b),
        "named": make_person("dich-danh"),
        "office": make_person("van-phong"),
        "disabled": make_person("da-nghi", unit_a),
    }
    people["office"].groups.add(ensure_roles()[OFFICE])
    add(tree, "zqpublic", issued="05/03/2024")
    return SimpleNamespace(tree=tree, unit_a=unit_a, unit_b=unit_b, people=people)


@pytest.fixture(scope="module")
def built_with_internal(built_site, django_db_blocker):
    """The site with documents of every audience, made once for the module."""
    with django_db_blocker.unblock():
        site = build(built_site)
        add_internal(site)
    return site


@pytest.fixture
def site(built_with_internal, tree):
    return built_with_internal


def add_internal(site) -> None:
    """Documents of every audience and state; one ends in an hour, one begins tomorrow."""
    tree, now = site.tree, timezone.now()
    add(tree, "zqstaff", audience="staff", issued="06/03/2022")
    add(tree, "zqunita", audience="units", audience_units=[site.unit_a])
    add(tree, "zqunitb", audience="units", audience_units=[site.unit_b])
    add(tree, "zqnamed", audience="people", audience_people=[site.people["named"]])
    add(tree, "zqdraft").unpublish()
    add(tree, "zqremoved").delete()
    expired, early = add(tree, "zqexpired"), add(tree, "zqearly")
    expired.expire_at = now + timedelta(hours=1)
    expired.save_revision().publish()
    early.unpublish()
    early.go_live_at = now + timedelta(days=1)
    early.save_revision().publish()


@pytest.fixture
def later():
    """Two hours from now: what ends in an hour has ended."""
    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        yield


def client_of(site, reader: str) -> Client:
    client = Client()
    if reader != "stranger":
        client.force_login(site.people[reader])
    if reader == "disabled":
        type(site.people[reader]).objects.filter(pk=site.people[reader].pk).update(is_active=False)
    return client


def addresses() -> list[str]:
    return [*LISTS, *(each.format(q=quote_plus(question)) for each in SEARCHES for question in QUESTIONS)]


@pytest.mark.parametrize("reader", READERS)
def test_no_output_holds_a_word_of_what_the_reader_may_not_see(site, reader, later):
    client = client_of(site, reader)
    told: set[str] = set()
    for address in addresses():
        asked = set(QUESTIONS)
        found = tokens(read(client, address)) - asked
        assert found <= ALLOWED[reader] | {"zqpublic"}, address
        told |= found
    assert told == ALLOWED[reader] | {"zqpublic"}


@pytest.mark.parametrize("reader", READERS)
def test_the_allowed_reader_finds_it_in_every_output(site, reader, later):
    client = client_of(site, reader)
    for output in SEARCHES:
        wanted = {"zqpublic"} if "atom" in output else ALLOWED[reader] | {"zqpublic"}
        assert tokens(read(client, output.format(q=quote_plus("kế hoạch kiểm thử")))) == wanted, output


@pytest.mark.parametrize("reader", READERS)
def test_the_command_answers_as_the_page_does(site, reader, later):
    client_of(site, reader)
    name = site.people[reader].username if reader in site.people else "anonymous"
    out = StringIO()
    call_command("search", "kế hoạch kiểm thử", "--as", name, "--json", stdout=out)
    assert tokens(out.getvalue()) == ALLOWED[reader] | {"zqpublic"}


def test_what_the_office_pins_is_shown_to_those_who_may_read_it(site):
    secret = add(site.tree, "zqbia", audience="staff", notation="KH-BIA")
    rule = CuratedQuery.objects.create(wordings="lịch trực\ncó gì mới")
    PinnedPage.objects.create(rule=rule, page=secret)
    for reader in READERS:
        forget_everything()
        text = read(client_of(site, reader), "/api/tim-kiem?q=" + quote_plus("lịch trực"))
        assert tokens(text) == ({"zqbia"} if "zqstaff" in ALLOWED[reader] else set()), reader


def test_a_document_that_is_closed_to_strangers_is_gone_at_once(site):
    page = site.tree.add_directive("Kế hoạch kiểm thử zqtruoc", number="5", notation="KH-STNMT")
    client = Client()
    assert "zqtruoc" in read(client, "/api/tim-kiem?q=zqtruoc")
    page.audience = "staff"
    page.save_revision().publish()
    told = [tokens(read(client, each.format(q="zqtruo"))) - {"zqtruo"} for each in SEARCHES]
    assert set().union(*told) & {"zqtruoc"} == set()
