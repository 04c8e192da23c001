"""One long work in a process of its own: `python -m api.work RUN PARENT`, started by `api/workers.py`.

Settings come from the environment. Whatever it saves, it saves in one transaction; its exit status says only
whether the program itself is at fault.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.settings import ServerSettings
    from data.store.runs import Run
    from data.store.store import Store
    from scheduler.journeys.online.working import Job
    from solver.result import Progress

PR_SET_PDEATHSIG = 1
TELL_EVERY_S = 0.5
AFTERWARDS = ("reserve", "explain")  # phases after the plan is found
NICE = 5  # people who look at pages come first
UNFORESEEN = 70  # exit status: an error of ours, which trying again will not mend


def main(argv: list[str]) -> int:
    """Carry out the run named first; the process named second is the one that waits for it."""
    run_id, parent = argv
    _die_with(int(parent))  # before anything slow: nothing outlives the server
    import structlog

    from api import logs
    from api.settings import ServerSettings
    from data.store.errors import StoreError
    from data.store.store import Store
    from scheduler.journeys.online.working import carry_out

    logs.configure()
    structlog.contextvars.bind_contextvars(run_id=run_id)
    settings = ServerSettings()
    _be_modest(settings.memory_mb)
    store = Store(settings.store_url)
    try:
        job = _job(settings, store, run_id)
        if job is not None:
            carry_out(job)
    except (StoreError, MemoryError):
        raise  # may go better next time
    except Exception:
        structlog.get_logger("congvu").exception("work.failed")
        return UNFORESEEN
    finally:
        store.close()
    return 0


def _job(settings: ServerSettings, store: Store, run_id: str) -> Job | None:
    """What the kind's function gets; None when the account was closed meanwhile: then the run has failed."""
    from api.clock import wall_clock
    from api.identity import actor_of
    from data.records.actors import PROGRAM
    from data.store import accounts, runs
    from data.words import Message
    from scheduler.errors import Refused
    from scheduler.journeys.online.work_errors import told_error
    from scheduler.journeys.online.working import Job

    with store.reading() as db:
        run = runs.get(db, run_id)
        account = accounts.get(db, run.account_id) if run.account_id else None
    if account is not None and not account.active:
        with store.writing(replace(PROGRAM, run_id=run_id), wall_clock()) as work:
            closed = Message("Tài khoản đã yêu cầu việc này không còn hoạt động; chưa làm gì.")
            runs.fail(work, run_id, told_error(Refused(closed)) or {})
        return None
    by = actor_of(account) if account else PROGRAM
    return Job(store, run, by, wall_clock, settings.scratch / run_id, Teller(store, run))


class Teller:
    """Takes progress of the solver and keeps it where pages read it, at most twice a second.

    When somebody has asked to stop and keep the best, it interrupts the solver once there is a plan, as
    Ctrl-C does at a terminal: the solve ends with its best so far. What comes after the plan goes on.
    """

    def __init__(self, store: Store, run: Run) -> None:
        self.store = store
        self.run = run
        self.next = 0.0
        self.found = self.interrupted = False

    def __call__(self, progress: Progress) -> None:
        """Keep this word, unless one was kept just before.

        Raises
        ------
        KeyboardInterrupt
            The best so far is enough.
        """
        from data.store import runs
        from data.store.errors import StoreUnavailable
        from scheduler.journeys.online.working import as_facts

        self.found |= progress.best is not None
        if time.monotonic() < self.next:
            return
        self.next = time.monotonic() + TELL_EVERY_S
        try:
            with self.store.upkeep() as db:
                enough = runs.tell(db, self.run.id, as_facts(progress))
        except StoreUnavailable:
            return  # the work goes on; the next word may get through
        planning = progress.phase not in AFTERWARDS
        if enough and self.found and planning and not self.interrupted:
            self.interrupted = True
            raise KeyboardInterrupt


def _die_with(parent: int) -> None:
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit(1)


def _be_modest(megabytes: int) -> None:
    """Less urgent than the server, the first to go when memory is short, and never above its limit."""
    os.nice(NICE)
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = megabytes * 1024 * 1024
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    try:
        with open("/proc/self/oom_score_adj", "w", encoding="ascii") as file:
            file.write("500")
    except OSError:
        return  # not Linux: the limit above has to do


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
