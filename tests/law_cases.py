"""Law cases: what a lawyer reads in `tests/law/*.toml`, as an office, a plan and a year to solve.

A case has a `name` (the sentence it claims), `plan` (rows), tables, and `broken` (the rule ids that
the plan breaks, none when it is lawful). `solver` says how the rules' other reading, the limits for
the solver, differs: "stricter" (it refuses this lawful plan), "cannot" (it cannot be said there).
Tables not given are those of `offices.tiny_office()`; people and units are called by name.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.records import (
    Absence,
    Blackout,
    CalendarDay,
    Campaign,
    Conflict,
    Finding,
    Office,
    PastVisit,
    Pin,
    PlannedVisit,
    Position,
    Posting,
    Relative,
    ReserveWeek,
)
from data.rulefiles import read_rules
from scheduler.case import Case, Owed
from scheduler.owed import YearOfWork, follow_up_window
from scheduler.rulebook import Rulebook, in_force
from solver.visits.problem import GoalData, Problem, Solution, Visit
from tests.offices import FIRST, YEAR, case_of, row, tiny_office, view_of, with_people

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.plan_view import PlanView

Table = dict[str, Any]


def law_cases() -> Iterator[Table]:
    """Every case about visits; those of the clock and of moves have readers of their own."""
    for file in sorted((Path(__file__).parent / "law").glob("*.toml")):
        if file.stem == "clock" or file.stem.startswith("moves_"):
            continue
        for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]:
            yield {"solver": "", **case}


def office_of(case: Table) -> Office:
    """The case's office."""
    people = {
        p["who"]: _renamed(p, month_days="max_days_per_month", home="home_unit_id")
        for p in case.get("people", ())
    }
    postings = case.get("postings", ())
    office = tiny_office(
        absences=tuple(Absence(a["who"], a["from"], a["to"]) for a in case.get("absences", ())),
        conflicts=tuple(
            Conflict(c["who"], c["unit"], "", c.get("until")) for c in case.get("conflicts", ())
        ),
        blackouts=tuple(
            Blackout(b.get("unit", ""), b["from"], b["to"], "", b.get("body", ""))
            for b in case.get("blackouts", ())
        ),
        campaigns=tuple(
            Campaign(
                c["id"],
                c["id"],
                c["from"],
                c["to"],
                tuple(c["units"]),
                1,
                c.get("team_size"),
                tuple(c.get("skills", ())),
            )
            for c in case.get("campaigns", ())
        ),
        visits=tuple(
            PastVisit(
                p["id"],
                p["unit"],
                p.get("kind", "periodic"),
                p["from"],
                p.get("to", p["from"]),
                *_team(p.get("team", "")),
            )
            for p in case.get("past", ())
        ),
        findings=tuple(
            Finding(f"F{n}", f["visit"], "minor", f["due"], f.get("closed"))
            for n, f in enumerate(case.get("findings", ()))
        ),
        calendar=tuple(CalendarDay(d["date"], d["kind"]) for d in case.get("calendar", ())),
        positions=tuple(
            Position(f"post {n}", p["unit"], "", "", "") for n, p in enumerate(postings)
        ),
        postings=tuple(
            Posting(p["who"], f"post {n}", p["from"], p.get("to")) for n, p in enumerate(postings)
        ),
        relatives=tuple(Relative(r["who"], r["relative"], "") for r in case.get("relatives", ())),
        pins=tuple(
            Pin(
                n,
                p.get("unit", ""),
                p.get("kind", ""),
                p.get("date"),
                p.get("week"),
                p.get("who", ""),
                p["must"],
                "",
            )
            for n, p in enumerate(case.get("pins", ()), 2)
        ),
    )
    return with_people(office, **people)


def rulebook_of(case: Table) -> Rulebook:
    """The rules of the plan's year, with the case's own `values`."""
    return in_force(read_rules(), date(YEAR, 1, 1), case.get("values"))


def rows_of(case: Table) -> tuple[PlannedVisit, ...]:
    """The case's plan; ids V1, V2 ..., file rows 2, 3 ..."""
    rows = []
    for n, given in enumerate(case["plan"], 1):
        more = _renamed(given, campaign="campaign_id")
        for key in ("unit", "from", "to", "team", "id"):
            more.pop(key, None)
        if given.get("status") == "dropped":
            usual = {"days": 0, "lead": "", "members": ()}
        else:
            lead, members = _team(given.get("team", ", ".join(FIRST)))
            usual = {"lead": lead, "members": members}
        first = given.get("from", date(YEAR, 1, 4))
        made = row(
            given.get("id", f"V{n}"),
            given["unit"],
            first,
            given.get("to"),
            row=n + 1,
            **{**usual, **more},
        )
        rows.append(made if "from" in given else replace(made, start=None, end=None))
    return tuple(rows)


