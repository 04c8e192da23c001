"""Reads a plan back: our folder, an edited workbook, or any table with the same columns."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from data.csv_in import read_csv_table
from data.faults import DatasetError, Fault, Reading
from data.opening import CannotOpen, Limits, kind_of, read_bytes
from data.package_in import unpack
from data.plan_columns import ABOUT, RESERVE, SHEETS, VISITS
from data.records import Plan, PlannedVisit, ReserveWeek
from data.typed import empty_frame, typed_frame
from data.words import Message
from data.workbook_in import read_workbook

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from data.columns import Table
    from data.raw import RawTable

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
TABLES = {"visits": VISITS, "reserve": RESERVE, "about": ABOUT}


class PlanFileError(DatasetError):
    """A plan was refused as a whole; `faults` lists everything that is wrong with its files."""


def read_plan(path: Path, scenarios: bool = False) -> Plan:
    """The plan in a folder, a workbook (.xlsx) or a CSV file; `row` of a visit is its row there.

    A scenario is refused unless `scenarios` are asked for.

    Columns may stand in any order, more columns are passed over, headers may be Vietnamese, dates
    may be real dates, 2027-03-15 or 15/03/2027. The ids count; columns that show names are not
    read. The year is that of plan.json or of the sheet about the plan, else the year in which most
    visits start.

    Raises
    ------
    PlanFileError
        With all faults at once.
    """
    path, reading = Path(path), Reading()
    facts: dict[str, Any] = {}
    try:
        if kind_of(path) == "folder":
            if not scenarios and (path / SCENARIO_FACTS).exists():
                raise CannotOpen(replace(NO_PLAN, params={"name": path.name}))
            raw, facts = _folder(path, reading)
        elif path.suffix.lower() == ".csv":
            raw = {"visits": plan_table(VISITS, path, reading)}
        else:
            raw = _workbook(path, reading)
    except CannotOpen as refusal:
        raise PlanFileError([Fault("", 0, "", "", refusal.message)], path.name) from None
    frames = {}
    for name, table in TABLES.items():
        cells = raw.get(name)
        told = Reading() if name == "about" else reading  # what is about the plan refuses no plan
        frames[name] = empty_frame(table) if cells is None else typed_frame(table, cells, told)
    if raw.get("visits") is None and not reading.faults:
        reading.faults.append(Fault("visits", 0, "", "", Message("Bảng kế hoạch trống.")))
    visits = _visits(frames["visits"], reading)
    named = _told(frames["about"], "scenario")
    if named:
        facts.setdefault("scenario", {"name": named})
    if facts.get("scenario") and not scenarios:
        reading.faults.append(Fault("", 0, "", "", replace(NO_PLAN, params={"name": path.name})))
    year = facts.get("year") or _told_year(frames["about"]) or _likely_year(visits)
    if not year and not reading.faults:
        message = Message(
            "Không rõ kế hoạch của năm nào: không có cuộc kiểm tra nào có ngày. "
            "Ghi ít nhất một ngày."
        )
        reading.faults.append(Fault("visits", 0, "start", "", message))
    reserve = _reserve(frames["reserve"], reading)
    if reading.faults:
        raise PlanFileError(reading.faults, path.name)
    return Plan(int(year), visits, reserve, facts)


def _folder(folder: Path, reading: Reading) -> tuple[dict[str, RawTable | None], dict[str, Any]]:
    trial = (folder / SCENARIO_FACTS).exists()
    before, told = (BEFORE, SCENARIO_FACTS) if trial else ("", "plan.json")
    if not (folder / f"{before}visits.csv").exists():
        raise CannotOpen(
            Message(
                "Thư mục «{name}» không có tệp visits.csv. Chỉ đến thư mục của một kế hoạch.",
                {"name": folder.name},
            )
        )
    raw = {
        table.name: plan_table(table, folder / f"{before}{table.name}.csv", reading)
        for table in (VISITS, RESERVE)
        if (folder / f"{before}{table.name}.csv").exists()
    }
    return raw, plan_facts(folder / told, reading) if (folder / told).exists() else {}


def plan_table(table: Table, path: Path, reading: Reading) -> RawTable | None:
    """One CSV file of a plan folder; its faults go to `reading`."""
    return read_csv_table(table, read_bytes(path, Limits(), follow=True), reading.faults)


def plan_facts(path: Path, reading: Reading) -> dict[str, Any]:
    """The facts of a plan's JSON file; {} and a fault when it holds none with a year."""
    try:
        facts = json.loads(read_bytes(path, Limits(), follow=True))
        if not isinstance(facts, dict) or not isinstance(facts.get("year"), int):
            raise ValueError(path.name)
    except ValueError:
        message = Message(
            "Tệp {name} hỏng hoặc không có năm. Lập lại kế hoạch, hoặc bỏ tệp này đi.",
            {"name": path.name},
        )
        reading.faults.append(Fault(path.name, 0, "", "", message))
        return {}
    facts.pop("format", None)
    return facts


