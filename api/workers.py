"""Long work watched: a child process a run, stopped when somebody asks, tried again when it dies.

Knows nothing of queues: `api/jobs.py` calls `Workers.carry` for a run, as often as it likes.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import structlog

from api.work import UNFORESEEN
from data.records.actors import PROGRAM
from data.store import runs
from data.store.errors import NotFound, StoreUnavailable
from data.store.runs import Run, RunOver
from data.words import LANGUAGES, Message

if TYPE_CHECKING:
    from datetime import datetime

    from api.settings import ServerSettings
    from data.store.store import Store

log = structlog.get_logger("congvu")
PROGRAM_HOME = str(Path(__file__).resolve().parent.parent)
CHILD = (sys.executable, "-m", "api.work")
TRIES = 3
LOOK_S = 0.3  # how often it is looked whether somebody wants the work to stop
T = TypeVar("T")

DIED = Message(
    "Tiến trình tính toán bị dừng đột ngột {n} lần, có thể do thiếu bộ nhớ; chưa lưu gì. Thử lại với phạm vi "
    "nhỏ hơn; nếu vẫn vậy, báo người quản trị mã lượt chạy này.",
    {"n": TRIES},
)
OURS = Message(
    "Chương trình gặp lỗi không lường trước; chưa lưu gì. Báo người quản trị mã lượt chạy này."
)


class Interrupted(BaseException):
    """The server is closing: the run waits in the queue for its next start."""


class Workers:
    """Who carries out runs on this machine."""

    def __init__(
        self, settings: ServerSettings, store: Store, clock: Callable[[], datetime]
    ) -> None:
        self.settings, self.store, self.clock = settings, store, clock
        self.closing = threading.Event()
        self.at_work: dict[str, threading.Event] = {}  # run -> set when somebody asks it to stop

    def carry(self, run_id: str) -> None:
        """Work on the run until it is over; one that is over already is left as it is.

        Raises
        ------
        Interrupted
        """
        wake = self.at_work.setdefault(run_id, threading.Event())
        try:
            while (run := self._patiently(lambda: self._begun(run_id))) is not None:
                with self._scratch(run_id), self._child(run_id) as child:
                    self._watch(child, run, wake)
        finally:
            self.at_work.pop(run_id, None)

    def stop(self, run_id: str) -> None:
        """Look at once, not in a moment, whether the run is to stop."""
        if run_id in self.at_work:
            self.at_work[run_id].set()

    def close(self, patience_s: float = 10.0) -> None:
        """Take no more work, and put back what is being done."""
        self.closing.set()
        for wake in list(self.at_work.values()):
            wake.set()
        until = time.monotonic() + patience_s
        while self.at_work and time.monotonic() < until:
            time.sleep(0.05)

    def _begun(self, run_id: str) -> Run | None:
        """The run with one attempt more; None when nothing is left to do."""
        try:
            with self.store.upkeep() as db:
                run = runs.get(db, run_id)
                if not run.cancel and run.attempts < TRIES:
                    return runs.begin(db, run_id, self.clock())
            with self.store.writing(replace(PROGRAM, run_id=run_id), self.clock()) as work:
                if run.cancel:
                    runs.stopped(work, run_id)
                else:
                    runs.fail(work, run_id, _in_words("died", DIED))
        except (NotFound, RunOver):
            return None
        return None

    def _watch(self, child: subprocess.Popen[bytes], run: Run, wake: threading.Event) -> None:
        while child.poll() is None:
            wake.wait(LOOK_S)
            wake.clear()
            if self.closing.is_set():
                _kill(child)  # before the run is put back: it may just have finished
                self._put_back(run.id)
                raise Interrupted
            if self._is_to_stop(run.id):
                return
        if child.returncode in (0, UNFORESEEN):  # done, or nothing that a second try would mend
            self._patiently(lambda: self._fail(run.id))
        else:
            log.warning("work.died", run_id=run.id, status=child.returncode, attempt=run.attempts)

    def _is_to_stop(self, run_id: str) -> bool:
        try:
            with self.store.reading() as db:
                return runs.get(db, run_id).cancel
        except StoreUnavailable:
            return False  # the work goes on while the database is away

    def _put_back(self, run_id: str) -> None:
        with suppress(RunOver, StoreUnavailable), self.store.upkeep() as db:
            runs.put_back(db, run_id)

    def _fail(self, run_id: str) -> None:
        """The run as failed, unless it is over: then its child has saved what it made."""
        with (
            suppress(RunOver),
            self.store.writing(replace(PROGRAM, run_id=run_id), self.clock()) as work,
        ):
            runs.fail(work, run_id, _in_words("unforeseen", OURS))

    def _patiently(self, do: Callable[[], T]) -> T:
        """The answer, as soon as the database is there to give it."""
        while not self.closing.is_set():
            try:
                return do()
            except StoreUnavailable:
                log.warning("work.store_away")
                self.closing.wait(1.0)
        raise Interrupted

    @contextmanager
    def _scratch(self, run_id: str) -> Iterator[Path]:
        folder = self.settings.scratch / run_id
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, mode=0o700)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def _child(self, run_id: str) -> Iterator[subprocess.Popen[bytes]]:
        """A child in a session of its own, which Ctrl-C does not reach; gone at the end in any case.

        It dies when the thread that starts it ends, so whoever starts it waits for it, too.
        """
        path = os.pathsep.join(p for p in (PROGRAM_HOME, os.environ.get("PYTHONPATH", "")) if p)
        child = subprocess.Popen(
            [*CHILD, run_id, str(os.getpid())], stdin=subprocess.DEVNULL, start_new_session=True,
            env={**os.environ, **self.settings.as_environment(), "PYTHONPATH": path},
        )  # fmt: skip
        try:
            yield child
        finally:
            _kill(child)


def sweep_scratch(settings: ServerSettings) -> None:
    """Remove the folders that works of a former start left behind."""
    shutil.rmtree(settings.scratch, ignore_errors=True)


def _kill(child: subprocess.Popen[bytes]) -> None:
    """End the child and its group; a solver has a session of its own and dies with the child."""
    if child.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _in_words(kind: str, message: Message) -> dict[str, str]:
    return {"kind": kind, **{lang: message.say(lang) for lang in LANGUAGES}}
