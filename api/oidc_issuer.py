"""The city's own sign-in (OpenID Connect): code flow with PKCE, told in three requests to the issuer."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from urllib.parse import quote, urlencode

import httpx2
import structlog
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from itsdangerous import BadSignature, URLSafeSerializer
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from api.problems import Problem, ProblemError
from api.settings import ServerSettings
from data.words import Message

log = structlog.get_logger("congvu")
ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")  # never "none", never one with a shared secret
GOOD_FOR_S = 600  # from leaving for the issuer to coming back
LEEWAY_S = 60  # clocks differ
WAIT_S = 10.0
FAILED = Message("Đăng nhập chung không thành công")
UNREACHABLE = Problem(
    503, "oidc-unreachable", FAILED,
    Message("Cổng đăng nhập chung không trả lời. Đợi một lát rồi thử lại, hoặc dùng mật khẩu."),
    headers={"Retry-After": "30"},
)  # fmt: skip
ODD = Problem(
    502, "oidc-answer", FAILED,
    Message("Cổng đăng nhập chung trả lời không đúng chuẩn; chưa đăng nhập. Báo người quản trị."),
)  # fmt: skip
STRAY = Problem(
    400, "oidc-state", FAILED,
    Message("Lượt đăng nhập này không bắt đầu từ trình duyệt này, hoặc đã quá lâu. Bắt đầu lại."),
)  # fmt: skip
DENIED = Problem(
    401, "oidc-denied", FAILED,
    Message("Cổng đăng nhập chung không cho vào. Thử lại, hoặc hỏi người quản trị."),
)  # fmt: skip


@dataclass(frozen=True)
class Person:
    """Whom the issuer vouches for."""

    subject: str
    username: str


class Issuer:
    """The city's issuer; `transport` stands in for the network in tests."""

    def __init__(
        self, settings: ServerSettings, redirect_uri: str,
        transport: httpx2.BaseTransport | None = None,
    ) -> None:  # fmt: skip
        self.settings = settings
        self.redirect_uri = redirect_uri
        self.transport = transport
        seed = settings.oidc_client_secret or secrets.token_hex(32)
        self._cookies = URLSafeSerializer(
            hashlib.sha256(f"congvu-oidc-cookie:{seed}".encode()).digest(),
            signer_kwargs={"digest_method": hashlib.sha256, "key_derivation": "hmac"},
        )

    def start(self, now: datetime) -> tuple[str, str]:
        """Where to send the browser, and the cookie by which it is known again.

        Raises
        ------
        ProblemError
        """
        with self._client() as client:
            endpoint = self._described(client)["authorization_endpoint"]
        kept = {
            "state": secrets.token_urlsafe(32), "nonce": secrets.token_urlsafe(32),
            "verifier": secrets.token_urlsafe(48), "at": now.timestamp(),
        }  # fmt: skip
        asked = urlencode({
            "response_type": "code", "client_id": self.settings.oidc_client_id,
            "redirect_uri": self.redirect_uri, "scope": "openid profile", "state": kept["state"],
            "nonce": kept["nonce"], "code_challenge_method": "S256",
            "code_challenge": create_s256_code_challenge(kept["verifier"]),
        })  # fmt: skip
        joint = "&" if "?" in endpoint else "?"
        return f"{endpoint}{joint}{asked}", str(self._cookies.dumps(kept))

    def finish(self, cookie: str, state: str, code: str, now: datetime) -> Person:
        """Who has come back from the issuer.

        Raises
        ------
        ProblemError
        """
        try:
            kept = self._cookies.loads(cookie)
        except BadSignature:
            raise ProblemError(STRAY) from None
        age = now.timestamp() - kept["at"]
        ours = secrets.compare_digest(kept["state"].encode(), state.encode())
        if not ours or not 0 <= age <= GOOD_FOR_S:
            raise ProblemError(STRAY)
        with self._client() as client:
            described = self._described(client)
            given = _asked(client, "POST", described["token_endpoint"], **self._form(
                described, code, kept["verifier"]
            ))  # fmt: skip
            keys = _asked(client, "GET", described["jwks_uri"])
        return _person(self._claims(given, keys, described["issuer"], kept["nonce"], now))

    def _client(self) -> httpx2.Client:
        return httpx2.Client(
            transport=self.transport, timeout=WAIT_S, headers={"Accept": "application/json"}
        )

    def _described(self, client: httpx2.Client) -> dict[str, Any]:
        issuer = self.settings.oidc_issuer.rstrip("/")
        found = _asked(client, "GET", f"{issuer}/.well-known/openid-configuration")
        needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        safe = ("https://",) if issuer.startswith("https://") else ("https://", "http://")
        if str(found.get("issuer")).rstrip("/") != issuer or not all(
            str(found.get(name)).startswith(safe) for name in needed
        ):
            raise ProblemError(ODD)
        return found

    def _form(self, described: Mapping[str, Any], code: str, verifier: str) -> dict[str, Any]:
        name, secret = self.settings.oidc_client_id, self.settings.oidc_client_secret
        form = {
            "grant_type": "authorization_code", "code": code, "redirect_uri": self.redirect_uri,
            "code_verifier": verifier,
        }  # fmt: skip
        ways = described.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        if secret and "client_secret_basic" in ways:
            return {"data": form, "auth": (quote(name, safe=""), quote(secret, safe=""))}
        more = {"client_id": name, "client_secret": secret} if secret else {"client_id": name}
        return {"data": {**form, **more}}

    def _claims(
        self, given: Mapping[str, Any], keys: Mapping[str, Any], issuer: str, nonce: str,
        now: datetime,
    ) -> CodeIDToken:  # fmt: skip
        try:
            token = jwt.decode(
                str(given["id_token"]),
                KeySet.import_key_set(cast("Any", keys)),
                algorithms=ALGORITHMS,
            )
            claims = CodeIDToken(
                token.claims, token.header,
                {
                    "iss": {"essential": True, "value": issuer},
                    "aud": {"essential": True, "value": self.settings.oidc_client_id},
                },
                {
                    "nonce": nonce, "client_id": self.settings.oidc_client_id,
                    "access_token": given.get("access_token"),
                },
            )  # fmt: skip
            claims.validate(now=int(now.timestamp()), leeway=LEEWAY_S)
        except (JoseError, ValueError, KeyError, TypeError) as error:
            log.warning("oidc.refused", kind=type(error).__name__)
            raise ProblemError(ODD) from None
        return claims


def _person(claims: Mapping[str, Any]) -> Person:
    subject, username = claims["sub"], claims.get("preferred_username")
    if not isinstance(subject, str) or not subject.isprintable() or not 0 < len(subject) <= 300:
        raise ProblemError(ODD)
    return Person(subject, username if isinstance(username, str) else "")


def _asked(client: httpx2.Client, method: str, url: str, **more: Any) -> dict[str, Any]:
    """The issuer's answer, a JSON object."""
    try:
        answer = client.request(method, url, **more)
        found = answer.json() if answer.is_success else None
    except httpx2.HTTPError:
        raise ProblemError(UNREACHABLE) from None
    except ValueError:
        found = None
    if not isinstance(found, dict):
        log.warning("oidc.answer", status=answer.status_code)
        raise ProblemError(ODD)
    return found
