"""Reads a rotation plan back: our folder, an edited workbook, or any table with the same columns."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from data.columns import fold
from data.csv_in import csv_header
from data.faults import Fault, Reading
from data.opening import CannotOpen, Limits, kind_of, read_bytes
from data.plan_in import PlanFileError, plan_facts, plan_table
from data.records import Move, RotationPlan, Unplaced
from data.rotation_columns import MOVES, SHEETS, TABLES
from data.typed import empty_frame, typed_frame
from data.words import Message
from data.workbook_in import read_workbook, sheet_headers

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping
    from datetime import date

    from data.raw import RawTable

FORMAT = "congvu-rotation/1"
ABOUT_TEXTS = ("plan_id", "title", "owner", "on", "reading", "status")
TELLING = {"staff_id", "to_position"}  # columns that no other kind of plan has together


def is_rotation(path: Path) -> bool:
    """Whether a folder, workbook or CSV file holds a rotation plan rather than a plan of visits."""
    path = Path(path)
    try:
        if kind_of(path) == "folder":
            return (path / "moves.csv").exists()
        content = read_bytes(path, Limits(), follow=True)
        if path.suffix.lower() == ".csv":
            return _tells(csv_header(MOVES, content))
        return any(_tells(header) for header in sheet_headers(content, Limits()).values())
    except CannotOpen:
        return False


def read_rotation(path: Path) -> RotationPlan:
    """The rotation plan in a folder, a workbook (.xlsx) or a CSV file; `row` is a move's row there.

    The moves.csv of a rotation folder stands for the folder. A sheet is known by its name or, failing
    that, by its header. Columns may stand in any order, more columns are passed over, headers may be
    Vietnamese, dates may be real dates, 2027-03-15 or 15/03/2027. The ids count; columns that show
    names are not read. A blank wave is the month of the day. The facts are those of rotation.json, or
    what the sheet about the plan tells of them (year, day, reading, birth certificate); without a year
    there it is the one in which most moves take place.

    Raises
    ------
    PlanFileError
        With all faults at once.
    """
    path, reading = Path(path), Reading()
    if path.name == "moves.csv" and (path.parent / "rotation.json").exists():
        path = path.parent
    facts: dict[str, Any] = {}
    try:
        if kind_of(path) == "folder":
            raw, facts = _folder(path, reading)
        elif path.suffix.lower() == ".csv":
            raw = {"moves": plan_table(MOVES, path, reading)}
        else:
            raw = _workbook(path, reading)
    except CannotOpen as refusal:
        raise PlanFileError([Fault("", 0, "", "", refusal.message)], path.name) from None
    frames = {}
    for name, table in TABLES.items():
        cells = raw.get(name)
        told = Reading() if name == "about" else reading  # what is about the plan refuses no plan
        frames[name] = empty_frame(table) if cells is None else typed_frame(table, cells, told)
    if raw.get("moves") is None and not reading.faults:
        reading.faults.append(Fault("moves", 0, "", "", Message("Bảng kế hoạch trống.")))
    moves = _moves(frames["moves"], reading)
    unplaced = _unplaced(frames["unplaced"], reading)
    facts = facts or _told(frames["about"])
    year = facts.get("year") or _likely_year(moves)
    if not year and not reading.faults:
        message = Message(
            "Không rõ kế hoạch của năm nào: không có lượt chuyển nào có ngày. Ghi ít nhất một ngày."
        )
        reading.faults.append(Fault("moves", 0, "effective_date", "", message))
    if reading.faults:
        raise PlanFileError(reading.faults, path.name)
    return RotationPlan(int(year), moves, unplaced, facts)


def _tells(header: Iterable[str]) -> bool:
    known = (MOVES.headers.get(fold(cell)) for cell in header)
    return {column.name for column in known if column} >= TELLING


def _folder(folder: Path, reading: Reading) -> tuple[dict[str, RawTable | None], dict[str, Any]]:
    if not (folder / "moves.csv").exists():
        raise CannotOpen(
            Message(
                "Thư mục «{name}» không có tệp moves.csv. "
                "Chỉ đến thư mục của một kế hoạch chuyển đổi.",
                {"name": folder.name},
            )
        )
    raw = {
        name: plan_table(TABLES[name], folder / f"{name}.csv", reading)
        for name in ("moves", "unplaced")
        if (folder / f"{name}.csv").exists()
    }
    facts = folder / "rotation.json"
    return raw, plan_facts(facts, reading) if facts.exists() else {}


def _workbook(path: Path, reading: Reading) -> dict[str, RawTable | None]:
    content = read_bytes(path, Limits(), follow=True)
    headers = sheet_headers(content, Limits())
    known = {
        sheet: TABLES[name]
        for name, names in SHEETS.items()
        for sheet in (*names, name)
        if name != "moves"
    }
    plans = [sheet for sheet, header in headers.items() if _tells(header)]
    named = [s for s in plans if fold(s) in {fold(n) for n in (*SHEETS["moves"], "moves")}]
    chosen = (named or plans or list(headers))[:1]
    known |= dict.fromkeys(chosen, MOVES)
    found = read_workbook(content, Limits(), reading, known)
    raw: dict[str, RawTable | None] = {}
    for sheet, cells in found.items():
        raw.setdefault(known[sheet].name, cells)
    return raw


def _moves(frame: pd.DataFrame, reading: Reading) -> tuple[Move, ...]:
    rows = zip(frame.index.tolist(), frame.to_dict("records"), strict=True)
    moves = tuple(_move(row, cells) for row, cells in rows)
    faulty = {(fault.row, fault.column) for fault in reading.faults if fault.table == "moves"}
    message = Message("Lượt chuyển không có ngày thực hiện và cũng không có đợt. Ghi ngày.")
    reading.faults.extend(
        Fault("moves", move.row, "effective_date", "", message)
        for move in moves
        if not move.wave and not {(move.row, "effective_date"), (move.row, "wave")} & faulty
    )
    _tell_doubles("moves", "move_id", [(m.row, m.move_id) for m in moves], reading)
    return moves


def _move(row: int, cells: Mapping[Hashable, Any]) -> Move:
    day: date | None = None if pd.isna(cells["effective_date"]) else cells["effective_date"].date()
    wave = None if pd.isna(cells["wave"]) else int(cells["wave"])
    left, far = cells["days_before_limit"], cells["distance_km"]
    return Move(
        move_id=cells["move_id"],
        staff_id=cells["staff_id"],
        from_position=cells["from_position"],
        to_position=cells["to_position"],
        wave=wave or (day.month if day else 0),
        effective_date=day,
        instrument=cells["instrument"],
        cycle_id=cells["cycle_id"],
        cycle_kind=cells["cycle_kind"],
        days_before_limit=None if pd.isna(left) else int(left),
        distance_km=None if pd.isna(far) else float(far),
        reason=cells["reason"],
        row=row,
    )


def _unplaced(frame: pd.DataFrame, reading: Reading) -> tuple[Unplaced, ...]:
    rows = list(zip(frame.index.tolist(), frame.to_dict("records"), strict=True))
    _tell_doubles("unplaced", "staff_id", [(row, c["staff_id"]) for row, c in rows], reading)
    return tuple(
        Unplaced(
            cells["staff_id"],
            cells["reason"],
            tuple(rule for rule in cells["rules"].split(";") if rule),
            cells["relaxation"],
        )
        for _, cells in rows
    )


def _tell_doubles(
    table: str, column: str, ids: Iterable[tuple[int, str]], reading: Reading
) -> None:
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


def _told(about: pd.DataFrame) -> dict[str, Any]:
    """What the sheet about the plan says: year, day, reading, birth certificate."""
    facts: dict[str, Any] = {}
    for key, value in zip(about["key"].tolist(), about["value"].tolist(), strict=True):
        part, _, name = str(key).partition(".")
        if key in ABOUT_TEXTS:
            facts[key] = str(value)
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


def _likely_year(moves: tuple[Move, ...]) -> int:
    years = Counter(move.effective_date.year for move in moves if move.effective_date)
    return max(years, key=lambda year: (years[year], year)) if years else 0
