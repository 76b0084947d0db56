"""Every change of pages, files, accounts and roles is in the log, together with the change or not at all."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from home.audit import actions
from home.models import AuditEvent, PortalDocument
from news.models import ArticlePage, NewsIndexPage
from portal.models import Membership
from portal.office.roles import INSPECTORS
from tests.builders import make_person
from tests.office import draft, edit_address, form_data, newest

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(office):
    page = ArticlePage(title="zqtieude", summary="Tóm tắt.", unit=office.land, audience="staff")
    return draft(NewsIndexPage.objects.get(), page, office.land_editor)


def told(*wanted, **columns) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(action__in=wanted, **columns).order_by("sequence"))


def deeds(page) -> list[str]:
    return [event.action for event in AuditEvent.objects.filter(object_id=page.pk, kind="article").order_by("sequence")]


def test_a_page_through_its_life(office, client, article):
    client.force_login(office.land_editor)
    client.post(edit_address(article), form_data(newest(article), summary="Sửa."))
    client.force_login(office.leader)
    client.post(reverse("urgent_publication", args=[article.pk]), {"reason": "Cần đăng ngay hôm nay"})
    assert Page.objects.get(pk=article.pk).live
    client.post(reverse("wagtailadmin_pages:unpublish", args=[article.pk]))
    client.force_login(office.administrator)
    client.post(reverse("wagtailadmin_pages:delete", args=[article.pk]))
    assert not Page.objects.filter(pk=article.pk).exists()
    changes = [deed for deed in deeds(article) if deed != actions.OPENED_BY_EDITOR]
    assert changes == [actions.CREATED, actions.EDITED, actions.PUBLISHED, actions.UNPUBLISHED, actions.DELETED]
    published = told(actions.PUBLISHED, object_id=article.pk)[0]
    assert (published.actor_id, published.audience, published.unit_id) == (office.leader.pk, "staff", office.land.pk)
    assert "zqtieude" not in repr(list(AuditEvent.objects.values()))


def test_a_wider_audience_is_told_with_what_it_was(office, article):
    article.save_revision().publish()
    page = newest(article)
    page.audience = "public"
    page.save_revision(user=office.clerk).publish(user=office.clerk, skip_permission_checks=True)
    (event,) = told(actions.AUDIENCE_CHANGED, object_id=article.pk)
    assert event.detail == {"before": "staff", "after": "public"}
    page.save_revision().publish()
    assert len(told(actions.AUDIENCE_CHANGED, object_id=article.pk)) == 1


def test_a_move_that_narrows_the_readers_is_told(office, article):
    page = newest(article)
    page.audience = "public"
    page.save_revision().publish()
    index = NewsIndexPage.objects.get()
    inner = index.get_parent().add_child(instance=NewsIndexPage(title="Nội bộ", slug="noi-bo-tin", audience="staff"))
    Page.objects.get(pk=article.pk).specific.move(inner, pos="last-child", user=office.administrator)
    (event,) = told(actions.AUDIENCE_CHANGED, object_id=article.pk)
    assert event.detail == {"before": "public", "after": "staff"}
    (moved,) = told(actions.MOVED, object_id=article.pk)
    assert moved.detail["destination"] == inner.pk


def test_autosaves_of_one_sitting_are_one_event(office, client, article):
    client.force_login(office.land_editor)
    before = len(told(actions.EDITED))
    first = newest(article).save_revision(user=office.land_editor, log_action=True)
    for word in ("một", "hai", "ba"):
        page = newest(article)
        page.summary = word
        page.save_revision(user=office.land_editor, log_action=True, overwrite_revision=first)
    assert len(told(actions.EDITED)) <= before + 4


@pytest.mark.django_db(transaction=True)
class TestTogether:
    """A receiver that fails takes the change and its event with it."""

    @pytest.fixture
    def page(self):
        from tests.office import make_office

        self.office = make_office()
        page = ArticlePage(title="Tin", summary="Tóm tắt.", unit=self.office.land, audience="staff")
        return draft(NewsIndexPage.objects.get(), page, self.office.land_editor)

    @pytest.fixture
    def signed_in(self, page):
        client = Client(raise_request_exception=False)
        client.force_login(self.office.leader)
        return client

    def fail(self, **kwargs):
        raise RuntimeError("webhook")

    def test_publishing(self, page, signed_in):
        page_published.connect(self.fail)
        try:
            address = reverse("urgent_publication", args=[page.pk])
            answer = signed_in.post(address, {"reason": "Cần đăng ngay hôm nay"})
        finally:
            page_published.disconnect(self.fail)
        assert answer.status_code == 500
        assert not Page.objects.get(pk=page.pk).live
        assert told(actions.PUBLISHED, object_id=page.pk) == []

    def test_unpublishing_for_which_wagtail_opens_no_transaction(self, page, signed_in):
        newest(page).save_revision().publish()
        page_unpublished.connect(self.fail)
        try:
            answer = signed_in.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
        finally:
            page_unpublished.disconnect(self.fail)
        assert answer.status_code == 500
        assert Page.objects.get(pk=page.pk).live
        assert told(actions.UNPUBLISHED, object_id=page.pk) == []


class TestFiles:
    def make(self, name="zqten.pdf", text=b"%PDF-1.4 %%EOF"):
        return PortalDocument.objects.create(title=name, file=ContentFile(text, name=name))

    def test_added_replaced_renamed_deleted(self, office):
        document = self.make()
        document.title = "Tên mới"
        document.save()
        document.file = ContentFile(b"%PDF-1.5 %%EOF", name="moi.pdf")
        document.save()
        number = document.pk
        document.delete()
        events = told(*[name for name in actions.LABELS if name.startswith("file_")], object_id=number)
        assert [event.action for event in events] == [
            actions.FILE_ADDED, actions.FILE_CHANGED, actions.FILE_REPLACED, actions.FILE_DELETED,
        ]  # fmt: skip
        assert events[0].detail["sha256"] != events[2].detail["sha256"]
        assert "zqten" not in repr([vars(event) for event in events])


class TestAccounts:
    def test_made_disabled_and_given_a_role(self, office):
        person = make_person("moi")
        person.groups.add(Group.objects.get(name=INSPECTORS))
        Membership.objects.create(user=person, unit=office.land, starts_on=timezone.localdate() - timedelta(days=1))
        person.is_active = False
        person.save()
        person.set_password("Mat-khau-khac-2026")
        person.save()
        events = AuditEvent.objects.filter(kind="user", object_id=person.pk).order_by("sequence")
        held = [(event.action, event.detail.get("role", "")) for event in events]
        assert held[:2] == [(actions.ACCOUNT_CREATED, ""), (actions.ROLE_GIVEN, INSPECTORS)]
        assert {actions.MEMBERSHIP_CHANGED, actions.ACCOUNT_DISABLED, actions.PASSWORD_CHANGED} <= dict(held).keys()
        assert "Mat-khau" not in repr([vars(event) for event in events])

    def test_a_role_that_grows_is_told(self, office):
        from django.contrib.auth.models import Permission

        group = Group.objects.get(name=INSPECTORS)
        group.permissions.add(Permission.objects.get(codename="edit_every_unit"))
        event = told(actions.ROLE_CHANGED, object_id=group.pk)[-1]
        assert event.detail == {"given": "edit_every_unit"}

    def test_signing_in_does_not_look_like_a_change_of_the_account(self, office, client):
        before = len(told(actions.ACCOUNT_CHANGED))
        client.force_login(office.clerk)
        assert len(told(actions.ACCOUNT_CHANGED)) == before

    def test_undone_with_its_transaction(self, office):
        before = AuditEvent.objects.count()
        with transaction.atomic():
            make_person("moi")
            transaction.set_rollback(True)
        assert AuditEvent.objects.count() == before
