"""What is read of the internal is in the log before it is shown; what everybody may read leaves nothing."""

import sqlite3
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import resolve, reverse
from PIL import Image

from directives.models import IntakeRecord
from home.audit import recording, spool
from home.audit.actions import (
    DOWNLOADED,
    EXPORTED,
    OPENED,
    OPENED_BY_EDITOR,
    SECRET_REFUSED,
    SIGN_IN_FAILED,
    SIGN_IN_LOCKED,
    SIGNED_IN,
    SIGNED_OUT,
)
from home.audit.readings import note_reading
from home.models import AuditEvent, PortalDocument, PortalImage, PurgeOrder
from portal.office.roles import OFFICE
from tests.builders import PASSWORD, Tree, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def lan(tree):
    return make_person("lan", last_name="Lê Thị", first_name="Lan")


def told(*actions) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(action__in=actions).order_by("sequence"))


def make_file(name: str = "ke-hoach.pdf") -> PortalDocument:
    return PortalDocument.objects.create(title=name, file=ContentFile(b"%PDF-1.4 %%EOF", name=name))


def test_an_internal_page_is_told_with_number_readers_and_place(tree, client, lan):
    page = tree.add_directive("Bí mật nghề", audience="staff", number="12", notation="KH-STNMT")
    client.force_login(lan)
    assert client.get(page.url, REMOTE_ADDR="10.0.0.7").status_code == 200
    (event,) = told(OPENED)
    assert (event.actor_id, event.actor_name, event.address) == (lan.pk, "Lê Thị Lan (lan)", "10.0.0.7")
    assert (event.kind, event.object_id, event.label) == ("directive", page.pk, "12/KH-STNMT")
    assert (event.audience, event.readers) == ("staff", "staff")


def test_no_title_is_kept(tree, client, lan):
    page = tree.add_article("zqtieude", audience="staff")
    client.force_login(lan)
    client.get(page.url)
    for row in AuditEvent.objects.values():
        assert "zqtieude" not in repr(row)


def test_public_pages_strangers_and_heads_leave_nothing(tree, client, lan):
    public, internal = tree.add_article("Tin"), tree.add_article("Tin nội bộ", audience="staff")
    client.get(public.url)
    assert client.get(internal.url).status_code == 404
    client.force_login(lan)
    client.get(public.url)
    client.head(internal.url)
    assert told(OPENED) == []


def test_the_same_reader_counts_once_in_a_while_another_reader_by_himself(tree, client, lan, settings):
    page = tree.add_article("Tin nội bộ", audience="staff")
    client.force_login(lan)
    for _ in range(3):
        client.get(page.url)
    assert len(told(OPENED)) == 1
    client.force_login(make_person("binh"))
    client.get(page.url)
    assert len(told(OPENED)) == 2
    settings.AUDIT_REPEAT_MINUTES = 0
    client.get(page.url)
    assert len(told(OPENED)) == 3


def test_a_page_read_under_another_audience_is_told_anew(tree, client, lan):
    page = tree.add_article("Tin nội bộ", audience="staff")
    client.force_login(lan)
    client.get(page.url)
    page.audience, page.audience_people = "people", [lan]
    page.save_revision().publish()
    client.get(page.url)
    assert [event.readers for event in told(OPENED)] == ["staff", f"user:{lan.pk}"]


def test_a_download_is_told_without_the_name_of_the_file(tree, client, lan):
    internal, public = make_file("zqten.pdf"), make_file("cong-khai.pdf")
    tree.add_directive("Nội bộ", audience="staff", number="12", notation="KH-STNMT", attachments=[attached(internal)])
    tree.add_directive("Công khai", attachments=[attached(public)])
    client.force_login(lan)
    for document in (internal, public):
        assert client.get(document.url).status_code == 200
    (event,) = told(DOWNLOADED)
    assert (event.kind, event.object_id, event.label, event.audience) == ("file", internal.pk, "12/KH-STNMT", "staff")
    assert "zqten" not in repr(AuditEvent.objects.values().get(pk=event.pk))


