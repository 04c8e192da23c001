"""Why a visit has no date, as a plan's rows keep it: ids of rules, then words; or words alone."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from data.words import Message

BY_HAND = "plan.dropped-by-hand"
_IDS = re.compile(r"((?:[a-z][a-z0-9_-]*\.[a-z0-9-]+(?:[;,] )?)+): ")


@dataclass(frozen=True)
class DropReason:
    """A reason taken apart.

    Attributes
    ----------
    rules : ids of the rules that close every day; without `BY_HAND`
    words : what follows them
    by_hand : whether somebody took the visit out, in which case the words are theirs
    """

    rules: tuple[str, ...]
    words: str
    by_hand: bool


def reason_of(text: str, known: Collection[str] | None = None) -> DropReason:
    """The reason; `known` are ids of rules: a beginning with any other id belongs to the words.

    >>> reason_of("capacity.teams-per-day; follow-up.window: không tìm được ngày").rules
    ('capacity.teams-per-day', 'follow-up.window')
    >>> reason_of("plan.dropped-by-hand: đơn vị giải thể")
    DropReason(rules=(), words='đơn vị giải thể', by_hand=True)
    """
    told = text.removeprefix(f"{BY_HAND}: ")
    found = _IDS.match(told)
    rules = tuple(re.split("[;,] ", found[1])) if found else ()
    if known is not None and not all(rule in known for rule in rules):
        rules = ()
    words = told[found.end() :] if found and rules else told
    return DropReason(rules, words, told != text)


def reason_text(text: str) -> Message | str:
    """The reason for readers: that it was by hand in words, everything else as it is."""
    if not reason_of(text).by_hand:
        return text
    return Message("Bỏ bằng tay: {why}", {"why": text.removeprefix(f"{BY_HAND}: ")})
