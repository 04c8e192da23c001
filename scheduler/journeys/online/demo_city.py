"""The sample city as a department in the middle of its year, made on an empty server by the usual journeys."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from data.sample.city import city_tables
from data.sample.write import write_dataset
from data.store import plans, visits
from scheduler.errors import Refused
from scheduler.journeys.online import demo_days, plan_papers, rotation_asks
from scheduler.journeys.online import plans as yearly
from scheduler.journeys.online.accepting import accept_folder
from scheduler.journeys.online.versions import Effort as Seconds

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    import pandas as pd

    from data.records import PlannedVisit
    from scheduler.journeys.online.demo_stage import Stage

ILL = timedelta(days=27)  # how long somebody is away, for whom the plan is changed
NEAR = timedelta(days=45)
LEADS = 100  # whose illness shows most: who leads, before who goes along


def city(stage: Stage, year: int, tables: Mapping[str, pd.DataFrame] | None = None) -> Path:
    """The city's tables as a folder, accepted at the start of the year; `tables` instead of the city's own."""
    folder = stage.home / "scratch" / f"thanh-pho-mau-{year}"
    made = dict(tables or city_tables(year))
    made["blackouts"] = demo_days.opened(made["blackouts"], stage.today)
    write_dataset(made, folder)
    accept_folder(stage.store, stage.people["planner"], _begin(stage, year), folder)
    return folder


def plan_in_force(stage: Stage, year: int) -> int:
    """The year's plan, made, checked, approved by the leader and published in January; gives its id.

    Somebody is out today and in the next days, unless no plan can be made with that.
    """
    at, kind = _begin(stage, year), plans.VISITS
    asked = demo_days.ask_for_near_days(stage, year, at)
    try:
        plan_id = draft(stage, year, at)
    except Refused:
        if not asked:
            raise
        demo_days.let_go(stage, at, asked)
        plan_id = draft(stage, year, at)
    for name, role in (("submit", "planner"), ("approve", "leader"), ("publish", "planner")):
        stage.step(name, role, kind, plan_id, at)
    return plan_id


def draft(stage: Stage, year: int, at: datetime) -> int:
    """A plan of the year that was checked; gives its id."""
    effort = Seconds(stage.effort.year_s)
    run_id = yearly.ask_for_plan(stage.store, stage.people["planner"], at, year, effort, {})
    plan_id = int(stage.carried(run_id, "planner", at).result["id"])
    stage.step("check", "planner", plans.VISITS, plan_id, at)
    return plan_id


def somebody_falls_ill(stage: Stage, folder: Path, plan_id: int) -> int | None:
    """The data with one inspector more who is away, and the plan changed for it; gives the new version's id.

    The inspector of the demonstration stays well. None when nobody else has a visit before the year
    ends, or no lawful change is left: late in the year.
    """
    first = stage.today + timedelta(days=1)
    rows = rows_of(stage, plan_id)
    busy: Counter[str] = Counter()
    for visit in rows:
        if visit.start and first <= visit.start <= first + NEAR:
            busy.update({visit.lead: LEADS, **dict.fromkeys(visit.members, 1)})
    del busy[stage.people["inspector"].inspector_id]
    busiest = busy.most_common(1)
    if not busiest or first.year != stage.today.year:
        return None
    who, until = busiest[0][0], min(first + ILL, date(first.year, 12, 31))
    absences = folder / "absences.csv"
    kept = list(csv.DictReader(io.StringIO(absences.read_text(encoding="utf-8-sig"))))
    kept = [
        row for row in kept
        if row["inspector_id"] != who or row["end"] < str(first) or row["start"] > str(until)
    ]  # fmt: skip
    kept.append({
        "inspector_id": who, "start": str(first), "end": str(until), "reason": "Nghỉ ốm (tình huống dùng thử)",
    })  # fmt: skip
    written = io.StringIO(newline="")
    sheet = csv.DictWriter(written, ["inspector_id", "start", "end", "reason"], lineterminator="\n")
    sheet.writeheader()
    sheet.writerows(kept)
    absences.write_text(written.getvalue(), encoding="utf-8")
    accept_folder(stage.store, stage.people["planner"], stage.moment, folder)
    run_id = yearly.ask_for_amendment(
        stage.store, stage.people["planner"], stage.moment, plan_id, first, None,
        Seconds(stage.effort.change_s),
    )  # fmt: skip
    try:
        return int(stage.carried(run_id, "planner", stage.moment).result["id"])
    except Refused:  # the run says which rules clash, and may be looked at
        return None


def next_year_waits(stage: Stage, year: int) -> int:
    """The next year's plan, submitted: the leader may approve it or send it back; gives its id."""
    plan_id = draft(stage, year, stage.moment)
    stage.step("submit", "planner", plans.VISITS, plan_id, stage.moment)
    return plan_id


def rotation(stage: Stage, year: int, on: date | None) -> int:
    """The year's moves as a plan that was checked and may be submitted; gives its id."""
    by, effort = stage.people["hr"], Seconds(stage.effort.rotation_s)
    run_id = rotation_asks.ask_for_rotation(stage.store, by, stage.moment, year, on, "", effort, {})
    plan_id = int(stage.carried(run_id, "hr", stage.moment).result["id"])
    stage.step("check", "hr", plans.MOVES, plan_id, stage.moment)
    return plan_id


def papers(stage: Stage, plan_id: int) -> None:
    """Every paper of the plan in force."""
    run_id = plan_papers.ask_for_papers(
        stage.store, stage.people["planner"], stage.moment, plans.VISITS, plan_id, stage.today
    )
    stage.carried(run_id, "planner", stage.moment)


def rows_of(stage: Stage, plan_id: int) -> list[PlannedVisit]:
    """The scheduled visits of a version, by day."""
    with stage.store.reading() as db:
        rows = visits.all_rows(db, plan_id)
    return sorted((v for v in rows if v.start), key=lambda v: (v.start, v.visit_id))


def _begin(stage: Stage, year: int) -> datetime:
    return stage.at(date(year, 1, 12))
