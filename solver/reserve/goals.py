"""The goals as points in a week's choices; what they are worth in a reserve is reckoned in `values.py`."""

from __future__ import annotations

from ortools.sat.python import cp_model

from solver.reserve.values import ENOUGH, Tables, least, skill_days, thin_days
from solver.reserve.variables import Choices


def add_goals(choices: Choices, tables: Tables) -> None:
    """Points of all goals but the flows (`cuts.py`) to the choices' price."""
    problem, cp, goals = choices.problem, choices.cp, choices.problem.goals
    choices.price += [goals.short * short for short in choices.short.values()]
    days = [day for day in choices.days if problem.wanted[day]]
    can = {day: tables.can(day) for day in days}
    thin = thin_days(problem, choices.days)
    wanted = least(problem, tables, choices.days)
    asked = set(skill_days(problem, tables, choices.days))
    for g, group in enumerate(problem.groups):
        reached: list[cp_model.IntVar] = []
        for day in days:
            there = choices.of(group.teams, [day])
            share = int(tables.share[g, day])
            if share and day in thin:
                lack = cp.new_int_var(0, ENOUGH, f"lack {g} {day}")
                cp.add(cp_model.LinearExpr.sum([*there, lack]) >= ENOUGH)
                choices.price.append(goals.thin * share * lack)
            if not can[day][g]:
                continue
            reach = cp.new_bool_var(f"reach {g} {day}")
            cp.add_at_least_one([*there, reach.negated()])
            reached.append(reach)
            if (g, day) in asked:
                choices.price.append(goals.skill * (1 - reach))
        if wanted[g]:
            missing = cp.new_int_var(0, int(wanted[g]), f"missing {g}")
            cp.add(cp_model.LinearExpr.sum([*reached, missing]) >= int(wanted[g]))
            choices.price.append(goals.missing * missing)
