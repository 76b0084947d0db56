"""Nobody publishes alone: every door that leads to the site needs a second person, or a reason."""

import json

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.models import Page, TaskState

from directives.models import DirectiveIndexPage, DirectivePage
from portal.office_models import UrgentPublication
from search.models import Entry
from tests.office import add_address, draft, edit_address, form_data, newest


@pytest.fixture
def page(office):
    section = DirectiveIndexPage.objects.get()
    page = DirectivePage(title="Kế hoạch sử dụng đất", unit=office.land, audience="public")
    return draft(section, page, office.land_editor)


def said(response) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def is_live(page) -> bool:
    return Page.objects.get(pk=page.pk).live


def submit(client, page, person):
    client.force_login(person)
    return client.post(edit_address(page), form_data(page, **{"action-submit": "1"}))


def task_state_of(page) -> TaskState:
    return TaskState.objects.get(workflow_state__object_id=str(page.pk), status="in_progress")


def approve_in_list(client, page, person):
    client.force_login(person)
    state = task_state_of(page)
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    return client.post(address, {"comment": ""})


APPROVAL = {"action-workflow-action": "true", "workflow-action-name": "approve", "workflow-action-extra-data": "{}"}


def approve_in_editor(client, page, person, **changes):
    client.force_login(person)
    return client.post(edit_address(page), form_data(newest(page), **APPROVAL, **changes))


@pytest.mark.parametrize("approve", [approve_in_list, approve_in_editor])
def test_a_leader_approves_what_an_editor_wrote(office, client, page, approve):
    submit(client, page, office.land_editor)
    assert not is_live(page)
    approve(client, page, office.leader)
    assert is_live(page)
    assert Entry.objects.get(page_id=page.pk).title == "Kế hoạch sử dụng đất"


@pytest.mark.parametrize("approve", [approve_in_list, approve_in_editor])
@pytest.mark.parametrize("who", ["leader", "administrator"])
def test_the_last_editor_does_not_approve_and_is_told_who_can(office, client, page, approve, who):
    person = getattr(office, who)
    page.save_revision(user=person)
    submit(client, page, office.clerk)
    newest(page).save_revision(user=person)
    answer = approve(client, page, person)
    assert not is_live(page)
    assert "không tự duyệt được" in said(answer)
    assert "Hoàng Ký" in said(answer)
    approve_in_editor(client, page, office.deputy)
    assert is_live(page)


@pytest.mark.parametrize("is_late", [False, True])
def test_an_autosave_with_the_click_in_it_neither_approves_nor_saves_behind_the_approval(office, client, page, is_late):
    submit(client, page, office.land_editor)
    posted = form_data(newest(page), **APPROVAL)
    if is_late:
        approve_in_editor(client, page, office.leader)
    client.force_login(office.leader)
    answer = client.post(edit_address(page), posted, HTTP_ACCEPT="application/json")
    assert answer.status_code == 400 and "không tự lưu thêm" in answer.json()["error_message"]
    assert is_live(page) is is_late and not newest(page).revisions.filter(user=office.leader).exists()
    approve_in_editor(client, page, office.leader)
    assert is_live(page)


def test_editing_while_approving_saves_but_does_not_approve(office, client, page):
    submit(client, page, office.land_editor)
    answer = approve_in_editor(client, page, office.leader, title="Kế hoạch đã sửa")
    assert not is_live(page)
    assert "chưa duyệt" in said(answer)
    assert newest(page).title == "Kế hoạch đã sửa"


@pytest.mark.parametrize("who", ["land_editor", "water_editor", "clerk"])
def test_nobody_outside_the_group_approves(office, client, page, who):
    submit(client, page, office.land_editor)
    answer = approve_in_list(client, page, getattr(office, who))
    assert answer.status_code in (302, 403)
    assert not is_live(page)


def test_an_edit_after_submission_must_be_looked_at_before_approval(office, client, page):
    submit(client, page, office.land_editor)
    newest(page).save_revision(user=office.deputy)
    answer = approve_in_list(client, page, office.leader)
    assert not is_live(page)
    assert "đã được sửa sau khi gửi duyệt" in said(answer)
    approve_in_editor(client, page, office.leader)
    assert is_live(page)


EVERYBODY = ["land_editor", "clerk", "leader", "administrator"]


@pytest.mark.parametrize("who", EVERYBODY)
def test_publishing_an_edit_becomes_a_draft(office, client, page, who):
    client.force_login(getattr(office, who))
    answer = client.post(edit_address(page), form_data(page, title="Tự đăng", **{"action-publish": "1"}))
    assert not is_live(page)
    assert "người khác duyệt" in said(answer)
    assert newest(page).title == "Tự đăng"


@pytest.mark.parametrize("who", EVERYBODY)
def test_publishing_a_new_page_becomes_a_draft(office, client, who):
    section = DirectiveIndexPage.objects.get()
    person = getattr(office, who)
    client.force_login(person)
    page = DirectivePage(title="Công văn mới", unit=office.land, audience="public")
    answer = client.post(add_address(section, DirectivePage), form_data(page, **{"action-publish": "1"}))
    assert answer.status_code == 302
    assert not DirectivePage.objects.get(title="Công văn mới").live