def _workbook(path: Path, reading: Reading) -> dict[str, RawTable | None]:
    content = read_bytes(path, Limits(), follow=True)
    sheets = list(unpack(content, Limits()).sheets())
    known = {sheet: TABLES[name] for name, names in SHEETS.items() for sheet in (*names, name)}
    if sheets and not set(sheets) & {*SHEETS["visits"], "visits"}:
        known[sheets[0]] = VISITS
    found = read_workbook(content, Limits(), reading, known)
    raw: dict[str, RawTable | None] = {}
    for sheet, cells in found.items():
        raw.setdefault(known[sheet].name, cells)
    return raw


def _visits(frame: pd.DataFrame, reading: Reading) -> tuple[PlannedVisit, ...]:
    faulty = {(fault.row, fault.column) for fault in reading.faults if fault.table == "visits"}
    visits = []
    seen: dict[str, int] = {}
    for row, cells in zip(frame.index.tolist(), frame.to_dict("records"), strict=True):
        visit = _visit(row, cells)
        visits.append(visit)
        if visit.visit_id in seen:
            reading.faults.append(
                Fault(
                    "visits",
                    row,
                    "visit_id",
                    visit.visit_id,
                    Message(
                        "Mã «{id}» đã có ở dòng {row}. Mỗi cuộc kiểm tra một mã.",
                        {"id": visit.visit_id, "row": seen[visit.visit_id]},
                    ),
                )
            )
        if visit.visit_id:
            seen.setdefault(visit.visit_id, row)
        if not {(row, "start"), (row, "end"), (row, "status")} & faulty:
            reading.faults.extend(_odd_dates(visit))
    return tuple(visits)


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
        start=_day(cells["start"]),
        end=_day(cells["end"]),
        days=0 if pd.isna(cells["days"]) else int(cells["days"]),
        lead=cells["lead"],
        members=tuple(members),
        status=cells["status"] or "scheduled",
        reason=cells["reason"],
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


def _day(value: Any) -> date | None:
    return None if pd.isna(value) else value.date()


def _reserve(frame: pd.DataFrame, reading: Reading) -> tuple[ReserveWeek, ...]:
    weeks: dict[date, ReserveWeek] = {}
    for row, cells in zip(frame.index.tolist(), frame.to_dict("records"), strict=True):
        day = _day(cells["week_start"])
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


def _told(about: pd.DataFrame, key: str) -> str:
    told = about.loc[about["key"] == key, "value"].tolist()
    return str(told[0]) if told else ""


def _told_year(about: pd.DataFrame) -> int:
    told = _told(about, "year")
    return int(told) if told.isdecimal() else 0


def _likely_year(visits: tuple[PlannedVisit, ...]) -> int:
    years = Counter(visit.start.year for visit in visits if visit.start)
    return max(years, key=lambda year: (years[year], year)) if years else 0
