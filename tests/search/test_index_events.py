"""Every event that changes what may be found reaches the index, with all pages it concerns, in its transaction."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from directives.models import DirectiveIndexPage, DocumentKind, Organ, OrganName, SubjectField
from home.models import PlainPage, UnitPage
from news.models import StoryPage
from search import worker
from search.engines import chosen
from search.labels import forget_labels, labels_of
from search.models import Entry, FileUse, IndexState
from search.named_pages import pages_of_ids
from search.unread import GRACE, refresh_unread
from search.verification import verify
from tests.builders import make_person, make_picture, publish

pytestmark = pytest.mark.django_db
STRANGER = AnonymousUser()


@pytest.fixture(autouse=True)
def fresh_labels():
    forget_labels()


@pytest.fixture(autouse=True)
def in_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def held() -> dict[str, int]:
    return dict(chosen.database_engine().versions())


def key(page) -> str:
    return f"page:{page.pk}"


def add_plain(parent, title: str, **fields) -> PlainPage:
    return publish(parent, PlainPage(title=title, audience="public", live=False, **fields))


@pytest.fixture
def branch(tree):
    """A page with a child and a grandchild."""
    top = add_plain(tree.home, "Hướng dẫn")
    middle = add_plain(top, "Thủ tục")
    return top, middle, add_plain(middle, "Biểu mẫu")


def test_publish_unpublish_and_delete(tree):
    page = tree.add_directive()
    assert key(page) in held()
    page.unpublish()
    assert key(page) not in held()
    page.save_revision().publish()
    assert key(page) in held()
    page.delete()
    assert key(page) not in held()
    assert IndexState.objects.get(key=key(page)).is_removed


def test_deleting_a_page_takes_everything_below_it(branch):
    top, *below = branch
    top.delete()
    assert not held().keys() & {key(page) for page in branch}
    assert IndexState.objects.filter(page_id__in=[page.pk for page in branch], is_removed=True).count() == 3
    assert not Entry.objects.filter(pk__in=[page.pk for page in below]).exists()


def test_a_query_that_deletes_pages_is_heard_too(branch):
    Page.objects.filter(pk=branch[1].pk).delete()
    assert held().keys() & {key(page) for page in branch} == {key(branch[0])}


def test_unpublishing_a_page_hides_what_is_below_it(branch):
    branch[0].unpublish()
    assert not held().keys() & {key(page) for page in branch}


def test_a_new_slug_changes_the_address_of_all_below(branch, django_capture_on_commit_callbacks):
    top, _, leaf = branch
    before = held()
    top.slug = "huong-dan-moi"
    with django_capture_on_commit_callbacks(execute=False):
        top.save_revision().publish()
    # In the transaction of the publication, before Wagtail's own signal.
    assert Entry.objects.get(pk=leaf.pk).url == "/huong-dan-moi/thu-tuc/bieu-mau/"
    assert all(held()[key(page)] > before[key(page)] for page in branch)


def test_a_slug_saved_without_publication_is_heard(branch, django_capture_on_commit_callbacks):
    top = Page.objects.get(pk=branch[0].pk)
    with django_capture_on_commit_callbacks(execute=True):
        top.slug = "khac"
        top.save()
    assert Entry.objects.get(pk=branch[2].pk).url == "/khac/thu-tuc/bieu-mau/"


def test_a_move_takes_all_below_along(tree, branch):
    other = add_plain(tree.home, "Kho cũ")
    branch[1].move(other, pos="last-child")
    assert Entry.objects.get(pk=branch[2].pk).url == "/kho-cu/thu-tuc/bieu-mau/"
    assert verify().drift_total == 0


def test_a_move_under_a_narrower_page_narrows(tree, branch):
    other = add_plain(tree.home, "Nội bộ")
    other.audience = "staff"
    other.save_revision().publish()
    branch[1].move(other, pos="last-child")
    assert not Entry.objects.visible_to(STRANGER).filter(pk=branch[2].pk).exists()


def test_a_new_audience_reaches_all_below(branch):
    top = branch[0]
    before = held()
    top.audience = "staff"
    top.save_revision().publish()
    assert not Entry.objects.visible_to(STRANGER).filter(pk__in=[page.pk for page in branch]).exists()
    assert all(held()[key(page)] > before[key(page)] for page in branch)


def test_expiry_and_first_hour_are_in_the_record(tree):
    now = timezone.now()
    page = tree.add_directive("Văn bản có hạn", go_live_at=now + timedelta(hours=1), expire_at=now + timedelta(hours=2))
    assert key(page) in held()
    for hours, is_seen in ((0, False), (1.5, True), (3, False)):
        with time_machine.travel(now + timedelta(hours=hours)):
            assert Entry.objects.visible_to(STRANGER).filter(pk=page.pk).exists() is is_seen


def test_a_renamed_unit_renames_its_documents(tree):
    unit = tree.add_unit("QLĐĐ", "Phòng Quản lý đất đai")
    page = tree.add_directive(unit=unit)
    other = tree.add_directive("Không của đơn vị ấy")
    before = held()
    unit.title = "Phòng Đất đai và Đo đạc"
    unit.save_revision().publish()
    assert Entry.objects.get(pk=page.pk).unit_name == "Phòng Đất đai và Đo đạc"
    assert held()[key(page)] > before[key(page)] and held()[key(other)] == before[key(other)]
    assert pages_of_ids(STRANGER, [unit.pk])[unit.pk].title == "Phòng Đất đai và Đo đạc"


def test_a_former_name_does_not_displace_the_present_one(tree):
    unit = tree.add_unit("QLĐĐ", "Phòng Quản lý đất đai")
    tree.add_story(unit=unit, unit_then="Phòng Địa chính")
    assert pages_of_ids(STRANGER, [unit.pk])[unit.pk].title == "Phòng Quản lý đất đai"


def test_a_deleted_unit_leaves_its_documents_without_one(tree):
    unit = tree.add_unit("QLĐĐ", "Phòng Quản lý đất đai")
    page = tree.add_directive(unit=unit)
    UnitPage.objects.get(pk=unit.pk).delete()
    assert Entry.objects.get(pk=page.pk).unit_id is None


def test_renamed_rows_of_catalogues_rename_in_lists(tree):
    kind = DocumentKind.objects.filter(series="state").first()
    field = SubjectField.objects.first()
    page = tree.add_directive(kind=kind)
    page.fields.set([field])
    page.save_revision().publish()
    story = tree.add_story()
    story.fields.set([field])
    story.save_revision().publish()
    kind.name, field.name = "Loại mới", "Lĩnh vực mới"
    kind.save()
    field.save()
    entry = Entry.objects.get(pk=page.pk)
    assert (entry.type_name, entry.topic_names) == ("Loại mới", ["Lĩnh vực mới"])
    assert Entry.objects.get(pk=story.pk).topic_names == ["Lĩnh vực mới"]
    assert labels_of([("type", kind.slug)])[("type", kind.slug)] == "Loại mới"


def test_a_renamed_organ_shows_its_present_name_in_the_filter(tree):
    organ = Organ.objects.exclude(slug="").first()
    page = tree.add_directive(issuer=organ)
    printed = Entry.objects.get(pk=page.pk).issuer_name
    today = timezone.localdate()
    organ.names.update(valid_until=today - timedelta(days=1))
    OrganName.objects.create(organ=organ, name="Cơ quan tên mới", valid_from=today)
    assert labels_of([("issuer", organ.slug)])[("issuer", organ.slug)] == "Cơ quan tên mới"
    assert Entry.objects.get(pk=page.pk).issuer_name == printed


def test_a_renamed_campaign_renames_in_its_stories(tree):
    campaign = tree.add_campaign("Phong trào xanh")
    story = tree.add_story(campaign=campaign)
    before = held()
    campaign.title = "Phong trào sạch"
    campaign.save_revision().publish()
    assert pages_of_ids(STRANGER, [campaign.pk])[campaign.pk].title == "Phong trào sạch"
    assert held()[key(story)] > before[key(story)]


def test_a_deleted_picture_leaves_the_row(tree):
    picture = make_picture()
    story = StoryPage.objects.get(pk=tree.add_story(photo=picture, photo_alt="Ảnh").pk)
    assert Entry.objects.get(pk=story.pk).picture_id == picture.pk
    picture.delete()
    assert Entry.objects.get(pk=story.pk).picture_id is None
    assert not FileUse.objects.filter(page_id=story.pk).exists()


# --- what a process that died left undone --------------------------------------------


def test_a_save_that_nobody_followed_up_is_found(branch, monkeypatch):
    top, _, leaf = branch
    monkeypatch.setattr("search.signals.refresh", lambda page: None)
    page = PlainPage.objects.get(pk=top.pk)
    page.audience = "staff"
    page.save_revision().publish()
    assert Entry.objects.visible_to(STRANGER).filter(pk=leaf.pk).exists()
    with time_machine.travel(timezone.now() + GRACE * 2):
        assert refresh_unread() == 1
        assert not Entry.objects.visible_to(STRANGER).filter(pk=leaf.pk).exists()
        assert refresh_unread() == 0


def test_the_usual_ways_leave_nothing_unread(tree, branch):
    tree.add_story()
    branch[1].move(tree.home, pos="last-child")
    branch[0].unpublish()
    DirectiveIndexPage.objects.get().save_revision()
    assert not IndexState.objects.exclude(unread_since=None).exists()


def test_a_page_saved_live_by_a_script_is_found(tree):
    page = PlainPage(title="Trang của kịch bản", audience="public", live=True)
    tree.home.add_child(instance=page)
    with time_machine.travel(timezone.now() + GRACE * 2):
        refresh_unread()
    assert Entry.objects.get(pk=page.pk).title == "Trang của kịch bản"


def test_a_deletion_rolled_back_leaves_the_page(tree):
    page = tree.add_directive()
    before = held()
    with transaction.atomic():
        Page.objects.get(pk=page.pk).delete()
        transaction.set_rollback(True)
    assert held() == before


# --- very many pages at once -----------------------------------------------------------


def test_of_very_many_pages_the_worker_does_the_rest(tree, branch, monkeypatch):
    monkeypatch.setattr("search.indexing.MOST_AT_ONCE", 1)
    top, middle, leaf = branch
    top.slug = "ten-khac"
    top.save_revision().publish()
    addresses = dict(Entry.objects.filter(pk__in=[middle.pk, leaf.pk]).values_list("pk", "url"))
    assert addresses[middle.pk] == "/ten-khac/thu-tuc/" and addresses[leaf.pk] == "/huong-dan/thu-tuc/bieu-mau/"
    assert Entry.objects.visible_to(STRANGER).filter(pk=leaf.pk).exists()
    worker.work_off()
    assert Entry.objects.get(pk=leaf.pk).url == "/ten-khac/thu-tuc/bieu-mau/"
    assert verify().drift_total == 0


def test_what_fewer_readers_may_see_is_hidden_until_the_worker_has_read_it(tree, branch, monkeypatch):
    monkeypatch.setattr("search.indexing.MOST_AT_ONCE", 1)
    top, _, leaf = branch
    top.audience = "staff"
    top.save_revision().publish()
    assert not Entry.objects.visible_to(STRANGER).filter(pk=leaf.pk).exists()
    worker.work_off()
    assert not Entry.objects.visible_to(STRANGER).filter(pk=leaf.pk).exists()
    assert Entry.objects.visible_to(make_person("lan")).filter(pk=leaf.pk).exists()
    assert verify().drift_total == 0


def test_unpublishing_very_many_pages_hides_all_of_them_at_once(branch, monkeypatch):
    monkeypatch.setattr("search.indexing.MOST_AT_ONCE", 1)
    branch[0].unpublish()
    below = [page.pk for page in branch]
    assert not Entry.objects.visible_to(STRANGER).filter(pk__in=below).exists()
    worker.work_off()
    assert not held().keys() & {key(page) for page in branch}
