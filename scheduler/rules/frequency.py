"""How often a unit is visited and how many units in a year: frequency.high, coverage.target."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Any

from data.words import Message
from scheduler.rules.base import Breach, Policy, Rule
from scheduler.rules.findings import breach, on_paper, unit_name
from scheduler.rules.starts import mandatory, visits_by_unit
from solver.visits.problem import CoverAtLeast, Limit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scheduler.case import Case
    from scheduler.plan_view import PlanView


def enforce_high(policy: Policy, case: Case) -> Iterator[Limit]:
    """The periodic visits that fall due this year at high-risk units take place."""
    yield from mandatory(policy, case)


def check_high(policy: Policy, view: PlanView) -> Iterator[Breach]:
    """Each unit that the plan's facts call high-risk is visited when its interval ends this year.

    Without risk facts (a workbook made by hand) nothing can be said and nothing is.
    """
    risk: Mapping[str, Mapping[str, Any]] = view.plan.facts.get("risk") or {}
    held = {v.unit_id for v in view.plan.visits if view.stay(v) and v.kind != "follow_up"}
    year_end = date(view.plan.year, 12, 31)
    for unit_id, facts in risk.items():
        unit = view.units.get(unit_id)
        if facts.get("class") != "high" or unit is None or not unit.in_scope or unit_id in held:
            continue
        ends = [v.end for v in view.office.visits if v.unit_id == unit_id and v.kind != "follow_up"]
        last = max(ends, default=None)
        if last is None or _full_months(last, year_end) >= policy.value:
            rows = [v for v in view.plan.visits if v.unit_id == unit_id and v.kind != "follow_up"]
            yield breach(policy, rows, Message(
                "{unit} thuộc nhóm rủi ro cao, lần trước {last}, không được kiểm tra trong năm; "
                "phải kiểm tra sau mỗi {months} tháng.", {
                    "unit": unit_name(view, unit_id), "months": policy.value,
                    "last": on_paper(last) if last else Message("chưa có"),
                },
            ))  # fmt: skip


def enforce_coverage(policy: Policy, case: Case) -> Iterator[CoverAtLeast]:
    """At least the share of the units that count have a visit that takes place."""
    kinds = case.rulebook.value("coverage.denominator")
    in_scope = [u for u in case.office.units if u.in_scope]
    counted = [u.unit_id for u in in_scope if not kinds or u.kind in kinds]
    owed = visits_by_unit(case)
    groups = tuple(tuple(owed[unit_id]) for unit_id in counted if unit_id in owed)
    yield CoverAtLeast(groups, ceil(Fraction(str(policy.value)) * len(counted)), policy.id)


def check_coverage(policy: Policy, view: PlanView) -> Iterator[Breach]:
    """Units reached, over units that count, is not below the target."""
    kinds = view.rulebook.value("coverage.denominator")
    counted = {
        u.unit_id for u in view.office.units if u.in_scope and (u.kind in kinds if kinds else True)
    }
    reached = {v.unit_id for v in view.plan.visits if view.stay(v)} & counted
    if len(reached) < Decimal(str(policy.value)) * len(counted):
        yield breach(policy, [], Message(
            "Kiểm tra {reached} trên {counted} đơn vị ({share} %); phải đạt ít nhất {target} %.", {
                "reached": len(reached), "counted": len(counted),
                "share": f"{100 * len(reached) / len(counted):.1f}",
                "target": f"{100 * policy.value:g}",
            },
        ))  # fmt: skip


def _full_months(first: date, last: date) -> int:
    months = 12 * (last.year - first.year) + last.month - first.month
    month_end = monthrange(last.year, last.month)[1]
    return months - (last.day < min(first.day, month_end))


FREQUENCY = (
    Rule("frequency.high", enforce_high, check_high),
    Rule("coverage.target", enforce_coverage, check_coverage),
)
