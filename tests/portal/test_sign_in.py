"""The door: locked after wrong passwords, silent about who has an account, never a way to another site."""

import re
import time

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from tests.builders import PASSWORD, make_person

pytestmark = pytest.mark.django_db
SIGN_IN, RESET = "/quan-tri/login/", "/quan-tri/password_reset/"
EVIL = [
    "https://xau.example/",
    "//xau.example/",
    "///xau.example",
    "/\\xau.example",
    "\\\\xau.example",
    "http:xau.example",
    "javascript:alert(1)",
    "https:/xau.example",
    "/\t/xau.example",
    "https://testserver@xau.example/",
    "http://xau.example\\@testserver/",
    "//testserver.xau.example/",
]


@pytest.fixture(autouse=True)
def lan(tree):
    cache.clear()
    return make_person("lan")


def enter(client, username="lan", password=PASSWORD, **extra):
    return client.post(SIGN_IN, {"username": username, "password": password, **extra.pop("form", {})}, **extra)


def lock(client, username="lan", **extra):
    for _ in range(5):
        answer = enter(client, username, "sai", **extra)
    return answer


def masked(answer) -> str:
    text = re.sub(
        r'name="csrfmiddlewaretoken" value="\w+"|data-csrf-token="\w+"|nonce="[^"]+"', "", answer.content.decode()
    )
    return re.sub(r'"CSRF_TOKEN": "\w+"', "", text)


def test_the_locked_door_says_so_in_vietnamese(client):
    answer = lock(client)
    assert answer.status_code in (403, 429)
    text = answer.content.decode()
    assert "Tạm khóa đăng nhập" in text and "Hãy thử lại sau 15 phút" in text and 'lang="vi"' in text
    assert enter(client).status_code in (403, 429), "the right password must wait, too"


def test_it_is_locked_for_this_person_from_this_address_alone(client):
    make_person("hoa")
    lock(client)
    assert enter(Client(), "hoa").status_code == 302
    assert enter(Client(), REMOTE_ADDR="203.0.113.7").status_code == 302


def test_an_invented_forwarded_address_unlocks_nothing(client, settings):
    lock(client)
    assert enter(client, HTTP_X_FORWARDED_FOR="203.0.113.9").status_code in (403, 429)
    settings.TRUSTED_PROXIES = 1
    lock(Client(), HTTP_X_FORWARDED_FOR="198.51.100.1, 203.0.113.9")
    again = {"HTTP_X_FORWARDED_FOR": "198.51.100.77, 203.0.113.9"}
    assert enter(Client(), **again).status_code in (403, 429), "only what our own proxy wrote counts"
    assert enter(Client(), HTTP_X_FORWARDED_FOR="203.0.113.10").status_code == 302


def test_the_door_opens_again_after_a_while(client, time_machine):
    lock(client)
    time_machine.move_to(time.time() + 16 * 60)
    assert enter(client).status_code == 302


def test_one_password_with_many_names_from_one_address_must_wait(client):
    codes = [enter(Client(), f"ten-{number}", "Mua-he-2026").status_code for number in range(12)]
    assert codes == [200] * 10 + [429] * 2
    make_person("hoa")
    assert enter(Client(), "hoa").status_code == 429, "nobody learns from there which password was right"
    assert enter(Client(), "hoa", REMOTE_ADDR="203.0.113.7").status_code == 302


def test_one_name_from_many_addresses_must_wait_but_not_from_where_its_person_works(client):
    assert enter(Client(), REMOTE_ADDR="203.0.113.7").status_code == 302
    for number in range(20):
        enter(Client(), password="sai", REMOTE_ADDR=f"198.51.100.{number}")
    assert enter(Client(), REMOTE_ADDR="198.51.100.200").status_code == 429
    assert enter(Client(), REMOTE_ADDR="203.0.113.7").status_code == 302


def test_the_addresses_of_one_ipv6_line_count_as_one(client):
    codes = [enter(Client(), password="sai", REMOTE_ADDR=f"2001:db8:5:1::{n:x}").status_code for n in range(1, 7)]
    assert codes[-2:] == [429, 429]
    names = [enter(Client(), f"ten-{n}", "Mua-he-2026", REMOTE_ADDR=f"2001:db8:6:1:{n:x}::9") for n in range(12)]
    assert [answer.status_code for answer in names] == [200] * 10 + [429] * 2
    assert enter(Client(), REMOTE_ADDR="2001:db8:5:2::1").status_code == 302, "another line is another one"


def test_who_has_signed_in_from_an_ipv6_line_is_known_there_by_any_of_its_addresses(client):
    assert enter(Client(), REMOTE_ADDR="2001:db8:7:1::9").status_code == 302
    for number in range(20):
        enter(Client(), password="sai", REMOTE_ADDR=f"198.51.100.{number}")
    assert enter(Client(), REMOTE_ADDR="2001:db8:7:1:aaaa:bbbb:cccc:dddd").status_code == 302
    assert enter(Client(), REMOTE_ADDR="2001:db8:7:2::9").status_code == 429


def test_trying_on_does_not_prolong_the_wait(client, time_machine):
    lock(client)
    for minutes in (5, 10, 16):
        time_machine.move_to(time.time() + (5 if minutes < 16 else 6) * 60)
        last = enter(client)
    assert last.status_code == 302


