"""`congvu serve` as people run it: killed and started again, told to go, stopped in the middle of a plan."""

import signal
import threading

import pytest

from data.store import journal, plans, runs
from data.store.store import Store
from tests.databases import fresh_url
from tests.serve.servers import Served, office_at, processes
from tests.serve.test_jobs import until

PLAN = {"year": 2027, "time_limit_s": 1}
LONG = {"year": 2027, "time_limit_s": 600, "seed": 7}


@pytest.fixture
def home(tmp_path):
    """A home with an empty SQLite store of the newest version."""
    folder = tmp_path / "home"
    folder.mkdir()
    url = fresh_url("sqlite", tmp_path)
    (tmp_path / url.rpartition("/")[2]).rename(folder / "congvu.db")
    return folder


@pytest.fixture
def served(home):
    made = Served(home)
    yield made
    made.close()


@pytest.fixture
def office(home):
    store = Store(f"sqlite:///{home}/congvu.db")
    yield office_at(store)
    store.close()


def state(client, run_id):
    return client.get(f"/runs/{run_id}").json()


def solving(home):
    """Whether a run is in the middle: its process and the solver's are both there."""
    return len({command.split()[2] for command in processes(home).values()}) == 2


@pytest.mark.timeout(900)  # real solves and real servers; a busy machine takes its time
def test_plans_survive_whatever_happens_to_the_server(served, office, home):
    office.dataset()
    served.start()
    lan = served.client(office, "planner", name="lan")
    minh = served.client(office, "planner", name="minh")

    # killed without a warning: nothing works on behind its back, and the next start goes on
    first = lan.post("/plans", json=LONG).json()["run_id"]
    until(lambda: solving(home))
    served.end(signal.SIGKILL)
    until(lambda: not processes(home))
    served.start()
    until(lambda: solving(home))

    # told to go: it ends well, and puts the run back
    assert served.end(signal.SIGTERM) == 0
    assert not processes(home)
    with office.store.upkeep() as db:
        run = runs.get(db, first)
        assert (run.status, run.attempts) == ("queued", 1)
    served.start()

    # ten minutes were asked for; the best plan so far is enough, and two people are served at once
    assert minh.post(f"/runs/{first}/enough").status_code == 409
    assert lan.post(f"/runs/{first}/enough").status_code == 202
    second = minh.post("/plans", json={**PLAN, "seed": 2}).json()["run_id"]
    for client, run_id in ((lan, first), (minh, second)):
        until(lambda c=client, r=run_id: state(c, r)["ended_at"], 120)
    mine, theirs = state(lan, first), state(minh, second)
    assert (mine["status"], theirs["status"]) == ("done", "done")
    assert mine["attempts"] == 2
    with office.store.reading() as db:
        kept = plans.get(db, plans.VISITS, mine["result"]["id"])
    assert kept.facts["solver"]["note"] == "interrupted"
    assert {mine["result"]["id"], theirs["result"]["id"]} == {1, 2}
    assert lan.get("/plans").json()["total"] == 2  # nothing doubled
    with office.store.reading() as db:
        told = [line.noun_id for line in journal.lines(db)[0] if line.action == "run.done"]
    assert sorted(told) == sorted([first, second])

    # watched while it goes on, then stopped
    third = lan.post("/plans", json=LONG).json()["run_id"]
    seen = []

    def watch():
        with lan.stream("GET", f"/runs/{third}/events") as stream:
            for line in stream.iter_lines():
                if line.startswith("event:"):
                    seen.append(line)

    watching = threading.Thread(target=watch)
    watching.start()
    until(lambda: state(lan, third)["progress"], 60)
    until(lambda: seen.count("event: run") >= 2, 60)
    assert minh.post(f"/runs/{third}/cancel").status_code == 409
    assert lan.post(f"/runs/{third}/cancel").status_code == 202
    until(lambda: not processes(home))
    until(lambda: state(lan, third)["status"] == "cancelled")
    watching.join(10)
    assert seen[-1] == "event: over"
    assert lan.get("/plans").json()["total"] == 2
    assert served.end(signal.SIGINT) == 0
    assert list((home / "scratch").iterdir()) == []
