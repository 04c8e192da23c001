"""The limits of the plain model on days and on people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.visits.problem import (
    AtMostOne,
    Cover,
    CoverAtLeast,
    DayCapacity,
    KeepApart,
    Must,
    NotBoth,
    NotLeadAfter,
    NotTogether,
    PinLead,
    Secretary,
    WeekCapacity,
)

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

    from solver.visits.plain.variables import Plain


def out_on(plain: Plain, v: int, day: int) -> list[cp_model.IntVar]:
    """Start literals under which the visit is under way on a day."""
    days, start_on = plain.problem.visits[v].days, plain.visits[v].start_on
    return [start_on[d] for d in range(day - days + 1, day + 1) if d in start_on]


def add_days(plain: Plain) -> None:
    """Limits on when visits take place, and whether."""
    problem, model, visits = plain.problem, plain.model, plain.visits
    everyone = range(len(visits))
    for limit in problem.limits:
        if isinstance(limit, Must):
            model.add(visits[limit.visit].happens == 1)
        elif isinstance(limit, DayCapacity):
            for day, room in enumerate(limit.capacity):
                model.add(sum(x for v in everyone for x in out_on(plain, v, day)) <= room)
        elif isinstance(limit, WeekCapacity):
            for week, room in enumerate(limit.capacity):
                days = [d for d, w in enumerate(problem.week_of) if w == week]
                model.add(
                    sum(x for v in everyone for d in days for x in out_on(plain, v, d)) <= room
                )
        elif isinstance(limit, KeepApart):
            model.add_no_overlap(
                model.new_optional_fixed_size_interval_var(
                    visits[v].start,
                    problem.visits[v].days + limit.gap,
                    visits[v].happens,
                    f"apart {v}",
                )
                for v in limit.visits
            )
        elif isinstance(limit, AtMostOne):
            model.add_at_most_one(visits[v].happens for v in limit.visits)
        elif isinstance(limit, CoverAtLeast):
            _cover(plain, limit)


def _cover(plain: Plain, limit: CoverAtLeast) -> None:
    reached = []
    for group in limit.groups:
        covered = plain.model.new_bool_var("covered")
        plain.model.add(covered <= sum(plain.visits[v].happens for v in group))
        reached.append(covered)
    plain.model.add(sum(reached) >= limit.at_least)


def add_people(plain: Plain) -> None:
    """Limits on who is on a team."""
    problem, model, visits = plain.problem, plain.model, plain.visits
    for limit in problem.limits:
        if isinstance(limit, Cover):
            visit = visits[limit.visit]
            held = sum(x for i, x in visit.on_team.items() if i in limit.inspectors)
            model.add(held >= limit.at_least * visit.happens)
        elif isinstance(limit, Secretary):
            _secretary(plain, limit)
        elif isinstance(limit, NotTogether):
            team = visits[limit.visit].on_team
            model.add_at_most_one(team[i] for i in limit.inspectors if i in team)
        elif isinstance(limit, NotBoth):
            for i in range(problem.n_inspectors):
                mine = [visits[v].on_team[i] for v in limit.visits if i in visits[v].on_team]
                model.add_at_most_one(mine)
        elif isinstance(limit, PinLead):
            lead = visits[limit.visit].leads.get(limit.inspector)
            model.add((0 if lead is None else lead) == visits[limit.visit].happens)
        elif isinstance(limit, NotLeadAfter):
            _not_lead_after(plain, limit)


def _secretary(plain: Plain, limit: Secretary) -> None:
    able = set(limit.inspectors)
    for v in range(len(plain.visits)) if limit.visit < 0 else (limit.visit,):
        visit = plain.visits[v]
        members = sum(x for i, x in visit.on_team.items() if i in able)
        plain.model.add(
            members - sum(x for i, x in visit.leads.items() if i in able) >= visit.happens
        )


def _not_lead_after(plain: Plain, limit: NotLeadAfter) -> None:
    for given, visit in zip(plain.problem.visits, plain.visits, strict=True):
        lead = visit.leads.get(limit.inspector)
        for day, start in visit.start_on.items():
            if lead is not None and day + given.days - 1 > limit.last_end:
                plain.model.add_at_most_one(start, lead)
