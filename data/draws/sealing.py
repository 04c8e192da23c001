"""Sealed papers: for one reader, for any one of several, all of one size (HPKE, RFC 9180)."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from data.draws.keys import Key
from data.words import Message

SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
SIZE = 1024  # bytes of every padded paper: its length tells nothing


class SealBroken(Exception):
    """A sealed paper that this key cannot open, or that was changed."""

    def __init__(self, name: str) -> None:
        self.message = Message(
            "Khóa «{name}» không mở được phong bì này: phong bì của người khác, hoặc đã bị sửa.",
            {"name": name},
        )
        super().__init__(self.message.say("en"))


def seal(public: str, content: bytes, info: bytes) -> bytes:
    """The content for the holder of one public key; `info` has to be the same when it is opened."""
    return SUITE.encrypt(content, X25519PublicKey.from_public_bytes(bytes.fromhex(public)), info)


def unseal(key: Key, sealed: bytes, info: bytes) -> bytes:
    """The content of a sealed paper.

    Raises
    ------
    SealBroken
        It is for somebody else, was changed, or is another paper.
    """
    try:
        return SUITE.decrypt(sealed, key.seal, info)
    except (InvalidTag, ValueError):
        raise SealBroken(key.public.name) from None


def seal_for_any(publics: Sequence[str], content: bytes, info: bytes) -> bytes:
    """The content for each of several readers, any of whom can open it alone."""
    inner, nonce = ChaCha20Poly1305.generate_key(), secrets.token_bytes(12)
    box = ChaCha20Poly1305(inner).encrypt(nonce, content, info)
    wraps = {public: seal(public, inner, info).hex() for public in publics}
    return json.dumps({"wraps": wraps, "nonce": nonce.hex(), "box": box.hex()}).encode()


def unseal_as_one(key: Key, sealed: bytes, info: bytes) -> bytes:
    """The content of what was sealed for several, for one of them.

    Raises
    ------
    SealBroken
        The key is none of theirs, or the paper was changed.
    """
    try:
        parts = json.loads(sealed)
        inner = unseal(key, bytes.fromhex(parts["wraps"][key.public.seal]), info)
        box, nonce = bytes.fromhex(parts["box"]), bytes.fromhex(parts["nonce"])
        return ChaCha20Poly1305(inner).decrypt(nonce, box, info)
    except (InvalidTag, ValueError, KeyError, TypeError):
        raise SealBroken(key.public.name) from None


def lock(secret: bytes, content: bytes, info: bytes) -> bytes:
    """The content behind a 32-byte secret."""
    nonce = secrets.token_bytes(12)
    return nonce + ChaCha20Poly1305(secret).encrypt(nonce, content, info)


def unlock(secret: bytes, locked: bytes, info: bytes, name: str) -> bytes:
    """What was locked; `name` for the error.

    Raises
    ------
    SealBroken
        Another secret, or a changed paper.
    """
    try:
        return ChaCha20Poly1305(secret).decrypt(locked[:12], locked[12:], info)
    except (InvalidTag, ValueError):
        raise SealBroken(name) from None


def padded(content: bytes) -> bytes:
    """The content brought to one size.

    Raises
    ------
    ValueError
        When it is longer than a padded paper may be.
    """
    if len(content) > SIZE - 1:
        message = f"{len(content)} bytes do not fit into {SIZE}"
        raise ValueError(message)
    return content + b"\x80" + bytes(SIZE - 1 - len(content))


def unpadded(content: bytes) -> bytes:
    """What was padded.

    >>> unpadded(padded(b"abc"))
    b'abc'
    """
    return content.rstrip(b"\x00")[:-1]
