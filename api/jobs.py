"""Long work as durable workflows: a run that was taken up is carried to its end, even if the server dies.

The only file that knows the workflow library. A workflow is one call of `Workers.carry`; what counts is the
run in our own store, so a workflow that is begun twice saves nothing twice.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

import structlog
from dbos import DBOS, DBOSPortableJSONSerializer, SetWorkflowID, error
from sqlalchemy.exc import SQLAlchemyError

from api.clock import wall_clock
from api.workers import Workers, sweep_scratch
from data.store import runs
from data.store.errors import StoreUnavailable
from data.words import Message
from scheduler.errors import Refused

if TYPE_CHECKING:
    from dbos import DBOSConfig

    from api.settings import ServerSettings
    from data.store.store import Store

log = structlog.get_logger("congvu")
QUEUE = "runs"
LOOK_S = 0.5  # how often the queue is looked at
SWEEP_S = 20.0  # how often it is looked for runs that nobody has taken up
UNOPENED = Message(
    "Không mở được hàng đợi việc dài (jobs.db hoặc lược đồ congvu_jobs). Kiểm tra quyền và chỗ trống; "
    "nếu hỏng, xóa đi rồi chạy lại: các lượt chạy dở được lấy lại từ cơ sở dữ liệu chính."
)
ALIVE = frozenset({"ENQUEUED", "PENDING", "DELAYED"})


class DurableJobs:
    """The queue of long work; `open_jobs` makes it."""

    def __init__(self, workers: Workers, carry: Callable[[str], None]) -> None:
        self.workers = workers
        self._carry = carry
        self._closing = threading.Event()
        self._sweeper = threading.Thread(target=self._sweep_on, name="run-sweeper", daemon=True)
        self._sweeper.start()

    def start(self, run_id: str) -> None:
        """Take up a run that is in the queue; a second call for the same run changes nothing."""
        try:
            self._enqueue(run_id)
        except Exception:  # the run is in our store: the sweep takes it up
            log.exception("run.not_taken_up", run_id=run_id)

    def stop(self, run_id: str) -> None:
        """End the child of a run that was asked to stop."""
        self.workers.stop(run_id)

    def alive(self) -> bool:
        """Whether work that is asked for now will be taken up."""
        names = {thread.name for thread in threading.enumerate()}
        at_work = self._sweeper.is_alive() and not self._closing.is_set()
        return at_work and f"queue-worker-{QUEUE}" in names

    def sweep(self) -> None:
        """Take up every open run that no workflow carries: left by a crash, or by a restored backup."""
        with self.workers.store.reading() as db:
            waiting = [run.id for run in runs.page(db, 0, 10_000, statuses=runs.OPEN)[0]]
        if not waiting:
            return
        known = {
            each.workflow_id: each.status
            for each in DBOS.list_workflows(
                workflow_ids=waiting, load_input=False, load_output=False
            )
        }
        for run_id in waiting:
            status = known.get(run_id)
            if status in ALIVE:
                continue
            if status is not None:  # it ended, but its run did not
                DBOS.delete_workflow(run_id)
            log.warning("run.taken_up_again", run_id=run_id, workflow=status)
            self._enqueue(run_id)

    def close(self) -> None:
        """End the children and put their runs back; nothing is lost, the next start goes on."""
        self._closing.set()
        self.workers.close()
        self._sweeper.join()
        DBOS.destroy(destroy_registry=True)

    def _enqueue(self, run_id: str) -> None:
        with SetWorkflowID(run_id):
            DBOS.enqueue_workflow(QUEUE, self._carry, run_id)

    def _sweep_on(self) -> None:
        while True:
            try:
                self.sweep()
            except StoreUnavailable:
                log.warning("sweep.store_away")
            except Exception:
                log.exception("sweep.failed")
            if self._closing.wait(SWEEP_S):
                return


def open_jobs(settings: ServerSettings, store: Store) -> DurableJobs:
    """The queue, with what a former start of the server left in it; one a process.

    Raises
    ------
    Refused
        The workflows' own tables cannot be opened.
    """
    sweep_scratch(settings)
    logging.getLogger("dbos").addHandler(logging.NullHandler())  # or it would print beside our log
    workers = Workers(settings, store, wall_clock)
    try:
        DBOS(config=_config(settings))

        @DBOS.workflow(name="congvu.run", max_recovery_attempts=3)
        def carry(run_id: str) -> None:
            workers.carry(run_id)

        DBOS.launch()
        DBOS.register_queue(QUEUE, worker_concurrency=settings.workers, polling_interval_sec=LOOK_S)
    except (SQLAlchemyError, error.DBOSException) as reason:
        DBOS.destroy(destroy_registry=True)
        raise Refused(UNOPENED) from reason
    return DurableJobs(workers, carry)


def _config(settings: ServerSettings) -> DBOSConfig:
    return {
        "name": "congvu",
        "system_database_url": settings.jobs_url,
        "dbos_system_schema": "congvu_jobs",
        "application_version": "1",  # fixed: a newer program goes on with what an older one began
        "executor_id": settings.server_name,
        "serializer": DBOSPortableJSONSerializer(),
        "log_level": "WARNING",
        "enable_otlp": False,
    }
