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
def queue(store, tmp_path, monkeypatch):
    """A closed queue on a fresh store, whose work is done by `tests.serve.kinds`."""
    monkeypatch.setattr(workers, "CHILD", (sys.executable, "-m", "tests.serve.kinds"))
    monkeypatch.setattr(jobs, "LOOK_S", 0.1)
    url = store.engine.url.render_as_string(hide_password=False)
    if url.startswith("sqlite"):
        shutil.copyfile(store.engine.url.database, tmp_path / "congvu.db")
        url = f"sqlite:///{tmp_path}/congvu.db"
    made = Queue(url, tmp_path)
    yield made
    made.close()
    made.store.close()


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


def test_what_dies_is_tried_again_and_after_three_times_given_up(queue):
    queue.open()
    twice, always = queue.start("die", times=2), queue.start("die", times=99)
    assert (queue.over(twice).status, queue.run(twice).attempts) == ("done", 3)
    failed = queue.over(always)
    assert (failed.status, failed.attempts) == ("failed", 3)
    assert "3 lần" in failed.error["vi"]
    assert set(LANGUAGES) <= set(failed.error)
    assert queue.told("run.failed") == [always]


@pytest.mark.parametrize("do", ["fault", "idle"])
def test_an_error_of_ours_is_not_tried_again(queue, do):
    queue.open()
    failed = queue.over(queue.start(do))
    assert (failed.status, failed.attempts) == ("failed", 1)
    assert "không lường trước" in failed.error["vi"]


def test_who_asks_it_to_stop_ends_the_process_and_only_that_one(queue):
    queue.open()
    stopped, other = queue.start("sleep", s=60), queue.start("sleep", s=2)
    pid = queue.asleep(stopped)
    queue.stop(stopped)
    assert queue.over(stopped).status == "cancelled"
    assert not lives(pid)
    assert queue.over(other).status == "done"
    assert queue.told("run.stopped") == [stopped]


def test_a_run_cancelled_in_the_queue_never_begins(queue):
    queue.open()
    full = [queue.start("sleep", s=1.5) for _ in range(2)]
    waits = queue.start("sleep")
    queue.stop(waits)
    assert {queue.over(run_id).status for run_id in full} == {"done"}
    after = queue.start("sleep")
    assert queue.over(after).status == "done"
    assert (queue.run(waits).status, queue.run(waits).attempts) == ("cancelled", 0)


def test_no_more_runs_at_once_than_there_are_workers(queue):
    queue.open()
    asked = [queue.start("sleep", s=1) for _ in range(3)]
    most = 0
    while not all(queue.run(run_id).over for run_id in asked):
        most = max(most, sum(queue.run(run_id).status == "running" for run_id in asked))
        time.sleep(0.02)
    assert most == queue.settings.workers
    assert {queue.run(run_id).status for run_id in asked} == {"done"}


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


def test_a_lost_queue_is_made_anew_from_the_runs(queue):
    queue.open()
    run_id = queue.start("sleep", s=60)
    queue.asleep(run_id)
    with (
        queue.store.upkeep() as db
    ):  # as a restored backup has it: asked for, but ended in the queue
        runs.put_back(db, run_id)
    queue.jobs.workers.closing.set()
    until(lambda: not queue.jobs.workers.at_work)
    jobs.DBOS.cancel_workflow(run_id)
    queue.close()
    with queue.store.writing(PROGRAM, wall_clock()) as work:
        work.db.execute(runs.table.update().values(ask={"do": "sleep"}, attempts=0))
        work.tell("test", "run", run_id)
    queue.open()
    assert queue.over(run_id).status == "done"


def test_old_folders_are_gone_at_the_start(queue):
    (queue.settings.scratch / "of-a-dead-run").mkdir(parents=True)
    queue.open()
    assert not queue.settings.scratch.exists()


def test_the_queue_says_whether_it_lives(queue):
    queue.open()
    until(queue.jobs.alive)
    opened = queue.jobs
    queue.close()
    assert not opened.alive()


def test_settings_reach_the_child_without_the_secret_of_the_sign_in():
    settings = replace_settings(oidc_client_secret="geheim", workers=3)
    given = settings.as_environment()
    assert given["CONGVU_WORKERS"] == "3"
    assert "geheim" not in given.values()


def replace_settings(**more):
    return ServerSettings(_env_file=None, **more)
