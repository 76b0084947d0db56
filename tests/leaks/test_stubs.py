"""Documents that are cited: the same bytes for strangers whether the site holds them inside, or cites them inside."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.db import transaction
from django.test import Client

from directives.models import Citation, DocumentStub
from directives.models.reading import NAMED, DocumentReading
from search.remembered import forget_everything
from tests.builders import make_person
from tests.directives.citing import cite_decision, cite_party
from tests.search.test_two_worlds import masked

pytestmark = pytest.mark.django_db
CITED = (
    cite_decision("12", "05/03/2024"),
    cite_decision("13"),
    cite_party("39"),
    cite_party("41", abstract="về công tác giảm nghèo"),
)
BODY = [("paragraph", "<p>Theo Quyết định số 12/QĐ-STNMT, Chỉ thị số 39-CT/TW.</p>")]
SECRETS = ("Trích yếu nội bộ", "Cơ quan nội bộ")


def hold_inside(tree) -> None:
    """Internal documents that the open page cites, and an internal page that cites the same with more words."""
    for number in ("12", "13"):
        tree.add_directive("Trích yếu nội bộ", number=number, notation="QĐ-STNMT", audience="staff")
    for number, day in (("39", "01/11/2019"), ("41", "01/02/2024")):
        tree.add_directive("Trích yếu nội bộ", day, number=number, separator="-", notation="CT/TW", audience="staff")
    more = {"abstract": "Trích yếu nội bộ", "issuer": "Cơ quan nội bộ"}
    said = [
        cite_decision("12", "05/03/2024", **more),
        cite_decision("13", **more),
        cite_party("41", "01/02/2024", **more),
    ]
    tree.add_directive("Trang nội bộ", audience="staff", cited=said)


def read(address: str) -> bytes:
    forget_everything()
    for cache in caches.all():
        cache.clear()
    response = Client().get(address)
    return f"{response.status_code} ".encode() + masked(response)


@pytest.mark.parametrize("is_first", [True, False], ids=["held before", "held after"])
def test_strangers_read_the_same_whatever_is_held_and_cited_inside(tree, is_first):
    told = {}
    for with_hidden in (True, False):
        with transaction.atomic():
            if with_hidden and is_first:
                hold_inside(tree)
            page = tree.add_directive("Văn bản mở", slug="van-ban-mo", cited=list(CITED), body=BODY)
            if with_hidden and not is_first:
                hold_inside(tree)
            told[with_hidden] = [read(f"{page.url}{view}") for view in ("", "toan-van/", "ban-in/")]
            transaction.set_rollback(True)
    assert told[True] == told[False]
    assert not any(secret.encode() in body for secret in SECRETS for body in told[True])


def test_what_the_office_writes_of_a_document_stays_with_the_office(tree, client):
    hold_inside(tree)
    page = tree.add_directive("Văn bản mở", cited=list(CITED), body=BODY)
    stub = Citation.objects.get(page=page, position=0).stub
    stub.name, stub.note, stub.source_url, stub.is_checked = "Tên mới", "Ghi chú kín", "https://vbpl.vn/12", True
    stub.save()
    body = client.get(page.url).content.decode()
    assert "https://vbpl.vn/12" in body
    assert not any(words in body for words in ("Tên mới", "Ghi chú kín", *SECRETS))


def test_staff_who_may_not_read_a_document_learn_nothing_of_it_either(tree):
    named = make_person("hoa")
    tree.add_directive("Trích yếu riêng", number="12", notation="QĐ-STNMT", audience="people", audience_people=[named])
    page = tree.add_directive("Văn bản mở", cited=[cite_decision("12", "05/03/2024")])
    for user in (AnonymousUser(), make_person("lan")):
        (cited,) = DocumentReading(page, user).citations
        assert (cited.status, cited.entry, cited.candidates, cited.outside) == (NAMED, None, [], None)
    assert DocumentStub.objects.count() == 1
