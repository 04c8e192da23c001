"""A published plan and a changed office as numbers: the year's problem, the base, what stays as it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from data.records import Office, Plan, PlannedVisit, ReserveWeek, Unit
from scheduler.case import Case, Owed
from scheduler.lawful_days import last_lawful_days
from scheduler.risk import UnitRisk, unit_risks
from scheduler.standing import NOTICE, Standing, known_at_start, standing_of
from scheduler.yearly_plan import overdue_by_unit, reserve_weeks, to_problem, year_case
from solver.visits import problem as given
from solver.visits.around.broken import broken_rules
from solver.visits.around.problem import Around
from solver.visits.problem import Problem, Solution

if TYPE_CHECKING:
    from collections.abc import Mapping

    from data.calendar import WorkCalendar
    from data.catalogue import CatalogueRow
    from scheduler.rulebook import Rulebook


@dataclass(frozen=True)
class ReplanCase:
    """The changed year. Visits are numbered as in `case.owed`, people who left after all others."""

    case: Case
    risk: Mapping[str, UnitRisk]
    standing: Standing
    problem: Problem
    base: Solution
    people: tuple[str, ...]  # inspector ids by number; the last ones are gone from the table
    frozen: tuple[int, ...]  # past, or announced or pinned and still lawful
    new: tuple[int, ...]
    void: tuple[int, ...]
    broken: Mapping[int, tuple[str, ...]]  # visit that cannot stay as it was -> ids of the rules

    def around(self, most_changes: int | None = None, *, only_past: bool = False) -> Around:
        """The question to the solver; `only_past` lets announced and pinned visits change, too."""
        frozen = self.frozen
        if only_past:
            past = self.standing.past
            frozen = tuple(v for v in frozen if self.case.owed[v].visit_id in past)
        return Around(self.base, frozen, self.new, self.void, most_changes)


def replan_case(
    plan: Plan,
    office: Office,
    calendar: WorkCalendar,
    rulebook: Rulebook,
    catalogue: Mapping[str, CatalogueRow],
    on: date,
) -> ReplanCase:
    """Everything that changing a plan on a day needs.

    Rows before the day stay as they are. Units that only they know are added for the reckoning, and people
    who left stand behind the others, absent all year.
    """
    case, risk = year_case(office, calendar, rulebook, catalogue, plan.year)
    known = _risk(office, plan, rulebook, catalogue)
    risk = {unit_id: known[unit_id] for unit_id in risk}
    standing = standing_of(plan, office, calendar, rulebook, risk, on)
    fit = tuple(owed for owed in standing.owed if _reckoned(case, standing, owed))
    standing = replace(standing, owed=fit)
    missing = {o.unit_id for o in standing.owed} - {u.unit_id for u in office.units}
    ghosts = tuple(
        Unit(unit_id, unit_id, "department", in_scope=False) for unit_id in sorted(missing)
    )
    case = replace(case, office=replace(office, units=(*office.units, *ghosts)), owed=standing.owed)
    case = replace(case, follow_up_days=_follow_up_days(case, standing))
    people = _people(office, standing)
    problem = _with_those_gone(to_problem(case), people)
    problem = _after_notice(problem, case, standing)
    base, void = _base(case, standing, people)
    numbers = {owed.visit_id: n for n, owed in enumerate(case.owed)}
    past = tuple(sorted(numbers[v] for v in standing.past if v in numbers))
    broken = {v: ("campaign.window",) for v in void} | broken_rules(problem, base, past)
    still = {numbers[v] for v in standing.announced | standing.pinned} - broken.keys()
    return ReplanCase(
        case=case, risk=risk, standing=standing, problem=problem, base=base, people=people,
        frozen=tuple(sorted({*past, *still})), new=tuple(sorted(numbers[v] for v in standing.new)),
        void=tuple(sorted(void)), broken=broken,
    )  # fmt: skip


def _risk(
    office: Office, plan: Plan, rulebook: Rulebook, catalogue: Mapping[str, CatalogueRow]
) -> dict[str, UnitRisk]:
    """The risk of 1 January, as it was known before the plan's own visits."""
    first, known = date(plan.year, 1, 1), known_at_start(office, plan)
    deadlines = last_lawful_days(known, catalogue, rulebook, first)
    return unit_risks(known, rulebook, overdue_by_unit(known, deadlines, first), first)


