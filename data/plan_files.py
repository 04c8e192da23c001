"""The files of a plan as checked tables: our folder, an edited workbook, or one CSV table."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from data.columns import Table, fold
from data.csv_in import csv_header, read_csv_table
from data.faults import DatasetError, Fault, Reading
from data.opening import CannotOpen, Limits, kind_of, read_bytes
from data.raw import RawTable
from data.typed import empty_frame, typed_frame
from data.words import Message
from data.workbook_in import read_workbook, sheet_headers

ABOUT_TEXTS = ("plan_id", "title", "owner", "on", "reading", "status")


class PlanFileError(DatasetError):
    """A plan was refused as a whole; `faults` lists everything that is wrong with its files."""


@dataclass(frozen=True)
class PlanShape:
    """What the files of one kind of plan look like.

    Attributes
    ----------
    main : table of the rows of the plan; its CSV file tells the folder
    tables : name -> table, `about` among them
    sheets : table name -> its sheet in Vietnamese and English
    telling : columns that no other kind of plan has together
    facts : name of the JSON file
    trial, trial_facts : what stands before the names of a trial's tables, and its JSON file
    no_folder, no_year : what to say of a folder, or of a plan, that lacks the needed
    """

    main: Table
    tables: Mapping[str, Table]
    sheets: Mapping[str, tuple[str, str]]
    telling: frozenset[str]
    facts: str
    no_folder: Message
    no_year: Message
    trial: str = ""
    trial_facts: str = ""

    def rows(self, folder: Path) -> Path:
        """The file of the plan's rows in its folder, of a trial where it is one."""
        trial = folder / f"{self.trial}{self.main.name}.csv"
        return trial if trial.exists() else folder / f"{self.main.name}.csv"


@dataclass(frozen=True)
class PlanCells:
    """Typed frames by table name, the facts, and for each table the columns that the file has."""

    frames: Mapping[str, pd.DataFrame]
    facts: dict[str, Any]
    given: Mapping[str, frozenset[str]]


def read_plan_files(path: Path, shape: PlanShape, reading: Reading) -> PlanCells:
    """The tables of a plan in a folder, a workbook (.xlsx) or a CSV file; faults go to `reading`.

    Columns may stand in any order, more columns are passed over, headers may be Vietnamese, dates may
    be real dates, 2027-03-15 or 15/03/2027. A sheet is known by its name, else by its header, else it
    is the first. Facts are those of the JSON file, or what the sheet about the plan tells of them.

    Raises
    ------
    PlanFileError
        When the file or folder as a whole is not read.
    """
    facts: dict[str, Any] = {}
    try:
        if kind_of(path) == "folder":
            raw, facts = _folder(path, shape, reading)
        elif path.suffix.lower() == ".csv":
            raw = {shape.main.name: _csv(shape.main, path, reading)}
        else:
            raw = _workbook(path, shape, reading)
    except CannotOpen as refusal:
        raise PlanFileError([Fault("", 0, "", "", refusal.message)], path.name) from None
    frames, given = {}, {}
    for name, table in shape.tables.items():
        cells = raw.get(name)
        told = Reading() if name == "about" else reading  # what is about the plan refuses no plan
        frames[name] = empty_frame(table) if cells is None else typed_frame(table, cells, told)
        if cells is not None:
            given[name] = _columns(table, cells.headers)
    if raw.get(shape.main.name) is None and not reading.faults:
        reading.faults.append(Fault(shape.main.name, 0, "", "", Message("Bảng kế hoạch trống.")))
    return PlanCells(frames, facts or _told(frames["about"]), given)


def plan_year(
    shape: PlanShape,
    facts: Mapping[str, Any],
    days: Iterable[date | None],
    reading: Reading,
    known: int = 0,
) -> int:
    """The year told, else the one `known`, else that of most `days`; 0 and a fault without any."""
    years = Counter(day.year for day in days if day)
    year = facts.get("year") or known or max(years, key=lambda y: (years[y], y), default=0)
    if not year and not reading.faults:
        column = next(c.name for c in shape.main.columns if c.type == "date")
        reading.faults.append(Fault(shape.main.name, 0, column, "", shape.no_year))
    return int(year)


