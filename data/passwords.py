"""Passwords as hashes: Argon2id, a few at a time, and as long for somebody unknown as for somebody known."""

from __future__ import annotations

import base64
import secrets
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

AT_ONCE = 2  # hashings side by side: each fills a core and 64 MB
WAITING = 8  # that may wait for them; more would hold every thread of the server


class PasswordsBusy(Exception):
    """Too many passwords are being hashed already; nothing was tried."""


class Passwords:
    """The hasher of an installation.

    Parameters
    ----------
    hasher : how much work a hash is; tests take a cheap one

    Examples
    --------
    >>> cheap = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    >>> kept = cheap.hash("mười hai con giáp")
    >>> cheap.fits(kept, "mười hai con giáp"), cheap.fits(kept, "mười hai"), cheap.fits(None, "mười hai")
    (True, False, False)
    """

    def __init__(
        self, hasher: PasswordHasher | None = None, at_once: int = AT_ONCE, waiting: int = WAITING
    ) -> None:
        self.hasher = hasher or PasswordHasher()
        self._working = threading.BoundedSemaphore(at_once)
        self._let_in = threading.BoundedSemaphore(at_once + waiting)
        self._nobodys = _hash_of_nothing(self.hasher)

    def hash(self, password: str) -> str:
        """What is kept of the password.

        Raises
        ------
        PasswordsBusy
        """
        with self._turn():
            return self.hasher.hash(_as_typed_anywhere(password))

    def fits(self, kept: str | None, password: str) -> bool:
        """Whether the password is the one that was kept; without one, False after the same work.

        Raises
        ------
        PasswordsBusy
        """
        with self._turn():
            try:
                return self.hasher.verify(kept or self._nobodys, _as_typed_anywhere(password))
            except (VerificationError, InvalidHashError):
                return False

    def is_old(self, kept: str) -> bool:
        """Whether the hash was made with less, or other, work than is asked for now."""
        return self.hasher.check_needs_rehash(kept)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._let_in.acquire(blocking=False):
            raise PasswordsBusy
        try:
            with self._working:
                yield
        finally:
            self._let_in.release()


def _as_typed_anywhere(password: str) -> str:
    """Keyboards write «ế» as one letter or as three: the same password."""
    return unicodedata.normalize("NFKC", password)


def _hash_of_nothing(hasher: PasswordHasher) -> str:
    """A hash in the hasher's own form that no password has: its tag is random."""
    salt, tag = (
        base64.b64encode(secrets.token_bytes(n)).decode().rstrip("=")
        for n in (hasher.salt_len, hasher.hash_len)
    )
    work = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2id$v=19${work}${salt}${tag}"
