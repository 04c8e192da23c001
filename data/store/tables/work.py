"""Files, datasets, long work and draws."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    false,
    text,
)

from data.store.schema import metadata
from data.store.types import Facts, Moment

blobs = Table(
    "blobs", metadata,  # contents, each once
    Column("sha256", String(64), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
)  # fmt: skip

files = Table(
    "files", metadata,  # which contents belong to what, under which name
    Column("noun", String(20), primary_key=True),  # dataset, plan, papers (of the plan), draw, other_plan
    Column("noun_id", Integer, primary_key=True),
    Column("name", String(300), primary_key=True),  # with folders: "upload/city.xlsx"
    Column("sha256", ForeignKey("blobs.sha256"), nullable=False, index=True),
)  # fmt: skip

runs = Table(
    "runs", metadata,  # long work; the workflow of the same id carries it out
    Column("id", String(64), primary_key=True),
    Column("kind", String(30), nullable=False),
    Column("ask", Facts, nullable=False),
    Column("status", String(20), nullable=False),  # queued, running, done, failed, cancelled
    Column("progress", Facts, nullable=False),
    Column("result", Facts, nullable=False),  # noun and id of what was made, figures
    Column("error", Facts, nullable=False),  # {"vi": ..., "en": ...}
    Column("cancel", Boolean, nullable=False),
    Column("enough", Boolean, nullable=False, server_default=false()),  # stop and keep the best found
    Column("attempts", Integer, nullable=False),
    Column("account_id", ForeignKey("accounts.id")),
    Column("asked_at", Moment, nullable=False),
    Column("started_at", Moment),
    Column("ended_at", Moment),
    Index("ix_runs_status", "status", "asked_at"),
)  # fmt: skip

datasets = Table(
    "datasets", metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(300), nullable=False),  # of the file that came
    Column("status", String(20), nullable=False),  # checking, faulty, ready, accepted, replaced
    Column("base_id", ForeignKey("datasets.id")),  # the tables that did not come are taken from it
    Column("run_id", ForeignKey("runs.id"), unique=True),
    Column("digest", String(80), nullable=False),
    Column("counts", Facts, nullable=False),  # table -> rows
    Column("came", Facts, nullable=False),  # names of the tables that came with the upload
    Column("faults", Facts, nullable=False),  # list of faults with table, row, column, {vi, en}
    Column("fault_total", Integer, nullable=False),  # all there were; the list may be cut
    Column("warnings", Facts, nullable=False),  # list of {vi, en}
    Column("account_id", ForeignKey("accounts.id")),
    Column("made_at", Moment, nullable=False),
    Column("accepted_at", Moment),
    Column("revision", Integer, nullable=False),
    Index(
        "uq_datasets_accepted", "status", unique=True,
        sqlite_where=text("status = 'accepted'"), postgresql_where=text("status = 'accepted'"),
    ),
)  # fmt: skip

draws = Table(
    "draws", metadata,  # a season of surprise visits; its folder stands in `files`
    Column("id", Integer, primary_key=True),
    Column("name", String(200), nullable=False),
    Column("dataset_id", ForeignKey("datasets.id"), nullable=False),
    Column("plan_id", ForeignKey("plans.id")),
    Column("status", String(20), nullable=False),  # open, closed
    Column("rehearsal", Boolean, nullable=False),
    Column("account_id", ForeignKey("accounts.id")),
    Column("made_at", Moment, nullable=False),
    Column("revision", Integer, nullable=False),
)  # fmt: skip

organisation = Table(
    "organisation", metadata,  # who issues and signs papers: one row, none before the first change
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("blocks", Facts, nullable=False),  # dated blocks, as in data/papers/organisation.toml
    Column("account_id", ForeignKey("accounts.id")),
    Column("changed_at", Moment, nullable=False),
    Column("revision", Integer, nullable=False),
)  # fmt: skip
