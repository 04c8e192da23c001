"""The protocol's rule as the record writes it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from data.words import Message

SOURCES = {"lottery": 20, "dice": 25, "drand": 64}  # fewest digits: 64 bits at least
FEWEST = ", ".join(f"{name} {n}" for name, n in SOURCES.items())


class ProtocolFault(Exception):
    """Beacons in the rule that cannot be read, or whose order is not that of their times."""

    def __init__(self, text: str) -> None:
        self.message = Message(
            "Nguồn số công khai «{value}» trong surprise.protocol không dùng được. Viết: tên, số ngày lệch "
            "(0 hoặc âm), giờ, số chữ số; ví dụ «lottery -1 18:35 20»; theo thứ tự thời gian. Tên và số "
            "chữ số ít nhất: {names}.",
            {"value": text, "names": FEWEST},
        )
        super().__init__(self.message.say("en"))


def beacons_of(written: Sequence[str]) -> list[dict[str, Any]]:
    """Sources of public values in their order.

    >>> beacons_of(["lottery -1 18:35 20"])
    [{'source': 'lottery', 'offset': -1, 'time': '18:35', 'digits': 20}]

    Raises
    ------
    ProtocolFault
        An unknown source, no offset, clock time or number of digits; none at all; an earlier one after
        a later one, so that a day's fallback would already be known.
    """
    found = [_beacon(text) for text in written]
    if not found:
        raise ProtocolFault(", ".join(written))
    for text, (one, other) in zip(written[1:], pairwise(found), strict=True):
        if (one["offset"], one["time"]) >= (other["offset"], other["time"]):
            raise ProtocolFault(text)
    return found


def _beacon(text: str) -> dict[str, Any]:
    try:
        source, offset, clock, digits = text.split()
        hour, minute = (int(part) for part in clock.split(":"))
        number = int(digits)
    except ValueError:
        raise ProtocolFault(text) from None
    good = source in SOURCES and -7 <= int(offset) <= 0 and 0 <= hour < 24 and 0 <= minute < 60
    if not good or number < SOURCES[source] or (source == "drand" and number != SOURCES[source]):
        raise ProtocolFault(text)
    return {
        "source": source,
        "offset": int(offset),
        "time": f"{hour:02}:{minute:02}",
        "digits": number,
    }
