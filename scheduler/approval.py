"""What a leader weighs: what was left out by its reasons, and rules of uncertain law in use. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from data.drop_reasons import reason_of

if TYPE_CHECKING:
    from data.records import PlannedVisit, Unplaced

CHOICES = frozenset({"yes or no", "continuous or restarted"})  # units of values that switch a rule


@dataclass(frozen=True)
class LeftOut:
    """What was left out for the same reason, the heaviest first.

    Attributes
    ----------
    rules : ids that together leave no day or no place; none when it was by hand, or to make room
    words : what is said besides the rules
    keys : visits or people
    """

    rules: tuple[str, ...]
    by_hand: bool
    words: str
    keys: tuple[str, ...]


def dropped_by_reason(
    rows: Iterable[PlannedVisit], risk: Mapping[str, Mapping[str, Any]], known: Collection[str]
) -> list[LeftOut]:
    """Visits without a date by their reasons, the reason of most first; in each the riskiest unit first."""
    heavy = sorted(rows, key=lambda v: (-risk.get(v.unit_id, {}).get("score", 0), v.visit_id))
    told = [(reason_of(v.reason, known), v.visit_id) for v in heavy]
    return _together(
        ((r.rules, r.by_hand, "" if r.rules or r.by_hand else r.words), key) for r, key in told
    )


def unplaced_by_reason(rows: Iterable[Unplaced]) -> list[LeftOut]:
    """People without a place by the rules that leave them none, the reason of most first."""
    return _together(
        ((row.rules, False, "" if row.rules else row.reason), row.staff_id) for row in rows
    )


def _together(rows: Iterable[tuple[tuple[tuple[str, ...], bool, str], str]]) -> list[LeftOut]:
    found: dict[tuple[tuple[str, ...], bool, str], list[str]] = {}
    for reason, key in rows:
        found.setdefault(reason, []).append(key)
    groups = [LeftOut(*reason, tuple(keys)) for reason, keys in found.items()]
    return sorted(groups, key=lambda group: -len(group.keys))


def is_switch(unit: str, value: Any) -> bool:
    """Whether a rule's value turns something on, or chooses one of two readings.

    >>> is_switch("yes or no", True), is_switch("yes or no", False), is_switch("days", 5)
    (True, False, False)
    """
    return unit in CHOICES and value is not False


def busiest(load: Mapping[str, Mapping[str, Any]]) -> Sequence[tuple[str, float]]:
    """Person and share of the days there are that are taken, the fullest first."""
    shares = [
        (who, day["days"] / day["available"]) for who, day in load.items() if day["available"]
    ]
    return sorted(shares, key=lambda pair: -pair[1])
