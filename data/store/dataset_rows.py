"""Single tables of a dataset as plain rows, for names and places: no checking, no pandas."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from data.date_cells import parse_date
from data.records import CalendarDay, PastVisit
from data.store import files
from data.store.datasets import TABLES
from data.store.errors import NotFound

if TYPE_CHECKING:
    from sqlalchemy import Connection

Row = dict[str, str]


def rows_of(db: Connection, dataset_id: int | None, table: str) -> list[Row]:
    """The rows of a checked table as texts; none when the dataset has no such table."""
    if dataset_id is None:
        return []
    try:
        content = files.read(db, "dataset", dataset_id, f"{TABLES}{table}.csv")
    except NotFound:
        return []
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def by_key(db: Connection, dataset_id: int | None, table: str, key: str) -> dict[str, Row]:
    """Key -> row of a checked table."""
    return {row[key]: row for row in rows_of(db, dataset_id, table)}


def calendar_days(db: Connection, dataset_id: int | None) -> tuple[CalendarDay, ...]:
    """The department's own holidays and make-up workdays."""
    rows = rows_of(db, dataset_id, "calendar")
    return tuple(CalendarDay(parse_date(r["date"]), r["kind"], r.get("name", "")) for r in rows)


def past_visits(db: Connection, dataset_id: int | None) -> dict[str, PastVisit]:
    """Visit id -> a visit that the dataset says took place."""
    visits = {}
    for row in rows_of(db, dataset_id, "visits"):
        members = tuple(who for who in row.get("members", "").split(";") if who)
        visits[row["visit_id"]] = PastVisit(
            row["visit_id"], row["unit_id"], row["kind"], parse_date(row["start"]),
            parse_date(row["end"]), row.get("lead", ""), members,
        )  # fmt: skip
    return visits
