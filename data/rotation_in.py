"""Reads a rotation plan back: our folder, an edited workbook, or any table with the same columns."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from data.faults import Fault, Reading
from data.plan_files import (
    PlanFileError,
    PlanShape,
    day_or_none,
    holds,
    plan_year,
    read_plan_files,
    tell_doubles,
)
from data.records import Move, RotationPlan, Unplaced
from data.rotation_columns import MOVES, SHEETS, TABLES
from data.words import Message

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

FORMAT = "congvu-rotation/1"
SHAPE = PlanShape(
    main=MOVES,
    tables=TABLES,
    sheets=SHEETS,
    telling=frozenset({"staff_id", "to_position"}),
    facts="rotation.json",
    no_folder=Message(
        "Thư mục «{name}» không có tệp moves.csv. Chỉ đến thư mục của một kế hoạch chuyển đổi."
    ),
    no_year=Message(
        "Không rõ kế hoạch của năm nào: không có lượt chuyển nào có ngày. Ghi ít nhất một ngày."
    ),
)


def is_rotation(path: Path) -> bool:
    """Whether a folder, workbook or CSV file holds a rotation plan rather than a plan of visits."""
    return holds(Path(path), SHAPE)


def read_rotation(path: Path) -> RotationPlan:
    """The rotation plan in a folder, a workbook (.xlsx) or a CSV file; `row` is a move's row there.

    The moves.csv of a rotation folder stands for the folder. The ids count; columns that show names
    are not read. A blank wave is the month of the day. Without a year in the facts it is the one in
    which most moves take place.

    Raises
    ------
    PlanFileError
        With all faults at once.
    """
    return read_edited_rotation(path)[0]


def read_edited_rotation(
    path: Path, year: int = 0
) -> tuple[RotationPlan, Mapping[str, frozenset[str]]]:
    """The same plan, and for each table that the file has the columns it has.

    `year` is that of a file that tells none.

    Raises
    ------
    PlanFileError
        With all faults at once.
    """
    path, reading = Path(path), Reading()
    if path.name == "moves.csv" and (path.parent / SHAPE.facts).exists():
        path = path.parent
    cells = read_plan_files(path, SHAPE, reading)
    moves = _moves(cells.frames["moves"], cells.given.get("moves", frozenset()), reading)
    unplaced = _unplaced(cells.frames["unplaced"], reading)
    year = plan_year(SHAPE, cells.facts, [move.effective_date for move in moves], reading, year)
    if reading.faults:
        raise PlanFileError(reading.faults, path.name)
    return RotationPlan(year, moves, unplaced, cells.facts), cells.given


def _moves(frame: pd.DataFrame, given: frozenset[str], reading: Reading) -> tuple[Move, ...]:
    rows = zip(frame.index.tolist(), frame.to_dict("records"), strict=True)
    moves = tuple(_move(row, cells) for row, cells in rows)
    faulty = {(fault.row, fault.column) for fault in reading.faults if fault.table == "moves"}
    message = Message("Lượt chuyển không có ngày thực hiện và cũng không có đợt. Ghi ngày.")
    reading.faults.extend(
        Fault("moves", move.row, "effective_date", "", message)
        for move in moves
        if "effective_date" in given
        and not move.wave
        and not {(move.row, "effective_date"), (move.row, "wave")} & faulty
    )
    tell_doubles("moves", "move_id", [(m.row, m.move_id) for m in moves], reading)
    return moves


def _move(row: int, cells: Mapping[Hashable, Any]) -> Move:
    day = day_or_none(cells["effective_date"])
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
    tell_doubles("unplaced", "staff_id", [(row, c["staff_id"]) for row, c in rows], reading)
    return tuple(
        Unplaced(
            cells["staff_id"],
            cells["reason"],
            tuple(rule for rule in cells["rules"].split(";") if rule),
            cells["relaxation"],
        )
        for _, cells in rows
    )
