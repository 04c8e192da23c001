"""The queue of long work, on both databases: nothing is lost, nothing doubled, and the end is told."""

import os
import shutil
import sys
import time

import pytest

from api import jobs, workers
from api.clock import wall_clock
from api.settings import ServerSettings
from data.records.actors import PROGRAM
from data.store import journal, runs
from data.store.store import Store
from data.words import LANGUAGES


def until(true, seconds=30.0):
    """Wait until something is true; fails when it never is."""
    end = time.monotonic() + seconds
    while not (found := true()):
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.05)
    return found


class Queue:
    """A queue that a test opens, kills the memory of, and opens again."""

    def __init__(self, url, home):
        self.settings = ServerSettings(
            home=home, database_url="" if url.startswith("sqlite") else url, workers=2
        )
        self.store = Store(url)
        self.jobs = None

    def open(self):
        self.jobs = jobs.open_jobs(self.settings, self.store)

    def close(self):
        if self.jobs is not None:
            self.jobs.close()
            self.jobs = None

    def ask(self, do, **more):
        with self.store.writing(PROGRAM, wall_clock()) as work:
            return runs.ask(work, "nap", {"do": do, **more})

    def start(self, do, **more):
        run_id = self.ask(do, **more)
        self.jobs.start(run_id)
        return run_id

    def run(self, run_id):
        with self.store.reading() as db:
            return runs.get(db, run_id)

    def over(self, run_id):
        return until(lambda: self.run(run_id) if self.run(run_id).over else None)

    def asleep(self, run_id):
        """The child's process id, once it has said a word."""
        return until(lambda: self.run(run_id).progress.get("pid"))

    def stop(self, run_id):
        with self.store.writing(PROGRAM, wall_clock()) as work:
            runs.ask_to_stop(work, run_id)
        self.jobs.stop(run_id)

    def told(self, action):
        with self.store.reading() as db:
            return [line.noun_id for line in journal.lines(db)[0] if line.action == action]


