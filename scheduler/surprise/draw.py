"""The draw itself: secrets and a beacon become targets, in whole numbers only (surprise.md, section 6).

The stand-alone verifier is the second implementation; golden vectors hold both together. Where the
paper puts the chain's head into the draw, the hash of the day's commit line stands here: it is posted
before the beacon comes, so nobody can try again by appending lines.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from data.words import Message

MOST_TRIES = 10_000
ZERO = "0" * 64  # what stands before the first line


class DrawHalted(Exception):
    """No try gave different units: the day stands still until people decide."""

    def __init__(self, tries: int) -> None:
        self.message = Message(
            "Rút thăm {tries} lần chưa được các đơn vị khác nhau. Dừng lại: kiểm tra bảng vé, lập lại "
            "bảng vé của ngày với lý do và hai chữ ký.",
            {"tries": tries},
        )
        super().__init__(self.message.say("en"))


@dataclass(frozen=True)
class Drawn:
    """Who goes where, and how many tries were thrown away before."""

    outcome: tuple[Mapping[str, Any], ...]  # {"slot", "team", "unit"} each
    rejections: int


def canonical(value: Any) -> bytes:
    """The one spelling of a value that is hashed: sorted keys, no spaces, UTF-8.

    >>> canonical({"b": 1, "a": ["ừ"]}).decode()
    '{"a":["ừ"],"b":1}'
    """
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(content: bytes) -> str:
    """SHA-256 in small hexadecimal letters."""
    return hashlib.sha256(content).hexdigest()


def day_secret(master: bytes, day: str, attempt: int) -> bytes:
    """A custodian's secret of one day and attempt; it tells nothing about any other day."""
    return hmac.digest(master, f"{day}|{attempt}".encode(), "sha256")


def seed_of(secrets: Sequence[bytes], beacon: str, commit_hash: str) -> bytes:
    """The day's randomness (rho): unknown while one secret or the beacon is unknown.

    The commit line, whose hash goes in, holds the table's digest, day, attempt and the chain before it.
    """
    message = canonical([beacon, commit_hash])
    return hmac.digest(hashlib.sha256(b"".join(secrets)).digest(), message, "sha256")


def number(seed: bytes, count: int) -> int:
    """The 40-bit number `count` (0, 1, ...) of a seed."""
    return int.from_bytes(hmac.digest(seed, count.to_bytes(8, "big"), "sha256")[:5], "big")


def draw(seed: bytes, table: Mapping[str, Any]) -> Drawn:
    """The targets of a day: one number for each slot, all again until the units differ.

    Parameters
    ----------
    table : a day input: `units` (ids) and `slots` with `team`, `units` (numbers) and `tickets`

    Raises
    ------
    DrawHalted
        After 10,000 tries.
    """
    slots = table["slots"]
    upto = [list(accumulate(slot["tickets"])) for slot in slots]
    for tried in range(MOST_TRIES):
        found = [
            slot["units"][bisect_right(upto[k], number(seed, tried * len(slots) + k))]
            for k, slot in enumerate(slots)
        ]
        if len(set(found)) == len(found):
            return Drawn(_named(table, found), tried)
    raise DrawHalted(MOST_TRIES)


def _named(table: Mapping[str, Any], found: Sequence[int]) -> tuple[Mapping[str, Any], ...]:
    return tuple(
        {"slot": k, "team": slot["team"], "unit": table["units"][unit]}
        for k, (slot, unit) in enumerate(zip(table["slots"], found, strict=True))
    )


def outcome_key(seed: bytes) -> bytes:
    """What locks a day's outcome until its secrets, and with them the seed, are open."""
    return hmac.digest(seed, b"outcome", "sha256")


def outcome_hash(seed: bytes, outcome: Sequence[Mapping[str, Any]]) -> str:
    """What the record keeps of an outcome until it is revealed; the seed hides it."""
    return digest(seed + canonical(list(outcome)))
