"""The probes tell the truth: when the store goes away they say so; when it is back, all is well again."""

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from data.records.actors import PROGRAM
from data.store import probing, runs
from data.store.errors import StoreUnavailable
from data.store.store import Store
from scheduler.journeys.online import journal
from tests.clients import Office
from tests.databases import fresh_url

ROOT = Path(__file__).parents[2]
PINS = "/api/v1/pins"
PIN = {"unit_id": "00199", "must": True, "reason": "Theo đề nghị"}


def statuses(office, planner):
    """Of the liveness probe, the readiness probe, a reader and a writer."""
    anybody = office.anonymous()
    return (
        anybody.get("/healthz").status_code, anybody.get("/readyz").status_code,
        planner.get(PINS).status_code, planner.post(PINS, json=PIN).status_code,
    )  # fmt: skip


WELL, GONE = (200, 200, 200, 201), (200, 503, 503, 503)


def file_of(store):
    return Path(store.engine.url.database)


def test_the_probes_need_no_sign_in_and_a_dead_session_does_not_disturb_them(office):
    assert office.anonymous().get("/healthz").json() == {"status": "ok"}
    assert office.anonymous().get("/readyz").json() == {"status": "ready"}
    client = office.client("planner")
    office.later(days=1)
    assert client.get("/readyz").status_code == 200


def test_a_server_that_is_not_ready_says_in_the_callers_language_what_and_when_to_come_back(
    small_office, monkeypatch
):
    monkeypatch.setattr(probing, "free_mb", lambda store: 3)
    small_office.jobs.alive = lambda: False
    said = {}
    for lang in ("vi", "en"):
        answer = small_office.anonymous(**{"Accept-Language": lang}).get("/readyz")
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
        assert answer.headers["content-type"] == "application/problem+json"
        assert {fault["field"] for fault in answer.json()["faults"]} == {"disk", "jobs"}
        said[lang] = answer.json()["title"]
    assert said["vi"] == "Máy chủ chưa sẵn sàng"


def test_a_database_of_another_version_is_not_ready(office):
    with office.store.engine.begin() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    answer = office.anonymous().get("/readyz")
    assert answer.status_code == 503
    assert [fault["field"] for fault in answer.json()["faults"]] == ["version"]


def test_a_file_that_was_taken_away_is_missed_and_not_replaced_by_an_empty_one(small_office):
    planner, path = small_office.client("planner"), file_of(small_office.store)
    assert statuses(small_office, planner) == WELL
    aside = path.with_suffix(".aside")
    path.rename(aside)
    assert statuses(small_office, planner) == GONE
    assert not path.exists()
    assert planner.get(PINS).json()["type"] == "/problems/store"
    assert "Retry-After" in planner.get(PINS).headers
    aside.rename(path)
    assert statuses(small_office, planner) == WELL


def test_after_the_file_was_replaced_everybody_works_on_the_new_one(small_office, tmp_path):
    planner, path = small_office.client("planner"), file_of(small_office.store)
    with sqlite3.connect(path) as source, sqlite3.connect(tmp_path / "copy") as copy:
        source.backup(copy)
    assert planner.post(PINS, json=PIN).status_code == 201
    for part in ("-wal", "-shm"):
        path.with_name(path.name + part).unlink(missing_ok=True)
    (tmp_path / "copy").replace(path)
    assert planner.get(PINS).json()["total"] == 0  # the pin was in the file that is gone
    assert planner.post(PINS, json=PIN).status_code == 201
    with sqlite3.connect(path) as db:
        assert db.execute("SELECT count(*) FROM pins").fetchone() == (1,)


def test_a_file_that_is_no_database_is_not_ready(small_office):
    planner, path = small_office.client("planner"), file_of(small_office.store)
    small_office.store.close()
    shutil.copy(path, path.with_suffix(".aside"))
    for part in ("-wal", "-shm"):
        path.with_name(path.name + part).unlink(missing_ok=True)
    path.write_bytes(b"no database at all " * 1000)
    assert statuses(small_office, planner) == GONE
    path.unlink()
    path.with_suffix(".aside").rename(path)
    assert statuses(small_office, planner) == WELL


def test_a_database_that_can_only_be_read_is_not_ready(small_office):
    planner = small_office.client("planner")
    with small_office.store.engine.connect() as db:
        db.exec_driver_sql("PRAGMA query_only=ON")
        db.rollback()
    assert small_office.anonymous().get("/readyz").status_code == 503
    assert planner.get(PINS).status_code == 200
    small_office.store.close()
    assert statuses(small_office, planner) == WELL


