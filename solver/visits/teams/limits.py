"""Limits of the team model: one function each, any order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
from ortools.sat.python import cp_model

from solver.visits.teams.problem import Bools
from solver.visits.teams.variables import Choices

LEAD = 1


def full_size(plan: Choices) -> None:
    """A visit has a team of its size, or nobody.

    sum_i on[r, i] = size_r staffed_r
    """
    for r in plan.rows:
        plan.model.add(sum(plan.on[r].values()) == int(plan.teams.size[r]) * plan.staffed[r])


def holders(plan: Choices) -> None:
    """Rows that want holders get them: sum over holders of on[r, i] >= need x staffed_r."""
    needs = plan.teams.needs
    for r in plan.rows:
        wanted = {mask: 1 for mask in _bits(int(needs.once[r]))} | needs.more[r]
        for mask, need in wanted.items():
            held = plan.literals(r, needs.bits[r] & mask > 0)
            plan.model.add(sum(held) >= need * plan.staffed[r])


def leader_and_secretary(plan: Choices) -> None:
    """Somebody leads and, where asked for, somebody else keeps the minutes.

    One secretary row: leaders >= 1, secretaries >= 1, both together >= 2 (Hall's condition).
    More rows: a leader is named, and each row wants a holder who is not the leader.
    """
    bits = plan.teams.needs.bits
    for r in plan.rows:
        staffed = plan.staffed[r]
        rows = list(_bits(int(plan.teams.needs.secretary[r])))
        leaders = bits[r] & LEAD > 0
        plan.model.add(sum(plan.literals(r, leaders)) >= staffed)
        for mask in rows:
            kept = bits[r] & mask > 0
            plan.model.add(sum(plan.literals(r, kept)) >= staffed)
            plan.model.add(sum(plan.literals(r, kept | leaders)) >= 2 * staffed)
        if len(rows) > 1:
            _named_leader(plan, r, rows)


def _named_leader(plan: Choices, r: int, rows: list[int]) -> None:
    bits = plan.teams.needs.bits[r]
    leads = {i: plan.model.new_bool_var(f"{i} leads {r}") for i in plan.on[r] if bits[i] & LEAD}
    plan.model.add(sum(leads.values()) == plan.staffed[r])
    for i, x in leads.items():
        plan.model.add_implication(x, plan.on[r][i])
    for mask in rows:
        held = plan.literals(r, bits & mask > 0)
        led = [x for i, x in leads.items() if bits[i] & mask]
        plan.model.add(sum(held) - sum(led) >= plan.staffed[r])


def not_together(plan: Choices) -> None:
    """Of the people in a row that bears at most one, at most one is on the team."""
    needs = plan.teams.needs
    for r in plan.rows:
        for mask in _bits(int(needs.apart[r])):
            plan.model.add_at_most_one(plan.literals(r, needs.bits[r] & mask > 0))


def one_place(plan: Choices) -> None:
    """Nobody is on two visits on one day; only days whose visits are not all out on another day."""
    if plan.teams.one_place:
        for rows in _cliques(_out_on(plan).values()):
            _at_most_one_each(plan, rows)


def not_both(plan: Choices) -> None:
    """Nobody is on two visits of one group."""
    groups: dict[int, list[int]] = defaultdict(list)
    for r in plan.rows:
        for group in plan.teams.groups[r]:
            groups[group].append(r)
    for rows in _cliques(frozenset(rows) for rows in groups.values()):
        _at_most_one_each(plan, rows)


def month_days(plan: Choices) -> None:
    """sum over visits of (days in the month) x on[r, i] <= what is left of the month, for each inspector."""
    cap = plan.teams.cap - plan.roster.used
    worked: dict[tuple[int, int], list[tuple[int, cp_model.IntVar]]] = defaultdict(list)
    for r in plan.rows:
        for part in plan.teams.months[r]:
            for i, x in plan.on[r].items():
                worked[i, part // 32].append((part % 32, x))
    for (i, month), terms in worked.items():
        if sum(days for days, _ in terms) > cap[i, month]:
            plan.model.add(sum(days * x for days, x in terms) <= int(cap[i, month]))


def keep_free(plan: Choices) -> None:
    """Enough people stay free for the reserve, week by week.

    could[k, d] <= room_d - teams out;  size_k could[k, d] <= people present - people out;
    could[k, d] <= group members present - members out;  sum over the week of could[k, d] >= wanted[k, w]
    """
    keep, roster = plan.teams.keep, plan.roster
    if len(keep.size) == 0:
        return
    out_on = _out_on(plan)
    touched = np.zeros(keep.wanted.shape[1], bool)
    touched[keep.week[list(out_on)]] = True
    now = roster.could()
    away = roster.busy > 0
    for k, week in zip(*np.nonzero((keep.wanted > 0) & touched), strict=True):
        could: list[cp_model.LinearExprT] = []
        for day in np.flatnonzero(keep.week == week).tolist():
            if day not in out_on:
                could.append(int(now[k, day]))
                continue
            var = plan.model.new_int_var(0, int(max(0, now[k, day])), f"could {k} {day}")
            could.append(var)
            _could(plan, int(k), day, var, sorted(out_on[day]), away[:, day])
        plan.model.add(sum(could) >= int(keep.wanted[k, week]))


def _could(
    plan: Choices, k: int, day: int, var: cp_model.IntVar, rows: list[int], away: Bools
) -> None:
    keep, model = plan.teams.keep, plan.model
    size = int(keep.size[k])
    more = sum(int(plan.teams.size[r]) * plan.staffed[r] for r in rows)
    model.add(size * var <= int(keep.present[day]) - int(away.sum()) - more)
    teams_out = sum(plan.staffed[r] for r in rows)
    model.add(var <= int(keep.room[day]) - int(plan.roster.out[day]) - teams_out)
    for g in np.flatnonzero(keep.of == k):
        member = keep.member[g]
        there = int(keep.there[g, day]) - int((away & member).sum())
        model.add(var <= there - sum(x for r in rows for x in plan.literals(r, member)))


def _out_on(plan: Choices) -> dict[int, frozenset[int]]:
    out: dict[int, set[int]] = defaultdict(set)
    for r in plan.rows:
        span = plan.roster.span(r)
        for day in range(span.start, span.stop):
            out[day].add(r)
    return {day: frozenset(rows) for day, rows in sorted(out.items())}


def _cliques(sets: Iterable[frozenset[int]]) -> list[frozenset[int]]:
    """The sets that lie in no other set."""
    several = sorted({each for each in sets if len(each) > 1}, key=lambda s: (-len(s), sorted(s)))
    kept: list[frozenset[int]] = []
    for each in several:
        if not any(each < other for other in kept):
            kept.append(each)
    return kept


def _at_most_one_each(plan: Choices, rows: Iterable[int]) -> None:
    at_once: dict[int, list[cp_model.IntVar]] = defaultdict(list)
    for r in sorted(rows):
        for i, x in plan.on[r].items():
            at_once[i].append(x)
    for literals in at_once.values():
        if len(literals) > 1:
            plan.model.add_at_most_one(literals)


def _bits(mask: int) -> Iterable[int]:
    return (1 << b for b in range(mask.bit_length()) if mask >> b & 1)


LIMITS = (
    full_size,
    holders,
    leader_and_secretary,
    not_together,
    one_place,
    not_both,
    month_days,
    keep_free,
)