def test_an_office_behind_one_address_gets_in_beside_who_guesses_there(client):
    assert enter(Client()).status_code == 302
    for number in range(12):
        enter(Client(), f"ten-{number}", "Mua-he-2026")
    assert enter(Client()).status_code == 302


def test_a_wrong_name_a_wrong_password_and_a_disabled_account_look_alike(client):
    make_person("cu", is_active=False)
    answers = [enter(Client(), name, word) for name, word in (("lan", "sai"), ("khong-co", "sai"), ("cu", PASSWORD))]
    assert {answer.status_code for answer in answers} == {200}
    texts = {
        masked(answer).replace(f'value="{name}"', "")
        for answer, name in zip(answers, ("lan", "khong-co", "cu"), strict=True)
    }
    assert len(texts) == 1
    lock(Client(), "khong-co")
    assert lock(Client(), "khong-co").status_code in (403, 429), "a name that is not there is locked like any other"


@pytest.mark.parametrize("address", EVIL)
def test_signing_in_never_leads_to_another_site(client, address):
    answer = enter(client, form={"next": address})
    assert answer.status_code == 302 and answer["Location"] == "/noi-bo/"
    assert client.get(SIGN_IN, {"next": address})["Location"] == "/noi-bo/"
    out = client.post("/dang-xuat/", {"next": address})
    assert out["Location"] == "/"
    page = Client().get("/dang-nhap/", {"next": address}, follow=True)
    assert "xau.example" not in (page.redirect_chain[-1][0].split("?")[0])


@pytest.mark.parametrize("word", ["sai-chinh-ta", "search", "sign_out", "van-ban/", "%00", "१"])
def test_a_word_that_is_no_address_leads_to_the_persons_own_page(client, word):
    assert enter(client, form={"next": word})["Location"] == "/noi-bo/"
    assert client.get(SIGN_IN, {"next": word})["Location"] == "/noi-bo/"
    boss = Client()
    boss.force_login(make_person("sep", is_superuser=True))
    assert boss.get(SIGN_IN, {"next": word})["Location"] == "/quan-tri/"


def test_signing_in_leads_back_within_the_site(client):
    assert enter(client, form={"next": "/van-ban/?nam=2024"})["Location"] == "/van-ban/?nam=2024"
    sent = Client().get("/dang-nhap/?next=/van-ban/")
    assert sent["Location"] == f"{SIGN_IN}?next=/van-ban/"
    assert 'name="next" value="/van-ban/"' in Client().get(sent["Location"]).content.decode()


def test_the_session_begins_anew_at_sign_in(client):
    client.get(SIGN_IN)
    before = client.session.session_key
    enter(client)
    assert client.session.session_key != before


def letters() -> list:
    """What was posted; the letter leaves while the page is already shown."""
    deadline = time.monotonic() + 30
    while not mail.outbox and time.monotonic() < deadline:
        time.sleep(0.05)
    return mail.outbox


def test_asking_for_a_new_password_tells_nobody_who_has_an_account(client):
    make_person("cu", is_active=False)
    known, unknown, disabled = (
        Client().post(RESET, {"email": f"{name}@vi-du.gov.vn"}, follow=True) for name in ("lan", "khong-co", "cu")
    )
    assert masked(known) == masked(unknown) == masked(disabled)
    assert [letter.to for letter in letters()] == [["lan@vi-du.gov.vn"]]


def test_the_letter_leads_to_a_new_password_on_this_site_alone(client, settings):
    client.post(RESET, {"email": "lan@vi-du.gov.vn"}, HTTP_HOST="localhost")
    letter = letters()[0]
    links = re.findall(r"https?://\S+", letter.body)
    assert len(links) == 1 and links[0].startswith(f"{settings.SITE_ADDRESS}/quan-tri/password_reset/confirm/")
    assert re.search(r"mật khẩu", letter.subject + letter.body, re.I)
    form = client.get(links[0].removeprefix(settings.SITE_ADDRESS), follow=True)
    new = {"new_password1": "mat-khau-moi-9417", "new_password2": "mat-khau-moi-9417"}
    client.post(form.redirect_chain[-1][0], new)
    assert enter(Client()).status_code == 200
    assert enter(Client(), password="mat-khau-moi-9417").status_code == 302
    spent = Client().get(links[0].removeprefix(settings.SITE_ADDRESS), follow=True)
    assert "new_password1" not in spent.content.decode()


def test_nobody_floods_a_mailbox(client):
    for _ in range(9):
        client.post(RESET, {"email": "lan@vi-du.gov.vn"})
    letters()
    time.sleep(0.2)
    assert len(mail.outbox) <= 5


def test_a_new_site_has_no_account_and_no_password(db):
    from django.contrib.auth import get_user_model

    get_user_model().objects.filter(username="lan").delete()
    assert not get_user_model().objects.exists()


def test_a_form_that_stood_open_too_long_is_refused_in_vietnamese(client):
    answer = Client(enforce_csrf_checks=True).post(SIGN_IN, {"username": "lan", "password": PASSWORD})
    assert answer.status_code == 403
    assert "Lượt gửi không hợp lệ" in answer.content.decode()
    assert "Sở Tài nguyên và Môi trường" in answer.content.decode()
