"""How much work goes out at once, and what is kept back: capacity.*."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Any

from data.words import Message
from scheduler.rules.base import Breach, Policy, Rule
from scheduler.rules.findings import breach, on_paper, team, visit_days
from solver.visits.problem import DayCapacity, KeepFree, Limit, WeekCapacity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from data.records import Inspector, Office, PlannedVisit
    from scheduler.case import Case
    from scheduler.plan_view import PlanView


def teams_out(value: Mapping[str, int], n_inspectors: int) -> int:
    """Most teams out on one day: `teams`, but one per `people_per_team` inspectors, at least 1.

    >>> teams_out({"teams": 8, "people_per_team": 4}, n_inspectors=25)
    6
    """
    return max(1, min(value["teams"], n_inspectors // value["people_per_team"]))


def surprise_days(case: Case) -> tuple[int, ...]:
    """Team-days that each week of the case keeps for surprise visits, rounded up.

    A week with fewer working days, or with days on which no unit is inspected, keeps less.
    Shape (n_weeks,).
    """
    share = Fraction(str(case.rulebook.value("capacity.reserve")))
    teams = teams_out(case.rulebook.value("capacity.teams-per-day"), len(case.office.inspectors))
    return tuple(ceil(share * teams * days) for days in open_days(case))


def open_days(case: Case) -> list[int]:
    """Working days of each week on which units may be inspected at all. Shape (n_weeks,)."""
    closed = _closed(case.office)
    days = [0] * len(case.weeks)
    for day, week in zip(case.days, case.week_of, strict=True):
        days[week] += not any(first <= day <= last for first, last in closed)
    return days


def _closed(office: Office) -> list[tuple[date, date]]:
    return [(b.start, b.end) for b in office.blackouts if not b.unit_id]


def enforce_teams(policy: Policy, case: Case) -> Iterator[DayCapacity]:
    """The same number of teams on every day of the year."""
    teams = teams_out(policy.value, len(case.office.inspectors))
    yield DayCapacity((teams,) * len(case.days), policy.id)


def check_teams(policy: Policy, view: PlanView) -> Iterator[Breach]:
    """Counts the teams out on each date; a joint visit is one team."""
    most = _most_teams(policy.value, view)
    for day, rows in sorted(_rows_by_day(view).items()):
        out = _teams(rows)
        if out > most:
            yield breach(policy, rows, Message(
                "Ngày {day} có {n} đoàn đi kiểm tra; tối đa {most}.",
                {"day": on_paper(day), "n": out, "most": most},
            ))  # fmt: skip


def enforce_reserve(policy: Policy, case: Case) -> Iterator[Limit]:
    """Each week's work leaves the reserve: in team-days, and in people who could make up its teams.

    Expected follow-ups of this year's own visits (`case.follow_up_days`) are kept free besides.
    """
    teams = teams_out(case.rulebook.value("capacity.teams-per-day"), len(case.office.inspectors))
    follow_ups = case.follow_up_days or (0,) * len(case.weeks)
    kept = tuple(a + b for a, b in zip(surprise_days(case), follow_ups, strict=True))
    room = tuple(max(0, teams * case.week_of.count(w) - k) for w, k in enumerate(kept))
    yield WeekCapacity(room, policy.id)
    crew = case.rulebook.value("surprise.team")
    people = case.office.inspectors
    holders: dict[str, list[int]] = defaultdict(list)
    for number, who in enumerate(people):
        for skill in set(who.skills):
            holders[skill].append(number)
    enough = crew["skill_share"] * len(people)
    common = tuple(tuple(who) for _, who in sorted(holders.items()) if len(who) >= enough)
    leaders = tuple(number for number, who in enumerate(people) if who.can_lead)
    yield KeepFree(kept, crew["size"], leaders, common, policy.id)


def check_reserve(policy: Policy, view: PlanView) -> Iterator[Breach]:
    """Every week of the year keeps its share, and on its dates enough people are really free."""
    most = _most_teams(view.rulebook.value("capacity.teams-per-day"), view)
    kept = {week.week_start: week for week in view.plan.reserve}
    out = _rows_by_day(view)
    for monday, days in _weeks(view).items():
        needed = _rounded_up(Decimal(str(policy.value)) * most * len(days))
        week = kept.get(monday)
        if week is None:
            if needed:
                yield breach(policy, [], Message(
                    "Tuần {week}: kế hoạch không ghi phần dự phòng; cần {needed} ngày đoàn.",
                    {"week": on_paper(monday), "needed": needed},
                ))  # fmt: skip
            continue
        if week.team_days < needed:
            yield breach(policy, [], Message(
                "Tuần {week}: dự phòng {kept} ngày đoàn cho kiểm tra đột xuất; cần ít nhất "
                "{needed}.",
                {"week": on_paper(monday), "kept": week.team_days, "needed": needed},
            ))  # fmt: skip
        promised = max(needed, week.team_days) + week.follow_up_days
        possible = sum(_could_go(view, day, out[day], most) for day in days)
        if possible < promised:
            rows = dict.fromkeys(row for day in days for row in out[day])
            yield breach(policy, rows, Message(
                "Tuần {week}: người còn lại chỉ đủ cho {possible} ngày đoàn; dự phòng cần "
                "{promised}.",
                {"week": on_paper(monday), "possible": possible, "promised": promised},
            ))  # fmt: skip


def _rounded_up(days: Decimal) -> int:
    return int(days) + (days != int(days))


def _weeks(view: PlanView) -> dict[date, list[date]]:
    """Monday -> the week's working days on which some unit may be inspected."""
    weeks: dict[date, list[date]] = defaultdict(list)
    shut = [b for b in view.office.blackouts if b.unit_id == ""]
    for day in view.calendar.working_days(date(view.plan.year, 1, 1), date(view.plan.year, 12, 31)):
        week = weeks[day - timedelta(days=day.weekday())]
        if not any(b.start <= day <= b.end for b in shut):
            week.append(day)
    return weeks


