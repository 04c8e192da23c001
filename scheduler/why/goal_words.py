"""Goals of a plan in words and figures that people use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from data.words import Figure, Message
from scheduler.reports import GOALS
from scheduler.why.answer import listed
from solver.visits.goals import PARTS

UNITS = {
    "drops": (1, 0, Message("điểm rủi ro bị bỏ")),
    "timing": (1, 0, Message("điểm × ngày lệch hạn")),
    "load_max": (10, 1, Message("% tải cao nhất")),
    "load_spread": (10, 1, Message("ngày chênh lệch tải")),
    "pairs": (1, 0, Message("lượt cặp đi cùng quá mức")),
    "clusters": (1, 0, Message("lượt trở lại một cụm quá mức")),
    "travel": (10, 1, Message("km đi lại")),
    "spread": (1, 0, Message("ngày đoàn lệch độ rải đều")),
}  # whole numbers in one unit people use, decimals, its name


def parts_of(order: Sequence[str]) -> tuple[str, ...]:
    """Parts of the goals in the planner's order."""
    return tuple(part for name in order for part in PARTS[name])


def difference(
    before: Mapping[str, int], after: Mapping[str, int], order: Sequence[str]
) -> dict[str, int]:
    """Part -> how much more it is after, in the planner's order."""
    return {part: after[part] - before[part] for part in parts_of(order)}


def amount(part: str, value: int, *, signed: bool = False) -> Message:
    """A value of one part with its unit."""
    scale, digits, unit = UNITS[part]
    return Message("{n} {unit}", {"n": Figure(value / scale, digits, signed=signed), "unit": unit})


def in_words(change: Mapping[str, int]) -> Message:
    """What changes in each goal; that nothing changes."""
    changed = [amount(part, n, signed=True) for part, n in change.items() if n]
    return listed(changed) if changed else Message("không mục tiêu nào thay đổi")


def deciding(change: Mapping[str, int]) -> str:
    """The first part that differs: the goal that decided; "" when none does."""
    return next((part for part, n in change.items() if n), "")


def title(part: str) -> Message:
    """The name of a part of the goals."""
    return GOALS[part][0]


def goal_facts(change: Mapping[str, int]) -> dict[str, Any]:
    """The change of each part as plain values, in the plan's own units."""
    return dict(change)