def view(case: Table) -> PlanView:
    """What the checker reads."""
    changed = {r["week"]: ReserveWeek(r["week"], r["team_days"]) for r in case.get("reserve", ())}
    risk = {unit_id: {"class": klass} for unit_id, klass in case.get("risk", {}).items()}
    made = view_of(
        rows_of(case),
        office_of(case),
        rulebook_of(case),
        facts={"risk": risk},
        leads_until=case.get("until", {}),
        unit_head_rank=case.get("heads", {}),
        inspector_rank=case.get("ranks", {}),
    )
    weeks = tuple(changed.get(week.week_start, week) for week in made.plan.reserve)
    return replace(made, plan=replace(made.plan, reserve=weeks))


def year(case: Table) -> Case:
    """What the rules' `enforce` reads: a visit owed for each row of the plan."""
    office, rulebook = office_of(case), rulebook_of(case)
    bare = case_of(
        (),
        office,
        rulebook,
        leads_until=case.get("until", {}),
        unit_head_rank=case.get("heads", {}),
        inspector_rank=case.get("ranks", {}),
    )
    return replace(bare, owed=tuple(_owed(case, bare, planned) for planned in rows_of(case)))


def problem(case: Table, rules: Any) -> tuple[Problem, Solution]:
    """The limits that these rules ask for, and the case's plan as numbers."""
    made, rows = year(case), rows_of(case)
    units = list(made.units)
    limits = tuple(limit for rule in rules for limit in rule.enforce(made.rulebook[rule.id], made))
    visits = tuple(
        Visit(o.visit_id, units.index(o.unit_id), -1, o.days, o.size, 1, (0,) * len(made.days))
        for o in made.owed
    )
    goals = GoalData((), (), 0, 0, (), ())
    months = tuple(day.month - 1 for day in made.days)
    numbers = Problem(
        len(made.days),
        len(made.inspectors),
        len(units),
        made.week_of,
        months,
        tuple(m // 3 for m in months),
        visits,
        limits,
        goals,
    )
    starts = tuple(made.day_number[r.start] if r.start else -1 for r in rows)
    teams = tuple(_numbers(made, r) if r.start else () for r in rows)
    return numbers, Solution(starts, teams)


def _numbers(made: Case, planned: PlannedVisit) -> tuple[int, ...]:
    others = sorted(planned.members, key=lambda who: "secretary" not in made.inspectors[who].skills)
    return tuple(made.inspector_number[who] for who in (planned.lead, *others))


def _owed(case: Table, bare: Case, planned: PlannedVisit) -> Owed:
    first, last, must = date(YEAR, 1, 1), date(YEAR, 12, 31), ""
    skills: tuple[str, ...] = ()
    if planned.kind == "thematic":
        must = "campaign.window"
        skills = next(
            c.skills for c in bare.office.campaigns if c.campaign_id == planned.campaign_id
        )
    elif planned.kind == "follow_up":
        findings = [
            f for f in bare.office.findings if f.visit_id == planned.follows and not f.closed_on
        ]
        window = (
            follow_up_window(
                YearOfWork(bare.office, bare.calendar, bare.rulebook, {}), findings, YEAR
            )
            if findings
            else None
        )
        first, last, bound = window or (first, last, False)
        must = "follow-up.window" if bound else ""
    elif case.get("risk", {}).get(planned.unit_id) == "high":
        must = "frequency.high"
    return Owed(
        planned.visit_id,
        planned.unit_id,
        planned.kind,
        planned.days or 1,
        len({planned.lead, *planned.members}) if planned.lead else 4,
        10,
        first,
        last,
        skills,
        planned.campaign_id,
        planned.follows,
        must,
    )


def _team(names: str) -> tuple[str, tuple[str, ...]]:
    lead, *others = (name.strip() for name in names.split(","))
    return lead, tuple(others)


def _renamed(given: Table, **names: str) -> Table:
    found = {
        names.get(key, key): tuple(v) if isinstance(v, list) else v for key, v in given.items()
    }
    found.pop("who", None)
    return found
