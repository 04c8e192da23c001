"""Everybody's calendar of a plan, told against the plan that it amends."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from data.exports.ics import Hours
from data.exports.ics_changes import amended
from data.plan_folder import calendar_files
from data.plan_in import read_plan
from data.tables import read_dataset
from data.whole_folder import put_folder
from scheduler.errors import FolderTaken
from scheduler.journeys.year import PLAN_TABLES


@dataclass(frozen=True)
class CalendarsMade:
    """Calendars written: people, events changed and taken back since the older plan, where."""

    people: int
    moved: int
    cancelled: int
    folder: Path


def write_calendars(
    plan_path: Path,
    dataset: Path,
    folder: Path,
    against: Path | None = None,
    hours: Hours | None = None,
    lang: str = "vi",
) -> CalendarsMade:
    """Everybody's calendar of a plan; `against` an older plan, moved and lost visits are told as such.

    Raises
    ------
    data.plan_files.PlanFileError, data.faults.DatasetError
        A plan or the dataset cannot be read.
    FolderTaken
        The folder already holds something.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderTaken(folder)
    plan = read_plan(plan_path)
    if against is not None:
        plan = amended(plan, read_plan(against))
    office = read_dataset(dataset, needed=PLAN_TABLES).office()
    files = calendar_files(plan, office, lang, hours)
    put_folder(
        {name.removeprefix("calendars/"): content for name, content in files.items()}, folder
    )
    told = plan.facts.get("calendar", {})
    moved = {v.visit_id for v in plan.visits if v.status == "scheduled"} & set(
        told.get("sequence", ())
    )
    return CalendarsMade(
        sum("/cancelled/" not in name for name in files), len(moved), len(told.get("cancelled", ())),
        folder,
    )  # fmt: skip
