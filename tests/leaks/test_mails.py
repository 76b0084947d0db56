"""Letters about approval: only to who may open the page when they leave, no title in a subject, one each."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.dispatch import Signal
from django.urls import reverse
from django.utils import timezone
from wagtail import signals
from wagtail.admin.mail import Notifier
from wagtail.models import GroupPagePermission, TaskState, WorkflowState
from wagtail.users.models import UserProfile

from directives.models import DirectiveIndexPage, DirectivePage
from home.models import HomePage
from portal.models import Membership
from portal.office.workflow_letters import PLACES
from portal.office_models import SecondPersonTask
from tests.builders import make_person
from tests.office import draft, edit_address, form_data, newest

TOKEN = "Zqkemat"
REMARK = "Zqnhanxet"


@pytest.fixture
def page(office):
    """A document for named people only, which the editor of the unit drafted."""
    page = DirectivePage(title=f"{TOKEN} luân chuyển", unit=office.land, audience="people")
    page.audience_people = [office.leader]
    return draft(DirectiveIndexPage.objects.get(), page, office.land_editor)


def post(client, page, person, **fields):
    client.force_login(person)
    answer = client.post(edit_address(page), form_data(newest(page), **fields))
    assert answer.status_code in (200, 302)


def submit(client, page, person):
    post(client, page, person, **{"action-submit": "1"})
    assert WorkflowState.objects.active().filter(object_id=str(page.pk)).exists()


def act(client, page, person, action: str, comment: str = ""):
    client.force_login(person)
    state = TaskState.objects.get(workflow_state__object_id=str(page.pk), status="in_progress")
    client.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk]), {"comment": comment})
    assert not TaskState.objects.filter(pk=state.pk, status="in_progress").exists()


def leave_unit(person):
    yesterday = timezone.localdate() - timedelta(days=1)
    Membership.objects.filter(user=person).update(ends_on=yesterday)


def disable(person):
    get_user_model().objects.filter(pk=person.pk).update(is_active=False)


def lose_role(person):
    person.groups.clear()


def told() -> list[str]:
    """To whom the letters went, once for each letter, e.g. `["lanhdao", "quantri"]`."""
    assert all(len(letter.recipients()) == 1 for letter in mail.outbox)
    return sorted(letter.to[0].split("@")[0] for letter in mail.outbox)


def assert_subjects_name_nothing():
    assert mail.outbox
    for letter in mail.outbox:
        assert TOKEN not in letter.subject and REMARK not in letter.subject
        assert TOKEN not in repr(letter.extra_headers)
        assert letter.extra_headers["Auto-Submitted"] == "auto-generated"


def test_a_submission_is_one_letter_to_each_approver(office, client, page):
    submit(client, page, office.land_editor)
    assert told() == ["lanhdao", "pholanhdao", "quantri"]
    assert_subjects_name_nothing()
    assert {letter.subject for letter in mail.outbox} == {"Cổng thông tin: có văn bản chờ duyệt"}
    for letter in mail.outbox:
        assert f"Nguyễn Văn Đất gửi duyệt văn bản “{TOKEN} luân chuyển”." in " ".join(letter.body.split())
        assert edit_address(page) in letter.body and "#tab-notifications" in letter.body
        assert "&" not in letter.body and "{" not in letter.body


def test_an_administrator_in_two_groups_of_the_step_gets_one(office, client, page):
    second = Group.objects.create(name="Duyệt thay")
    step = SecondPersonTask.objects.get()
    step.groups.add(second)
    office.administrator.groups.add(second)
    office.leader.groups.add(second)
    submit(client, page, office.land_editor)
    assert told() == ["lanhdao", "pholanhdao", "quantri"]


@pytest.mark.parametrize("end", [disable, lose_role])
def test_who_approves_no_more_hears_of_no_submission(office, client, page, end):
    end(office.leader)
    submit(client, page, office.land_editor)
    assert told() == ["pholanhdao", "quantri"]


def test_who_edited_last_is_not_asked_to_approve(office, page):
    newest(page).save_revision(user=office.leader)
    page.get_workflow().start(newest(page), user=office.clerk)
    assert told() == ["pholanhdao", "quantri"]


def test_an_approver_from_outside_the_unit_is_told(office, client, page):
    """Who may open the page only because it is at this step."""
    outsider = make_person("thamdinh")
    group = Group.objects.create(name="Thẩm định")
    outsider.groups.add(group)
    GroupPagePermission.objects.create(group=group, page_id=HomePage.objects.get().pk, permission=_may("change"))
    SecondPersonTask.objects.get().groups.set([group])
    submit(client, page, office.land_editor)
    assert told() == ["quantri", "thamdinh"]


def _may(action: str):
    return Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{action}_page")


def test_a_rejection_tells_who_asked(office, client, page):
    submit(client, page, office.land_editor)
    mail.outbox.clear()
    act(client, page, office.leader, "reject", REMARK)
    assert told() == ["dat"]
    assert_subjects_name_nothing()
    (letter,) = mail.outbox
    assert f"Ý kiến: {REMARK}" in letter.body and f"{TOKEN} luân chuyển" in letter.body
    assert "Phạm Duyệt trả lại văn bản" in letter.body


@pytest.mark.parametrize("end", [leave_unit, disable, lose_role])
@pytest.mark.parametrize("action", ["reject", "approve"])
def test_who_asked_and_left_hears_nothing(office, client, page, end, action):
    submit(client, page, office.land_editor)
    mail.outbox.clear()
    end(office.land_editor)
    act(client, page, office.leader, action, REMARK)
    assert told() == []


def test_a_page_that_went_to_another_unit_tells_the_old_one_nothing(office, client, page):
    submit(client, page, office.land_editor)
    mail.outbox.clear()
    moved = newest(page)
    moved.unit = office.water
    moved.save_revision(user=office.clerk)
    act(client, page, office.leader, "reject", REMARK)
    assert told() == []


def test_an_approval_tells_who_asked(office, client, page):
    submit(client, page, office.land_editor)
    mail.outbox.clear()
    act(client, page, office.leader, "approve")
    assert told() == ["dat"]
    assert_subjects_name_nothing()
    assert edit_address(page) in mail.outbox[0].body


def test_who_left_may_read_of_an_approval_what_everybody_reads(office, client, page):
    """The page is public once approved, so that its title tells nothing new; the address is the public one."""
    opened = newest(page)
    opened.audience, opened.audience_people = "public", []
    opened.save_revision(user=office.land_editor)
    submit(client, page, office.land_editor)
    mail.outbox.clear()
    leave_unit(office.land_editor)
    act(client, page, office.leader, "approve")
    assert told() == ["dat"]
    assert edit_address(page) not in mail.outbox[0].body and f"/van-ban/{page.slug}/" in mail.outbox[0].body


def test_the_title_of_a_version_that_waits_for_its_hour_is_not_told_to_readers(office, client):
    page = office.tree.add_directive("Kế hoạch cũ", unit=office.land)
    changed = newest(page)
    changed.title, changed.go_live_at = f"{TOKEN} kế hoạch mới", timezone.now() + timedelta(days=3)
    changed.save_revision(user=office.land_editor)
    submit(client, page, office.land_editor)
    mail.outbox.clear()
    leave_unit(office.land_editor)
    act(client, page, office.leader, "approve")
    assert told() == []


def test_a_cancelled_submission_tells_nobody(office, client, page):
    submit(client, page, office.land_editor)
    mail.outbox.clear()
    client.force_login(office.land_editor)
    client.post(reverse("wagtailadmin_pages:confirm_workflow_cancellation", args=[page.pk]))
    post(client, page, office.land_editor, **{"action-cancel-workflow": "1"})
    assert not WorkflowState.objects.active().filter(object_id=str(page.pk)).exists()
    assert told() == []


def test_who_switched_letters_off_gets_none(office, client, page):
    profile = UserProfile.get_for_user(office.leader)
    profile.submitted_notifications = False
    profile.save()
    submit(client, page, office.land_editor)
    assert told() == ["pholanhdao", "quantri"]


class Refusing(EmailBackend):
    """A mail server that is away."""

    def open(self):
        raise ConnectionRefusedError(f"no connection about {REMARK}")


def test_a_mail_server_that_is_away_stops_no_work_and_the_log_has_no_title(office, client, page, settings, caplog):
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    submit(client, page, office.land_editor)
    assert told() == []
    assert "letters “submitted” were not sent" in caplog.text and TOKEN not in caplog.text


def test_nothing_of_wagtails_own_letters_is_left():
    """A letter that a later Wagtail adds must come to our notice here."""
    for signal in vars(signals).values():
        if isinstance(signal, Signal):
            assert not [each for each in signal._live_receivers(None)[0] if isinstance(each, Notifier)]
    for signal, sender, _, ours in PLACES:
        live = signal._live_receivers(sender)[0]
        assert ours in live and not [each for each in live if isinstance(each, Notifier)]
