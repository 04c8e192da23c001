"""Changes counted and told: the same words for plans of visits and of moves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from data.records.changes import WHAT, Changed
from data.words import Message


def told(change: Changed) -> dict[str, Any]:
    """A change as plain values, its reasons in both languages: a row of changes.json."""
    return {
        "id": change.item,
        "what": change.what,
        "about": change.about,
        "stands": change.stands,
        **{f"{name}_before": value for name, value in change.before},
        **{f"{name}_after": value for name, value in change.after},
        "out": list(change.out),
        "joined": list(change.joined),
        "reasons_vi": [reason.say("vi") for reason in change.reasons],
        "reasons_en": [reason.say("en") for reason in change.reasons],
    }


def counted(changes: Iterable[Changed]) -> dict[str, int]:
    """How many of each kind, all kinds named."""
    found = Counter(change.what for change in changes)
    return {what: found[what] for what in WHAT}


def summary(counts: Mapping[str, int]) -> Message:
    """One sentence: how many stand, and how many of each kind of change."""
    return Message(
        "Giữ nguyên {kept}, đổi ngày {moved}, đổi đoàn {new_team}, thêm {added}, bỏ {dropped}.",
        dict(counts),
    )


def proof(value: int, bound: int) -> Message:
    """How far the number of changes is from the fewest possible."""
    if value <= bound:
        return Message("Số thay đổi {n}: đã chứng minh là ít nhất.", {"n": value})
    return Message(
        "Số thay đổi {n}: không phương án hợp lệ nào ít hơn {bound}.", {"n": value, "bound": bound}
    )