def _reckoned(case: Case, standing: Standing, owed: Owed) -> bool:
    """Whether a visit has days that can be reckoned with; a past row written by hand may not."""
    row = standing.rows.get(owed.visit_id)
    return owed.visit_id not in standing.past or (
        row is not None and row.start in case.day_number and owed.days > 0
    )


def _follow_up_days(case: Case, standing: Standing) -> tuple[int, ...]:
    """The plan's own reserve for follow-ups, less the follow-ups that have arisen and now take it up.

    Each new follow-up takes its days from the first weeks of its window. A plan without a reserve (a sheet
    made by hand) gets the expected one.
    """
    if not standing.plan.reserve:
        return case.follow_up_days
    kept = {week.week_start: week.follow_up_days for week in standing.plan.reserve}
    days = [kept.get(monday, 0) for monday in case.weeks]
    for owed in standing.owed:
        left = owed.days if owed.kind == "follow_up" and owed.visit_id in standing.new else 0
        for week, monday in enumerate(case.weeks):
            if monday + timedelta(days=6) >= max(owed.due_from, standing.on):
                taken = min(left, days[week]) if monday <= owed.due_to else 0
                days[week] -= taken
                left -= taken
    return tuple(days)


def changed_reserve(case: Case, standing: Standing) -> tuple[ReserveWeek, ...]:
    """The reserve of the changed plan: weeks that are over as they were, then what is kept by now."""
    before = {week.week_start: week for week in standing.plan.reserve}
    return tuple(
        before[week.week_start]
        if week.week_start in before and week.week_start + timedelta(days=6) < standing.on
        else week
        for week in reserve_weeks(case)
    )


def _people(office: Office, standing: Standing) -> tuple[str, ...]:
    """Inspector ids by number: those of the table, then those that only the plan's rows name."""
    ids = [who.inspector_id for who in office.inspectors]
    named = {
        who
        for owed in standing.owed
        if owed.visit_id in standing.rows
        for who in _team(standing.rows[owed.visit_id])
    }
    return (*ids, *sorted(named - set(ids)))


def _team(row: PlannedVisit) -> tuple[str, ...]:
    return tuple(who for who in (row.lead, *row.members) if who)


def _with_those_gone(problem: Problem, people: tuple[str, ...]) -> Problem:
    """The problem with people who left: they may stand in old teams, but can go nowhere."""
    more = len(people) - problem.n_inspectors
    if more <= 0:
        return problem
    goals, nothing = problem.goals, (0,) * more
    away = (0,) * problem.n_units
    days = tuple(range(problem.n_days))
    absent = tuple(
        given.Absent(problem.n_inspectors + k, days, "person.exists") for k in range(more)
    )
    return replace(
        problem,
        n_inspectors=len(people),
        limits=(*problem.limits, *absent),
        goals=replace(
            goals,
            available=goals.available + nothing,
            past_days=goals.past_days + nothing,
            distance=(*goals.distance, *((away,) * more)),
        ),
    )


def _after_notice(problem: Problem, case: Case, standing: Standing) -> Problem:
    """Nothing new begins before notice can be given; a visit that is announced may keep its day."""
    early = [n for n, day in enumerate(case.days) if day < standing.first]
    limits = []
    for v, owed in enumerate(case.owed):
        if owed.visit_id in standing.past:
            continue
        row = standing.rows.get(owed.visit_id)
        kept = case.day_number.get(row.start, -1) if row is not None and row.start else -1
        closed = tuple(n for n in early if n != kept)
        if closed:
            limits.append(given.ForbidStarts(v, closed, NOTICE))
    return replace(problem, limits=(*problem.limits, *limits))


def _base(
    case: Case, standing: Standing, people: tuple[str, ...]
) -> tuple[Solution, frozenset[int]]:
    """Day and team of each row as numbers, and the visits whose row no longer fits what is owed."""
    number = {who: i for i, who in enumerate(people)}
    starts: list[int] = []
    teams: list[tuple[int, ...]] = []
    void: set[int] = set()
    for v, owed in enumerate(case.owed):
        row = standing.rows.get(owed.visit_id)
        if row is None or row.status != "scheduled" or row.start is None:
            starts.append(-1)
            teams.append(())
            continue
        start = next((n for n, day in enumerate(case.days) if day >= row.start), -1)
        starts.append(start)
        teams.append(tuple(number[who] for who in _team(row)) if start >= 0 else ())
        fits = start >= 0 and case.days[start] == row.start and owed.days == row.days
        if owed.visit_id not in standing.past and not fits:
            void.add(v)
    return Solution(tuple(starts), tuple(teams)), frozenset(void)
