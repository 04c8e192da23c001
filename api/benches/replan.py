"""`congvu bench replan`: two illnesses and ten other bodies in the middle of the year, beside planning anew."""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from data.records import Absence, Blackout, Office, Plan
from scheduler import journeys
from scheduler.journeys import replanning
from solver import engine
from solver.settings import Settings
from solver.visits.around.rest import what_is_left
from solver.visits.goals import goal_values


@dataclass(frozen=True)
class Event:
    """A made-up year, and what comes in between on a day."""

    units: int
    inspectors: int
    month_days: int
    on: date
    ill: int = 2
    ill_days: int = 30
    bodies: int = 10


INSTANCES = {
    "replan": Event(143, 50, 4, date(2027, 5, 10)),
    "replan-january": Event(143, 50, 4, date(2027, 1, 11)),
}


def measured(name: str, seconds: float, seed: int) -> Iterator[dict[str, Any]]:
    """A row for the replanning and a row for the year planned anew, in one run."""
    event = INSTANCES[name]
    settings = Settings(time_limit_s=min(seconds, 20.0), seed=seed)
    with tempfile.TemporaryDirectory() as home:
        dataset, folder = Path(home) / "data", Path(home) / "plan"
        journeys.make_sample(
            dataset, event.units, event.inspectors, 300, seed, 2027, event.month_days
        )
        plan = journeys.draft_year_plan(dataset, 2027, folder, settings).plan
        office = journeys.open_year(dataset, 2027).case.office
    office = changed_office(office, plan, event, seed)
    began = time.perf_counter()
    desk = replanning.replan_desk(plan, office, event.on)
    opened = time.perf_counter()
    found = replanning.nearest(desk, settings)
    solved = time.perf_counter()
    fresh, _ = replanning.finished_change(desk, found, settings, None)
    row = {
        "instance": name, "seed": seed, "method": "replan", "visits": len(desk.replan.case.owed),
        "free": len(desk.replan.case.owed) - len(desk.replan.frozen),
        "broken": len(desk.replan.broken), "changed": len(found.changed),
        "changed_bound": found.count("changes").bound, "proven": found.proven,
        "people": found.count("people").value, "people_bound": found.count("people").bound,
        "open_s": round(opened - began, 2), "solve_s": round(solved - opened, 2),
        "whole_s": round(time.perf_counter() - began, 2),
        "goals": {goal.name: goal.value for goal in found.goals},
    }  # fmt: skip
    yield {**row, "breaches_of_the_past": len(fresh.facts["replan"]["history"])}
    yield _anew(name, desk, plan, settings)


def changed_office(office: Office, plan: Plan, event: Event, seed: int) -> Office:
    """The office with the busiest inspectors ill and other bodies at units that are to be visited."""
    rng = Random(seed)
    ahead = [v for v in plan.visits if v.start and v.start > event.on + timedelta(days=10)]
    days: Counter[str] = Counter()
    for visit in ahead:
        for who in (visit.lead, *visit.members):
            days[who] += visit.days
    ill = [who for who, _ in days.most_common(event.ill)]
    until = event.on + timedelta(days=event.ill_days - 1)
    shut = rng.sample(ahead, min(event.bodies, len(ahead)))
    return replace(
        office,
        absences=(*office.absences, *(Absence(who, event.on, until, "ốm") for who in ill)),
        blackouts=(
            *office.blackouts,
            *(
                Blackout(
                    v.unit_id, (v.start or event.on) - timedelta(days=7),
                    (v.start or event.on) + timedelta(days=14), "kiểm toán", "Kiểm toán Nhà nước",
                )
                for v in shut
            ),
        ),
    )  # fmt: skip


def _anew(name: str, desk: replanning.ReplanDesk, plan: Plan, settings: Settings) -> dict[str, Any]:
    """The same changed year planned from scratch, what has begun left aside: how many visits change."""
    began = time.perf_counter()
    problem, replan = desk.replan.problem, desk.replan
    rest = what_is_left(problem, replan.base, replan.frozen)
    result = engine.solve(rest.problem, settings)
    row: dict[str, Any] = {
        "instance": name, "seed": settings.seed, "method": "from scratch",
        "solve_s": round(time.perf_counter() - began, 2), "status": str(result.status),
    }  # fmt: skip
    if result.solution is not None:
        whole = rest.whole(replan.base, result.solution)
        both = zip(whole.starts, whole.teams, replan.base.starts, replan.base.teams, strict=True)
        row["changed"] = sum((s, sorted(t)) != (b, sorted(u)) for s, t, b, u in both)
        row["goals"] = goal_values(problem, whole)
    return row


def line(row: Mapping[str, Any]) -> str:
    """A row of figures for people."""
    told = "  ".join(f"{k} {v}" for k, v in row.items() if k not in ("instance", "method", "goals"))
    goals = "  ".join(f"{k} {v}" for k, v in row.get("goals", {}).items())
    return f"{row['instance']:<8}{row['method']:<14}{told}  | {goals}"


def comparison(rows: list[dict[str, Any]]) -> str:
    """How many visits planning anew changes for each one that must change."""
    ours, anew = rows[0], rows[1]
    if "changed" not in anew:
        return "from scratch: no plan"
    times = anew["changed"] / max(1, ours["changed"])
    return f"from scratch changes {anew['changed']} visits, replan {ours['changed']}: {times:.1f} times"