def attached(document) -> tuple:
    return "attachment", {"document": document, "label": "", "note": ""}


def test_an_editor_who_opens_a_draft_is_told(office_people, client):
    tree, clerk = office_people
    page = tree.add_article("Bản nháp")
    page.unpublish()
    client.force_login(clerk)
    assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
    assert [(event.object_id, event.audience) for event in told(OPENED_BY_EDITOR)] == [(page.pk, "")]


def test_an_editor_who_opens_an_internal_file_or_picture_is_told_unless_everybody_may(office_people, client):
    tree, clerk = office_people
    hidden, public = make_file("zqten.pdf"), make_file("cong-khai.pdf")
    tree.add_directive("Nội bộ", audience="staff", number="12", notation="KH-STNMT", attachments=[attached(hidden)])
    tree.add_directive("Công khai", attachments=[attached(public)])
    picture = PortalImage.objects.create(title="zqanh", file=make_picture())
    shown = PortalImage.objects.create(title="Ảnh", file=make_picture())
    tree.add_story(photo=shown, photo_alt="Ảnh")
    client.force_login(clerk)
    for name, number in (
        ("wagtaildocs:edit", hidden.pk), ("wagtaildocs:edit", public.pk), ("wagtaildocs:document_usage", hidden.pk),
        ("wagtailimages:edit", picture.pk), ("wagtailimages:edit", shown.pk),
    ):  # fmt: skip
        assert client.get(reverse(name, args=[number])).status_code == 200, name
    assert [(event.kind, event.object_id, event.label) for event in told(OPENED_BY_EDITOR)] == [
        ("file", hidden.pk, "12/KH-STNMT"),
        ("image", picture.pk, ""),
    ]


def make_picture() -> ContentFile:
    buffer = BytesIO()
    Image.new("RGB", (40, 40), (200, 20, 20)).save(buffer, "PNG")
    return ContentFile(buffer.getvalue(), name="anh.png")


def test_forms_of_our_own_about_a_page_are_told_as_well(office_people, client):
    tree, _ = office_people
    story, page = tree.add_story(audience="staff"), tree.add_article("Tin nội bộ", audience="staff")
    client.force_login(make_person("quantri", is_superuser=True))
    assert client.get(reverse("anonymise", args=[story.pk])).status_code == 200
    assert client.get(reverse("urgent_publication", args=[page.pk])).status_code == 200
    assert [event.object_id for event in told(OPENED_BY_EDITOR)] == [story.pk, page.pk]


def test_whoever_opens_a_file_under_review_is_told(office_people):
    _, clerk = office_people
    kept = IntakeRecord.objects.create(document=make_file("zqten.pdf"), name="zqten.pdf", sha256="0" * 64)
    for name, more in (("intake_review", {}), ("intake_page_image", {"number": 1}), ("intake_crop", {})):
        match = resolve(reverse(name, kwargs={"pk": kept.pk, **more}))
        assert note_reading(clerk, match), name
    (event,) = told(OPENED_BY_EDITOR)
    assert (event.actor_id, event.kind, event.object_id) == (clerk.pk, "file", kept.document_id)
    assert not note_reading(clerk, resolve(reverse("intake_upload")))


@pytest.fixture
def office_people(tree):
    from portal.office.roles import ensure_roles

    clerk = make_person("vanphong")
    clerk.groups.add(ensure_roles()[OFFICE])
    return tree, clerk


def test_a_list_taken_away_is_told_without_the_words_searched_for(tree, client, lan):
    client.force_login(lan)
    client.get(reverse("register_csv"), {"nam": "2024", "q": "zqtim"})
    client.get(reverse("search_export", args=["csv"]), {"q": "zqtim"})
    events = told(EXPORTED)
    assert [event.detail["path"] for event in events] == [
        reverse("register_csv"),
        reverse("search_export", args=["csv"]),
    ]
    assert events[0].detail["filters"] == "nam"
    assert "zqtim" not in repr([event.detail for event in events])
    client.logout()
    client.get(reverse("register_csv"))
    assert len(told(EXPORTED)) == 2


