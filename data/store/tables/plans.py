"""Versions of plans, of visits and of moves, with their rows."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    text,
)

from data.store.schema import metadata
from data.store.types import Facts, Moment

plans = Table(
    "plans", metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(10), nullable=False),  # visits, moves
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),  # version of this kind and year, from 1
    Column("name", String(40), nullable=False),  # plan_id: digest of the birth certificate
    Column("title", String(300), nullable=False),
    Column("status", String(20), nullable=False),  # scheduler/lifecycle.py
    Column("trial", Boolean, nullable=False),  # made with what-if values: can never be submitted
    Column("dataset_id", ForeignKey("datasets.id"), nullable=False),
    Column("previous_id", ForeignKey("plans.id")),  # the version that this one amends
    Column("run_id", ForeignKey("runs.id"), unique=True),
    Column("facts", Facts, nullable=False),  # plan.json or rotation.json
    Column("breaches", Facts, nullable=False),  # of the last check: rule, source, rows, {vi, en}
    Column("edited", Boolean, nullable=False),  # rows changed since the folder was written
    Column("checked_on_id", ForeignKey("datasets.id")),  # the dataset that the checker read last
    Column("checked_at", Moment),
    Column("account_id", ForeignKey("accounts.id")),
    Column("made_at", Moment, nullable=False),
    Column("submitted_by", ForeignKey("accounts.id")),
    Column("submitted_at", Moment),
    Column("approved_by", ForeignKey("accounts.id")),
    Column("approved_at", Moment),
    Column("published_by", ForeignKey("accounts.id")),
    Column("published_at", Moment),
    Column("note", Text, nullable=False),  # the leader's last word
    Column("revision", Integer, nullable=False),
    Index("uq_plans_version", "kind", "year", "number", unique=True),
    Index(
        "uq_plans_published", "kind", "year", unique=True,
        sqlite_where=text("status = 'published'"), postgresql_where=text("status = 'published'"),
    ),
)  # fmt: skip

visits = Table(
    "visits", metadata,
    Column("plan_id", ForeignKey("plans.id"), primary_key=True),
    Column("visit_id", String(100), primary_key=True),
    Column("place", Integer, nullable=False),  # place of the row in the plan
    Column("unit_id", String(100), nullable=False),
    Column("unit_name", String(300), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("campaign_id", String(100), nullable=False),
    Column("follows", String(100), nullable=False),
    Column("start", Date),
    Column("end", Date),
    Column("days", Integer, nullable=False),
    Column("lead", String(100), nullable=False),
    Column("members", Facts, nullable=False),
    Column("status", String(20), nullable=False),
    Column("reason", Text, nullable=False),
    Column("owner", String(300), nullable=False),
    Index("ix_visits_unit", "plan_id", "unit_id"),
)  # fmt: skip

visit_people = Table(
    "visit_people", metadata,  # who goes, for questions that are limited to one person
    Column("plan_id", ForeignKey("plans.id"), primary_key=True),
    Column("visit_id", String(100), primary_key=True),
    Column("inspector_id", String(100), primary_key=True),
    Column("part", String(10), nullable=False),  # lead, secretary, member
    Index("ix_visit_people_inspector", "inspector_id", "plan_id"),
)  # fmt: skip

reserve_weeks = Table(
    "reserve_weeks", metadata,
    Column("plan_id", ForeignKey("plans.id"), primary_key=True),
    Column("week_start", Date, primary_key=True),
    Column("team_days", Integer, nullable=False),
    Column("follow_up_days", Integer, nullable=False),
)  # fmt: skip

moves = Table(
    "moves", metadata,
    Column("plan_id", ForeignKey("plans.id"), primary_key=True),
    Column("move_id", String(100), primary_key=True),
    Column("place", Integer, nullable=False),
    Column("staff_id", String(100), nullable=False, index=True),
    Column("from_position", String(100), nullable=False),
    Column("to_position", String(100), nullable=False),
    Column("wave", Integer, nullable=False),
    Column("effective_date", Date),
    Column("instrument", String(30), nullable=False),
    Column("cycle_id", String(100), nullable=False),
    Column("cycle_kind", String(20), nullable=False),
    Column("days_before_limit", Integer),
    Column("distance_km", Float),
    Column("reason", Text, nullable=False),
)  # fmt: skip

unplaced = Table(
    "unplaced", metadata,
    Column("plan_id", ForeignKey("plans.id"), primary_key=True),
    Column("staff_id", String(100), primary_key=True),
    Column("place", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("rules", Facts, nullable=False),
    Column("relaxation", Text, nullable=False),
)  # fmt: skip

plan_edits = Table(
    "plan_edits", metadata,  # by hand, in order, so that the last can be undone
    Column("plan_id", ForeignKey("plans.id"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("rows", Facts, nullable=False),  # list of {table, key, before, after}
    Column("account_id", ForeignKey("accounts.id")),
    Column("actor", String(200), nullable=False),
    Column("at", Moment, nullable=False),
    Column("undone", Boolean, nullable=False),
)  # fmt: skip
