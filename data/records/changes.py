"""One change between a published plan and its successor, in one form for visits and for moves."""

from __future__ import annotations

from dataclasses import dataclass

from data.words import Message

KEPT, MOVED, NEW_TEAM, ADDED, DROPPED = "kept", "moved", "new_team", "added", "dropped"
CHANGED = "changed"  # a move of somebody who still moves, to another post or on another day
WHAT = {
    KEPT: Message("giữ nguyên"),
    MOVED: Message("đổi ngày"),
    NEW_TEAM: Message("đổi đoàn"),
    CHANGED: Message("thay đổi"),
    ADDED: Message("thêm"),
    DROPPED: Message("bỏ"),
}
STANDS = {
    "past": Message("đã bắt đầu"),
    "announced": Message("đã thông báo"),
    "pinned": Message("được ghim"),
}
Values = tuple[
    tuple[str, str], ...
]  # (name, value): start, end, lead, members; of a move: post, wave


@dataclass(frozen=True)
class Changed:
    """What became of one visit or move: where it was and is, who left and who joined, and why.

    A visit whose day and team both changed counts as moved. `before` is empty for what is added, `after` for
    what is dropped; reasons name rules by id.
    """

    item: str  # visit or move id
    what: str  # a key of WHAT
    about: str  # unit of a visit, person of a move
    before: Values = ()
    after: Values = ()
    out: tuple[str, ...] = ()  # people who are no longer on it
    joined: tuple[str, ...] = ()
    reasons: tuple[Message, ...] = ()
    stands: str = ""  # a key of STANDS: why it was not to be touched