def _most_teams(value: Mapping[str, Any], view: PlanView) -> int:
    by_people, _ = divmod(len(view.office.inspectors), value["people_per_team"])
    return int(max(1, sorted((by_people, value["teams"]))[0]))


def _rows_by_day(view: PlanView) -> dict[date, list[PlannedVisit]]:
    rows: dict[date, list[PlannedVisit]] = defaultdict(list)
    for visit in view.scheduled:
        for day in visit_days(view, visit):
            rows[day].append(visit)
    return rows


def _teams(rows: list[PlannedVisit]) -> int:
    return len({(v.lead, *sorted(v.members)) if team(v) else (v.visit_id,) for v in rows})


def _could_go(view: PlanView, day: date, rows: list[PlannedVisit], most: int) -> int:
    """Surprise teams that people who are present and on no visit could still make up on a day."""
    busy = {who for visit in rows for who in team(visit)}
    busy |= {a.inspector_id for a in view.office.absences if a.start <= day <= a.end}
    free = [who for who in view.office.inspectors if who.inspector_id not in busy]
    crew = view.rulebook.value("surprise.team")
    leaders = [who for who in free if who.can_lead]
    counts: list[int] = [most - _teams(rows), len(free) // crew["size"], len(leaders)]
    for skill in _common_skills(view.office.inspectors, crew["skill_share"]):
        counts.append(sum(skill in who.skills for who in free))
    return max(0, min(counts))


def _common_skills(people: tuple[Inspector, ...], share: float) -> list[str]:
    skills = {skill for who in people for skill in who.skills}
    return [s for s in skills if sum(s in who.skills for who in people) / len(people) >= share]


CAPACITY = (
    Rule("capacity.teams-per-day", enforce_teams, check_teams),
    Rule("capacity.reserve", enforce_reserve, check_reserve),
)
