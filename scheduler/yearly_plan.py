"""A year as numbers and back: office and rulebook -> Problem; Result -> rows of the plan.

Dates become day numbers here once, and day numbers become dates here once.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from data.records import Office, PlannedVisit, ReserveWeek
from scheduler.case import Case
from scheduler.goal_data import goal_data, start_costs
from scheduler.lawful_days import last_lawful_days
from scheduler.owed import YearOfWork, visits_owed
from scheduler.risk import UnitRisk, unit_risks
from scheduler.rules import RULES
from scheduler.rules.capacity import open_days, surprise_days, teams_out
from scheduler.surprise.guard import refuse_windows
from solver.visits.problem import Limit, Problem, Solution, Visit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from data.calendar import WorkCalendar
    from data.catalogue import CatalogueRow
    from data.words import Message
    from scheduler.rulebook import Rulebook


def year_case(
    office: Office,
    calendar: WorkCalendar,
    rulebook: Rulebook,
    catalogue: Mapping[str, CatalogueRow],
    year: int,
) -> tuple[Case, dict[str, UnitRisk]]:
    """The year to plan, with its owed visits, and the risk of every unit on 1 January.

    A section that nobody is to visit is part of the body above it and gets no risk of its own.

    Raises
    ------
    KeyError
        When a rule that gives a value is missing from the rulebook.
    scheduler.surprise.guard.GuardRefused
        When a rule is on that would give the surprise visits away.
    """
    refuse_windows(rulebook)
    on = date(year, 1, 1)
    deadlines = last_lawful_days(office, catalogue, rulebook, on)
    risk = unit_risks(office, rulebook, overdue_by_unit(office, deadlines, on), on)
    work = YearOfWork(office, calendar, rulebook, risk)
    owed = visits_owed(work, year)
    staff = {s.staff_id: s for s in office.staff}
    case = Case(
        office=office,
        calendar=calendar,
        year=year,
        days=calendar.year(year),
        owed=owed,
        leads_until={
            i.inspector_id: deadlines[i.staff_id]
            for i in office.inspectors
            if i.staff_id in deadlines
        },
        unit_head_rank=head_ranks(office, on),
        inspector_rank={
            i.inspector_id: staff[i.staff_id].rank_group
            for i in office.inspectors
            if i.staff_id in staff
        },
        report_days=rulebook.value("report.days"),
        rulebook=rulebook,
    )
    parts = {u.unit_id for u in office.units if u.kind == "section"} - {o.unit_id for o in owed}
    shown = {unit_id: r for unit_id, r in risk.items() if unit_id not in parts}
    return replace(case, follow_up_days=expected_follow_ups(case)), shown


def expected_follow_ups(case: Case) -> tuple[int, ...]:
    """Team-days per week to keep for follow-ups that this year's own visits will cause.

    The share of visits that led to findings is taken from the office's own history when it has at
    least as many visits as this year owes a month (else the rule's value). A follow-up comes after the
    report, the remedy and the rule's waiting days; only visits early enough cause one this year.
    """
    rulebook = case.rulebook
    rule = rulebook.value("follow-up.expected")
    history = [v for v in case.office.visits if v.kind != "follow_up"]
    with_findings = {f.visit_id for f in case.office.findings}
    enough = len(history) >= max(1, len(case.owed) // 12)
    share = (
        sum(v.visit_id in with_findings for v in history) / len(history)
        if enough
        else rule["share"]
    )
    wait = (
        rulebook.value("report.days")
        + rule["remedy_days"]
        + rulebook.value("follow-up.window")["first"]
    )
    n_days = len(case.days)
    early = max(0, n_days - wait) / n_days if n_days else 0.0
    causing = [owed for owed in case.owed if owed.kind != "follow_up"]
    total = share * early * sum(owed.days for owed in causing)
    first = case.days[min(wait, n_days - 1)] if n_days else None
    return _spread_out(
        case, total, [w for w, monday in enumerate(case.weeks) if first and monday >= first]
    )


def _spread_out(case: Case, total: float, weeks: list[int]) -> tuple[int, ...]:
    """`total` team-days over these weeks by their open days, never more than a week has room for."""
    days, kept = open_days(case), surprise_days(case)
    teams = teams_out(case.rulebook.value("capacity.teams-per-day"), len(case.office.inspectors))
    spread, seen, whole = [0] * len(case.weeks), 0, sum(days[w] for w in weeks)
    for week in weeks:
        share = (
            round(total * (seen + days[week]) / whole) - round(total * seen / whole) if whole else 0
        )
        seen += days[week]
        spread[week] = min(share, max(0, teams * days[week] - kept[week]))
    return tuple(spread)


def overdue_by_unit(office: Office, deadlines: Mapping[str, date], on: date) -> dict[str, int]:
    """Unit id -> people whose last lawful day in their post is past; a section's count above it."""
    above = {u.unit_id: u.parent_id for u in office.units if u.kind == "section"}
    unit_of = {p.position_id: above.get(p.unit_id) or p.unit_id for p in office.positions}
    counts: dict[str, int] = {}
    for row in office.postings:
        now = row.start is not None and row.start <= on and (row.end is None or row.end >= on)
        if now and row.staff_id in deadlines and deadlines[row.staff_id] < on:
            unit_id = unit_of.get(row.position_id, "")
            counts[unit_id] = counts.get(unit_id, 0) + 1
    return counts


def head_ranks(office: Office, on: date) -> dict[str, str]:
    """Unit id -> rank group of the person who heads it on a day, where the dataset tells."""
    heads = {p.position_id: p for p in office.positions if p.is_lead}
    order = {"director": 3, "commune_leader": 3, "deputy_director": 2, "division_head": 1}
    found: dict[str, str] = {}
    for row in office.postings:
        post = heads.get(row.position_id)
        now = row.start is not None and row.start <= on and (row.end is None or row.end >= on)
        if (
            post
            and now
            and order.get(post.rank_group, 0) > order.get(found.get(post.unit_id, ""), 0)
        ):
            found[post.unit_id] = post.rank_group
    return found


def limits(case: Case) -> tuple[Limit, ...]:
    """Every limit that the binding rules ask for."""
    policies = case.rulebook.policies
    return tuple(
        limit
        for rule in RULES
        if rule.id in policies and policies[rule.id].binding == "must"
        for limit in rule.enforce(policies[rule.id], case)
    )


def to_problem(case: Case) -> Problem:
    """The year as whole numbers, with one limit for each thing that a rule asks."""
    unit_number = {unit_id: n for n, unit_id in enumerate(case.units)}
    clusters = {
        c: n for n, c in enumerate(sorted({u.cluster for u in case.office.units if u.cluster}))
    }
    visits = tuple(
        Visit(
            label=owed.visit_id,
            unit=unit_number[owed.unit_id],
            cluster=clusters.get(case.units[owed.unit_id].cluster, -1),
            days=owed.days,
            size=owed.size,
            drop_cost=owed.risk,
            start_cost=start_costs(case, owed),
        )
        for owed in case.owed
    )
    return Problem(
        n_days=len(case.days),
        n_inspectors=len(case.office.inspectors),
        n_units=len(unit_number),
        week_of=case.week_of,
        month_of=tuple(day.month - 1 for day in case.days),
        quarter_of=tuple((day.month - 1) // 3 for day in case.days),
        visits=visits,
        limits=limits(case),
        goals=goal_data(case),
    )


def to_rows(
    case: Case,
    solution: Solution,
    owner: str,
    drop_reason: Callable[[int], Message],
    say: Callable[[Message], str],
) -> tuple[PlannedVisit, ...]:
    """The plan's rows with dates: visits that take place by date, then those left out."""
    rows = []
    ids = [who.inspector_id for who in case.office.inspectors]
    for v, owed in enumerate(case.owed):
        start, team = solution.starts[v], solution.teams[v]
        fixed = {
            "visit_id": owed.visit_id, "unit_id": owed.unit_id, "kind": owed.kind,
            "campaign_id": owed.campaign_id, "follows": owed.follows, "owner": owner,
        }  # fmt: skip
        if start < 0:
            rows.append(PlannedVisit(**fixed, status="dropped", reason=say(drop_reason(v))))  # type: ignore[arg-type]
        else:
            rows.append(PlannedVisit(
                **fixed,  # type: ignore[arg-type]
                start=case.days[start], end=case.days[start + owed.days - 1], days=owed.days,
                lead=ids[team[0]], members=tuple(ids[i] for i in team[1:]),
                reason=say(owed.why),
            ))  # fmt: skip
    return tuple(sorted(rows, key=lambda r: (r.start or date.max, r.visit_id)))


def year_start(year: int) -> date:
    """The day whose rules hold for a whole yearly plan."""
    return date(year, 1, 1)


def reserve_weeks(case: Case) -> tuple[ReserveWeek, ...]:
    """Team-days kept free in each week: for surprise visits and for follow-ups still to come."""
    surprise = surprise_days(case)
    follow_ups = case.follow_up_days or (0,) * len(case.weeks)
    return tuple(
        ReserveWeek(monday, surprise[w], follow_ups[w]) for w, monday in enumerate(case.weeks)
    )
