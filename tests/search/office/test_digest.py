"""Mails about saved searches: what is new, for whom it is allowed when it is sent, once in a period."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command

from search.asking import Ask
from search.contract import EngineUnavailable
from search.engines.null import NullEngine
from search.office import digest, new_hits
from search.office.digest import send_digests
from search.office.saving import change_search, save_search
from search.office_models import SavedSearch
from tests.builders import make_person

pytestmark = pytest.mark.django_db
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
# A Wednesday.
SAVED = datetime(2024, 3, 6, 10, tzinfo=VIETNAM)
MORNING = datetime(2024, 3, 7, 7, 5, tzinfo=VIETNAM)
DAY, WEEK = timedelta(days=1), timedelta(days=7)


@pytest.fixture
def clock():
    with time_machine.travel(SAVED, tick=False) as traveller:
        yield traveller.move_to


def keep(user, text="kế hoạch thủy lợi", frequency=SavedSearch.DAILY) -> SavedSearch:
    saved, _ = save_search(user, Ask(text))
    if frequency != saved.frequency:
        change_search(saved, "", frequency, Ask(text))
    return SavedSearch.objects.get(pk=saved.pk)


def read_mails() -> str:
    return "\n".join(message.body + message.alternatives[0].content for message in mail.outbox)


def test_a_mail_tells_what_came_since_with_links(tree, clock):
    tree.add_directive("Kế hoạch thủy lợi cũ")
    lan = make_person("lan", last_name="Nguyễn Thị", first_name="Lan")
    keep(lan)
    clock(SAVED + timedelta(hours=2))
    page = tree.add_directive("Kế hoạch thủy lợi & đê", issued="05/03/2024", number="15", notation="KH-UBND")
    tree.add_article("Tin không liên quan")
    clock(MORNING)
    assert send_digests() == "Đã gửi 1 thư về tìm kiếm đã lưu."
    (message,) = mail.outbox
    assert message.to == ["lan@vi-du.gov.vn"]
    assert message.subject == "Cổng thông tin: 1 kết quả mới cho tìm kiếm đã lưu"
    html, kind = message.alternatives[0]
    assert kind == "text/html" and "Kế hoạch thủy lợi &amp; đê</a>" in html and "<a href=" in html
    for text in ("Kính gửi Nguyễn Thị Lan", "Kế hoạch thủy lợi & đê, số 15/KH-UBND, 05/03/2024", page.url):
        assert text in message.body, text
    assert "http://127.0.0.1:8000/noi-bo/tim-kiem-da-luu/" in message.body
    assert "http://127.0.0.1:8000/tim-kiem/?q=k%E1%BA%BF" in message.body
    assert "thủy lợi cũ" not in read_mails() and "không liên quan" not in read_mails()


def test_nothing_new_is_no_mail(tree, clock):
    tree.add_directive("Kế hoạch thủy lợi")
    keep(make_person("lan"))
    clock(MORNING)
    assert send_digests() == "" and mail.outbox == []


def test_one_mail_for_all_searches_of_a_person(tree, clock):
    lan = make_person("lan")
    keep(lan)
    keep(lan, "khoáng sản")
    tree.add_directive("Kế hoạch thủy lợi")
    tree.add_directive("Cấp phép khoáng sản")
    clock(MORNING)
    send_digests()
    assert len(mail.outbox) == 1 and "2 kết quả mới" in mail.outbox[0].subject


def test_nothing_is_told_twice(tree, clock):
    keep(make_person("lan"))
    page = tree.add_directive("Kế hoạch thủy lợi")
    for days in range(4):
        clock(MORNING + days * DAY)
        send_digests()
        page.save_revision().publish()
        send_digests()
    assert len(mail.outbox) == 1


def test_mails_wait_for_the_morning_and_the_period(tree, clock):
    daily, weekly, never = (make_person(name) for name in ("ngay", "tuan", "khong"))
    for person, frequency in zip((daily, weekly, never), dict(SavedSearch.FREQUENCIES), strict=True):
        keep(person, frequency=frequency)
    tree.add_directive("Kế hoạch thủy lợi")
    moments = [
        (SAVED + timedelta(hours=9), []),
        (MORNING - timedelta(minutes=6), []),
        (MORNING, ["ngay@vi-du.gov.vn"]),
        (MORNING + 3 * DAY, []),
        (MORNING + 4 * DAY, ["tuan@vi-du.gov.vn"]),
        (MORNING + 11 * DAY, []),
    ]
    for moment, expected in moments:
        clock(moment)
        mail.outbox.clear()
        send_digests()
        assert [message.to[0] for message in mail.outbox] == expected, moment


READERS = ("staff", "of_a", "of_b", "named", "office", "disabled", "without_mail")
MAY_READ = {
    "staff": {"nội bộ"},
    "of_a": {"nội bộ", "đơn vị"},
    "of_b": {"nội bộ"},
    "named": {"nội bộ", "đích danh"},
    "office": {"nội bộ", "đơn vị"},
    "disabled": set(),
    "without_mail": set(),
}


def test_each_reader_is_told_of_what_that_reader_may_see(office, clock):
    people = {name: make_person(name) for name in READERS}
    for name, unit in (("of_a", office.land), ("disabled", office.land), ("of_b", office.water)):
        people[name].memberships.create(unit=unit)
    people["office"].groups.add(office.groups["Văn phòng"])
    for person in people.values():
        keep(person)
    office.tree.add_directive("Kế hoạch thủy lợi nội bộ", audience="staff")
    office.tree.add_directive("Kế hoạch thủy lợi đơn vị", audience="units", audience_units=[office.land])
    office.tree.add_directive("Kế hoạch thủy lợi đích danh", audience="people", audience_people=[people["named"]])
    type(people["disabled"]).objects.filter(pk=people["disabled"].pk).update(is_active=False)
    type(people["disabled"]).objects.filter(pk=people["without_mail"].pk).update(email="")
    clock(MORNING)
    send_digests()
    told = {message.to[0].split("@")[0]: message for message in mail.outbox}
    for name in READERS:
        text = told[name].body + told[name].alternatives[0].content if name in told else ""
        words = {word for word in ("nội bộ", "đơn vị", "đích danh") if f"thủy lợi {word}" in text}
        assert words == MAY_READ[name], name
    assert all("thủy lợi" not in message.subject for message in mail.outbox)


def test_a_lost_unit_and_a_withdrawn_page_are_not_told(office, clock):
    lan = make_person("lan", office.land)
    keep(lan)
    office.tree.add_directive("Kế hoạch thủy lợi riêng", audience="units", audience_units=[office.land])
    office.tree.add_directive("Kế hoạch thủy lợi gỡ").unpublish()
    lan.memberships.all().delete()
    clock(MORNING)
    assert send_digests() == "" and mail.outbox == []


def test_what_is_lost_between_search_and_sending_is_not_told(office, clock, monkeypatch):
    lan = make_person("lan", office.land)
    keep(lan)
    office.tree.add_directive("Kế hoạch thủy lợi riêng", audience="units", audience_units=[office.land])
    clock(MORNING)
    claim = digest._claim

    def claimed_then_lost(found, today):
        kept = claim(found, today)
        lan.memberships.all().delete()
        return kept

    monkeypatch.setattr(digest, "_claim", claimed_then_lost)
    assert send_digests() == "" and mail.outbox == []


def test_a_second_run_at_the_same_time_sends_nothing(tree, clock, monkeypatch):
    keep(make_person("lan"))
    tree.add_directive("Kế hoạch thủy lợi")
    clock(MORNING)
    claim = digest._claim

    def other_run_first(found, today):
        monkeypatch.setattr(digest, "_claim", claim)
        send_digests()
        return claim(found, today)

    monkeypatch.setattr(digest, "_claim", other_run_first)
    send_digests()
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("moment", ["before", "after"])
def test_killed_while_sending_nobody_gets_a_second_mail(tree, clock, monkeypatch, client, moment):
    lan = make_person("lan")
    keep(lan)
    tree.add_directive("Kế hoạch thủy lợi")
    clock(MORNING)

    class Killed(BaseException):
        pass

    def killed(owner_id, claimed, connection, send=digest._send):
        if moment == "after":
            send(owner_id, claimed, connection)
        raise Killed

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(digest, "_send", killed)
        send_digests()
    for hours in (0, 24, 48):
        clock(MORNING + timedelta(hours=hours))
        send_digests()
    assert len(mail.outbox) == (1 if moment == "after" else 0)
    client.force_login(lan)
    assert "có thể chưa trọn, gồm 1 kết quả mới" in client.get("/noi-bo/tim-kiem-da-luu/").content.decode()
    mail.outbox.clear()
    tree.add_directive("Kế hoạch thủy lợi hai")
    clock(MORNING + 3 * DAY)
    send_digests()
    assert "Lần gửi trước có thể chưa trọn, gồm 1 kết quả" in mail.outbox[0].body
    assert SavedSearch.objects.get().unsent == []


class Closed(EmailBackend):
    def open(self):
        raise ConnectionRefusedError("no mail server")


class Refusing(EmailBackend):
    def send_messages(self, messages):
        raise OSError("refused")


def test_a_closed_mail_server_costs_nobody_the_mail(tree, clock, settings):
    keep(make_person("lan"))
    tree.add_directive("Kế hoạch thủy lợi")
    clock(MORNING)
    settings.EMAIL_BACKEND = f"{__name__}.Closed"
    with pytest.raises(ConnectionRefusedError):
        send_digests()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    send_digests()
    assert len(mail.outbox) == 1


def test_a_mail_that_was_refused_is_news_again_in_the_next_period(tree, clock, settings):
    keep(make_person("lan"))
    tree.add_directive("Kế hoạch thủy lợi")
    clock(MORNING)
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    with pytest.raises(OSError, match="refused"):
        send_digests()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_digests() == "" and mail.outbox == []
    clock(MORNING + DAY)
    send_digests()
    assert len(mail.outbox) == 1


def test_tick_sends_and_says_what_it_could_not_do(tree, clock, settings, capsys):
    keep(make_person("lan"))
    tree.add_directive("Kế hoạch thủy lợi")
    clock(MORNING)
    settings.EMAIL_BACKEND = f"{__name__}.Closed"
    with pytest.raises(CommandError):
        call_command("tick")
    assert "Không gửi thư về tìm kiếm đã lưu được: ConnectionRefusedError" in capsys.readouterr().err
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    call_command("tick")
    assert "Đã gửi 1 thư" in capsys.readouterr().out and len(mail.outbox) == 1


def test_a_search_engine_that_is_away_costs_nobody_the_mail(tree, clock, monkeypatch):
    keep(make_person("lan"))
    tree.add_directive("Kế hoạch thủy lợi")
    clock(MORNING)

    def away(user, ask):
        raise EngineUnavailable("away")

    with monkeypatch.context() as patch, pytest.raises(EngineUnavailable):
        patch.setattr(new_hits, "matching_ids", away)
        send_digests()
    send_digests()
    assert len(mail.outbox) == 1
    assert NullEngine().name == "null"


def test_mails_turned_on_again_begin_with_what_comes_after(tree, clock):
    saved = keep(make_person("lan"), frequency=SavedSearch.NEVER)
    tree.add_directive("Kế hoạch thủy lợi một")
    clock(SAVED + DAY)
    change_search(SavedSearch.objects.get(), "", SavedSearch.DAILY, Ask("kế hoạch thủy lợi"))
    clock(MORNING + DAY)
    assert send_digests() == ""
    tree.add_directive("Kế hoạch thủy lợi hai")
    clock(MORNING + 2 * DAY)
    send_digests()
    assert "thủy lợi hai" in read_mails() and "thủy lợi một" not in read_mails()
    assert SavedSearch.objects.get(pk=saved.pk).unsent == []


def test_long_lists_are_cut_and_said_to_be(tree, clock, monkeypatch):
    monkeypatch.setattr(digest, "MOST_LISTED", 2)
    keep(make_person("lan"))
    for number in range(5):
        tree.add_directive(f"Kế hoạch thủy lợi số {number}")
    clock(MORNING)
    send_digests()
    assert mail.outbox[0].body.count("- Kế hoạch") == 2 and "… và 3 kết quả khác." in mail.outbox[0].body
