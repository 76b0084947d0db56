"""A small OpenID Connect provider on loopback: discovery, keys, tokens signed by RS256, PKCE, user information."""

import base64
import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT = ("cong-thong-tin", "bi-mat-cua-cong")


class Provider:
    """`Provider()` serves at `.issuer`; `.claims` is who signs in, `.spoil` changes a token before it is signed."""

    def __init__(self):
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.signing_key = self.key
        self.claims, self.userinfo, self.spoil, self.challenges = {}, {}, {}, {}
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                provider.answer(self, urlsplit(self.path), {})

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                provider.answer(self, urlsplit(self.path), parse_qs(body))

            def log_message(self, *args):
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def consent(self, address: str) -> str:
        """What the browser is sent back with after the person agreed at this authorisation address."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["client_id"] == CLIENT[0] and asked["code_challenge_method"] == "S256"
        self.challenges["ma-1"] = asked["code_challenge"]
        return f"{asked['redirect_uri']}?{urlencode({'code': 'ma-1', 'state': asked['state']})}"

    def answer(self, handler, address, posted):
        answers = {
            "/.well-known/openid-configuration": self.configuration,
            "/khoa": self.keys,
            "/token": lambda: self.token(posted),
            "/nguoi": lambda: self.claims | self.userinfo,
        }
        found = answers.get(address.path)
        body = json.dumps(found() if found else {}).encode()
        handler.send_response(200 if found else 404)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    def configuration(self) -> dict:
        names = {"authorization": "dong-y", "token": "token", "userinfo": "nguoi"}
        ends = {f"{name}_endpoint": f"{self.issuer}/{path}" for name, path in names.items()}
        return ends | {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/khoa"}

    def keys(self) -> dict:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [public | {"kid": "k1", "alg": "RS256", "use": "sig"}]}

    def token(self, posted: dict) -> dict:
        digest = hashlib.sha256(posted["code_verifier"][0].encode()).digest()
        assert base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == self.challenges.pop(posted["code"][0])
        assert (posted["client_id"][0], posted["client_secret"][0]) == CLIENT
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT[0], "iat": now, "exp": now + 300} | self.claims | self.spoil
        signed = jwt.encode(claims, self.signing_key, algorithm="RS256", headers={"kid": "k1"})
        return {"access_token": "the-vao", "token_type": "Bearer", "id_token": signed}