@pytest.mark.parametrize("who", EVERYBODY)
def test_side_doors_publish_nothing(office, client, page, who):
    client.force_login(getattr(office, who))
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{bulk}?id={page.pk}&next=/quan-tri/", {"include_descendants": "on"})
    for action in ("publish", "create_alias", "copy"):
        client.post(f"/quan-tri/api/main/pages/{page.pk}/action/{action}/", "{}", content_type="application/json")
    section = DirectiveIndexPage.objects.get()
    public = office.tree.add_directive("Văn bản đã đăng", unit=office.land)
    copied = {"new_title": "Bản sao", "new_slug": "ban-sao", "new_parent_page": section.pk}
    client.post(reverse("wagtailadmin_pages:copy", args=[public.pk]), copied | {"publish_copies": "on", "alias": "on"})
    revision = page.get_latest_revision()
    client.post(
        reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, revision.pk]),
        form_data(page, **{"action-publish": "1"}),
    )
    live = DirectivePage.objects.live().values_list("title", flat=True)
    assert list(live) == ["Văn bản đã đăng"]
    assert not DirectivePage.objects.filter(alias_of__isnull=False).exists()


@pytest.mark.parametrize("who", ["clerk", "leader"])
def test_menu_of_the_editor_has_no_publish_but_submission_and_urgency(office, client, page, who):
    client.force_login(getattr(office, who))
    html = client.get(edit_address(page)).content.decode()
    assert 'name="action-publish"' not in html
    assert "Gửi duyệt" in html
    assert reverse("urgent_publication", args=[page.pk]) in html


def test_urgent_publication_needs_a_reason_and_is_reviewed_by_another(office, client, page):
    address = reverse("urgent_publication", args=[page.pk])
    client.force_login(office.clerk)
    answer = client.post(address, {"reason": "gấp"})
    assert "ít nhất 10 ký tự" in answer.content.decode()
    assert not is_live(page)
    client.post(address, {"reason": "Cảnh báo lũ, phải đăng ngay"})
    assert is_live(page)
    record = UrgentPublication.objects.get()
    assert (record.by, record.page_id, record.reason) == (office.clerk, page.pk, "Cảnh báo lũ, phải đăng ngay")
    review = reverse("urgent_review")
    client.post(review, {"publication": record.pk, "verdict": "Tự soát"})
    assert not UrgentPublication.objects.get().reviewed_by
    client.force_login(office.leader)
    assert "Cảnh báo lũ" in client.get("/quan-tri/").content.decode()
    client.post(review, {"publication": record.pk, "verdict": "Đúng thẩm quyền"})
    record.refresh_from_db()
    assert (record.reviewed_by, record.verdict) == (office.leader, "Đúng thẩm quyền")
    assert "Cảnh báo lũ" not in client.get("/quan-tri/").content.decode()


@pytest.mark.parametrize("who", ["land_editor", "water_editor"])
def test_a_unit_editor_neither_publishes_urgently_nor_reviews(office, client, page, who):
    client.force_login(getattr(office, who))
    assert client.get(reverse("urgent_publication", args=[page.pk])).status_code in (302, 403)
    client.post(reverse("urgent_publication", args=[page.pk]), {"reason": "Tôi muốn đăng ngay"})
    assert not is_live(page)
    assert client.get(reverse("urgent_review")).status_code in (302, 403)


@pytest.mark.parametrize(("who", "may"), [("land_editor", False), ("clerk", True), ("leader", True)])
def test_unpublishing_is_for_office_and_leaders(office, client, who, may):
    public = office.tree.add_directive("Văn bản đã đăng", unit=office.land)
    client.force_login(getattr(office, who))
    client.post(reverse("wagtailadmin_pages:unpublish", args=[public.pk]))
    assert is_live(public) is not may


def test_approval_of_a_later_hour_schedules(office, client, page):
    page.go_live_at = "2099-01-01T00:00:00Z"
    page.save_revision(user=office.land_editor)
    page = DirectivePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    client.force_login(office.land_editor)
    client.post(edit_address(page), form_data(page, go_live_at="2099-01-01 07:00", **{"action-submit": "1"}))
    approve_in_list(client, page, office.leader)
    assert not is_live(page)
    assert page.revisions.filter(approved_go_live_at__isnull=False).exists()


def test_notice_of_submission_goes_to_the_leaders_in_vietnamese(office, client, page, mailoutbox):
    submit(client, page, office.land_editor)
    receivers = {address for mail in mailoutbox for address in mail.to}
    assert {office.leader.email, office.deputy.email} <= receivers
    assert all("submitted" not in mail.subject.lower() for mail in mailoutbox)


def test_extra_data_of_an_approval_is_kept_as_its_comment(office, client, page):
    submit(client, page, office.land_editor)
    client.force_login(office.leader)
    posted = {"action-workflow-action": "true", "workflow-action-name": "reject"}
    extra = {"workflow-action-extra-data": json.dumps({"comment": "Thiếu nơi nhận"})}
    client.post(edit_address(page), form_data(newest(page), **posted, **extra))
    client.force_login(office.land_editor)
    html = client.get("/quan-tri/").content.decode()
    assert "Yêu cầu sửa: Thiếu nơi nhận" in html
