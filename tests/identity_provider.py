"""A real OpenID Connect provider for tests: an HTTP server of its own, with keys, endpoints and one-use codes.

It does what a provider must (checks the client, the way back, PKCE, that a code is used once) and, where a test says
so, what a provider must not.
"""

from __future__ import annotations

import hmac
import json
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_urlsafe
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

CLIENT, SECRET = "motcua", "s3cret-of-the-portal"
LAN: dict[str, Any] = {
    "sub": "vneid-0001",
    "LoaiTaiKhoan": "1",
    "SoDinhDanh": "001190000001",
    "HoVaTen": "TRẦN THỊ LAN",
    "NgayThangNamSinh": "19900215",
    "TechID": "t-1",
    "loAs": "2",
}
Claims = dict[str, Any]


class IdentityProvider:
    """Its address, its keys, and whom it vouches for now."""

    def __init__(self, at: datetime, algorithm: str = "RS256") -> None:
        self.at, self.algorithm = at, algorithm
        self.keys = {alg: self.key(alg) for alg in ("RS256", "ES256")}
        self.signs_with: Any = None  # another key than it publishes
        self.person: Claims = dict(LAN)
        self.told_apart = False  # the person's facts come from userinfo alone
        self.spoil: Callable[[Claims], None] = lambda claims: None
        self.unsigned = False
        self.public_key_as_secret = False
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []
        self.address = ""

    @staticmethod
    @lru_cache
    def key(algorithm: str) -> Any:
        """Its own key, made once for all tests: a pair of RSA takes long."""
        return IdentityProvider.new_key(algorithm)

    @staticmethod
    def new_key(algorithm: str) -> Any:
        options: Any = {"use": "sig", "kid": f"k-{algorithm}"}
        return RSAKey.generate_key(2048, options) if algorithm == "RS256" else ECKey.generate_key("P-256", options)

    def described(self) -> Claims:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "jwks_uri": f"{self.address}/jwks",
            "response_types_supported": ["code"],
            "id_token_signing_alg_values_supported": ["RS256", "ES256", "none", "HS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def id_token(self, nonce: str) -> str:
        now = int(self.at.timestamp())
        facts = {"sub": self.person["sub"]} if self.told_apart else self.person
        claims = {**facts, "iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce}
        self.spoil(claims)
        if self.unsigned or self.public_key_as_secret:
            return self._by_hand(claims)
        key = self.signs_with or self.keys[self.algorithm]
        kid = "k-ES256" if self.algorithm == "ES256" else "k-RS256"
        return jwt.encode({"alg": self.algorithm, "kid": kid}, claims, key)

    def _by_hand(self, claims: Claims) -> str:
        """A token that no library would make: without a signature, or signed with what everybody may read."""
        algorithm = "none" if self.unsigned else "HS256"
        parts = [json.dumps(one).encode() for one in ({"alg": algorithm, "kid": "k-RS256"}, claims)]
        written = ".".join(urlsafe_b64encode(one).rstrip(b"=").decode() for one in parts)
        secret = self.keys["RS256"].as_pem(private=False)
        signature = b"" if self.unsigned else hmac.digest(secret, written.encode(), "sha256")
        return f"{written}.{urlsafe_b64encode(signature).rstrip(b'=').decode()}"

    def authorize(self, asked: dict[str, str]) -> str:
        """Where the person is sent after saying yes."""
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256"
        code = token_urlsafe(16)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, sent: dict[str, str], authorization: str) -> tuple[int, Claims]:
        name, _sign, secret = b64decode(authorization.removeprefix("Basic ")).decode().partition(":")
        if (unquote(name), unquote(secret)) != (CLIENT, SECRET):
            return 401, {"error": "invalid_client"}
        asked = self.codes.pop(sent.get("code", ""), None)
        digest = sha256(sent.get("code_verifier", "").encode()).digest()
        if asked is None or asked["code_challenge"] != urlsafe_b64encode(digest).rstrip(b"=").decode():
            return 400, {"error": "invalid_grant"}
        if asked["redirect_uri"] != sent.get("redirect_uri"):
            return 400, {"error": "invalid_grant"}
        given = {"access_token": "at-1", "token_type": "Bearer", "expires_in": 300}
        return 200, {**given, "id_token": self.id_token(asked["nonce"])}


def _handler(one: IdentityProvider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *args: Any) -> None:
            """Tests print nothing."""

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            one.asked.append(parts.path)
            if parts.path == "/authorize":
                self.send_response(302)
                self.send_header("Location", one.authorize({k: v[0] for k, v in parse_qs(parts.query).items()}))
                self.end_headers()
            elif parts.path == "/userinfo" and self.headers["Authorization"] == "Bearer at-1":
                self.answer(200, one.person)
            elif parts.path == "/jwks":
                self.answer(200, {"keys": [key.as_dict(private=False) for key in one.keys.values()]})
            elif parts.path == "/.well-known/openid-configuration":
                self.answer(200, one.described())
            else:
                self.answer(404, {})

        def do_POST(self) -> None:
            one.asked.append(self.path)
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            sent = {name: values[0] for name, values in parse_qs(body).items()}
            self.answer(*one.token(sent, self.headers.get("Authorization", "")))

        def answer(self, status: int, said: Claims) -> None:
            content = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    return Handler


@contextmanager
def running(one: IdentityProvider) -> Iterator[IdentityProvider]:
    """The provider on a port of this machine, until the end of the block."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(one))
    one.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield one
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
