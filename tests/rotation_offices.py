"""A small rotation year that one can hold in mind, and any office as the tables it came from.

`rotation_office()`: three communes and a department of one city. Accountants in listed posts: An and
Bình are due in May and June 2027, Chi may move but need not, Đào has just begun. Lý sits in a post
outside the list, Tân has no post yet, and one listed post in Xã Hai is empty. Ten clerks of another
profession in each unit make the units large enough for one of ten or two of eleven to leave.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import pandas as pd

from data.calendar import WorkCalendar
from data.catalogue import read_catalogue
from data.columns import tables
from data.records import Office, Position, Posting, RotationPlan, Staff, Unit
from data.rulefiles import read_rules
from data.typed import DTYPES, empty_frame
from scheduler.flags import Flags, flag_table
from scheduler.rotation_case import RotationCase, rotation_case
from scheduler.rotation_view import RotationView, clocks_of
from scheduler.rulebook import Rulebook, in_force

YEAR = 2027
ON = date(YEAR, 1, 1)
CATALOGUE = read_catalogue(ON)
RULEBOOK = in_force(read_rules(), ON)
LISTED = "R1-002"  # accountants: 24 to 60 months, probation left out
CITY = "Thành phố"
COMMUNES = ("Xã Một", "Xã Hai", "Xã Ba")
PLACES = (*COMMUNES, "Sở Bốn")


def unit(unit_id: str, kind: str = "commune", parent_id: str = CITY, **more: Any) -> Unit:
    """A unit of the city, named like its id."""
    return Unit(unit_id, unit_id, kind, parent_id=parent_id, **more)


def post(position_id: str, unit_id: str, **more: Any) -> Position:
    """A listed post of an accountant."""
    usual = {
        "title": "Kế toán",
        "rank_group": "specialist",
        "profession": "kế toán",
        "category": LISTED,
    }
    return Position(position_id, unit_id, **{**usual, **more})


def person(name: str, **more: Any) -> Staff:
    """An accountant in the middle of her career."""
    usual = {
        "birth_date": date(1985, 1, 1),
        "sex": "female",
        "regime": "civil_servant",
        "profession": "kế toán",
        "rank_group": "specialist",
    }
    return Staff(name, name, **{**usual, **more})


def clerks(
    unit_id: str, n: int = 10
) -> tuple[tuple[Position, ...], tuple[Staff, ...], tuple[Posting, ...]]:
    """People of another profession who fill a unit."""
    names = [f"Văn thư {k} {unit_id}" for k in range(n)]
    other = {"profession": "văn thư", "rank_group": "employee"}
    return (
        tuple(post(f"{name}", unit_id, title="Văn thư", category="", **other) for name in names),
        tuple(person(name, **other) for name in names),
        tuple(Posting(name, name, date(2015, 1, 1)) for name in names),
    )


def rotation_office(without: Collection[str] = (), **tables_given: Any) -> Office:
    """The office of this module's first lines; tables given are added to it, `units` by id.

    People of `without` lose their usual postings.
    """
    crowd = [clerks(place) for place in PLACES]
    more = {name: tuple(rows) for name, rows in tables_given.items()}
    units = {
        u.unit_id: u
        for u in (unit(CITY, "agency", ""), *map(unit, COMMUNES), unit("Sở Bốn", "department"))
    }
    units |= {u.unit_id: u for u in more.pop("units", ())}
    usual = {
        "positions": (
            post("Một", "Xã Một"), post("Hai", "Xã Hai"), post("Ba", "Xã Ba"),
            post("Bốn", "Sở Bốn"), post("Trống", "Xã Hai"),
            post("Ngoài", "Xã Ba", title="Kiểm soát nội bộ", category=""),
            *(p for positions, _, _ in crowd for p in positions),
        ),
        "staff": (
            *map(person, ("An", "Bình", "Chi", "Đào", "Lý", "Tân")),
            *(s for _, staff, _ in crowd for s in staff),
        ),
        "postings": (
            Posting("An", "Một", date(2022, 5, 10)), Posting("Bình", "Hai", date(2022, 6, 1)),
            Posting("Chi", "Ba", date(2024, 1, 15)), Posting("Đào", "Bốn", date(2026, 3, 1)),
            Posting("Lý", "Ngoài", date(2020, 1, 1)),
            *(p for _, _, postings in crowd for p in postings),
        ),
    }  # fmt: skip
    usual["postings"] = tuple(p for p in usual["postings"] if p.staff_id not in without)
    merged = {
        name: (*usual.get(name, ()), *more.get(name, ())) for name in usual.keys() | more.keys()
    }
    return Office(units=tuple(units.values()), **merged)


def tables_of(office: Office) -> dict[str, pd.DataFrame]:
    """The frames that the reader of datasets would have given for these records."""
    found = {}
    for name, table in tables().items():
        rows = [
            [_cell(getattr(record, column.name, None)) for column in table.columns]
            for record in getattr(office, name, ())
        ]
        empty = empty_frame(table)
        frame = pd.DataFrame(rows, columns=[column.name for column in table.columns])
        for column in table.columns:
            kind = DTYPES.get(column.type, "str")
            cells = frame[column.name]
            frame[column.name] = (cells.fillna("") if kind == "str" else cells).astype(kind)
        if name == "staff":
            frame["birth_year_only"] = False
        frame.index = pd.RangeIndex(2, 2 + len(rows), name="row")
        found[name] = frame if rows else empty
    return found


def _cell(value: object) -> object:
    return ";".join(value) if isinstance(value, tuple) else value


def case_of(office: Office, rulebook: Rulebook = RULEBOOK, on: date = ON) -> RotationCase:
    """The office's year of rotation."""
    calendar = WorkCalendar(office.calendar)
    return rotation_case(office, tables_of(office), calendar, rulebook, CATALOGUE, YEAR, on)


def view_of(
    plan: RotationPlan,
    office: Office,
    rulebook: Rulebook = RULEBOOK,
    on: date = ON,
    flags: Flags | None = None,
) -> RotationView:
    """A plan beside its office, ready for the checker."""
    flags = flags or flag_table(tables_of(office), CATALOGUE, rulebook, on)
    clocks: Mapping[str, Any] = clocks_of(flags, rulebook.value("move.reading"))
    return RotationView(
        plan, office, WorkCalendar(office.calendar), rulebook, CATALOGUE, on, clocks
    )
