"""A custodian's secrets of a whole season behind one published root (Merkle tree)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence


def leaf(day: str, attempt: int, secret: bytes) -> bytes:
    """What stands in the tree for one day's secret."""
    return hashlib.sha256(b"\x00" + f"{day}|{attempt}|".encode() + secret).digest()


def _levels(leaves: Sequence[bytes]) -> list[list[bytes]]:
    size = 1 << (len(leaves) - 1).bit_length()
    levels = [[*leaves, *[bytes(32)] * (size - len(leaves))]]
    while len(levels[-1]) > 1:
        below = levels[-1]
        levels.append(
            [
                hashlib.sha256(b"\x01" + below[k] + below[k + 1]).digest()
                for k in range(0, len(below), 2)
            ]
        )
    return levels


def root(leaves: Sequence[bytes]) -> str:
    """The root of a tree with at least one leaf, filled up with zeros to a power of two."""
    return _levels(leaves)[-1][0].hex()


def path(leaves: Sequence[bytes], index: int) -> list[str]:
    """The neighbours from a leaf up to the root, in hexadecimal."""
    return [level[index >> height ^ 1].hex() for height, level in enumerate(_levels(leaves)[:-1])]
