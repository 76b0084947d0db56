"""Sign-in by the organisation's OpenID Connect: existing accounts only, tokens trusted by their signature."""

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.auth import get_user_model
from django.test import Client

from tests.builders import make_person
from tests.portal.sso.provider import CLIENT, Provider

pytestmark = pytest.mark.django_db
BEGIN = "/dang-nhap/co-quan/"
LAN = {"sub": "u-1", "email": "lan@vi-du.gov.vn", "email_verified": True, "preferred_username": "lan"}


@pytest.fixture(scope="module")
def served():
    provider = Provider()
    yield provider
    provider.close()


@pytest.fixture
def provider(served, settings):
    served.claims, served.userinfo, served.spoil, served.signing_key = dict(LAN), {}, {}, served.key
    settings.OIDC = settings.OIDC | {"issuer": served.issuer, "name": "tài khoản Sở"}
    app = {"provider_id": "co-quan", "name": "Sở", "client_id": CLIENT[0], "secret": CLIENT[1]}
    app["settings"] = {"server_url": served.issuer}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    return served


def sign_in(client, provider, wanted=""):
    """The whole way: to the provider, consent there, and back."""
    away = client.get(f"{BEGIN}?next={wanted}" if wanted else BEGIN)
    assert away.status_code == 302 and away["Location"].startswith(f"{provider.issuer}/dong-y?")
    return client.get(provider.consent(away["Location"]).removeprefix("http://testserver"))


def signed_in_as(client) -> int | None:
    return int(client.session["_auth_user_id"]) if "_auth_user_id" in client.session else None


def test_a_verified_address_opens_the_account_that_stands_here(client, tree, provider):
    lan = make_person("lan")
    assert sign_in(client, provider)["Location"] == "/noi-bo/"
    assert signed_in_as(client) == lan.pk
    assert client.get("/noi-bo/").status_code == 200


def test_the_way_back_is_the_page_one_came_from_and_never_another_site(client, tree, provider):
    make_person("lan")
    assert sign_in(client, provider, "/van-ban/")["Location"] == "/van-ban/"
    for evil in ("https://xau.example/", "//xau.example/", "/%5Cxau.example", "http://localhost/"):
        assert "xau.example" not in sign_in(Client(), provider, evil)["Location"]
        assert "localhost" not in sign_in(Client(), provider, evil)["Location"]


def test_the_link_stands_by_subject_when_the_address_changes(client, tree, provider):
    lan = make_person("lan")
    sign_in(client, provider)
    provider.claims["email"] = "moi@vi-du.gov.vn"
    other = Client()
    sign_in(other, provider)
    assert signed_in_as(other) == lan.pk


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "la@vi-du.gov.vn"},
        {"email_verified": False},
        {"email_verified": "false"},
        {"email_verified": None},
        {"email": "", "preferred_username": "lan"},
    ],
)
def test_strangers_of_the_directory_get_no_account(client, tree, provider, claims):
    make_person("lan")
    provider.claims |= claims
    answer = sign_in(client, provider)
    assert answer.status_code == 403
    assert "chưa được nối với tài khoản nào" in answer.content.decode()
    assert signed_in_as(client) is None
    assert get_user_model().objects.count() == 1


def test_a_disabled_account_gets_the_same_answer_as_none(client, tree, provider):
    make_person("lan", is_active=False)
    disabled = sign_in(client, provider)
    provider.claims |= {"sub": "u-2", "email": "khong-co@vi-du.gov.vn"}
    assert (disabled.status_code, disabled.content) == (403, sign_in(Client(), provider).content)


def test_an_account_disabled_after_it_was_linked_stays_shut(client, tree, provider):
    lan = make_person("lan")
    sign_in(client, provider)
    lan.is_active = False
    lan.save()
    assert sign_in(Client(), provider).status_code == 403


def test_two_accounts_with_one_address_open_neither(client, tree, provider):
    make_person("lan")
    get_user_model().objects.create_user("lan2", "LAN@vi-du.gov.vn", "x")
    assert sign_in(client, provider).status_code == 403


def test_by_user_name_where_the_directory_is_trusted_with_names(client, tree, provider, settings):
    lan = make_person("lan")
    settings.OIDC = settings.OIDC | {"match": "username"}
    provider.claims |= {"email": "", "email_verified": False}
    sign_in(client, provider)
    assert signed_in_as(client) == lan.pk


@pytest.mark.parametrize(
    "spoil",
    [{"aud": "cong-khac"}, {"iss": "http://127.0.0.1:1"}, {"exp": 1}, {"sub": "u-9"}, "key"],
    ids=["audience", "issuer", "expired", "other-subject", "other-key"],
)
def test_a_token_that_is_not_right_opens_nothing(client, tree, provider, spoil):
    make_person("lan")
    if spoil == "key":
        provider.signing_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    else:
        provider.spoil = spoil
    answer = sign_in(client, provider)
    assert answer.status_code == 403 and "không xác nhận lượt đăng nhập" in answer.content.decode()
    assert signed_in_as(client) is None


def test_a_way_back_that_was_not_begun_here_opens_nothing(client, tree, provider):
    make_person("lan")
    begun_elsewhere = provider.consent(Client().get(BEGIN)["Location"]).removeprefix("http://testserver")
    assert client.get(begun_elsewhere).status_code == 403
    assert signed_in_as(client) is None


def test_a_provider_that_is_away_is_said_so(client, tree, provider, settings):
    providers = settings.SOCIALACCOUNT_PROVIDERS
    providers["openid_connect"]["APPS"][0]["settings"]["server_url"] = "http://127.0.0.1:9"
    answer = client.get(BEGIN)
    assert answer.status_code in (403, 503)
    assert "Chưa đăng nhập được" in answer.content.decode()


def test_without_settings_there_is_neither_button_nor_address(client, tree):
    assert "dang-nhap/co-quan" not in client.get("/quan-tri/login/").content.decode()
    assert client.get(BEGIN).status_code == 404
    assert client.get(f"{BEGIN}xong/?code=1&state=2").status_code == 404


def test_with_settings_the_sign_in_page_offers_it(client, tree, provider):
    page = client.get("/quan-tri/login/?next=/van-ban/").content.decode()
    assert "Đăng nhập bằng tài khoản Sở" in page
    assert f'href="{BEGIN}?next=/van-ban/"' in page
