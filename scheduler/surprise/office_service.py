"""An office and its yearly plan as a season of surprise visits: who can go where on which day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from scheduler.case import Owed
from scheduler.rules import RULES
from scheduler.surprise.guard import refuse_windows
from scheduler.surprise.quota import day_quota, week_quota
from scheduler.surprise.rates import minimax_rates, proportional_rates
from scheduler.surprise.service import Bools, Floats, Ints, Service
from scheduler.surprise.teams import SurpriseTeam, busy_by_day, can_go, form_teams
from solver.visits.problem import Barred, NotLead

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from data.records import Office, Plan, Unit
    from scheduler.case import Case
    from scheduler.risk import UnitRisk

FAMILIES = (
    "interest.",
    "independence.previous-leader",
    "team.leader-rank",
    "team.leader",
    "person.",
)
KINDS = ("agency", "department", "ward", "commune", "service_point", "service_unit", "section")


def office_service(
    case: Case, plan: Plan, risk: Mapping[str, UnitRisk], teams: Sequence[SurpriseTeam],
    rates: Floats | None = None,
) -> Service:  # fmt: skip
    """The year's season: units in scope, teams, free and open days, slots out of the plan's reserve.

    Nothing here depends on what was drawn. `rates`: those of an epoch; else they follow from the risk.

    Raises
    ------
    scheduler.surprise.guard.GuardRefused
        When a rule is on that would give the visits away.
    scheduler.surprise.rates.RatesImpossible
        When floor and cap cannot be kept.
    """
    refuse_windows(case.rulebook)
    units = sorted((u for u in case.office.units if u.in_scope), key=lambda u: u.unit_id)
    days = case.days
    free = free_teams(case.office, plan, teams, days, case.rulebook.value("team.size")["minimum"])
    planned, opened = _planned(plan, units, days), _open(case.office, units, days)
    whole = np.asarray(opened.any(axis=0), np.bool_)
    slots = day_quota(week_quota(case, plan, len(units)), days, free, whole)
    weight = np.array(
        [max(1.0, risk[u.unit_id].score) if u.unit_id in risk else 1.0 for u in units]
    )
    eligible = _eligible(case, units, teams)
    if rates is None:
        rates = wanted_rates(case, weight, slots, eligible)
    return Service(
        units=tuple(u.unit_id for u in units), teams=tuple(t.team for t in teams),
        days=tuple(day.isoformat() for day in days), week=np.array(case.week_of, np.int64),
        stratum=np.array([KINDS.index(u.kind) for u in units], np.int64), risk=weight, rate=rates,
        slots=slots, eligible=eligible, free=free, open=opened & ~planned,
        planned=planned,
    )  # fmt: skip


def standing_teams(case: Case) -> tuple[SurpriseTeam, ...]:
    """The office's teams for surprise visits.

    Raises
    ------
    scheduler.surprise.teams.NoTeams
        When there are not two.
    """
    return form_teams(case.office.inspectors, case.rulebook.value("surprise.team")["size"])


def wanted_rates(case: Case, weight: Floats, slots: Ints, eligible: Bools) -> Floats:
    """Expected visits a day by risk. Where there are few visits, the floor is half of the mean.

    A unit that no team may ever visit has none: it is named wherever rates are shown.
    """
    rule, days, reached = case.rulebook.value("surprise.rates"), len(slots), eligible.any(axis=0)
    rates, own = np.zeros(len(weight)), weight[reached]
    if not slots.any() or not len(own):
        return rates
    least, each = min(rule["floor"], float(slots.sum()) / len(own) / 2), slots.mean()
    if rule["method"] == "proportional":
        rates[reached] = proportional_rates(own, each, least, rule["cap"], days, rule["alpha"])
    else:
        rates[reached] = minimax_rates(
            own, each, least, rule["cap"], days, rule["length"], rule["kappa"]
        )
    return rates


def free_teams(
    office: Office, plan: Plan, teams: Sequence[SurpriseTeam], days: Sequence[date], fewest: int
) -> Bools:  # fmt: skip
    """Teams of which enough people are neither away nor on a planned visit, shape (n_teams, n_days)."""
    busy = away_by_day(office, plan, days)
    people = {who.inspector_id: who for who in office.inspectors}
    return np.array([[can_go(team, people, busy[day], fewest) for day in days] for team in teams])


def away_by_day(office: Office, plan: Plan, days: Sequence[date]) -> dict[date, frozenset[str]]:
    """Day -> who is away or on a planned visit."""
    stays = [(a.inspector_id, a.start, a.end) for a in office.absences]
    for visit in plan.visits:
        if visit.start is not None and visit.end is not None and visit.status == "scheduled":
            stays += [(who, visit.start, visit.end) for who in (visit.lead, *visit.members)]
    return busy_by_day(stays, days)


def _planned(plan: Plan, units: Sequence[Unit], days: Sequence[date]) -> Bools:
    number = {unit.unit_id: n for n, unit in enumerate(units)}
    found = np.zeros((len(units), len(days)), np.bool_)
    for visit in plan.visits:
        if visit.start is not None and visit.end is not None and visit.unit_id in number:
            found[number[visit.unit_id]] |= [visit.start <= day <= visit.end for day in days]
    return found


def _open(office: Office, units: Sequence[Unit], days: Sequence[date]) -> Bools:
    found = np.ones((len(units), len(days)), np.bool_)
    for blackout in office.blackouts:
        closed = np.array([blackout.start <= day <= blackout.end for day in days])
        for number, unit in enumerate(units):
            if blackout.unit_id in ("", unit.unit_id):
                found[number] &= ~closed
    return found


def team_skills(case: Case, teams: Sequence[SurpriseTeam]) -> list[Bools]:
    """For each skill that must be at hand, in order, the teams with a holder; shape (n_teams,) each."""
    people, share = case.inspectors, case.rulebook.value("surprise.team")["skill_share"]
    held = [skill for who in case.office.inspectors for skill in set(who.skills)]
    common = sorted({s for s in held if held.count(s) >= share * len(case.office.inspectors)})
    return [
        np.array([any(skill in people[m].skills for m in t.members if m in people) for t in teams])
        for skill in common
    ]


def keeps_roster(case: Case, service: Service) -> bool:
    """Whether teams are named for each day beforehand, or all that are free wait and some go by late chance.

    The rule's mode, or, when it is "auto", a roster from so many teams and visits a day on. The study measured
    what an insider who knows who is on call can foresee (best AUC of a day; .5 is nothing): 6 teams .640
    with a roster and .552 with all on call; 8 teams .547 and .522; 12 teams with 4 visits a day .510 and .506.
    So few teams must not be named, nor the one or two of a day that many units need not fear (the sample
    city, 12 teams and 1.5 visits: .535); for many it hardly matters, and people know when they may be sent.
    """
    rule = case.rulebook.value("surprise.on-call")
    slots = service.slots[service.slots > 0]
    enough = len(slots) > 0 and slots.mean() >= rule["visits"]
    return bool(
        rule["mode"] == "roster"
        or (rule["mode"] == "auto" and enough and len(service.teams) >= rule["teams"])
    )


def _eligible(case: Case, units: Sequence[Unit], teams: Sequence[SurpriseTeam]) -> Bools:
    """Nobody on the team is barred from the unit by a binding rule, and somebody may lead there.

    The rules of planned visits are asked about one visit to each unit: none is written twice.
    """
    asked = replace(case, owed=tuple(_visit(case, unit.unit_id) for unit in units))
    barred: list[set[int]] = [set() for _ in units]
    not_lead: list[set[int]] = [set() for _ in units]
    policies = case.rulebook.policies
    for rule in RULES:
        if not rule.id.startswith(FAMILIES) or policies[rule.id].binding != "must":
            continue
        for limit in rule.enforce(policies[rule.id], asked):
            if isinstance(limit, Barred):
                barred[limit.visit] |= set(limit.inspectors)
            elif isinstance(limit, NotLead):
                for number in [limit.visit] if limit.visit >= 0 else range(len(units)):
                    not_lead[number] |= set(limit.inspectors)
    known = case.inspector_number  # who has left the office bars a team from nothing
    numbers = [{known[who] for who in team.members if who in known} for team in teams]
    return np.array(
        [
            [not (own & b) and bool(own - x) for b, x in zip(barred, not_lead, strict=True)]
            for own in numbers
        ]
    )  # fmt: skip


def _visit(case: Case, unit_id: str) -> Owed:
    return Owed(
        visit_id=f"?{unit_id}", unit_id=unit_id, kind="periodic", days=1,
        size=case.rulebook.value("surprise.team")["size"], risk=1, due_from=case.days[0],
        due_to=case.days[-1],
    )  # fmt: skip
