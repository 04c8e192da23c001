"""Visits of earlier years that were planned here: a year's plan reads them beside those of the dataset.

Nobody has to type into the next workbook what the program itself has planned and published.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from data.columns import tables as contract
from data.csv_rows import csv_rows
from data.store import assignments, datasets, files

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection


def earlier_visits(db: Connection, dataset_id: int, year: int) -> dict[str, Mapping[str, Any]]:
    """Id -> row of the table `visits`, of visits in force before the year that the dataset does not have.

    A visit that the dataset has under another id, of the same unit, kind and first day, is not told twice.
    Units that the dataset no longer has are left out, for nothing can be planned there; inspectors who have
    left, too.
    """
    planned = assignments.visits_done(db, date(year, 1, 1) - timedelta(days=1))
    if not planned:
        return {}
    known = _rows(db, dataset_id, "visits")
    ids = {row["visit_id"] for row in known}
    days = {(row["unit_id"], row["kind"], row["start"]) for row in known}
    units = {row["unit_id"] for row in _rows(db, dataset_id, "units")}
    people = {row["inspector_id"] for row in _rows(db, dataset_id, "inspectors")}
    return {
        visit.visit_id: asdict(visit) | {
            "lead": visit.lead if visit.lead in people else "",
            "members": [who for who in visit.members if who in people],
        }
        for visit in planned
        if visit.visit_id not in ids
        and visit.unit_id in units
        and (visit.unit_id, visit.kind, visit.start) not in days
    }  # fmt: skip


def _rows(db: Connection, dataset_id: int, table: str) -> list[dict[str, Any]]:
    name = f"{datasets.TABLES}{table}.csv"
    kept = {file.name for file in files.listed(db, "dataset", dataset_id, datasets.TABLES)}
    content = files.read(db, "dataset", dataset_id, name) if name in kept else b""
    return list(csv_rows(contract()[table], content))
