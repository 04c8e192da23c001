"""Key files of custodians, audit, releaser and teams: private parts behind a passphrase.

A custodian holds a master (the secrets of every day follow from it), a signing key and a sealing
key; everybody else a sealing key only. All of it by the library `cryptography`. Signatures are RSA
(PKCS #1 v1.5, SHA-256): a reader of the stand-alone verifier can check one in two lines.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from data.words import Message

FORMAT = "congvu-key-1"
ROLES = ("custodian", "audit", "releaser", "team")
SHORTEST = 10  # characters of a passphrase
COST = 1 << 16  # scrypt's n: about a quarter of a second and 64 MB
LEAST_COST = 1 << 4  # of a rehearsal, whose keys guard nothing
SIGNING = 3072  # bits of a signing key (128 bits of security, NIST SP 800-57)


class KeyRefused(Exception):
    """A key file or passphrase that cannot serve; the words never hold a secret."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message.say("en"))


@dataclass(frozen=True)
class PublicKey:
    """What everybody may know of a key: whose it is, and its public parts in hexadecimal."""

    role: str
    name: str
    seal: str
    sign: str = ""  # custodians only: the modulus


@dataclass(frozen=True)
class Key:
    """An opened key; its private parts are not shown in any printout."""

    public: PublicKey
    seal: X25519PrivateKey = field(repr=False)
    sign: rsa.RSAPrivateKey | None = field(default=None, repr=False)
    master: bytes = field(default=b"", repr=False)

    def signature(self, message: bytes) -> str:
        """The custodian's signature in hexadecimal."""
        if self.sign is None:
            raise KeyRefused(
                Message("Khóa «{name}» không phải của người giữ khóa; không ký được.",
                        {"name": self.public.name})
            )  # fmt: skip
        return self.sign.sign(message, padding.PKCS1v15(), hashes.SHA256()).hex()

    def rewrapped(self, passphrase: str, cost: int) -> bytes:
        """The file of a deposit: master and sealing key behind another passphrase; it cannot sign."""
        parts = {"seal": self.seal.private_bytes_raw().hex(), "master": self.master.hex()}
        return _wrapped(
            PublicKey(self.public.role, self.public.name, self.public.seal), parts, passphrase, cost
        )


def make_key(role: str, name: str, passphrase: str, cost: int = COST) -> tuple[bytes, Key]:
    """A new key: the bytes of its file, and the key itself.

    Raises
    ------
    KeyRefused
        When the passphrase is too short.
    """
    if len(passphrase.strip()) < SHORTEST:
        raise KeyRefused(
            Message("Mật khẩu của «{name}» quá ngắn; cần ít nhất {n} ký tự.",
                    {"name": name, "n": SHORTEST})
        )  # fmt: skip
    parts = {"seal": secrets.token_bytes(32).hex()}
    if role == "custodian":
        sign = rsa.generate_private_key(public_exponent=65537, key_size=SIGNING)
        private = sign.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        parts |= {"sign": private.hex(), "master": secrets.token_bytes(32).hex()}
    key = _key(role, name, parts)
    return _wrapped(key.public, parts, passphrase, cost), key


def _wrapped(public: PublicKey, parts: dict[str, str], passphrase: str, cost: int) -> bytes:
    header: dict[str, Any] = {
        "format": FORMAT, "role": public.role, "name": public.name, "seal": public.seal,
        "sign": public.sign, "salt": secrets.token_hex(16), "nonce": secrets.token_hex(12),
        "cost": cost,
    }  # fmt: skip
    box = _box(header, passphrase).encrypt(
        bytes.fromhex(header["nonce"]), json.dumps(parts).encode(), _bound(header)
    )
    return json.dumps({**header, "box": box.hex()}, ensure_ascii=False, indent=1).encode()


def read_public(content: bytes) -> PublicKey:
    """Whose key a file holds; no passphrase is needed.

    Raises
    ------
    KeyRefused
        When this is no key file.
    """
    header = _header(content)
    return PublicKey(header["role"], header["name"], header["seal"], header["sign"])


def open_key(content: bytes, passphrase: str) -> Key:
    """The key in a file.

    Raises
    ------
    KeyRefused
        A wrong passphrase, a damaged file, or no key file at all.
    """
    header = _header(content)
    box = bytes.fromhex(header.pop("box"))
    try:
        clear = _box(header, passphrase).decrypt(
            bytes.fromhex(header["nonce"]), box, _bound(header)
        )
    except InvalidTag:
        raise KeyRefused(
            Message("Mật khẩu của «{name}» không đúng, hoặc tệp khóa bị hỏng. Chưa có gì được ghi hay "
                    "được mở; thử lại.", {"name": header["name"]})
        ) from None  # fmt: skip
    return _key(header["role"], header["name"], json.loads(clear))


def _key(role: str, name: str, parts: dict[str, str]) -> Key:
    seal = X25519PrivateKey.from_private_bytes(bytes.fromhex(parts["seal"]))
    sign = _signing(parts["sign"]) if "sign" in parts else None
    modulus = f"{sign.public_key().public_numbers().n:x}" if sign else ""
    public = PublicKey(role, name, seal.public_key().public_bytes_raw().hex(), modulus)
    return Key(public, seal, sign, bytes.fromhex(parts.get("master", "")))


def _signing(private: str) -> rsa.RSAPrivateKey:
    key = serialization.load_der_private_key(
        bytes.fromhex(private), None,
        unsafe_skip_rsa_key_validation=True,  # the box has vouched for every byte; testing primes is slow
    )  # fmt: skip
    assert isinstance(key, rsa.RSAPrivateKey)
    return key


def _header(content: bytes) -> dict[str, Any]:
    wanted = {"role", "name", "seal", "sign", "salt", "nonce", "cost", "box"}
    try:
        header = json.loads(content)
        good = header["format"] == FORMAT and wanted <= header.keys() and header["role"] in ROLES
        for part in ("seal", "sign", "salt", "nonce", "box"):
            bytes.fromhex(header[part])
        good = good and len(header["seal"]) == 64 and isinstance(header["name"], str)
        good = good and isinstance(header["cost"], int) and 1 < header["cost"] <= 1 << 20
        good = good and header["cost"] & (header["cost"] - 1) == 0
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        good = False
    if not good:
        raise KeyRefused(
            Message("Tệp này không phải tệp khóa của hồ sơ rút thăm, hoặc đã bị hỏng.")
        )
    return dict(header)


def _box(header: dict[str, Any], passphrase: str) -> ChaCha20Poly1305:
    scrypt = Scrypt(salt=bytes.fromhex(header["salt"]), length=32, n=header["cost"], r=8, p=1)
    return ChaCha20Poly1305(scrypt.derive(passphrase.strip().encode()))


def _bound(header: dict[str, Any]) -> bytes:
    """The header as it is bound to the box: nobody can change name, role or public parts."""
    return json.dumps({k: v for k, v in header.items() if k != "box"}, sort_keys=True).encode()
