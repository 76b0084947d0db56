"""The second step: set up with a QR code, asked at sign-in, spare codes, required of whoever works for every unit."""

import re
import time
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client

from portal.models import StaffSession
from tests.builders import PASSWORD, make_person

pytestmark = pytest.mark.django_db
SIGN_IN, ASK = "/quan-tri/login/", "/tai-khoan/ma-xac-thuc/"
SET_UP, SPARE = "/tai-khoan/hai-buoc/bat/", "/tai-khoan/ma-du-phong/"


@pytest.fixture(autouse=True)
def nothing_spent():
    cache.clear()


def code_now(secret: str, ahead: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


def give_codes(person) -> str:
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    TOTP.activate(person, secret)
    return secret


def enter(client, username="lan", **extra):
    return client.post(SIGN_IN, {"username": username, "password": PASSWORD, **extra})


def is_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_a_person_sets_it_up_and_is_asked_at_the_next_sign_in(client, tree):
    make_person("lan")
    assert enter(client)["Location"] == "/noi-bo/"
    page = client.get(SET_UP)
    assert page.status_code == 200 and 'src="data:image/svg+xml;base64,' in page.content.decode()
    secret = page.context["form"].secret
    wrong = client.post(SET_UP, {"code": "000000"})
    assert "Mã không đúng" in wrong.content.decode() and not Authenticator.objects.exists()
    assert client.post(SET_UP, {"code": code_now(secret)})["Location"] == SPARE
    spare = re.findall(r"<li>([\w-]{8,})</li>", client.get(SPARE).content.decode())
    assert len(spare) == 10
    assert secret not in str(Authenticator.objects.values_list("data", flat=True)), "kept in the clear"

    other = Client()
    assert enter(other)["Location"] == ASK
    assert not is_in(other) and other.get("/noi-bo/").status_code == 302
    assert other.post(ASK, {"code": code_now(secret, ahead=1)})["Location"] == "/noi-bo/"
    assert other.get("/noi-bo/").status_code == 200

    third = Client()
    enter(third)
    assert third.post(ASK, {"code": spare[0]})["Location"] == "/noi-bo/"
    fourth = Client()
    enter(fourth)
    assert fourth.post(ASK, {"code": spare[0]}).status_code == 200 and not is_in(fourth)


def test_a_code_opens_once(client, tree):
    secret = give_codes(make_person("lan"))
    code = code_now(secret)
    enter(client)
    client.post(ASK, {"code": code})
    assert is_in(client)
    other = Client()
    enter(other)
    answer = other.post(ASK, {"code": code})
    assert not is_in(other) and "đã dùng" in answer.content.decode()


def test_the_page_one_came_from_is_kept_over_the_second_step(client, tree):
    secret = give_codes(make_person("lan"))
    assert enter(client, next="/van-ban/")["Location"] == ASK
    assert client.post(ASK, {"code": code_now(secret)})["Location"] == "/van-ban/"


def test_wrong_codes_lock_the_door_like_wrong_passwords(client, tree):
    secret = give_codes(make_person("lan"))
    enter(client)
    answers = [client.post(ASK, {"code": f"00000{n}"}).status_code for n in range(6)]
    assert answers[-1] in (403, 429)
    assert client.post(ASK, {"code": code_now(secret)}).status_code in (403, 429)
    assert not is_in(client)
    assert enter(Client()).status_code in (403, 429)


def test_without_a_password_there_is_no_second_step(client, tree):
    secret = give_codes(make_person("lan"))
    assert client.get(ASK).status_code == 302
    assert client.post(ASK, {"code": code_now(secret)}).status_code == 302
    assert not is_in(client)


def test_turning_it_off_asks_who_it_is(client, tree):
    secret = give_codes(make_person("lan"))
    enter(client)
    client.post(ASK, {"code": code_now(secret)})
    asked = client.post("/tai-khoan/hai-buoc/tat/")
    assert asked["Location"].startswith("/tai-khoan/xac-nhan/") and Authenticator.objects.exists()
    confirmed = client.post(asked["Location"], {"password": "sai", "next": "/tai-khoan/hai-buoc/tat/"})
    assert "Mật khẩu không đúng" in confirmed.content.decode()
    client.post(asked["Location"], {"password": PASSWORD, "next": "/tai-khoan/hai-buoc/tat/"})
    client.post("/tai-khoan/hai-buoc/tat/")
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("who", ["clerk", "leader", "administrator"])
def test_where_it_is_required_nothing_opens_before_it(client, office, settings, who):
    settings.REQUIRE_TOTP = True
    person = getattr(office, who)
    internal = office.tree.add_directive("Văn bản nội bộ", audience="staff")
    enter(client, person.username)
    for address in ("/quan-tri/", internal.url, "/noi-bo/", "/tim-kiem/?q=van", "/tep/images/x.png", "/"):
        answer = client.get(address)
        assert answer.status_code == 302 and answer["Location"].startswith(SET_UP), address
    secret = client.get(SET_UP).context["form"].secret
    client.post(SET_UP, {"code": code_now(secret)})
    assert client.get(internal.url).status_code == 200 and client.get("/quan-tri/").status_code == 200
    asked = client.get("/tai-khoan/hai-buoc/").content.decode()
    assert "bắt buộc" in asked and "/tai-khoan/hai-buoc/tat/" not in asked
    client.post("/tai-khoan/hai-buoc/tat/")
    assert Authenticator.objects.filter(type="totp").exists()


def test_a_session_from_before_the_rule_must_show_a_code(client, office, settings):
    secret = give_codes(office.clerk)
    client.force_login(office.clerk)
    assert client.get("/quan-tri/").status_code == 200
    settings.REQUIRE_TOTP = True
    asked = client.get("/quan-tri/")
    assert asked["Location"].startswith("/tai-khoan/xac-nhan-ma/")
    client.post(asked["Location"], {"code": code_now(secret), "next": "/quan-tri/"})
    assert client.get("/quan-tri/").status_code == 200


def test_an_editor_is_not_asked(client, office, settings):
    settings.REQUIRE_TOTP = True
    assert enter(client, office.land_editor.username)["Location"] == "/quan-tri/"
    assert client.get("/quan-tri/").status_code == 200


def test_every_page_of_it_speaks_vietnamese(client, tree):
    lan = make_person("lan")
    enter(client)
    client.get(SET_UP)
    pages = ["/tai-khoan/hai-buoc/", SET_UP]
    texts = [client.get(address).content.decode() for address in pages]
    secret = give_codes(lan)
    texts.append(client.get("/tai-khoan/hai-buoc/").content.decode())
    texts.append(client.get(SPARE, follow=True).content.decode())
    other = Client()
    enter(other)
    texts += [other.get(ASK).content.decode(), other.post(ASK, {"code": ""}).content.decode()]
    other.post(ASK, {"code": code_now(secret)})
    for text in texts:
        words = re.sub(r"<[^>]+>", " ", text)
        assert not re.search(r"\b(?:code|password|authenticator|sign in|required|two-factor)\b", words, re.I)
        assert "noindex" in text


def test_a_half_open_session_belongs_to_nobody(client, tree):
    give_codes(make_person("lan"))
    enter(client)
    assert list(StaffSession.objects.values_list("account_id", flat=True)) == [None]


def test_who_lost_the_telephone_begins_anew(client, tree):
    secret = give_codes(make_person("lan"))
    enter(client)
    client.post(ASK, {"code": code_now(secret)})
    said = StringIO()
    call_command("reset_second_step", "lan", stdout=said)
    assert "Đã tắt xác thực hai bước" in said.getvalue()
    assert client.get("/noi-bo/").status_code == 302, "whoever holds the telephone now is out"
    assert enter(Client())["Location"] == "/noi-bo/"
    with pytest.raises(CommandError, match="Không có tài khoản"):
        call_command("reset_second_step", "khong-co")
