"""`congvu serve` as people run it: killed and started again, told to go, stopped in the middle of a plan."""

import json
import signal
import subprocess
import sys
import threading

import pytest
from sqlalchemy import text

from data.store import journal, runs
from data.store.store import Store
from data.store.upgrading import upgrade
from tests.databases import fresh_url
from tests.serve.servers import Served, office_at, processes
from tests.serve.test_jobs import until

PLAN = {"year": 2027, "time_limit_s": 2}
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


def test_plans_survive_whatever_happens_to_the_server(served, office, home):
    office.dataset()
    served.start()
    lan = served.client(office, "planner", name="lan")
    minh = served.client(office, "planner", name="minh")

    # killed without a warning: nothing works on behind its back, and the next start goes on
    first = lan.post("/plans", json={**PLAN, "time_limit_s": 20}).json()["run_id"]
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
        short = text("UPDATE runs SET ask = :ask")
        db.execute(short, {"ask": json.dumps({**run.ask, "time_limit_s": 2})})
    served.start()

    # two people at once
    second = minh.post("/plans", json={**PLAN, "seed": 2}).json()["run_id"]
    for client, run_id in ((lan, first), (minh, second)):
        until(lambda c=client, r=run_id: state(c, r)["ended_at"], 120)
    mine, theirs = state(lan, first), state(minh, second)
    assert (mine["status"], theirs["status"]) == ("done", "done")
    assert mine["attempts"] == 2
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
            seen.extend(line for line in stream.iter_lines() if line.startswith("event:"))

    watching = threading.Thread(target=watch)
    watching.start()
    until(lambda: state(lan, third)["progress"], 60)
    assert minh.post(f"/runs/{third}/cancel").status_code == 409
    assert lan.post(f"/runs/{third}/cancel").status_code == 202
    until(lambda: not processes(home))
    until(lambda: state(lan, third)["status"] == "cancelled")
    watching.join(10)
    assert seen[-1] == "event: over"
    assert seen.count("event: run") >= 2
    assert lan.get("/plans").json()["total"] == 2
    assert served.end(signal.SIGINT) == 0
    assert list((home / "scratch").iterdir()) == []


def congvu(*arguments, home, **env):
    return subprocess.run(
        [sys.executable, "-m", "api.cli", *arguments], capture_output=True, text=True, check=False,
        timeout=120, env=Served(home, **env).env,
    )  # fmt: skip


def test_the_first_start_makes_a_private_home_and_prints_a_way_in(tmp_path):
    home = tmp_path / "new" / "home"
    served = Served(home)
    (tmp_path / "new").mkdir()
    served.start("--lang", "en")
    assert home.stat().st_mode & 0o777 == 0o700
    try:
        link = served.process.stdout.readline()
        assert "/welcome?token=" in link
        assert f"{served.url}/welcome" in link
        assert {path.stat().st_mode & 0o077 for path in home.glob("*.db")} == {0}
        second = congvu("serve", "--port", "1", "--lang", "en", home=home)
        assert second.returncode == 1
        assert second.stderr.count("\n") == 1
        assert "Another server" in second.stderr
        other = congvu("serve", "--port", str(served.port), home=tmp_path / "other")
        assert other.returncode == 1
        assert f"Cổng {served.port}" in other.stderr
        busy = congvu("migrate", home=home)
        assert busy.returncode == 1
    finally:
        assert served.end(signal.SIGTERM) == 0


def test_a_database_of_a_newer_program_is_left_alone(home):
    store = Store(f"sqlite:///{home}/congvu.db")
    with store.upkeep() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    store.close()
    for command in ("serve", "migrate"):
        refused = congvu(command, home=home)
        assert refused.returncode == 1
        assert "9999" in refused.stderr
        assert "Traceback" not in refused.stderr


@pytest.mark.parametrize(
    ("env", "told"),
    [
        ({"database_url": "not an address"}, "CONGVU_DATABASE_URL"),
        ({"database_url": "postgresql://u:geheim@127.0.0.1:1/none"}, "cơ sở dữ liệu"),
        ({"workers": "many"}, "CONGVU_WORKERS"),
    ],
)
def test_a_server_that_cannot_start_says_why_in_one_line(tmp_path, env, told):
    refused = congvu("migrate", home=tmp_path / "home", **env)
    assert refused.returncode == 1
    assert told.lower() in refused.stderr.lower()
    assert refused.stderr.count("\n") == 1
    assert "geheim" not in refused.stderr


def test_a_home_that_is_a_file_and_a_database_that_is_none(tmp_path):
    (tmp_path / "file").write_text("")
    assert congvu("migrate", home=tmp_path / "file").returncode == 1
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "congvu.db").write_text("hello " * 1000)
    refused = congvu("migrate", home=tmp_path / "home")
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1


def test_an_empty_database_is_brought_up_only_when_that_is_wanted(tmp_path):
    refused = congvu("serve", "--no-migrate", "--port", "1", home=tmp_path / "home")
    assert refused.returncode == 1
    assert congvu("migrate", home=tmp_path / "home").stdout.count("0001") == 1
    assert "0001" in congvu("migrate", home=tmp_path / "home").stdout


def test_upgrade_is_done_by_one_process_at_a_time(store):
    threads = [threading.Thread(target=upgrade, args=(store,)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
