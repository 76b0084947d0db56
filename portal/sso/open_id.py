"""Sign-in through the organisation's OpenID Connect: the way there and the way back."""

import jwt
import requests
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import Http404

from portal.sso.adapters import refuse

SIGNATURES = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")


class StrictAdapter(OpenIDConnectOAuth2Adapter):
    """Trusts an identity token by its signature alone, never by the way it came.

    Source: OpenID Connect Core 1.0, 3.1.3.7 (ID token) and 5.3.2 (the subject of both answers must agree).
    """

    def complete_login(self, request, app, token, **kwargs):
        encoded = kwargs["response"].get("id_token")
        if not encoded:
            raise OAuth2Error("no id_token")
        claims = self._decode_id_token(app, encoded)
        data = {"id_token": claims}
        if self.openid_config.get("userinfo_endpoint"):
            data["userinfo"] = self._fetch_user_info(token.token)
            if data["userinfo"].get("sub") != claims.get("sub"):
                raise OAuth2Error("userinfo is about somebody else")
        return self.get_provider().sociallogin_from_response(request, data)

    def _decode_id_token(self, app, id_token):
        try:
            header = jwt.get_unverified_header(id_token)
            if header.get("alg") not in SIGNATURES or "kid" not in header:
                raise OAuth2Error("id_token is not signed by a key of the provider")
        except jwt.PyJWTError as error:
            raise OAuth2Error("id_token cannot be read") from error
        return jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )


def _answer(view_class, request, provider_id: str):
    if not settings.OIDC["issuer"]:
        raise Http404
    try:
        return view_class.adapter_view(StrictAdapter(request, provider_id))(request)
    except requests.RequestException:
        return refuse(request, "away", status=503)


def begin(request, provider_id: str):
    """`/dang-nhap/co-quan/`: leads to the organisation's sign-in page."""
    return _answer(OAuth2LoginView, request, provider_id)


def finish(request, provider_id: str):
    """`/dang-nhap/co-quan/xong/`: the person comes back from there, signed in or refused."""
    return _answer(OAuth2CallbackView, request, provider_id)
