"""Shares that stand in for a custodian who is missing: any `needed` of them open the deposited key (Shamir).

The key file itself is deposited under a random passphrase; the passphrase is what is shared out. A
share is a line of text, "deposit-1:1-2-hexadecimal-check": whose, its number, how many are needed.
"""

from __future__ import annotations

import secrets
import zlib
from collections.abc import Callable, Sequence

from Crypto.Protocol.SecretSharing import Shamir

from data.draws.keys import KeyRefused
from data.words import Message


def split_passphrase(needed: int, shares: int) -> tuple[str, list[str]]:
    """A random passphrase, and the shares that give it back: "number-hexadecimal-check" each.

    >>> passphrase, shares = split_passphrase(2, 3)
    >>> joined_passphrase(shares[1:]) == passphrase
    True
    """
    whole = secrets.token_bytes(16)
    parts = Shamir.split(needed, shares, whole)
    return whole.hex(), [_written(number, part, needed) for number, part in parts]


def joined_passphrase(shares: list[str]) -> str:
    """The passphrase out of enough shares.

    Raises
    ------
    KeyRefused
        A share with a typing error, or too few shares. Shares of different keys give a passphrase that
        opens nothing.
    """
    read = [_read(share) for share in shares]
    needed = read[0][2] if read else 2
    different = {number: part for number, part, *_ in read}
    if len(different) < needed or any(one[2] != needed for one in read):
        raise KeyRefused(
            Message("Cần {needed} mảnh khác nhau của cùng một khóa; có {n}.",
                    {"needed": needed, "n": len(different)})
        )  # fmt: skip
    whole = Shamir.combine(list(different.items())[:needed])
    return bytes(whole).hex()


def with_shares(ask: Callable[[str], str], shares: Sequence[str]) -> Callable[[str], str]:
    """Name of a key -> its passphrase: out of the shares of that deposit, else asked.

    Raises
    ------
    KeyRefused
        A share that names no deposit; the rest when a passphrase is asked for.
    """
    of: dict[str, list[str]] = {}
    for share in shares:
        name, mark, text = share.strip().partition(":")
        if not mark:
            raise KeyRefused(Message("Một mảnh khóa bị gõ sai. Gõ lại từng ký tự của mảnh."))
        of.setdefault(name.strip(), []).append(text)
    return lambda name: joined_passphrase(of[name]) if name in of else ask(name)


def _written(number: int, part: bytes, needed: int) -> str:
    body = f"{number}-{needed}-{part.hex()}"
    return f"{body}-{zlib.crc32(body.encode()):08x}"


def _read(share: str) -> tuple[int, bytes, int]:
    body, _, check = share.strip().rpartition("-")
    if not body or f"{zlib.crc32(body.encode()):08x}" != check:
        raise KeyRefused(Message("Một mảnh khóa bị gõ sai. Gõ lại từng ký tự của mảnh."))
    try:
        number, needed, part = body.split("-")
        return int(number), bytes.fromhex(part), int(needed)
    except ValueError:
        raise KeyRefused(Message("Một mảnh khóa bị gõ sai. Gõ lại từng ký tự của mảnh.")) from None