def test_a_refused_secret_leaves_who_and_which_mark_only(lan):
    recording.record_refusal(lan, "MẬT")
    (event,) = told(SECRET_REFUSED)
    assert (event.actor_id, event.detail, event.object_id, event.label) == (lan.pk, {"mark": "MẬT"}, None, "")


class TestSignIns:
    def sign_in(self, client, name, password=PASSWORD, **where):
        return client.post(reverse("wagtailadmin_login"), {"username": name, "password": password}, **where)

    def test_in_and_out(self, client, lan):
        self.sign_in(client, "lan", REMOTE_ADDR="10.0.0.9")
        client.post(reverse("sign_out"))
        events = told(SIGNED_IN, SIGNED_OUT)
        assert [(event.action, event.object_id) for event in events] == [(SIGNED_IN, lan.pk), (SIGNED_OUT, lan.pk)]
        assert events[0].address == "10.0.0.9"

    def test_what_was_typed_is_not_kept(self, client, lan):
        self.sign_in(client, "lan", "zqmatkhau")
        self.sign_in(client, "zqmatkhau", "zqmatkhau")
        failed = told(SIGN_IN_FAILED)
        assert [(event.object_id, event.label) for event in failed] == [(lan.pk, "lan"), (None, "")]
        assert "zqmatkhau" not in repr(list(AuditEvent.objects.values()))

    def test_guessing_locks_and_does_not_fill_the_log(self, client, lan):
        for _ in range(20):
            self.sign_in(client, "lan", "sai")
        assert 5 <= len(told(SIGN_IN_FAILED)) <= 10
        assert len(told(SIGN_IN_LOCKED)) == 1


@pytest.mark.django_db(transaction=True)
class TestWithoutTheLog:
    @pytest.fixture
    def site(self, settings, tmp_path):
        settings.VAR_DIR = tmp_path
        tree = Tree.build()
        page = tree.add_article("Tin nội bộ", audience="staff")
        public = tree.add_article("Tin")
        client = Client(raise_request_exception=False)
        client.force_login(make_person("lan"))
        client.get(public.url)  # stamps the session, which is a write of its own now and then
        return page, public, client

    @pytest.mark.sqlite
    def test_a_reading_waits_on_the_disk_while_somebody_writes(self, site):
        page, _, client = site
        with other_writer():
            assert client.get(page.url).status_code == 200
        assert len(list(spool.waiting())) == 1
        assert spool.sweep() == 1
        assert [event.object_id for event in told(OPENED)] == [page.pk]

    @pytest.mark.sqlite
    def test_nothing_internal_is_shown_when_nothing_takes_the_event(self, site, tmp_path):
        page, public, client = site
        (tmp_path / "nhat-ky").write_text("")
        with other_writer():
            answer = client.get(page.url)
            assert answer.status_code == 500
            assert "Tin nội bộ" not in answer.content.decode()
            assert client.get(public.url).status_code == 200


class other_writer:
    """Another process that holds the one lock of SQLite's writers."""

    def __enter__(self):
        self.held = sqlite3.connect(connection.settings_dict["NAME"], timeout=1)
        self.held.execute("BEGIN IMMEDIATE")

    def __exit__(self, *error):
        self.held.rollback()
        self.held.close()


def test_the_cost_of_a_reading_is_small(tree, lan, settings, rf: RequestFactory, django_assert_max_num_queries):
    page = tree.add_article("Tin nội bộ", audience="staff")
    orders = PurgeOrder.objects.count()
    with django_assert_max_num_queries(6):
        recording.record_reading(lan, page)
    with django_assert_max_num_queries(3):
        recording.record_reading(lan, page)
    assert PurgeOrder.objects.count() == orders, "a reading throws no kept page away"
