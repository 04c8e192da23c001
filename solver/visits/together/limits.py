"""Every limit on the freed visits, given the visits that stay; each function is one sentence."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from solver.visits import problem as given
from solver.visits.together.variables import Together

total = cp_model.LinearExpr.sum


def one_start(model: Together) -> None:
    """Each visit starts once or is dropped."""
    for free in model.freed.values():
        model.cp.add_exactly_one([*free.start.values(), free.dropped])


def whole_team(model: Together) -> None:
    """sum of members = size, or none when dropped"""
    for v, free in model.freed.items():
        size = model.roster.size(v)
        model.cp.add(total(list(free.member.values())) + size * free.dropped == size)


def people_free(model: Together) -> None:
    """A member is free on the visit's days: member + starts that hit his other days or months <= 1"""
    roster = model.roster
    for v, free in model.freed.items():
        starts = np.array(list(free.start), np.int64)
        if len(starts) == 0:
            continue
        length = roster.length(v)
        for i, member in free.member.items():
            fits = np.ones(len(starts), bool)
            for k in range(length):
                fits &= roster.free[i, starts + k]
            for worked, days in free.months.items():
                if any(roster.month_left[i, month] < n for month, n in worked):
                    fits &= ~np.isin(starts, days)
            hit = [free.start[int(s)] for s in starts[~fits]]
            if hit:
                model.cp.add_at_most_one([member, *hit])


def one_place(model: Together, limit: given.OnePlace) -> None:
    """Two freed visits with a common member share no day: member_v + member_w + overlap_vw <= 2

    overlap_vw + 1 >= start_vs + sum of the starts of w that share a day with it
    """
    for v, w in combinations(model.freed, 2):
        first, second = model.freed[v], model.freed[w]
        both = first.member.keys() & second.member.keys()
        if not both or w in model.roster.needs[v].not_both:
            continue
        lengths = model.roster.length(v), model.roster.length(w)
        clashing = {
            s: [x for t, x in second.start.items() if t < s + lengths[0] and s < t + lengths[1]]
            for s in first.start
        }
        if not any(clashing.values()):
            continue
        overlap = model.cp.new_bool_var("")
        for s, others in clashing.items():
            if others:
                model.cp.add(first.start[s] + total(others) <= 1 + overlap)
        for i in sorted(both):
            model.cp.add_bool_or([~first.member[i], ~second.member[i], ~overlap])
    for day, out in _out(model).items():
        people = total([model.roster.size(v) * x for v, x in out])
        model.cp.add(people <= int(model.roster.free[:, day].sum()))


def month_days(model: Together) -> None:
    """sum over visits of days in month m, if a member and there in m <= days left

    there_vik <= member_vi, sum of k there_vik = member_vi, sum of i there_vik = size * begun_vk
    """
    used: dict[tuple[int, int], list[cp_model.LinearExprT]] = {}
    for v, free in model.freed.items():
        for k, starts in free.months.items():
            if len(free.months) == 1:
                free.in_months[k] = free.member
                for i, member in free.member.items():
                    for month, n in k:
                        used.setdefault((i, month), []).append(n * member)
                continue
            there = {i: model.cp.new_bool_var("") for i in free.member}
            free.in_months[k] = there
            model.cp.add(total(list(there.values())) == model.roster.size(v) * free.begun(starts))
            for i, here in there.items():
                for month, n in k:
                    used.setdefault((i, month), []).append(n * here)
        if len(free.months) > 1:
            for i, member in free.member.items():
                model.cp.add(total([there[i] for there in free.in_months.values()]) == member)
    for (i, month), days in used.items():
        left = int(model.roster.month_left[i, month])
        if len(days) > 1:
            model.cp.add(total(days) <= left)


def roles(model: Together) -> None:
    """At least one member may lead; with a secretary they are two: leaders or secretaries >= 2"""
    roster = model.roster
    for v, free in model.freed.items():
        needs = roster.needs[v]
        there = 1 - free.dropped
        leads = {}
        for i, member in free.member.items():
            if i in needs.no_lead or (needs.lead and {i} != set(needs.lead)):
                continue
            late = [
                x for s, x in free.start.items() if s + roster.length(v) - 1 > roster.last_lead[i]
            ]
            leads[i] = member
            if late:
                leads[i] = model.cp.new_bool_var("")
                model.cp.add_implication(leads[i], member)
                model.cp.add_at_most_one([leads[i], *late])
        model.cp.add(total(list(leads.values())) >= there)
        for held in needs.secretaries:
            writes = {i: member for i, member in free.member.items() if i in held}
            model.cp.add(total(list(writes.values())) >= there)
            model.cp.add(total(list((leads | writes).values())) >= 2 * there)


def team_form(model: Together) -> None:
    """sum of holders >= at_least, and at most one of those who are not to be together"""
    for v, free in model.freed.items():
        needs = model.roster.needs[v]
        for held, least in needs.covers:
            holders = [x for i, x in free.member.items() if i in held]
            model.cp.add(total(holders) + least * free.dropped >= least)
        for group in needs.not_together:
            model.cp.add_at_most_one([x for i, x in free.member.items() if i in group])


def not_both(model: Together) -> None:
    """Freed visits that share nobody: member_v + member_w <= 1"""
    for v, w in combinations(model.freed, 2):
        if w in model.roster.needs[v].not_both:
            second = model.freed[w].member
            for i, member in model.freed[v].member.items():
                if i in second:
                    model.cp.add_at_most_one([member, second[i]])


