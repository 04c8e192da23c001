"""The office, its plan and its rates behind a record: read anew for every step of the planner."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from data import rulefiles
from data.calendar import WorkCalendar
from data.catalogue import read_catalogue
from data.plan_folder import read_plan
from data.records import Office, Plan
from data.tables import read_dataset
from data.words import Message
from scheduler.case import Case
from scheduler.errors import Refused
from scheduler.risk import UnitRisk
from scheduler.rulebook import in_force
from scheduler.surprise.office_service import office_service, standing_teams
from scheduler.surprise.service import Floats, Service
from scheduler.surprise.teams import SurpriseTeam
from scheduler.yearly_plan import year_case, year_start

Read = tuple[Office, Plan, Case, Mapping[str, UnitRisk]]


def read_season(
    dataset: Path, plan_path: Path, trial: Mapping[str, Any] | None = None, year: int | None = None
) -> Read:
    """Office, plan, the plan's year as a case, and the units' risk; `year`: that of the record.

    Raises
    ------
    Refused
        A plan of another year than the record's.
    data.faults.DatasetError, data.plan_folder.PlanFileError
        When either has faults.
    """
    plan = read_plan(plan_path)
    if year is not None and plan.year != year:
        raise Refused(
            Message("Kế hoạch «{path}» là của năm {own}; hồ sơ rút thăm là của năm {year}. Chọn kế hoạch năm "
                    "{year} (--plan).", {"path": plan_path.name, "own": plan.year, "year": year})
        )  # fmt: skip
    office = read_dataset(dataset, needed=("units", "inspectors")).office()
    rules = in_force(rulefiles.read_rules(), year_start(plan.year), trial)
    calendar = WorkCalendar(office.calendar)
    case, risk = year_case(
        office, calendar, rules, read_catalogue(year_start(plan.year)), plan.year
    )
    return office, plan, case, risk


def teams_of(case: Case, kept: list[Mapping[str, Any]] | None = None) -> tuple[SurpriseTeam, ...]:
    """The teams that the record keeps, or newly formed ones."""
    if kept is None:
        return standing_teams(case)
    return tuple(SurpriseTeam(row["team"], tuple(row["members"])) for row in kept)


def service_of(read: Read, teams: tuple[SurpriseTeam, ...], rates: Floats | None = None) -> Service:
    """The season as arrays."""
    _, plan, case, risk = read
    return office_service(case, plan, risk, teams, rates)


def kept_trial(state: Mapping[str, Any]) -> dict[str, Any]:
    """The what-if values with which a record was set up."""
    return dict(json.loads(json.dumps(state.get("trial", {}))))


def day_of(text: str) -> date:
    """A day of the record."""
    return date.fromisoformat(text)
