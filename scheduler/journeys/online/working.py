"""Long work carried out: one function a kind of run, in a process of its own (`api/work.py`).

A kind's function reads the store, calls a journey on scratch folders, and saves what was made together with
`runs.finish` in one transaction: done twice, the second time saves nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.records.actors import Actor
from data.store import runs
from data.store.runs import Run, RunOver
from data.store.store import Store
from scheduler.journeys.online.work_errors import told_error
from solver.result import Progress

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Job:
    """What a kind's function gets.

    Attributes
    ----------
    by : who asked, with rights as they were looked up when the work began
    clock : the moment, asked for when something is saved
    scratch : an empty folder, gone after the run
    tell : takes progress of the solver
    """

    store: Store
    run: Run
    by: Actor
    clock: Callable[[], datetime]
    scratch: Path
    tell: Callable[[Progress], None]

    @property
    def ask(self) -> Mapping[str, Any]:
        """What was asked for."""
        return self.run.ask


Work = Callable[[Job], None]


def table_of_work() -> dict[str, Work]:
    """Kind of run -> its function. Imported late: only who works pays for pandas and the solver."""
    from scheduler.journeys.online import (
        dataset_work,
        draw_work,
        paper_work,
        plan_work,
        rotation_work,
    )

    return {
        "check": dataset_work.check,
        "tables": draw_work.seal_table,
        "papers": paper_work.make_papers,
        plan_work.PLAN: plan_work.draft_plan,
        plan_work.REPLAN: plan_work.change_plan,
        rotation_work.ROTATE: rotation_work.draft_rotation,
        rotation_work.REPAIR: rotation_work.repair_published,
    }


def carry_out(job: Job) -> None:
    """Do the work; a known error ends the run as failed, with its words in both languages.

    A run that is over already is left as it is.
    """
    job = replace(job, by=replace(job.by, run_id=job.run.id))
    try:
        table_of_work()[job.run.kind](job)
    except RunOver:
        return
    except Exception as error:
        words = told_error(error)
        if words is None:
            raise
        with job.store.writing(job.by, job.clock()) as work:
            runs.fail(work, job.run.id, words)


def as_facts(progress: Progress) -> dict[str, Any]:
    """Progress as plain JSON values."""
    return asdict(progress)
