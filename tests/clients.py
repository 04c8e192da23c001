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
from api.settings import ServerSettings
from data.passwords import Passwords
from data.records.actors import PROGRAM
from data.store import accounts, datasets, files, runs, sessions
from scheduler.journeys.online.working import Job, carry_out
from scheduler.journeys.tables import make_sample

if TYPE_CHECKING:
    from data.store.runs import Run
    from data.store.store import Store

START = datetime(2027, 3, 1, 2, 0, tzinfo=UTC)  # nine in the morning in Hanoi, a Monday
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
ROLES = ("planner", "hr", "inspector", "leader", "administrator", "auditor")


class InlineJobs:
    """Long work done when the test says so, in the test's own process: `office.work()`."""

    def __init__(self) -> None:
        self.waiting: list[str] = []

    def start(self, run_id: str) -> None:
        """Remember the run."""
        self.waiting.append(run_id)

    def stop(self, run_id: str) -> None:
        """Nothing runs here in the background."""


@dataclass
class Office:
    """A server on a store, with a clock that a test moves."""

    store: Store
    settings: ServerSettings = field(default_factory=lambda: ServerSettings(_env_file=None))
    now: datetime = START

    def __post_init__(self) -> None:
        self.jobs = InlineJobs()
        self.passwords = Passwords(CHEAP)
        self.app = create_app(
            self.settings, self.store, self.jobs, lambda: self.now, self.passwords
        )

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

    def account_with(self, password: str, *roles: str, name: str = "lan.anh", **more: str) -> int:
        """A new account that signs in with this password; gives its id."""
        kept = self.passwords.hash(password)
        return self.account(*roles, name=name, password_hash=kept, **more)

    def anonymous(self, **headers: str) -> TestClient:
        """Somebody who has not signed in."""
        return TestClient(self.app, raise_server_exceptions=False, headers=headers)

    def client(self, *roles: str, name: str = "", lang: str = "en", **more: str) -> TestClient:
        """Somebody signed in who has these roles."""
        who = self.account(*roles, name=name, **more)
        with self.store.writing(PROGRAM, self.now) as work:
            token = sessions.begin(work, who, self.settings.session_hours, "test", "127.0.0.1")
        client = self.anonymous(**{"Accept-Language": lang})
        client.cookies.set(cookie_name(self.settings), token)
        client.cookies.set("lang", lang)
        return client

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
        return files.gathered(Path(folder) / "city", datasets.TABLES)
