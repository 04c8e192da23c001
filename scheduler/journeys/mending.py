"""A published rotation plan mended after somebody fell out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from data.rotation_folder import read_rotation, refuse_rotation_strangers
from data.words import Message
from scheduler import rotation_reports
from scheduler.errors import NoPlanFound, Refused
from scheduler.journeys.rotation import (
    Rotated,
    RotationAsk,
    as_asked,
    open_rotation,
    rotation_id,
    saved,
)
from scheduler.repaired_plan import repaired_plan
from scheduler.rotation_repair import RepairOrder, late_if_need_be, repair_order
from solver.moves import engine

if TYPE_CHECKING:
    from scheduler.journeys.year import OnProgress
    from solver.moves.repaired import Repaired
    from solver.settings import Settings


def repair_rotation(
    ask: RotationAsk,
    plan_path: Path,
    without: Sequence[str],
    settings: Settings,
    on_progress: OnProgress | None = None,
) -> Rotated:
    """A published plan mended with the fewest changed moves after these people fell out or the data changed.

    What happened before the day of the mending (`ask.on`; the plan's own day when None) stands. The
    year, reading and trial values are the plan's.

    Raises
    ------
    scheduler.rotation_repair.RepairRefused
        With everybody who is in no move that is still to come, and every row that no longer fits.
    PlanRefused
        The checker found a breach in the mended plan; nothing is saved.
    """
    refuse_rotation_strangers(ask.out)
    plan = read_rotation(plan_path)
    if plan.year != ask.year:
        raise Refused(Message(
            "Kế hoạch cần sửa là của năm {year}, không phải {asked}. Ghi --year {year}.",
            {"year": plan.year, "asked": ask.year},
        ))  # fmt: skip
    desk = open_rotation(as_asked(plan, ask.dataset))
    on = ask.on or desk.case.on
    order = repair_order(plan, desk.case, desk.problem, without, on)
    mended = _mended(order, settings, on_progress)
    if mended is not None and set(mended.lost) & set(order.torn):
        order = late_if_need_be(order)
        mended = _mended(order, settings, on_progress)
    if mended is None:
        raise NoPlanFound(Message("Đã dừng trước khi sửa xong kế hoạch; không lưu gì."))
    fresh = repaired_plan(plan, desk.case, order, mended)
    published = replace(order.problem, published=order.solution.exchanges)
    result = engine.as_is(published, settings, mended.solution, 0.0, "")
    told = rotation_reports.mended_facts(desk.case, published, result, fresh.moves, fresh.unplaced)
    birth = {**plan.facts.get("birth", {}), "repair_of": plan.facts.get("plan_id", "")}
    old = {k: v for k, v in fresh.facts.items() if k not in rotation_reports.OF_THE_SEARCH}
    facts = {**old, **told, "birth": birth, "plan_id": rotation_id(birth, fresh.moves)}
    return saved(desk, replace(fresh, facts=facts), ask)


def _mended(
    order: RepairOrder, settings: Settings, on_progress: OnProgress | None
) -> Repaired | None:
    return engine.repair_moves(
        order.problem,
        order.solution,
        order.out,
        settings,
        on_progress,
        order.first_wave,
        order.torn,
    )
