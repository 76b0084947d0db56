"""Orders to forget old copies: told until understood, seen in health and admin, given for what the clock does too."""

import socket
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from home.models import PurgeOrder
from home.purging import delivery
from home.purging.orders import order_timed
from search.outbox import DEAD_AFTER

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
