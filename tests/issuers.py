"""A small issuer of OpenID Connect for tests, in the test's own process."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
from joserfc import jwt
from joserfc.jwk import RSAKey

ADDRESS = "https://id.example.gov.vn"
KEY = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig", "alg": "RS256"})
STRANGE = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig", "alg": "RS256"})


@dataclass
class FakeIssuer:
    """Vouches for `subject`, or does something wrong on purpose: `lie` replaces claims, `broken` a step."""

    secret: str
    subject: str = "a7f-0001"
    username: str = "lan.anh"
    lie: dict[str, Any] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: KEY)
    header: dict[str, Any] = field(default_factory=lambda: {"alg": "RS256", "kid": "k1"})
    broken: dict[str, httpx2.Response] = field(default_factory=dict)
    described: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    now: datetime | None = None

    @property
    def transport(self) -> httpx2.MockTransport:
        """The network, with only this issuer in it."""
        return httpx2.MockTransport(self.answer)

    def approve(self, location: str) -> dict[str, str]:
        """What the person's browser brings back after signing in at the address it was sent to."""
        asked = {k: v[0] for k, v in parse_qs(urlsplit(location).query).items()}
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return {"state": asked["state"], "code": code}

    def answer(self, request: httpx2.Request) -> httpx2.Response:
        """The answer to one request."""
        path = request.url.path
        self.asked.append(path)
        if path in self.broken:
            return self.broken[path]
        if path == "/.well-known/openid-configuration":
            return httpx2.Response(200, json={
                "issuer": ADDRESS, "authorization_endpoint": f"{ADDRESS}/authorize",
                "token_endpoint": f"{ADDRESS}/token", "jwks_uri": f"{ADDRESS}/keys", **self.described,
            })  # fmt: skip
        if path == "/keys":
            return httpx2.Response(200, json={"keys": [KEY.as_dict(private=False)]})
        return self._token(request)

    def _token(self, request: httpx2.Request) -> httpx2.Response:
        form = {k: v[0] for k, v in parse_qs(request.content.decode()).items()}
        asked = self.codes.pop(form["code"], None)  # a code is good once
        proof = hashlib.sha256(form["code_verifier"].encode()).digest()
        basic = base64.b64encode(f"congvu:{self.secret}".encode()).decode()
        if (
            asked is None
            or asked["code_challenge"] != base64.urlsafe_b64encode(proof).decode().rstrip("=")
            or asked["redirect_uri"] != form["redirect_uri"]
            or request.headers["authorization"] != f"Basic {basic}"
        ):
            return httpx2.Response(400, json={"error": "invalid_grant"})
        at = int(self.now.timestamp()) if self.now else 0
        claims = {
            "iss": ADDRESS, "aud": "congvu", "sub": self.subject, "nonce": asked["nonce"], "iat": at,
            "exp": at + 300, "preferred_username": self.username, **self.lie,
        }  # fmt: skip
        if self.header["alg"] == "none":
            parts = (json.dumps(part).encode() for part in (self.header, claims))
            token = ".".join(base64.urlsafe_b64encode(p).decode().rstrip("=") for p in parts) + "."
        else:
            token = jwt.encode(self.header, claims, self.key)
        return httpx2.Response(200, json={"id_token": token, "token_type": "Bearer"})
