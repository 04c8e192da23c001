"""/plans/{id}/files: what is given out belongs to the rows, or is not given out."""

import csv
import io

import pytest

from data.store import plans
from tests.api.test_visits import Desk
from tests.plan_offices import amended_files, give_plan, made_files


@pytest.fixture
def desk(small_office):
    return Desk(small_office, give_plan(small_office))


def names(desk):
    return {f["name"] for f in desk.client.get(f"{desk.where}/files?limit=500").json()["items"]}


def test_a_draft_has_the_files_that_were_made_with_it(desk):
    assert names(desk) == set(made_files())
    for name in ("plan.xlsx", "plan.docx", "report.html", "visits.csv", "calendars/TV0001.ics"):
        answer = desk.client.get(f"{desk.where}/files/{name}")
        assert answer.content == made_files()[name]
        assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert "script-src" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "name",
    ["none.csv", "made/plan.json", "../plan.json", "%2e%2e/plan.json", "calendars", "plan.json/"],
)
def test_what_is_no_file_of_the_plan_is_not_found(desk, name):
    assert desk.client.get(f"{desk.where}/files/{name}").status_code == 404


def test_files_are_held_back_from_an_edit_until_the_check_writes_them_anew(desk):
    visit, day = desk.lawful_move()
    desk.patch(visit, {"start": day})
    assert desk.client.get(f"{desk.where}/files").json()["fresh"] is False
    assert desk.client.get(f"{desk.where}/files/visits.csv").status_code == 409
    assert desk.post("check").json()["status"] == "checked"
    assert desk.client.get(f"{desk.where}/files").json()["fresh"] is True
    written = desk.client.get(f"{desk.where}/files/visits.csv").text.lstrip("\ufeff")
    rows = {row["visit_id"]: row for row in csv.DictReader(io.StringIO(written))}
    assert rows[visit]["start"] == day
    stored = {**desk.rows(), **desk.rows("dropped")}
    assert {k: (r["start"], r["lead"]) for k, r in rows.items()} == {
        k: (r["start"] or "", r["lead"]) for k, r in stored.items()
    }
    facts = desk.client.get(f"{desk.where}/files/plan.json").json()
    assert facts["plan_id"] == desk.client.get(desk.where).json()["name"]
    assert facts["journal"][0]["by"] == "lan"
    assert facts["parent"] == facts["birth"]["edited_from"]
    assert "calendar" not in facts  # nobody has seen the draft: no event is taken back
    assert not {name for name in names(desk) if "cancelled" in name}
    assert (
        day.replace("-", "")
        in desk.client.get(f"{desk.where}/files/calendars/{stored[visit]['lead']}.ics").text
    )


def test_after_every_edit_is_undone_the_files_are_byte_for_byte_as_made(office):
    desk = Desk(office, give_plan(office))
    visit = next(iter(desk.rows()))
    desk.patch(visit, {"days": 3}, force=True)
    desk.post("undo")
    assert desk.post("check").json()["status"] == "checked"
    for name, content in made_files().items():
        assert desk.client.get(f"{desk.where}/files/{name}").content == content, name


def test_an_edited_amendment_tells_of_its_changes_as_they_are_now(small_office):
    first = give_plan(small_office)
    desk = Desk(small_office, give_plan(small_office, content=amended_files(), previous=first))
    visit = max(desk.rows().values(), key=lambda row: row["start"])["visit_id"]
    members = desk.rows()[visit]["members"]
    desk.patch(visit, {"members": members[:-1]}, force=True)
    with small_office.store.reading() as db:
        told = plans.get(db, plans.VISITS, desk.plan).facts["replan"]
    (change,) = [c for c in told["changes"] if c["id"] == visit]
    assert change["members_after"] == ";".join(members[:-1])
    assert told["proven"] is False
    diff = desk.client.get(f"{desk.where}/diff?limit=500").json()
    assert {k: n for k, n in diff["counts"].items() if n} == {
        k: n for k, n in told["visits"].items() if n
    }
