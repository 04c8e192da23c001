"""A run that is told "enough" ends with its best plan, as Ctrl-C does at a terminal: of visits and of moves."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from api.work import Teller
from data.store import plans, runs
from scheduler.journeys.online.working import Job, carry_out
from tests.hr_office import ROTATIONS

PLANS = "/api/v1/plans"


def carried_out(office, who, run_id):
    """The run after its work was done with a worker's own teller, which asks the database."""
    with office.store.upkeep() as db:
        run = runs.begin(db, run_id, office.now)
    with TemporaryDirectory() as scratch:
        teller = Teller(office.store, run)
        carry_out(Job(office.store, run, who, lambda: office.now, Path(scratch), teller))
    with office.store.reading() as db:
        return runs.get(db, run_id), teller


@pytest.mark.parametrize(
    ("role", "where", "kind"), [("planner", PLANS, plans.VISITS), ("hr", ROTATIONS, plans.MOVES)]
)
def test_what_is_enough_is_saved_as_a_draft_that_says_so(small_office, role, where, kind):
    office = small_office
    office.dataset()
    client = office.client(role)
    ask = {"year": 2027, "time_limit_s": 600}
    run_id = client.post(where, json=ask).json()["run_id"]
    assert client.post(f"/api/v1/runs/{run_id}/enough").status_code == 202
    run, teller = carried_out(office, office.actor(office.account(role)), run_id)
    assert (run.status, run.error) == ("done", {})
    with office.store.reading() as db:
        version = plans.get(db, kind, run.result["id"])
    assert version.status == "draft"
    assert teller.interrupted
    assert version.facts["solver"]["note"] == "interrupted"
