"""The protocol's rule as the record writes it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from data.words import Message

SOURCES = ("lottery", "dice", "drand")


class ProtocolFault(Exception):
    """A beacon in the rule that cannot be read."""

    def __init__(self, text: str) -> None:
        self.message = Message(
            "Nguồn số công khai «{text}» trong surprise.protocol không đọc được. Viết: tên ({names}), số "
            "ngày lệch, giờ; ví dụ «lottery -1 18:35».",
            {"text": text, "names": ", ".join(SOURCES)},
        )
        super().__init__(self.message.say("en"))


def beacons_of(written: Sequence[str]) -> list[dict[str, Any]]:
    """Sources of public values in their order.

    >>> beacons_of(["lottery -1 18:35"])
    [{'source': 'lottery', 'offset': -1, 'time': '18:35'}]

    Raises
    ------
    ProtocolFault
        An unknown source, or no offset or clock time.
    """
    found = []
    for text in written:
        parts = text.split()
        clock = parts[2].split(":") if len(parts) == 3 else []
        good = len(clock) == 2 and parts[0] in SOURCES and all(c.isdigit() for c in clock)
        if (
            not good
            or parts[1] not in ("-1", "0")
            or not (int(clock[0]) < 24 and int(clock[1]) < 60)
        ):
            raise ProtocolFault(text)
        found.append({"source": parts[0], "offset": int(parts[1]), "time": parts[2]})
    return found
