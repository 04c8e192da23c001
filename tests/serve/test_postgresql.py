"""`congvu serve` on PostgreSQL: killed in the middle of a plan, started again, nothing lost."""

import signal

import pytest

from data.store.store import Store
from tests.databases import fresh_url
from tests.serve.servers import Served, office_at
from tests.serve.test_durable import solving, state
from tests.serve.test_jobs import until


@pytest.mark.timeout(600)
def test_a_plan_survives_on_postgresql(tmp_path):
    url, home = fresh_url("postgresql", tmp_path), tmp_path / "home"
    store, served = Store(url), Served(home, database_url=url)
    try:
        office = office_at(store)
        office.dataset()
        served.start()
        lan = served.client(office, "planner", name="lan")
        run = lan.post("/plans", json={"year": 2027, "time_limit_s": 2}).json()["run_id"]
        until(lambda: solving(home), 60)
        served.end(signal.SIGKILL)
        served.start()
        until(lambda: state(lan, run)["ended_at"], 120)
        assert state(lan, run)["status"] == "done"
        assert lan.get("/plans").json()["total"] == 1
        assert not list(home.glob("*.db"))
        assert served.end(signal.SIGTERM) == 0
    finally:
        served.close()
        store.close()