def lives(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
def open_queue(tmp_path, monkeypatch):
    """Makes a closed queue on a store, whose work is done by `tests.serve.kinds`."""
    monkeypatch.setattr(workers, "CHILD", (sys.executable, "-m", "tests.serve.kinds"))
    monkeypatch.setattr(jobs, "LOOK_S", 0.1)
    made = []

    def make(store):
        url = store.engine.url.render_as_string(hide_password=False)
        if url.startswith("sqlite"):
            shutil.copyfile(store.engine.url.database, tmp_path / "congvu.db")
            url = f"sqlite:///{tmp_path}/congvu.db"
        made.append(Queue(url, tmp_path))
        return made[0]

    yield make
    made[0].close()
    made[0].store.close()


@pytest.fixture
def queue(store, open_queue):
    """A closed queue, once on SQLite and once on PostgreSQL."""
    return open_queue(store)


@pytest.fixture
def small_queue(sqlite_store, open_queue):
    """A closed queue on SQLite, where the engine makes no difference."""
    return open_queue(sqlite_store)


def test_a_run_is_done_once_however_often_it_is_started(queue):
    queue.open()
    run_id = queue.start("sleep")
    for _ in range(3):
        queue.jobs.start(run_id)
    assert queue.over(run_id).result == {"noun": "nap", "id": 1}
    queue.jobs.start(run_id)
    queue.jobs.sweep()
    other = queue.start("sleep")  # behind it in the queue
    assert queue.over(other).status == "done"
    assert queue.run(run_id).attempts == 1
    assert queue.told("run.done") == [other, run_id]
    until(lambda: list(queue.settings.scratch.iterdir()) == [])


def test_what_dies_is_tried_again_and_after_three_times_given_up(small_queue):
    small_queue.open()
    twice, always = small_queue.start("die", times=2), small_queue.start("die", times=99)
    assert (small_queue.over(twice).status, small_queue.run(twice).attempts) == ("done", 3)
    failed = small_queue.over(always)
    assert (failed.status, failed.attempts) == ("failed", 3)
    assert "3 lần" in failed.error["vi"]
    assert set(LANGUAGES) <= set(failed.error)
    assert small_queue.told("run.failed") == [always]


@pytest.mark.parametrize("do", ["fault", "idle"])
def test_an_error_of_ours_is_not_tried_again(small_queue, do):
    small_queue.open()
    failed = small_queue.over(small_queue.start(do))
    assert (failed.status, failed.attempts) == ("failed", 1)
    assert "không lường trước" in failed.error["vi"]


def test_who_asks_it_to_stop_ends_the_process_and_only_that_one(small_queue):
    small_queue.open()
    stopped, other = small_queue.start("sleep", s=60), small_queue.start("sleep", s=2)
    pid = small_queue.asleep(stopped)
    small_queue.stop(stopped)
    assert small_queue.over(stopped).status == "cancelled"
    assert not lives(pid)
    assert small_queue.over(other).status == "done"
    assert small_queue.told("run.stopped") == [stopped]


def test_a_run_cancelled_in_the_queue_never_begins(small_queue):
    small_queue.open()
    full = [small_queue.start("sleep", s=1.5) for _ in range(2)]
    waits = small_queue.start("sleep")
    small_queue.stop(waits)
    assert {small_queue.over(run_id).status for run_id in full} == {"done"}
    after = small_queue.start("sleep")
    assert small_queue.over(after).status == "done"
    assert (small_queue.run(waits).status, small_queue.run(waits).attempts) == ("cancelled", 0)


def test_no_more_runs_at_once_than_there_are_workers(small_queue):
    small_queue.open()
    asked = [small_queue.start("sleep", s=1) for _ in range(3)]
    most = 0
    while not all(small_queue.run(run_id).over for run_id in asked):
        most = max(most, sum(small_queue.run(run_id).status == "running" for run_id in asked))
        time.sleep(0.02)
    assert most == small_queue.settings.workers
    assert {small_queue.run(run_id).status for run_id in asked} == {"done"}


def test_a_closed_queue_goes_on_where_it_was_and_counts_no_failure(queue):
    queue.open()
    run_id, waits = queue.start("sleep", s=3), queue.ask("sleep")
    pid = queue.asleep(run_id)
    for _ in range(2):
        queue.close()
        assert not lives(pid)
        assert (queue.run(run_id).status, queue.run(run_id).attempts) == ("queued", 0)
        queue.open()
        until(lambda: queue.run(run_id).status == "running")
    assert queue.over(run_id).result == {"noun": "nap", "id": 1}
    assert (
        queue.over(waits).status == "done"
    )  # asked for, never started: the server died in between
    assert sorted(queue.told("run.done")) == sorted([run_id, waits])


def test_a_lost_queue_is_made_anew_from_the_runs(small_queue):
    run_id = small_queue.ask("sleep")
    small_queue.open()
    small_queue.over(run_id)
    small_queue.close()
    waits = small_queue.ask("sleep")
    (small_queue.settings.home / "jobs.db").unlink()
    small_queue.open()
    assert small_queue.over(waits).status == "done"
    assert small_queue.told("run.done") == [waits, run_id]


def test_a_run_that_a_restored_backup_has_open_again_is_done_again(small_queue):
    small_queue.open()
    run_id = small_queue.start("sleep")
    small_queue.over(run_id)
    until(lambda: jobs.DBOS.get_workflow_status(run_id).status == "SUCCESS")
    small_queue.close()
    with small_queue.store.upkeep() as db:
        db.execute(runs.table.update().values(status=runs.QUEUED, result={}, attempts=0))
    small_queue.open()
    assert small_queue.over(run_id).result == {"noun": "nap", "id": 1}


def test_old_folders_are_gone_at_the_start(small_queue):
    (small_queue.settings.scratch / "of-a-dead-run").mkdir(parents=True)
    small_queue.open()
    assert not small_queue.settings.scratch.exists()


def test_the_queue_says_whether_it_lives(small_queue):
    small_queue.open()
    until(small_queue.jobs.alive)
    opened = small_queue.jobs
    small_queue.close()
    assert not opened.alive()


def test_settings_reach_the_child_without_the_secret_of_the_sign_in():
    settings = ServerSettings(_env_file=None, oidc_client_secret="geheim", workers=3)
    given = settings.as_environment()
    assert given["CONGVU_WORKERS"] == "3"
    assert "geheim" not in given.values()
