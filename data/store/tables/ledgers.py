"""What grows day by day: findings, deferrals, measures, pins, answers about reorganisations.

A row comes from an accepted dataset or is written online; what is withdrawn stays, with the moment.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Column, Date, ForeignKey, Integer, String, Table, Text

from data.store.schema import metadata
from data.store.types import Moment


def _upkeep() -> list[Column[Any]]:
    return [
        Column("dataset_id", ForeignKey("datasets.id"), index=True),  # none: written online
        Column("came_as", String(64)),  # hash of the row as it came; none: written online
        Column("account_id", ForeignKey("accounts.id")),
        Column("made_at", Moment, nullable=False),
        Column("changed_at", Moment),  # online, after it came
        Column("withdrawn_at", Moment),
        Column("revision", Integer, nullable=False),
    ]


findings = Table(
    "findings", metadata,
    Column("id", Integer, primary_key=True),
    Column("finding_id", String(100), nullable=False, unique=True),
    Column("visit_id", String(100), nullable=False, index=True),
    Column("unit_id", String(100), nullable=False, index=True),
    Column("severity", String(20), nullable=False),
    Column("remedy_due", Date, nullable=False),
    Column("closed_on", Date),
    Column("text", Text, nullable=False),
    Column("proof", Text, nullable=False),  # what shows that it is remedied
    Column("proof_on", Date),  # day on which the proof came
    Column("withdrawn_why", Text),
    *_upkeep(),
)  # fmt: skip

deferrals = Table(
    "deferrals", metadata,
    Column("id", Integer, primary_key=True),
    Column("staff_id", String(100), nullable=False, index=True),
    Column("ground", String(30), nullable=False),
    Column("start", Date, nullable=False),
    Column("end", Date),
    Column("evidence", Text, nullable=False),
    *_upkeep(),
)  # fmt: skip

measures = Table(
    "measures", metadata,
    Column("id", Integer, primary_key=True),
    Column("staff_id", String(100), nullable=False, index=True),
    Column("kind", String(30), nullable=False),
    Column("start", Date, nullable=False),
    Column("end", Date),
    Column("decision_no", Text, nullable=False),
    *_upkeep(),
)  # fmt: skip

pins = Table(
    "pins", metadata,
    Column("id", Integer, primary_key=True),
    Column("unit_id", String(100), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("date", Date),
    Column("week", Date),  # its Monday
    Column("inspector_id", String(100), nullable=False),
    Column("staff_id", String(100), nullable=False),
    Column("position_id", String(100), nullable=False),
    Column("must", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    *_upkeep(),
)  # fmt: skip

successions = Table(
    "successions", metadata,  # whether the work went on after a reorganisation
    Column("id", Integer, primary_key=True),
    Column("date", Date, nullable=False),
    Column("unit_id", String(100), nullable=False),
    Column("position_id", String(100), nullable=False),
    Column("from_unit_id", String(100), nullable=False),
    Column("from_position_id", String(100), nullable=False),
    Column("continues", Boolean, nullable=False),
    Column("event", Text, nullable=False),
    Column("document_no", Text, nullable=False),
    *_upkeep(),
)  # fmt: skip
