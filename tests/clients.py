"""Clients of the server for tests: signed in with a role, on a fresh store, at a moment of their own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from argon2 import PasswordHasher
from fastapi.testclient import TestClient

from api.app import create_app
from api.identity import actor_of, cookie_name
from api.metrics import Metrics
from api.settings import ServerSettings
from data.columns import tables
from data.csv_rows import csv_frame
from data.passwords import Passwords
from data.records.actors import PROGRAM
from data.store import accounts, datasets, files, journal, plans, runs, sessions, visits
from data.store.ledgers import LEDGERS
from scheduler.journeys.online import ledger_rows
from scheduler.journeys.online.working import Job, carry_out
from scheduler.journeys.tables import check_data, make_sample

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fastapi import FastAPI

    from data.records import PlannedVisit
    from data.records.actors import Actor
    from data.store.journal import Line
    from data.store.runs import Run
    from data.store.store import Store

START = datetime(2027, 3, 1, 2, 0, tzinfo=UTC)  # nine in the morning in Hanoi, a Monday
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
ROLES = ("planner", "hr", "inspector", "leader", "administrator", "auditor")


class InlineJobs:
    """Long work done when the test says so, in the test's own process: `office.work()`."""

    def __init__(self) -> None:
        self.waiting: list[str] = []
        self.stopped: list[str] = []

    def start(self, run_id: str) -> None:
        """Remember the run."""
        self.waiting.append(run_id)

    def stop(self, run_id: str) -> None:
        """Remember that it was asked for: nothing runs here in the background."""
        self.stopped.append(run_id)

    def alive(self) -> bool:
        """They are always there."""
        return True


_idle: dict[ServerSettings, list[FastAPI]] = {}


@dataclass
class Office:
    """A server on a store, with a clock that a test moves."""

    store: Store
    settings: ServerSettings = field(default_factory=lambda: ServerSettings(_env_file=None))
    now: datetime = START

    def __post_init__(self) -> None:
        self.jobs = InlineJobs()
        self.passwords = Passwords(CHEAP)
        idle = _idle.get(self.settings)
        if idle:  # its routes are built already, which takes longer than most tests
            self.app = idle.pop()
        else:
            self.app = create_app(self.settings, self.store, self.jobs, None, self.passwords)
        state = self.app.state
        state.store, state.jobs, state.passwords = self.store, self.jobs, self.passwords
        state.clock, state.metrics = (lambda: self.now), Metrics()
        state.leaving = False  # an app that a test told to close serves the next one

    def close(self) -> None:
        """Leave the app to the next test."""
        _idle.setdefault(self.settings, []).append(self.app)

    def work(self) -> list[Run]:
        """Carry out every run that waits; gives them as they ended."""
        done = []
        while self.jobs.waiting:
            run_id = self.jobs.waiting.pop(0)
            with self.store.upkeep() as db:
                run = runs.begin(db, run_id, self.now)
                account = accounts.get(db, run.account_id) if run.account_id else None
            by = actor_of(account) if account else PROGRAM
            with TemporaryDirectory() as scratch:
                carry_out(Job(self.store, run, by, lambda: self.now, Path(scratch), lambda p: None))
            with self.store.reading() as db:
                done.append(runs.get(db, run_id))
        return done

    def later(self, **time: float) -> None:
        """Let time pass."""
        self.now += timedelta(**time)

    def account(self, *roles: str, name: str = "", **more: str) -> int:
        """A new account with these roles; gives its id."""
        name = name or "-".join(roles) or "nobody"
        with self.store.reading() as db:
            found = accounts.find(db, name)
        if found:
            return found.id
        with self.store.writing(PROGRAM, self.now) as work:
            return accounts.make(work, name, name.title(), roles, **more)

    def actor(self, account_id: int) -> Actor:
        """The account as the journeys see it."""
        with self.store.reading() as db:
            return actor_of(accounts.get(db, account_id))

    def account_with(self, password: str, *roles: str, name: str = "lan.anh", **more: str) -> int:
        """A new account that signs in with this password; gives its id."""
        kept = self.passwords.hash(password)
        return self.account(*roles, name=name, password_hash=kept, **more)

    def anonymous(self, **headers: str) -> TestClient:
        """Somebody who has not signed in."""
        return TestClient(self.app, raise_server_exceptions=False, headers=headers)

    def client(self, *roles: str, name: str = "", lang: str = "en", **more: str) -> TestClient:
        """Somebody signed in who has these roles."""
        token = self.session(*roles, name=name, **more)
        client = self.anonymous(**{"Accept-Language": lang})
        client.cookies.set(cookie_name(self.settings), token)
        client.cookies.set("lang", lang)
        return client

    def session(self, *roles: str, name: str = "", **more: str) -> str:
        """The secret of a session of somebody who has these roles."""
        who = self.account(*roles, name=name, **more)
        with self.store.writing(PROGRAM, self.now) as work:
            return sessions.begin(work, who, self.settings.session_hours, "test", "127.0.0.1")

    def journal(self) -> list[Line]:
        """Every line of the journal, oldest first."""
        with self.store.reading() as db:
            return journal.lines(db, limit=100_000)[0][::-1]

    def dataset(self) -> int:
        """A small made-up dataset of 24 units, 16 inspectors and 300 officials, accepted; gives its id."""
        with self.store.writing(PROGRAM, self.now) as work:
            made = datasets.add(
                work,
                "mẫu.xlsx",
                status=datasets.ACCEPTED,
                digest="sha256:sample",
                accepted_at=self.now,
            )
            files.put(work.db, "dataset", made, sample_tables())
            plain = {Path(name).stem: content for name, content in sample_tables().items()}
            ledger_rows.take_in_all(work, made, LEDGERS, plain)
        return made

    def version(
        self, rows: Sequence[PlannedVisit], status: str = "published", *, year: int = 2027,
        amends: int | None = None, dataset: int | None = None,
    ) -> int:  # fmt: skip
        """A version of a yearly plan with these rows, in the store without its steps; gives its id.

        `amends` : the version in force, which is amended now
        """
        with self.store.writing(PROGRAM, self.now) as work:
            if amends is not None:
                old = plans.get(work.db, plans.VISITS, amends)
                plans.change(work, old, old.revision, status="amended")
            current = datasets.current(work.db)
            data = dataset or (current.id if current else None)
            made = plans.add(
                work, plans.VISITS, year, name="test", title=f"Kế hoạch {year}", trial=False,
                dataset_id=data or self.dataset(), facts={"year": year, "plan_id": "test"},
                status="draft", previous_id=amends,
            )  # fmt: skip
            visits.put(work.db, made, rows, {})
            version = plans.get(work.db, plans.VISITS, made)
            at = self.now if status in ("published", "amended", "closed") else None
            plans.change(work, version, version.revision, status=status, published_at=at)
        return made


@cache
def sample_tables() -> dict[str, bytes]:
    """File name in the store -> content of the small made-up dataset."""
    with TemporaryDirectory() as folder:
        make_sample(
            Path(folder) / "city",
            units=24,
            inspectors=16,
            staff=300,
            seed=1,
            year=2027,
            month_days=6,
        )
        checked = check_data(Path(folder) / "city")
        return {
            f"{datasets.TABLES}{name}.csv": csv_frame(tables()[name], frame)
            for name, frame in checked.tables.items()
            if len(frame)
        }
