"""Units that somebody may not go to: move.kin, return.

`enforce` takes kin to stay in their present units, and lets no two of a family into one unit: it is
stricter than the rule, never laxer. `check` follows kin through the plan, by date.
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from data.words import Message
from scheduler.clock import day_number
from scheduler.day_columns import NO_DAY, day_numbers, months_later
from scheduler.move_rules.base import MoveRule
from scheduler.move_rules.wording import breach, person, unit
from scheduler.rules.findings import on_paper
from solver.moves.problem import Apart, BarredUnit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from scheduler.rotation_case import RotationCase
    from scheduler.rotation_view import RotationView
    from scheduler.rules.base import Breach, Policy


def enforce_kin(policy: Policy, case: RotationCase) -> Iterator[Apart | BarredUnit]:
    """Bars everybody from the units of the own kin on each wave's day; kin who move stay apart."""
    kin = _families(case)
    numbers = case.mover_number
    wanted = {relative for who in kin if who in numbers for relative in kin[who]}
    places = _places(case, wanted)
    for who in sorted(kin.keys() & numbers.keys(), key=numbers.__getitem__):
        number = numbers[who]
        waves: dict[int, set[int]] = defaultdict(set)
        for relative in kin[who]:
            for unit_number, inside in places.get(relative, ()):
                waves[unit_number] |= inside
            if numbers.get(relative, -1) > number:
                yield Apart(number, numbers[relative], policy.id)
        for unit_number, inside in sorted(waves.items()):
            if inside:
                yield BarredUnit(number, unit_number, tuple(sorted(inside)), policy.id)


def _families(case: RotationCase) -> dict[str, list[str]]:
    """Staff id -> kin, both ways, each once, in order."""
    table = case.tables["relatives"]
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for one, other in zip(table["staff_id"].tolist(), table["relative_id"].tolist(), strict=True):
        if one != other:
            found[one][other] = None
            found[other][one] = None
    return {who: list(kin) for who, kin in found.items()}


def _places(case: RotationCase, staff_ids: set[str]) -> dict[str, list[tuple[int, set[int]]]]:
    """Staff id -> units (by number) where papers place the person, each with the waves."""
    postings = case.tables["postings"]
    rows = postings[postings["staff_id"].isin(staff_ids)]
    start, end = day_numbers(rows["start"]).tolist(), day_numbers(rows["end"]).tolist()
    days = [day_number(day) for day in case.waves]
    found = defaultdict(list)
    for who, post, first, last in zip(
        rows["staff_id"].tolist(), rows["position_id"].tolist(), start, end, strict=True
    ):
        waves = {
            w for w, day in enumerate(days)
            if first <= day and (last == NO_DAY or day <= last) and first != NO_DAY
        }  # fmt: skip
        found[who].append((case.units[case.jobs[post][0]], waves))
    return found


def check_kin(policy: Policy, view: RotationView) -> Iterator[Breach]:
    """No relative is in the target unit on that day, by papers or by earlier rows of the plan."""
    kin: dict[str, set[str]] = defaultdict(set)
    for row in view.office.relatives:
        kin[row.staff_id].add(row.relative_id)
        kin[row.relative_id].add(row.staff_id)
    gone: dict[str, list[tuple[date, str]]] = defaultdict(list)
    for move, day in view.moves:
        gone[move.staff_id].append((day, view.posts[move.to_position].unit_id))
    for move, day in view.moves:
        target = view.posts[move.to_position].unit_id
        for relative in sorted(kin.get(move.staff_id, set()) - {move.staff_id}):
            if target in _units_of(view, relative, gone.get(relative, []), day):
                yield breach(policy, [move], Message(
                    "{who} có người thân ({relative}) công tác tại {unit}.", {
                        "who": person(view, move.staff_id), "relative": person(view, relative),
                        "unit": unit(view, target),
                    },
                ))  # fmt: skip


def _units_of(
    view: RotationView, staff_id: str, moved: list[tuple[date, str]], day: date
) -> set[str]:
    """Units in which somebody serves on a day, after the plan's moves up to it."""
    before = [(when, where) for when, where in moved if when <= day]
    if before:
        return {max(before)[1]}
    held = (p.position_id for p in view.in_post(staff_id, day))
    return {view.posts[post].unit_id for post in held if post in view.posts}


def enforce_return(policy: Policy, case: RotationCase) -> Iterator[BarredUnit]:
    """Bars everybody who moves from each unit left, until the time is over."""
    postings, movers = case.tables["postings"], case.movers
    rows = postings[postings["staff_id"].isin(movers.index) & postings["end"].notna()]
    if rows.empty:
        return
    at = case.posts.index.get_indexer(pd.Index(rows["position_id"]))
    units = pd.Index(list(case.units)).get_indexer(pd.Index(case.posts["unit_id"].iloc[at]))
    number = movers.index.get_indexer(pd.Index(rows["staff_id"]))
    left = pd.Series(day_numbers(rows["end"])).groupby([number, units], sort=True).max()
    pairs = np.array(left.index.tolist(), np.int64).reshape(-1, 2)
    free = months_later(left.to_numpy(np.int64), policy.value)
    own = pd.Index(list(case.units)).get_indexer(pd.Index(movers["unit_id"]))
    days = np.array([day_number(day) for day in case.waves])
    barred = _barred(days, free)
    barred &= (pairs[:, 1] != own[pairs[:, 0]])[:, None]
    for row in np.flatnonzero(barred.any(axis=1)).tolist():
        waves = tuple(barred[row].nonzero()[0].tolist())
        yield BarredUnit(int(pairs[row, 0]), int(pairs[row, 1]), waves, policy.id)


def _barred(days: NDArray[np.int64], free: NDArray[np.int64]) -> NDArray[Any]:
    """Shape (rows, waves): the wave is before the day from which a return is free."""
    found: NDArray[Any] = days[None, :] < free[:, None]
    return found


def check_return(policy: Policy, view: RotationView) -> Iterator[Breach]:
    """Counts full months from the last day in each former post of the target unit to the move."""
    for move, day in view.moves:
        target = view.posts[move.to_position].unit_id
        if move.from_position and view.posts[move.from_position].unit_id == target:
            continue
        ends = [
            p.end
            for p in view.careers.get(move.staff_id, ())
            if p.end and p.position_id in view.posts and view.posts[p.position_id].unit_id == target
        ]
        last = max(ends, default=None)
        if last is not None and _full_months(last, day) < policy.value:
            yield breach(policy, [move], Message(
                "{who} rời {unit} ngày {left}; chưa đủ {months} tháng để trở lại.", {
                    "who": person(view, move.staff_id), "unit": unit(view, target),
                    "left": on_paper(last), "months": policy.value,
                },
            ))  # fmt: skip


def _full_months(left: date, day: date) -> int:
    same_day = min(left.day, monthrange(day.year, day.month)[1])
    return 12 * (day.year - left.year) + day.month - left.month - (day.day < same_day)


KIN = (
    MoveRule("move.kin", enforce_kin, check_kin),
    MoveRule("move.return", enforce_return, check_return),
)
