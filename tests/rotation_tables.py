"""Small tables for the rotation clock, typed as the reader of datasets gives them."""

from __future__ import annotations

from datetime import date

import pandas as pd

from data.columns import tables as contract
from data.rulefiles import read_rules
from scheduler.flags import flag_table
from scheduler.rulebook import in_force

USUAL = {
    "units": {"unit_id": "U1", "name": "Đơn vị", "kind": "department"},
    "positions": {
        "position_id": "P1", "unit_id": "U1", "title": "Kế toán viên", "field": "tài chính",
        "category": "K2", "rank_group": "specialist", "profession": "kế toán",
    },
    "staff": {
        "staff_id": "An", "name": "An", "birth_date": date(1990, 1, 1), "sex": "male",
        "regime": "civil_servant", "profession": "kế toán", "rank_group": "specialist",
    },
    "postings": {"staff_id": "An", "position_id": "P1"},
    "deferrals": {"staff_id": "An", "ground": "illness"},
    "successions": {"date": date(2025, 3, 1), "continues": True},
}  # fmt: skip
TYPES = {"date": "datetime64[us]", "birth": "datetime64[us]", "flag": "bool", "whole": "Int64",
         "number": "float64"}  # fmt: skip


def table(name, rows):
    """The rows with what is usual filled in, as a frame of the reader's types."""
    rows = [{**USUAL[name], **row} for row in rows]
    columns = {}
    for column in contract()[name].columns:
        values = [row.get(column.name) for row in rows]
        dtype = TYPES.get(column.type, "str")
        if dtype in ("str", "bool"):
            values = [("" if dtype == "str" else False) if v is None else v for v in values]
        columns[column.name] = pd.Series(values, dtype=dtype)
        if column.type == "birth":
            years = [row.get("birth_year_only", False) for row in rows]
            columns["birth_year_only"] = pd.Series(years, dtype=bool)
    return pd.DataFrame(columns)


def tables(postings, positions=({},), staff=({},), units=({},), deferrals=(), successions=()):
    """A dataset; without more it has one person An and one post P1."""
    return {
        "units": table("units", units), "positions": table("positions", positions),
        "staff": table("staff", staff), "postings": table("postings", postings),
        "deferrals": table("deferrals", deferrals), "successions": table("successions", successions),
    }  # fmt: skip


def rules(on, **trial):
    """The rules in force on a day; `trial` names rules without "rotation."."""
    named = {f"rotation.{name.replace('_', '-')}": value for name, value in trial.items()}
    return in_force(read_rules(), on, named)


def flags_of(given, catalogue, on, **trial):
    """The flags of the tables."""
    return flag_table(given, catalogue, rules(on, **trial), on)


def plain(frame):
    """Rows of the flags as dicts: days as dates, empty cells None, words as text."""
    rows = []
    for row in frame.to_dict("records"):
        rows.append({
            name: None if value is pd.NaT or value is pd.NA
            else value.date() if isinstance(value, pd.Timestamp) else value
            for name, value in row.items()
        })  # fmt: skip
    return rows
