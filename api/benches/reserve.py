"""`congvu bench reserve`: a year's reserve of the design study, beside teams taken blindly.

Surprise.md, A3 and A16. Every day of the year gets its table from the teams that each roster keeps; what is
shown is the chance that units really have, week by week, over their fair part.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from scheduler.surprise.day_table import day_table
from scheduler.surprise.debt import day_share
from scheduler.surprise.hall import day_spans, shadows, week_spans
from scheduler.surprise.leakage import daily_leak, weekly_leak
from scheduler.surprise.reserve import kept_teams, reserve_problem
from scheduler.surprise.roster import Rest
from scheduler.surprise.service import Bools, DayAsk, Floats, Service
from scheduler.surprise.study import SIZES, study_service
from solver.reserve.engine import at_once, solve_reserve
from solver.reserve.problem import ReserveProblem
from solver.reserve.result import ReserveResult
from solver.settings import Settings

INSTANCES = {"reserve": "large", "reserve-middle": "middle", "reserve-small": "small"}
REST = Rest(week=3, row=2)  # of the design study
THETA = 0.25  # A3: three quarters of the fair part


def by_chance(problem: ReserveProblem, settings: Settings) -> ReserveResult:
    """The plain yardstick: teams in turn, by chance among equals."""
    return at_once(problem, settings.seed)


METHODS: dict[str, Callable[[ReserveProblem, Settings], ReserveResult]] = {
    "reserve": solve_reserve,
    "by-chance": by_chance,
}


def measured(name: str, seconds: float, seed: int) -> Iterator[dict[str, Any]]:
    """One row for the solved reserve and one for teams taken by chance, on the same made-up year."""
    service = study_service(SIZES[INSTANCES[name]], seed)
    problem = reserve_problem(service, REST)
    for method, solve in METHODS.items():
        began = time.monotonic()
        result = solve(problem, Settings(time_limit_s=seconds, seed=seed))
        took = time.monotonic() - began
        kept = kept_teams(result.solution, len(service.teams))
        room = kept.astype(np.float64)
        yield {
            "instance": name, "method": method, "seed": seed, "units": len(service.units),
            "teams": len(service.teams), "days": len(service.days), "seconds": round(took, 1),
            "proven_weeks": result.proven, "weeks": result.weeks, "goals": dict(result.goals),
            "note": result.note, **_hazards(service, kept),
            "days_in_shadow": len(list(shadows(service, room, day_spans(service), THETA))),
            "weeks_in_shadow": len(list(shadows(service, room, week_spans(service), THETA))),
            "team_days": [int(kept.sum(axis=1).min()), int(kept.sum(axis=1).max())],
        }  # fmt: skip


def _hazards(service: Service, kept: Bools) -> dict[str, Any]:
    """Chances of all units over their fair part, by week and day and year; `strict`: own planned days count."""
    chance, fair = _tables(service, kept)
    weeks = [service.week == week for week in np.unique(service.week)]
    got = np.array([chance[own].sum(axis=0) for own in weeks])
    due = np.array([fair[own].sum(axis=0) for own in weeks])
    flat = np.array([service.rate * own.sum() for own in weeks])
    ratio = got[due > 0] / due[due > 0]
    strict = got / flat
    return {
        "week_min": round(float(ratio.min()), 3), "week_under_075": round(float((ratio < 0.75).mean()), 5),
        "week_under_05": round(float((ratio < 0.5).mean()), 5),
        "strict_min": round(float(strict.min()), 3),
        "strict_under_075": round(float((strict < 0.75).mean()), 5),
        "zero_unit_days": round(float(((chance <= 0) & (fair > 0)).sum() / (fair > 0).sum()), 5),
        "year_off": round(float(np.abs(chance.sum(axis=0) / fair.sum(axis=0) - 1).max()), 5),
        "leak_day": round(daily_leak(chance, fair), 4),
        "leak_week": round(weekly_leak(chance, fair, service.week), 4),
    }  # fmt: skip


def _tables(service: Service, kept: Bools) -> tuple[Floats, Floats]:
    """(n_days, n_units) chances of the tables that kept teams give, and the fair part of each day."""
    chance = np.zeros((len(service.days), len(service.units)))
    fair, debt = np.zeros_like(chance), np.zeros(len(service.units))
    for day in range(len(service.days)):
        teams = np.flatnonzero(kept[:, day])
        if not len(teams):
            continue
        may = service.eligible[teams] & service.open[:, day]
        ask = DayAsk(service.rate, float(service.slots.mean()), may, service.planned[:, day], debt)
        table = day_table(ask)
        chance[day], fair[day], debt = table.chance, day_share(ask), table.debt
    return chance, fair


def line(row: Mapping[str, Any]) -> str:
    """A row of figures for people."""
    goals, (least, most) = row["goals"], row["team_days"]
    return (
        f"{row['instance']:<15}{row['method']:<10}{row['seconds']:>6} s  "
        f"{row['proven_weeks']}/{row['weeks']} weeks proven  short {goals['short']}  "
        f"chance of a week over the fair part: least {row['week_min']} (own planned day counted: "
        f"{row['strict_min']}), under .75 {row['week_under_075']:.2%}, under .5 {row['week_under_05']:.3%}  "
        f"days without a chance {row['zero_unit_days']:.2%}  year off by {row['year_off']:.2%}  "
        f"leak {row['leak_day']}/{row['leak_week']}  in shadow {row['days_in_shadow']} days, "
        f"{row['weeks_in_shadow']} weeks  team-days {least} to {most}"
    )


def comparison(rows: list[dict[str, Any]]) -> str:
    """What the solved reserve spares, in this run."""
    ours, chance = rows
    return (
        f"reserve / by chance: shares unserved {ours['goals']['uneven']} / {chance['goals']['uneven']}, "
        f"days without a chance {ours['zero_unit_days']:.3%} / {chance['zero_unit_days']:.3%}, "
        f"least week {ours['week_min']} / {chance['week_min']}"
    )