def day_capacity(model: Together, limit: given.DayCapacity) -> None:
    """sum of freed visits out on d <= room left on d"""
    for day, out in _out(model).items():
        model.cp.add(total([x for _, x in out]) <= int(model.roster.day_room[day]))


def week_capacity(model: Together, limit: given.WeekCapacity) -> None:
    """sum of days worked by freed visits in w <= room left in w"""
    by_week: dict[int, list[cp_model.IntVar]] = {}
    for day, out in _out(model).items():
        by_week.setdefault(int(model.roster.weeks[day]), []).extend(x for _, x in out)
    for week, worked in by_week.items():
        model.cp.add(total(worked) <= int(model.roster.week_room[week]))


def keep_apart(model: Together, limit: given.KeepApart) -> None:
    """For each start day t, at most one freed visit has start <= t < start + days + gap"""
    inside = sorted(set(limit.visits) & model.freed.keys())
    if len(inside) < 2:
        return
    for t in sorted({s for v in inside for s in model.freed[v].start}):
        near = [
            x
            for v in inside
            for s, x in model.freed[v].start.items()
            if s <= t < s + model.roster.length(v) + max(0, limit.gap)
        ]
        model.cp.add_at_most_one(near)


def cover_at_least(model: Together, limit: given.CoverAtLeast) -> None:
    """sum of covered groups >= at_least"""
    starts = model.roster.starts
    sure, open_groups = 0, []
    for group in limit.groups:
        if any(starts[v] >= 0 for v in group if v not in model.freed):
            sure += 1
        else:
            open_groups.append([model.freed[v].dropped for v in set(group) & model.freed.keys()])
    covered = []
    for dropped in open_groups:
        if dropped:
            covered.append(model.cp.new_bool_var(""))
            model.cp.add(total(dropped) + covered[-1] <= len(dropped))
    wanted = limit.at_least - sure
    if wanted > len(covered) and len(model.freed) < len(starts):
        return  # this neighbourhood alone cannot reach it, and must not be stopped from coming nearer
    if wanted > 0:
        model.cp.add(total(covered) >= wanted)


def at_most_one(model: Together, limit: given.AtMostOne) -> None:
    """At most one of the freed visits takes place."""
    inside = set(limit.visits) & model.freed.keys()
    if len(inside) > 1:
        model.cp.add(total([model.freed[v].dropped for v in inside]) >= len(inside) - 1)


def keep_free(model: Together, limit: given.KeepFree) -> None:
    """could_d * size + people of freed visits on d <= people free on d; sum over the week >= teams

    could_d + members of a group who are out on d <= members free on d, for leaders and each skill
    """
    roster, out = model.roster, _out(model)
    for week in sorted({int(roster.weeks[day]) for day in out}):
        could = []
        for day in np.flatnonzero(roster.weeks == week).tolist():
            most = max(0, min(roster.ways(limit, day)))
            could.append(model.cp.new_int_var(0, most, ""))
            there = out.get(day, [])
            people = [roster.size(v) * x for v, x in there]
            free = int(roster.free[:, day].sum())
            model.cp.add(limit.size * could[-1] + total(people) <= free)
            teams = [x for _, x in there]
            model.cp.add(could[-1] + total(teams) <= int(roster.day_room[day]))
            sizes = sum(roster.size(v) for v in {v for v, _ in there})
            for group in (limit.leaders, *limit.skills):
                left = int(roster.free[sorted(set(group)), day].sum())
                if left < most + sizes:
                    away = _members_out(model, set(group), there)
                    model.cp.add(could[-1] + total(away) <= left)
        model.cp.add(total(could) >= limit.teams[week])


def _members_out(
    model: Together, group: set[int], out: list[tuple[int, cp_model.IntVar]]
) -> list[cp_model.IntVar]:
    """How many of the group each visit takes along, when it is out: >= members - size * (1 - out)"""
    literals: dict[int, list[cp_model.IntVar]] = {}
    for v, x in out:
        literals.setdefault(v, []).append(x)
    away = []
    for v, begun in literals.items():
        size = model.roster.size(v)
        away.append(model.cp.new_int_var(0, size, ""))
        members = [x for i, x in model.freed[v].member.items() if i in group]
        model.cp.add(away[-1] >= total(members) - size + size * total(begun))
    return away


def _out(model: Together) -> dict[int, list[tuple[int, cp_model.IntVar]]]:
    """For each day, (visit, start literal) of the freed visits that would be out."""
    out: dict[int, list[tuple[int, cp_model.IntVar]]] = {}
    for v, free in model.freed.items():
        for s, x in free.start.items():
            for day in range(s, s + model.roster.length(v)):
                out.setdefault(day, []).append((v, x))
    return out


ALWAYS = (one_start, whole_team, people_free, month_days, roles, team_form, not_both)
LIMITS: dict[type, Callable[[Together, Any], None]] = {
    given.OnePlace: one_place,
    given.DayCapacity: day_capacity,
    given.WeekCapacity: week_capacity,
    given.KeepApart: keep_apart,
    given.CoverAtLeast: cover_at_least,
    given.AtMostOne: at_most_one,
    given.KeepFree: keep_free,
}
