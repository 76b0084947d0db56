"""Orders to forget old copies: told until understood, seen in health and admin, given for what the clock does too."""

import socket
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from home.models import PurgeOrder
from home.purging import delivery
from home.purging.orders import content_state, load_state, order_timed
from search.outbox import DEAD_AFTER
from tests.builders import PASSWORD, make_person, make_picture

pytestmark = pytest.mark.django_db


def test_an_order_that_never_arrives_becomes_a_dead_letter(settings, client):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings.PURGE = {"urls": [f"http://127.0.0.1:{probe.getsockname()[1]}/"], "method": "POST", "token": ""}
        PurgeOrder.objects.create(keys=["noi-dung"])
        for attempt in range(1, DEAD_AFTER + 1):
            assert delivery.deliver_due().failed == 1
            order = delivery.pending().get()
            assert order.attempts == attempt and order.error and order.not_before > timezone.now()
            PurgeOrder.objects.update(not_before=None)
    told = client.get("/healthz/ready").json()
    assert (told["purge_pending"], told["purge_dead_letters"]) == (1, 1)


def test_the_office_sees_what_was_not_told(settings, office):
    settings.PURGE = {"urls": ["http://127.0.0.1:9/"], "method": "PURGE", "token": ""}
    PurgeOrder.objects.create(keys=["noi-dung"], attempts=3, error="Không nối được", not_before=timezone.now())
    client = Client()
    client.force_login(office.land_editor)
    assert client.get("/quan-tri/bo-nho-dem/").status_code in (302, 403)
    client.force_login(office.clerk)
    assert "Không nối được" in client.get("/quan-tri/bo-nho-dem/").content.decode()
    before = PurgeOrder.objects.count()
    assert client.post("/quan-tri/bo-nho-dem/").status_code == 302
    assert PurgeOrder.objects.count() == before + 1 and not delivery.pending().exclude(not_before=None).exists()


def test_what_opens_by_the_clock_is_told_once(tree):
    page = tree.add_directive("Đến giờ")
    assert not order_timed()
    PurgeOrder.objects.update(ordered_at=timezone.now() - timedelta(minutes=2))
    page.grants.update(opens_at=timezone.now() - timedelta(minutes=1))
    assert order_timed() and not order_timed()


def test_old_orders_are_dropped_but_the_newest_stays(tree):
    tree.add_directive("Một")
    PurgeOrder.objects.update(delivered_at=timezone.now() - timedelta(days=3))
    delivery.forget_delivered()
    assert PurgeOrder.objects.count() == 1


def test_a_change_that_is_rolled_back_orders_nothing(tree):
    content_state()
    before = PurgeOrder.objects.count()
    with pytest.raises(ValueError), transaction.atomic():
        tree.add_directive("Không thành")
        assert PurgeOrder.objects.count() > before
        raise ValueError
    assert PurgeOrder.objects.count() == before


def test_one_transaction_orders_once(tree):
    content_state()
    before = PurgeOrder.objects.count()
    with transaction.atomic():
        for number in range(3):
            tree.add_directive(f"Văn bản {number}")
    assert PurgeOrder.objects.count() == before + 1


def test_drafts_and_sign_ins_throw_nothing_away(client, tree):
    page = tree.add_directive("Đang sửa")
    before = load_state().version
    page.title = "Bản nháp"
    page.save_revision()
    make_person("lan")
    client.post("/quan-tri/login/", {"username": "lan", "password": PASSWORD})
    assert client.get(page.url).context["request"].user.is_authenticated
    assert load_state().version == before


def test_reading_what_is_internal_throws_nothing_away(client, tree):
    """The audit writes a line; nobody's copies are the older for it."""
    hidden = tree.add_directive("Nội bộ", audience="staff")
    client.force_login(make_person("lan"))
    before = load_state().version
    assert client.get(hidden.url).status_code == 200
    assert load_state().version == before


def test_showing_pages_throws_nothing_away(tree):
    story = tree.add_story("Gương có ảnh", photo=make_picture(), photo_alt="Ảnh")
    before = load_state().version
    for address in ("/", story.url, "/guong-dien-hinh/", "/tim-kiem/?q=guong", "/sitemap.xml"):
        assert Client().get(address).status_code == 200
    assert load_state().version == before
