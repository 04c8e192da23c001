"""Reads a plan back: our folder, an edited workbook, or any table with the same columns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from data.drop_reasons import reason_written
from data.faults import Fault, Reading
from data.plan_columns import ABOUT, RESERVE, SHEETS, VISITS
from data.plan_files import (
    PlanFileError,
    PlanShape,
    day_or_none,
    plan_year,
    read_plan_files,
    tell_doubles,
)
from data.records import Plan, PlannedVisit, ReserveWeek
from data.words import Message

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

FORMAT = "congvu-plan/1"
SCENARIO = "congvu-scenario/1"  # a trial that is no plan: other names of files, other format
BEFORE = "scenario-"  # stands before the names of a scenario's tables
SCENARIO_FACTS = "scenario.json"
NO_PLAN = Message(
    "«{name}» là một kịch bản thử, không phải kế hoạch: lệnh này không nhận. Dùng congvu compare, why, "
    "why-not, recommend hoặc audit."
)
WITHOUT_DATE = Message(
    "Cuộc kiểm tra đã xếp lịch mà thiếu ngày. Ghi ngày, hoặc đổi trạng thái thành «không xếp được»."
)
WITH_DATE = Message(
    "Cuộc kiểm tra không xếp được mà lại có ngày. Xóa ngày, "
    "hoặc đổi trạng thái thành «đã xếp lịch»."
)
SHAPE = PlanShape(
    main=VISITS,
    tables={"visits": VISITS, "reserve": RESERVE, "about": ABOUT},
    sheets=SHEETS,
    telling=frozenset({"visit_id", "unit_id"}),
    facts="plan.json",
    trial=BEFORE,
    trial_facts=SCENARIO_FACTS,
    no_folder=Message(
        "Thư mục «{name}» không có tệp visits.csv. Chỉ đến thư mục của một kế hoạch."
    ),
    no_year=Message(
        "Không rõ kế hoạch của năm nào: không có cuộc kiểm tra nào có ngày. Ghi ít nhất một ngày."
    ),
)


def read_plan(path: Path, scenarios: bool = False) -> Plan:
    """The plan in a folder, a workbook (.xlsx) or a CSV file; `row` of a visit is its row there.

    A scenario is refused unless `scenarios` are asked for.

    The ids count; columns that show names are not read. The year is that of plan.json or of the sheet
    about the plan, else the year in which most visits start.

    Raises
    ------
    PlanFileError
        With all faults at once.
    """
    return read_edited_plan(path, scenarios=scenarios)[0]


def read_edited_plan(
    path: Path, year: int = 0, scenarios: bool = False
) -> tuple[Plan, Mapping[str, frozenset[str]]]:
    """The same plan, and for each table that the file has the columns it has.

    `year` is that of a file that tells none.

    Raises
    ------
    PlanFileError
        With all faults at once.
    """
    path, reading = Path(path), Reading()
    no_plan = Fault("", 0, "", "", replace(NO_PLAN, params={"name": path.name}))
    if not scenarios and (path / SCENARIO_FACTS).exists():
        raise PlanFileError([no_plan], path.name)
    cells = read_plan_files(path, SHAPE, reading)
    if cells.facts.get("scenario") and not scenarios:
        reading.faults.append(no_plan)
    visits = _visits(cells.frames["visits"], cells.given.get("visits", frozenset()), reading)
    year = plan_year(SHAPE, cells.facts, [visit.start for visit in visits], reading, year)
    reserve = _reserve(cells.frames["reserve"], reading)
    if reading.faults:
        raise PlanFileError(reading.faults, path.name)
    return Plan(year, visits, reserve, cells.facts), cells.given


def _visits(
    frame: pd.DataFrame, given: frozenset[str], reading: Reading
) -> tuple[PlannedVisit, ...]:
    faulty = {(fault.row, fault.column) for fault in reading.faults if fault.table == "visits"}
    rows = zip(frame.index.tolist(), frame.to_dict("records"), strict=True)
    visits = tuple(_visit(row, cells) for row, cells in rows)
    tell_doubles("visits", "visit_id", [(v.row, v.visit_id) for v in visits], reading)
    for visit in visits if {"start", "end"} <= given else ():
        if not {(visit.row, name) for name in ("start", "end", "status")} & faulty:
            reading.faults.extend(_odd_dates(visit))
    return visits


def _visit(row: int, cells: Mapping[Hashable, Any]) -> PlannedVisit:
    members = [who for who in cells["members"].split(";") if who]
    if cells["secretary"] in members:  # `members` says who is there; the secretary only goes first
        members.sort(key=lambda who: who != cells["secretary"])
    return PlannedVisit(
        visit_id=cells["visit_id"],
        unit_id=cells["unit_id"],
        kind=cells["kind"],
        campaign_id=cells["campaign_id"],
        follows=cells["follows"],
        start=day_or_none(cells["start"]),
        end=day_or_none(cells["end"]),
        days=0 if pd.isna(cells["days"]) else int(cells["days"]),
        lead=cells["lead"],
        members=tuple(members),
        status=cells["status"] or "scheduled",
        reason=reason_written(cells["reason"]),
        owner=cells["owner"],
        row=row,
    )


def _odd_dates(visit: PlannedVisit) -> list[Fault]:
    """A scheduled visit has both dates in order, a dropped one has none."""
    days = (("start", visit.start), ("end", visit.end))
    if visit.status == "scheduled":
        odd = [(column, "", WITHOUT_DATE) for column, day in days if day is None]
    else:
        odd = [(column, day.isoformat(), WITH_DATE) for column, day in days if day]
    if visit.start and visit.end and visit.end < visit.start:
        message = Message(
            "Ngày cuối {end} trước ngày đầu {start}. Sửa một trong hai.",
            {"start": f"{visit.start:%d/%m/%Y}", "end": f"{visit.end:%d/%m/%Y}"},
        )
        odd.append(("end", visit.end.isoformat(), message))
    return [Fault("visits", visit.row, *found) for found in odd]


def _reserve(frame: pd.DataFrame, reading: Reading) -> tuple[ReserveWeek, ...]:
    weeks: dict[date, ReserveWeek] = {}
    for row, cells in zip(frame.index.tolist(), frame.to_dict("records"), strict=True):
        day = day_or_none(cells["week_start"])
        if day is None or pd.isna(cells["team_days"]):
            continue  # already a fault
        if day.weekday() or day in weeks:
            monday = day - timedelta(days=day.weekday())
            reading.faults.append(
                Fault(
                    "reserve",
                    row,
                    "week_start",
                    day.isoformat(),
                    Message(
                        "{day} không phải thứ Hai, hoặc tuần này đã có. "
                        "Ghi thứ Hai {monday}, mỗi tuần một dòng.",
                        {"day": f"{day:%d/%m/%Y}", "monday": f"{monday:%d/%m/%Y}"},
                    ),
                )
            )
        extra = 0 if pd.isna(cells["follow_up_days"]) else int(cells["follow_up_days"])
        weeks.setdefault(day, ReserveWeek(day, int(cells["team_days"]), extra))
    return tuple(weeks.values())
