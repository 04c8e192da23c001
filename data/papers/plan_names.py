"""The names that a plan's own workbook shows beside its codes, for papers without a dataset."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from data.columns import Column, Table
from data.exports.rotation_book import WORK as MOVES_WORK
from data.exports.workbook import WORK as VISITS_WORK
from data.faults import Reading
from data.opening import CannotOpen, Limits, kind_of, read_bytes
from data.plan_columns import SHEETS as VISIT_SHEETS
from data.plan_columns import VISITS
from data.rotation_columns import MOVES
from data.rotation_columns import SHEETS as MOVE_SHEETS
from data.typed import typed_frame
from data.workbook_in import read_workbook

# whose name a column of the workbook shows, and under which code
VISIT_CODES = {"unit_name": "unit_id", "lead_name": "lead"}
MOVE_CODES = {
    "person": "staff_id", "from_post": "from_position", "to_post": "to_position",
    "from_unit": "from_position", "to_unit": "to_position",
}  # fmt: skip


@dataclass
class Shown:
    """Names by id: units, inspectors, officials; title and unit of posts."""

    units: dict[str, str] = field(default_factory=dict)
    inspectors: dict[str, str] = field(default_factory=dict)
    staff: dict[str, str] = field(default_factory=dict)
    posts: dict[str, tuple[str, str]] = field(default_factory=dict)


def names_shown(plan: Path, rotation: bool) -> Shown:
    """What the workbook of a plan folder, or a workbook that is the plan, shows; nothing without one."""
    book = plan / ("rotation.xlsx" if rotation else "plan.xlsx") if plan.is_dir() else plan
    shown = Shown()
    try:
        if kind_of(book) != "file" or book.suffix.lower() != ".xlsx":
            return shown
        rows = _rows(book, rotation)
    except CannotOpen:
        return shown
    for row in rows:
        if rotation:
            _move(row, shown)
        else:
            _visit(row, shown)
    return shown


def _rows(book: Path, rotation: bool) -> list[dict[Any, Any]]:
    plain, names, codes, sheets = (
        (MOVES, MOVES_WORK.shown, MOVE_CODES, MOVE_SHEETS["moves"]) if rotation
        else (VISITS, VISITS_WORK.shown, VISIT_CODES | {"member_names": "members"}, VISIT_SHEETS["visits"])
    )  # fmt: skip
    wanted = [column for column in plain.columns if column.name in codes.values()]
    told = [
        Column(name, "text", names[name].say("vi"), "", "", also=(names[name].say("en"),))
        for name in codes
    ]
    table = Table("names", "", "", (*wanted, *told))
    reading = Reading()
    known = {sheet: table for sheet in sheets}
    found = read_workbook(read_bytes(book, Limits(), follow=True), Limits(), reading, known)
    cells = next((cells for cells in found.values() if cells is not None), None)
    return [] if cells is None else typed_frame(table, cells, reading).to_dict("records")


def _visit(row: dict[Any, Any], shown: Shown) -> None:
    if row["unit_name"]:
        shown.units[row["unit_id"]] = row["unit_name"]
    if row["lead_name"]:
        shown.inspectors[row["lead"]] = row["lead_name"]
    codes, names = row["members"].split(";"), row["member_names"].split(", ")
    if len(codes) == len(names):
        shown.inspectors |= {
            code: name for code, name in zip(codes, names, strict=True) if code and name
        }


def _move(row: dict[Any, Any], shown: Shown) -> None:
    if row["person"]:
        shown.staff[row["staff_id"]] = row["person"]
    for side in ("from", "to"):
        if row[f"{side}_position"] and row[f"{side}_post"]:
            shown.posts[row[f"{side}_position"]] = (row[f"{side}_post"], row[f"{side}_unit"])
