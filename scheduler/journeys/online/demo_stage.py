"""What every act of the demonstration stands on: the store, who acts, the moment, work that is carried out."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

from data.records.actors import Actor
from data.store import plans, runs
from data.store.store import Store
from data.words import Message
from scheduler.errors import Refused
from scheduler.journeys.online import lifecycle, rotation_asks
from scheduler.journeys.online import plans as yearly
from scheduler.journeys.online.working import Job, carry_out
from solver.result import Progress

if TYPE_CHECKING:
    import pandas as pd

    from data.store.plans import Version
    from data.store.runs import Run

HANOI = timezone(timedelta(hours=7))
Told = Callable[[Message], None]


@dataclass(frozen=True)
class Effort:
    """How much work a demonstration is: seconds of each solve, and what is made besides.

    Attributes
    ----------
    draws : whether a month of surprise visits is rehearsed
    papers : whether the papers of the plan in force are written
    tables : other tables than those of the sample city
    """

    year_s: float = 3.0
    change_s: float = 3.0
    rotation_s: float = 3.0
    draws: bool = True
    papers: bool = True
    tables: Mapping[str, pd.DataFrame] | None = None


@dataclass
class Stage:
    """The installation while it is being filled.

    Attributes
    ----------
    people : role -> who acts with its rights
    moment : now; nothing is written as if it were later
    home : folder of the server
    told : takes a word on what comes next
    """

    store: Store
    people: Mapping[str, Actor]
    moment: datetime
    home: Path
    effort: Effort
    told: Told
    tell: Callable[[Progress], None] = field(default=lambda progress: None)

    @property
    def today(self) -> date:
        """The day in Hanoi."""
        return self.moment.astimezone(HANOI).date()

    def at(self, day: date) -> datetime:
        """Nine in the morning of a day, and never later than now."""
        return min(datetime.combine(day, time(9), HANOI), self.moment)

    def carried(self, run_id: str, role: str, at: datetime) -> Run:
        """The run, carried out here and now in the name of who asked for it.

        Raises
        ------
        Refused
            It failed, and why.
        """
        with self.store.upkeep() as db:
            run = runs.begin(db, run_id, at)
        scratch = self.home / "scratch" / run_id
        scratch.mkdir(parents=True, exist_ok=True)
        carry_out(Job(self.store, run, self.people[role], lambda: at, scratch, self.tell))
        shutil.rmtree(scratch, ignore_errors=True)
        with self.store.reading() as db:
            run = runs.get(db, run_id)
        if run.status != runs.DONE:
            raise Refused(Message(
                "Chuẩn bị bản dùng thử không xong ở bước «{kind}»: {why}",
                {"kind": run.kind, "why": run.error.get("vi", "")},
            ))  # fmt: skip
        return run

    def step(self, name: str, role: str, kind: str, plan_id: int, at: datetime) -> Version:
        """The version after one step of its life: check, submit, approve or publish."""
        with self.store.reading() as db:
            revision = plans.get(db, kind, plan_id).revision
        by = self.people[role]
        if name == "check":
            judge = yearly.judge if kind == plans.VISITS else rotation_asks.judge
            return lifecycle.check(self.store, by, at, kind, plan_id, revision, judge)
        steps = {
            "submit": lifecycle.submit, "approve": lifecycle.approve, "publish": lifecycle.publish,
        }  # fmt: skip
        return steps[name](self.store, by, at, kind, plan_id, revision)
