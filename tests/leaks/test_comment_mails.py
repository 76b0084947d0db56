"""Letters about comments: only to who may edit the page when they leave, and each thread to its speakers alone."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.utils import timezone
from wagtail.models import Comment, PageSubscription

from directives.models import DirectiveIndexPage, DirectivePage
from portal.models import Membership
from tests.builders import make_person
from tests.office import draft, edit_address, form_data, newest

TOKEN = "Zqkemat"


@pytest.fixture
def page(office):
    page = DirectivePage(title=f"{TOKEN} luân chuyển", unit=office.land, audience="staff")
    return draft(DirectiveIndexPage.objects.get(), page, office.land_editor)


@pytest.fixture
def colleague(office):
    """A second editor of the unit."""
    person = make_person("dong-nghiep", office.land, last_name="Đỗ", first_name="Bạn")
    person.groups.add(*office.land_editor.groups.all())
    return person


def rows_of(page, changes: dict, replies: dict) -> dict:
    """What the form posts of the comments that stand, with the changes and replies to them by their key."""
    standing = list(Comment.objects.filter(page_id=page.pk, resolved_at=None).order_by("pk"))
    count = str(len(standing))
    data = {"comments-TOTAL_FORMS": count, "comments-INITIAL_FORMS": count, "comments-MAX_NUM_FORMS": "1000"}
    for place, comment in enumerate(standing):
        row, said = f"comments-{place}", list(comment.replies.order_by("pk"))
        texts = [(reply.pk, reply.text) for reply in said] + [("", text) for text in replies.get(comment.pk, [])]
        data |= {f"{row}-id": comment.pk, f"{row}-text": comment.text, f"{row}-contentpath": comment.contentpath}
        data |= {f"{row}-position": "", f"{row}-replies-TOTAL_FORMS": len(texts)}
        data |= {f"{row}-replies-INITIAL_FORMS": len(said)}
        for number, (key, text) in enumerate(texts):
            data |= {f"{row}-replies-{number}-id": key, f"{row}-replies-{number}-text": text}
        data |= {f"{row}-{name}": "on" for name in changes.get(comment.pk, ())}
    return data


def save(client, page, person, new: str = "", changes=(), replies=()) -> None:
    """Save the page in the editor with a new comment, with changes and with replies to comments."""
    client.force_login(person)
    mail.outbox.clear()
    rows = rows_of(page, dict(changes), dict(replies))
    if new:
        place = int(rows["comments-TOTAL_FORMS"])
        row = f"comments-{place}"
        rows |= {"comments-TOTAL_FORMS": place + 1, f"{row}-text": new, f"{row}-contentpath": "title"}
        rows |= {f"{row}-id": "", f"{row}-position": "", f"{row}-replies-TOTAL_FORMS": 0}
        rows |= {f"{row}-replies-INITIAL_FORMS": 0}
    answer = client.post(edit_address(page), form_data(newest(page), **rows))
    assert answer.status_code == 302


def comment_by(client, page, person, text: str) -> Comment:
    save(client, page, person, new=text)
    return Comment.objects.get(text=text)


def follow(page, *people) -> None:
    for person in people:
        PageSubscription.objects.update_or_create(
            page_id=page.pk, user=person, defaults={"comment_notifications": True}
        )


def told() -> list[str]:
    assert all(len(letter.recipients()) == 1 and TOKEN not in letter.subject for letter in mail.outbox)
    return sorted(letter.to[0].split("@")[0] for letter in mail.outbox)


def test_followers_are_told_of_a_new_comment_and_its_author_is_not(office, client, page, colleague):
    follow(page, office.land_editor, colleague, office.clerk)
    save(client, page, colleague, new="Zqloi số <liệu> & ngày")
    assert told() == ["dat", "vanphong"]
    letter = mail.outbox[0]
    assert letter.subject == "Cổng thông tin: bình luận về văn bản"
    assert "Đỗ Bạn vừa thay đổi bình luận" in letter.body and "- Zqloi số <liệu> & ngày" in letter.body
    assert TOKEN in letter.body and edit_address(page) in letter.body


def test_a_reply_goes_to_who_spoke_in_that_thread_alone(office, client, page, colleague):
    first = comment_by(client, page, office.land_editor, "Zqluongmot")
    comment_by(client, page, office.clerk, "Zqluonghai")
    save(client, page, colleague, replies={first.pk: ["Zqtraloi"]})
    assert told() == ["dat"]
    assert "→ Zqtraloi" in mail.outbox[0].body and "Zqluonghai" not in mail.outbox[0].body
    save(client, page, office.clerk, replies={first.pk: ["Zqlannua"]})
    assert told() == ["dat", "dong-nghiep"]
    assert all("Zqlannua" in letter.body and "Zqtraloi" not in letter.body for letter in mail.outbox)


def test_a_follower_who_spoke_gets_one_letter(office, client, page, colleague):
    first = comment_by(client, page, office.land_editor, "Zqluongmot")
    follow(page, office.land_editor)
    save(client, page, colleague, new="Zqluongba", replies={first.pk: ["Zqtraloi"]})
    assert told() == ["dat"]
    assert "Zqluongba" in mail.outbox[0].body and "Zqtraloi" in mail.outbox[0].body


def test_two_threads_in_one_save_are_one_letter_each(office, client, page, colleague):
    first = comment_by(client, page, office.land_editor, "Zqluongmot")
    second = comment_by(client, page, office.clerk, "Zqluonghai")
    save(client, page, colleague, replies={first.pk: ["Zqtraloimot"]}, changes={second.pk: ["resolved"]})
    assert told() == ["dat", "vanphong"]
    bodies = {letter.to[0].split("@")[0]: letter.body for letter in mail.outbox}
    assert "Zqtraloimot" in bodies["dat"] and "Zqluonghai" not in bodies["dat"]
    assert "Đã giải quyết" in bodies["vanphong"] and "Zqluongmot" not in bodies["vanphong"]


def test_a_deleted_comment_is_told_to_followers(office, client, page, colleague):
    first = comment_by(client, page, office.land_editor, "Zqluongmot")
    follow(page, colleague)
    save(client, page, office.land_editor, changes={first.pk: ["DELETE"]})
    assert told() == ["dong-nghiep"] and "Đã xóa" in mail.outbox[0].body
    assert not Comment.objects.filter(pk=first.pk).exists()


def leave_unit(person, page):
    Membership.objects.filter(user=person).update(ends_on=timezone.localdate() - timedelta(days=1))


def disable(person, page):
    get_user_model().objects.filter(pk=person.pk).update(is_active=False)


def lose_role(person, page):
    person.groups.clear()


def move_page(person, page):
    """The page goes to another unit."""
    from home.models import UnitPage

    moved = newest(page)
    moved.unit = UnitPage.objects.get(code="TNN")
    moved.save_revision()


@pytest.mark.parametrize("end", [leave_unit, disable, lose_role, move_page])
def test_who_may_edit_no_more_hears_nothing(office, client, page, colleague, end):
    first = comment_by(client, page, colleague, "Zqluongmot")
    second = comment_by(client, page, office.clerk, "Zqluonghai")
    follow(page, colleague, office.clerk)
    end(colleague, page)
    replies = {first.pk: ["Zqtraloi"], second.pk: ["Zqtraloihai"]}
    save(client, page, office.leader, new="Zqmoi", replies=replies)
    assert told() == ["vanphong"]


def test_who_only_reads_the_published_page_hears_nothing_of_its_draft(office, client, colleague):
    """All staff read the page as it was published; what is said of the draft stays with its editors."""
    page = office.tree.add_directive("Quy chế", unit=office.land, audience="staff")
    follow(page, office.water_editor, colleague)
    save(client, page, office.clerk, new="Zqmoi")
    assert told() == ["dong-nghiep"]


def test_saving_without_a_word_tells_nobody(office, client, page, colleague):
    comment_by(client, page, office.land_editor, "Zqluongmot")
    follow(page, office.land_editor, office.clerk)
    client.force_login(colleague)
    mail.outbox.clear()
    client.post(edit_address(page), form_data(newest(page), **rows_of(page, {}, {}) | {"abstract": "Trích yếu mới"}))
    assert newest(page).abstract == "Trích yếu mới" and told() == []
