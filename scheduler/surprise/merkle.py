"""A custodian's secrets of a whole season behind one published root (Merkle tree)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence


def leaf(day: str, attempt: int, secret: bytes) -> bytes:
    """What stands in the tree for one day's secret."""
    return hashlib.sha256(b"\x00" + f"{day}|{attempt}|".encode() + secret).digest()


def _levels(leaves: Sequence[bytes]) -> list[list[bytes]]:
    levels = [list(leaves)]
    while len(levels[-1]) > 1:
        below = levels[-1]
        above = [
            hashlib.sha256(b"\x01" + below[k] + below[k + 1]).digest()
            for k in range(0, len(below) - 1, 2)
        ]
        levels.append(above + below[len(below) - len(below) % 2 :])
    return levels


def root(leaves: Sequence[bytes]) -> str:
    """The root of a tree with at least one leaf; an odd last node is promoted as it is."""
    return _levels(leaves)[-1][0].hex()


def path(leaves: Sequence[bytes], index: int) -> list[str]:
    """The neighbours from a leaf up to the root; a promoted level gives none."""
    neighbours = []
    for level in _levels(leaves)[:-1]:
        beside = index ^ 1
        if beside < len(level):
            neighbours.append(level[beside].hex())
        index //= 2
    return neighbours


def leads_to(start: bytes, index: int, count: int, neighbours: Sequence[str], top: str) -> bool:
    """Whether a leaf at a place of a tree with `count` leaves leads to the root `top`."""
    node, rest = start, list(neighbours)
    while count > 1:
        if index ^ 1 < count:
            if not rest:
                return False
            beside = bytes.fromhex(rest.pop(0))
            pair = node + beside if index % 2 == 0 else beside + node
            node = hashlib.sha256(b"\x01" + pair).digest()
        index, count = index // 2, (count + 1) // 2
    return not rest and node.hex() == top