def test_a_writer_who_never_ends_is_noticed(small_office, monkeypatch):
    monkeypatch.setattr(probing, "PATIENCE_MS", 50)
    other = sqlite3.connect(file_of(small_office.store), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert small_office.anonymous().get("/readyz").status_code == 503
    other.execute("ROLLBACK")
    assert small_office.anonymous().get("/readyz").status_code == 200


@pytest.fixture
def postgres(tmp_path):
    opened = Store(fresh_url("postgresql", tmp_path))
    yield opened
    opened.close()


@pytest.fixture
def master(postgres):
    """A connection to the server that does not stand in the database of the test."""
    url = make_url(postgres.url).set(database="postgres")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as db:
        yield db
    engine.dispose()


def close_door(master, name, closed):
    master.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS {not closed}"))
    master.execute(
        text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"),
        {"name": name},
    )


def test_a_postgresql_that_goes_away_comes_back_without_a_restart(postgres, master):
    office, name = Office(postgres), make_url(postgres.url).database
    planner = office.client("planner")
    assert statuses(office, planner) == WELL
    close_door(master, name, closed=True)
    assert statuses(office, planner) == GONE
    close_door(master, name, closed=False)
    assert statuses(office, planner) == WELL
    assert planner.get(PINS).json()["total"] == 2
    assert journal.verify(postgres).holds


def test_a_connection_cut_in_the_middle_of_a_save_saves_nothing(postgres, master):
    office, name = Office(postgres), make_url(postgres.url).database
    planner, told = office.client("planner"), runs.ask

    def cut(work, *rest):
        made = told(work, *rest)
        close_door(master, name, closed=False)
        return made

    before = journal.head(postgres)
    with (
        pytest.raises(StoreUnavailable),
        postgres.writing(PROGRAM, office.now) as work,
    ):
        cut(work, "plan", {})
    assert journal.head(postgres) == before
    assert statuses(office, planner) == WELL


def test_a_full_database_says_so_saves_nothing_and_is_well_again_with_room(small_office):
    planner, store = small_office.client("planner"), small_office.store
    large = {**PIN, "reason": "x" * 2000}
    with (
        store.engine.connect() as db
    ):  # the pool has one connection, so all that follow are limited, too
        pages = db.exec_driver_sql("PRAGMA page_count").scalar_one()
        db.exec_driver_sql(f"PRAGMA max_page_count={pages + 4}")
        db.rollback()
    answers = [planner.post(PINS, json=large) for _ in range(12)]
    made = [answer for answer in answers if answer.status_code == 201]
    full = [answer for answer in answers if answer.status_code != 201]
    assert made
    assert {answer.status_code for answer in full} == {507}
    assert full[0].json()["type"] == "/problems/full"
    assert "Retry-After" in full[0].headers
    assert planner.get(PINS).json()["total"] == len(made)
    assert journal.verify(store).holds
    store.close()  # the limit was of the connection: there is room again
    assert planner.post(PINS, json=large).status_code == 201


FILL = """
import resource, signal, sys
from api import logs
from data.store.store import Store
from tests.clients import Office

logs.configure("CRITICAL")
store = Store(sys.argv[1])
planner = Office(store).client("planner")
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
pin = {"unit_id": "00199", "must": True, "reason": "x" * 2000}
told = [planner.post("/api/v1/pins", json=pin).status_code for _ in range(60)]
bad = [status for status in told if status != 201]
total = planner.get("/api/v1/pins").json()["total"]
sys.stdout.write(f"{len(told) - len(bad)} {sorted(set(bad))} {total}")
"""


def test_a_disk_that_takes_no_more_says_so_and_nothing_is_half_saved(small_office):
    """In a child process, for the limit of the size of a file holds for everything in a process."""
    store = small_office.store
    size = file_of(store).stat().st_size + 64 * 1024
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", FILL, store.url, str(size)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    made, bad, total = done.stdout.splitlines()[-1].split(" ")
    assert bad in ("[503]", "[507]")
    assert 0 < int(made) == int(total)
    assert journal.verify(store).holds
    assert small_office.client("planner").post(PINS, json=PIN).status_code == 201


def test_the_administrator_sees_the_system_also_when_it_is_not_well(small_office, monkeypatch):
    administrator = small_office.client("administrator")
    good = administrator.get("/api/v1/system").json()
    assert (good["ready"], good["database"]) == (True, "sqlite")
    assert good["journal_lines"] == journal.head(small_office.store)[0]
    monkeypatch.setattr(probing, "free_mb", lambda store: 3)
    bad = administrator.get("/api/v1/system").json()
    assert [check["name"] for check in bad["checks"] if not check["good"]] == ["disk"]
