"""`congvu bench answers`: how long a plan of the sample city takes to answer, in one run."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from statistics import median
from typing import TYPE_CHECKING, Any

from data.records import Absence, Blackout, Pin
from scheduler import journeys
from scheduler.plan_numbers import PlannedYear, planned_year
from scheduler.why.visit import why_visit
from scheduler.wishes import Wish
from scheduler.yearly_plan import to_problem
from solver import engine
from solver.settings import Settings

if TYPE_CHECKING:
    from data.records import Office

YEAR = 2027
WISHES = 40
PLAN_SECONDS = 20.0  # the plan that is asked; more makes it no harder to ask


def measured(seconds: float, seed: int) -> Iterator[dict[str, Any]]:
    """One row for each kind of question: how many were asked, median and longest time, what came of them.

    Loading plan and data is a row of its own and in none of the others.
    """
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        journeys.make_sample(data, 143, 50, 3_000, seed, YEAR, 6)
        desk = journeys.open_year(data, YEAR)
        settings = Settings(time_limit_s=min(seconds, PLAN_SECONDS), seed=seed)
        problem = to_problem(desk.case)
        result = engine.solve(problem, settings)
        plan = journeys.finished_plan(desk, problem, result, settings)
        began = time.monotonic()
        desk = journeys.open_year(data, YEAR)
        year = planned_year(plan, desk.case, desk.risk)
        assert year.standing.plan == year.solution
        yield _row("load", [time.monotonic() - began], {})
    visits = range(len(year.case.owed))
    people = range(len(year.case.office.inspectors))
    yield _timed("why", visits[::7], lambda v: why_visit(year, v))
    yield _timed("recommend visit", visits, lambda v: year.standing.places(v, most=10))
    yield _timed("recommend person", people, lambda i: year.standing.joins(i, 10))
    yield from _wished(year, seed)
    yield from _clashes(desk.case.office, year)


def _timed(what: str, about: Iterable[int], ask: Callable[[int], object]) -> dict[str, Any]:
    spent = []
    for number in about:
        began = time.monotonic()
        ask(number)
        spent.append(time.monotonic() - began)
    return _row(what, spent, {})


def _wished(year: PlannedYear, seed: int) -> Iterator[dict[str, Any]]:
    """Why-not: a day in the due window, somebody on the team, or both; one row for each outcome."""
    rng, spent = Random(seed), {}  # type: ignore[var-annotated]
    for _ in range(WISHES):
        visit = rng.randrange(len(year.case.owed))
        owed, who = year.case.owed[visit], rng.randrange(len(year.case.office.inspectors))
        day = rng.choice([d for d in year.case.days if owed.due_from <= d <= owed.due_to])
        wish = rng.choice(
            [Wish(visit, day, day), Wish(visit, team=(who,)), Wish(visit, day, day, (who,))]
        )
        began = time.monotonic()
        found = journeys.outcome(year, wish)
        spent.setdefault(found.verdict, []).append(time.monotonic() - began)
    for verdict, times in sorted(spent.items()):
        yield _row(f"why-not {verdict}", times, {})


def _clashes(office: Office, year: PlannedYear) -> Iterator[dict[str, Any]]:
    """Planted clashes, from the proven year without a plan to the ways out."""
    for name, planted in _planted(office, year).items():
        desk = journeys.year_desk(planted, YEAR)
        problem = to_problem(desk.case)
        began = time.monotonic()
        clash = journeys.clash_in(desk, problem, Settings())
        told = {
            "rules": [rule.label for rule in clash.rules],
            "verified": all(rule.verified for rule in clash.rules),
            "ways": [way.label for way in clash.relaxations],
        }
        yield _row(f"clash {name}", [time.monotonic() - began], told)


def _planted(office: Office, year: PlannedYear) -> dict[str, Office]:
    """Offices whose year has no plan, one for each kind of clash."""
    whole = date(YEAR, 1, 1), date(YEAR, 12, 31)
    high = next(o for o in year.case.owed if o.must == "frequency.high")
    late = next(o for o in year.case.owed if o.must == "follow-up.window")
    who = office.inspectors[3].inspector_id

    def pin(row: int, day: date | None, inspector: str = "") -> Pin:
        return Pin(row, high.unit_id, "periodic", day, None, inspector, must=True, reason="bench")

    leave = (*office.absences, Absence(who, *whole))
    shut = (*office.blackouts, Blackout(late.unit_id, late.due_from, late.due_to, "bench"))
    short = tuple(replace(c, end=c.start) for c in office.campaigns[:1])
    return {
        "leave": replace(office, absences=leave, pins=(pin(2, None, who),)),
        "pins": replace(office, pins=(pin(2, date(YEAR, 5, 12)), pin(3, date(YEAR, 6, 16)))),
        "blackout": replace(office, blackouts=shut),
        "short campaign": replace(office, campaigns=(*short, *office.campaigns[1:])),
        "nobody leads": replace(
            office, inspectors=tuple(replace(i, can_lead=False) for i in office.inspectors)
        ),
    }


def _row(what: str, spent: list[float], more: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "instance": "answers", "what": what, "n": len(spent), "median_s": round(median(spent), 3),
        "max_s": round(max(spent), 3), **more,
    }  # fmt: skip


def line(row: Mapping[str, Any]) -> str:
    """A row of figures for people."""
    more = "  ".join(f"{name} {row[name]}" for name in ("rules", "ways") if name in row)
    return f"{row['what']:<22}{row['n']:>4} asked  median {row['median_s']} s  longest {row['max_s']} s  {more}"


def comparison(rows: list[dict[str, Any]]) -> str:
    """The longest of everything."""
    return f"longest {max(row['max_s'] for row in rows)} s"