def tell_doubles(table: str, column: str, ids: Iterable[tuple[int, str]], reading: Reading) -> None:
    """A fault for every row (row number, id) whose id stands in an earlier row."""
    seen: dict[str, int] = {}
    for row, name in ids:
        if name in seen:
            message = Message(
                "Mã «{id}» đã có ở dòng {row}. Mỗi mã chỉ một dòng.",
                {"id": name, "row": seen[name]},
            )
            reading.faults.append(Fault(table, row, column, name, message))
        if name:
            seen.setdefault(name, row)


def day_or_none(value: Any) -> date | None:
    """The day of a cell of a date column."""
    return None if pd.isna(value) else value.date()


def holds(path: Path, shape: PlanShape) -> bool:
    """Whether a folder, workbook or CSV file holds this kind of plan, by its main table's columns."""
    try:
        if kind_of(path) == "folder":
            return shape.rows(path).exists()
        content = read_bytes(path, Limits(), follow=True)
        if path.suffix.lower() == ".csv":
            return _tells(shape, csv_header(shape.main, content))
        return any(_tells(shape, header) for header in sheet_headers(content, Limits()).values())
    except CannotOpen:
        return False


def _columns(table: Table, header: Iterable[str]) -> frozenset[str]:
    known = (table.headers.get(fold(cell)) for cell in header)
    return frozenset(column.name for column in known if column)


def _tells(shape: PlanShape, header: Iterable[str]) -> bool:
    return _columns(shape.main, header) >= shape.telling


def _folder(
    folder: Path, shape: PlanShape, reading: Reading
) -> tuple[dict[str, RawTable | None], dict[str, Any]]:
    rows = shape.rows(folder)
    if not rows.exists():
        raise CannotOpen(replace(shape.no_folder, params={"name": folder.name}))
    before = rows.name.removesuffix(f"{shape.main.name}.csv")
    raw = {
        name: _csv(table, folder / f"{before}{name}.csv", reading)
        for name, table in shape.tables.items()
        if name != "about" and (folder / f"{before}{name}.csv").exists()
    }
    facts = folder / (shape.trial_facts if before else shape.facts)
    return raw, _facts(facts, reading) if facts.exists() else {}


def _csv(table: Table, path: Path, reading: Reading) -> RawTable | None:
    return read_csv_table(table, read_bytes(path, Limits(), follow=True), reading.faults)


def _facts(path: Path, reading: Reading) -> dict[str, Any]:
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


def _workbook(path: Path, shape: PlanShape, reading: Reading) -> dict[str, RawTable | None]:
    content = read_bytes(path, Limits(), follow=True)
    headers = sheet_headers(content, Limits())
    main = shape.main.name
    known = {
        sheet: shape.tables[name]
        for name, names in shape.sheets.items()
        for sheet in (*names, name)
        if name != main
    }
    named = {fold(name) for name in (*shape.sheets[main], main)}
    like = [sheet for sheet in headers if fold(sheet) in named]
    telling = [sheet for sheet, header in headers.items() if _tells(shape, header)]
    both = [sheet for sheet in like if sheet in telling]
    chosen = next((found for found in (both, like, telling, list(headers)) if found), [])[:1]
    known |= dict.fromkeys(chosen, shape.main)
    found = read_workbook(content, Limits(), reading, known)
    raw: dict[str, RawTable | None] = {}
    for sheet, cells in found.items():
        raw.setdefault(known[sheet].name, cells)
    return raw


def _told(about: pd.DataFrame) -> dict[str, Any]:
    """What the sheet about the plan says: year, day, reading, birth certificate, counts."""
    facts: dict[str, Any] = {}
    for key, value in zip(about["key"].tolist(), about["value"].tolist(), strict=True):
        part, _, name = str(key).partition(".")
        if key in ABOUT_TEXTS:
            facts[key] = str(value)
        elif key == "scenario" and str(value):
            facts["scenario"] = {"name": str(value)}
        elif key == "year" and str(value).isdecimal():
            facts["year"] = int(value)
        elif part in ("birth", "counts") and name:
            facts.setdefault(part, {})[name] = _json(str(value))
    return facts


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text
