"""/plans/{id}/visits: moved with a live check of every rule, refused, forced, undone; nothing is lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from data.store import plan_edits
from tests.plan_offices import bare_plan, give_plan, status_of

PLANS = "/api/v1/plans"


@pytest.fixture
def desk(small_office):
    """A planner before a plan."""
    return Desk(small_office, give_plan(small_office))


class Desk:
    def __init__(self, office, plan):
        self.office, self.plan = office, plan
        self.client = office.client("planner", name="lan")
        self.where = f"{PLANS}/{plan}"

    def tag(self):
        return self.client.get(self.where).headers["ETag"]

    def rows(self, status="scheduled"):
        found = self.client.get(f"{self.where}/visits?limit=500&status={status}").json()["items"]
        return {row["visit_id"]: row for row in found}

    def patch(self, visit, change, tag=None, client=None, **query):
        return (client or self.client).patch(
            f"{self.where}/visits/{visit}", json=change, params=query,
            headers={"If-Match": tag or self.tag()},
        )  # fmt: skip

    def post(self, step):
        return self.client.post(f"{self.where}/{step}", headers={"If-Match": self.tag()})

    def lawful_move(self):
        """A visit, and a day to which the live check lets it move."""
        tag = self.tag()
        for visit, row in self.rows().items():
            if row["kind"] == "follow_up":
                continue
            for days in (7, 14, 21, 28):
                day = (date.fromisoformat(row["start"]) + timedelta(days=days)).isoformat()
                tried = self.patch(visit, {"start": day}, tag, dry_run=True).json()
                if not tried["broken"]:
                    return visit, day
        raise AssertionError


def sunday():
    return "2027-09-12"


def test_a_visit_is_moved_and_its_last_day_follows_by_working_days(desk):
    visit, day = desk.lawful_move()
    before = desk.rows()[visit]
    answer = desk.patch(visit, {"start": day, "days": 2}, dry_run=True).json()
    assert date.fromisoformat(answer["visit"]["end"]) > date.fromisoformat(day)
    moved = desk.patch(visit, {"start": day}).json()
    assert (moved["saved"], moved["broken"]) == (True, [])
    assert desk.rows()[visit] == {**before, "start": day, "end": moved["visit"]["end"]}
    assert {cell["column"] for cell in moved["changes"]} == {"start", "end"}


def test_a_friday_visit_of_two_days_ends_on_monday(desk):
    visit = next(iter(desk.rows()))
    tried = desk.patch(visit, {"start": "2027-09-10", "days": 2}, dry_run=True).json()
    assert tried["visit"]["end"] == "2027-09-13"


def test_what_is_only_tried_changes_nothing(desk):
    visit, day = desk.lawful_move()
    before, tag = desk.rows(), desk.tag()
    tried = desk.patch(visit, {"start": day}, dry_run=True)
    assert (tried.json()["saved"], tried.headers["ETag"]) == (False, tag)
    assert (desk.rows(), desk.tag()) == (before, tag)


def test_a_move_that_breaks_a_rule_is_refused_with_the_rules_name(desk):
    visit, before = next(iter(desk.rows())), desk.rows()
    answer = desk.patch(visit, {"start": sunday()})
    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/breaches"
    assert "calendar.working-days" in {fault["rule"] for fault in answer.json()["faults"]}
    assert answer.json()["faults"][0]["visits"] == [visit]
    assert desk.rows() == before


def test_a_forced_draft_holds_its_breach_and_cannot_be_checked_until_it_is_mended(desk):
    visit = next(iter(desk.rows()))
    start = desk.rows()[visit]["start"]
    assert desk.patch(visit, {"start": sunday()}, force=True).json()["broken"]
    assert desk.post("check").json()["status"] == "draft"
    mended = desk.patch(visit, {"start": start}).json()
    assert "calendar.working-days" in {b["rule"] for b in mended["mended"]}
    assert desk.post("check").json()["status"] == "checked"


def test_an_edit_makes_a_checked_plan_a_draft(desk):
    visit, day = desk.lawful_move()
    assert desk.post("check").json()["status"] == "checked"
    desk.patch(visit, {"start": day}, dry_run=True)
    assert status_of(desk.office, desk.plan) == "checked"
    desk.patch(visit, {"start": day})
    assert status_of(desk.office, desk.plan) == "draft"


def test_a_visit_is_dropped_for_a_reason_and_put_back(desk):
    visit = next(v for v, row in desk.rows().items() if row["kind"] == "periodic")
    row = desk.rows()[visit]
    assert desk.patch(visit, {"status": "dropped", "reason": "ngắn"}, force=True).status_code == 409
    dropped = desk.patch(
        visit, {"status": "dropped", "reason": "Đơn vị đang sáp nhập"}, force=True
    ).json()["visit"]
    assert dropped["reason"] == "plan.dropped-by-hand: Đơn vị đang sáp nhập"
    assert (dropped["start"], dropped["lead"], dropped["days"]) == (None, "", 0)
    assert desk.patch(visit, {"start": row["start"]}).status_code == 409
    assert desk.patch(visit, {"status": "scheduled"}).status_code == 409
    back = desk.patch(
        visit,
        {"status": "scheduled", **{k: row[k] for k in ("start", "lead", "members")}},
    ).json()["visit"]
    assert back == {**row, "reason": back["reason"]}
    assert back["reason"]


def test_a_team_is_changed_and_nobody_is_on_it_twice(desk):
    visit, row = next(iter(desk.rows().items()))
    first, *others = row["members"]
    swapped = desk.patch(visit, {"members": [*others, first]}, force=True).json()
    assert swapped["visit"]["members"] == [*others, first]
    assert desk.patch(visit, {"lead": first}, force=True).status_code == 409
    unknown = desk.patch(visit, {"lead": "TV9999"}, force=True)
    assert unknown.status_code == 409
    assert "TV9999" in unknown.json()["detail"]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({}, 409), ({"start": "9999-12-31"}, 409), ({"start": "2027-02-30"}, 422), ({"days": 0}, 422),
        ({"days": 61}, 422), ({"end": "2027-05-01"}, 422), ({"lead": ""}, 422),
        ({"members": ["TV0001"] * 21}, 422), ({"status": "done"}, 422), ({"reason": "x" * 2001}, 422),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_before_anything_is_saved(desk, change, status):
    visit, before = next(iter(desk.rows())), desk.tag()
    assert desk.patch(visit, change, force=True).status_code == status
    assert desk.tag() == before


def test_a_visit_that_is_not_in_the_plan_is_not_found(desk):
    assert desk.patch("V-none", {"days": 2}).status_code == 404
    assert desk.client.get(f"{desk.where}/visits/V-none").status_code == 404
    assert desk.client.get(f"{PLANS}/999/visits").status_code == 404


def test_the_second_of_two_planners_loses_nothing_and_is_told(desk):
    minh = desk.office.client("planner", name="minh", lang="vi")
    visit, day = desk.lawful_move()
    tag = desk.tag()
    assert desk.patch(visit, {"start": day}, tag).status_code == 200
    other = next(v for v in desk.rows() if v != visit)
    late = desk.patch(other, {"days": 2}, tag, minh, force=True)
    assert late.status_code == 412
    assert "Có người đã sửa kế hoạch" in late.json()["detail"]
    assert desk.rows()[visit]["start"] == day


def test_of_two_edits_at_the_same_moment_one_is_saved(office):
    desk = Desk(office, give_plan(office))
    minh, tag = office.client("planner", name="minh"), desk.tag()
    one, other = list(desk.rows())[:2]
    with ThreadPoolExecutor(2) as pool:
        answers = [
            pool.submit(desk.patch, visit, {"days": 2}, tag, client, force=True)
            for visit, client in ((one, desk.client), (other, minh))
        ]
        assert sorted(a.result().status_code for a in answers) == [200, 412]
    with office.store.reading() as db:
        assert plan_edits.count(db, desk.plan) == 1


def test_thirty_edits_are_undone_one_after_the_other(desk):
    visit, made = next(iter(desk.rows())), desk.client.get(desk.where).json()
    rows, tag = [desk.rows()], desk.tag()
    for n in range(30):
        tag = desk.patch(visit, {"days": 2 + n % 2}, tag, force=True).headers["ETag"]
    for _ in range(29):
        tag = desk.client.post(f"{desk.where}/undo", headers={"If-Match": tag}).headers["ETag"]
    assert desk.rows()[visit]["days"] == 2
    last = desk.client.post(f"{desk.where}/undo", headers={"If-Match": tag})
    assert desk.rows() == rows[0]
    assert last.json()["undoable"] == 0
    for part in ("name", "goals", "counts", "coverage", "load", "warnings", "birth"):
        assert last.json()[part] == made[part]
    assert desk.post("undo").status_code == 409


def test_an_edited_plan_has_figures_and_a_name_of_its_own(desk):
    made = desk.client.get(desk.where).json()
    visit, row = next(iter(desk.rows().items()))
    desk.patch(visit, {"status": "dropped", "reason": "Đơn vị đang sáp nhập"}, force=True)
    edited = desk.client.get(desk.where).json()
    assert edited["counts"]["scheduled"] == made["counts"]["scheduled"] - 1
    days = {load["inspector_id"]: load["days"] for load in made["load"]}
    now = {load["inspector_id"]: load["days"] for load in edited["load"]}
    assert days[row["lead"]] - now[row["lead"]] == row["days"]
    assert edited["name"] != made["name"]
    assert edited["birth"]["edited_from"] == made["name"]
    assert (made["goals"] == [], edited["goals"] == []) == (False, True)


def test_edits_that_hold_are_listed_with_who_made_them(desk):
    visit, day = desk.lawful_move()
    desk.patch(visit, {"start": day})
    (edit,) = desk.client.get(f"{desk.where}/edits").json()["items"]
    assert (edit["by"], edit["rows"][0]["key"]) == ("lan", visit)
    assert edit["rows"][0]["after"]["start"] == day


@pytest.mark.parametrize("status", ["submitted", "approved", "published", "amended", "closed"])
def test_a_plan_past_its_draft_is_not_edited(small_office, status):
    desk = Desk(small_office, bare_plan(small_office, status))
    for answer in (desk.patch("V1", {"days": 1}, force=True), desk.patch("V1", {"days": 1}, dry_run=True),
                   desk.post("undo")):  # fmt: skip
        assert answer.status_code == 409
    assert desk.rows()["V1"]["days"] == 2


def test_rows_are_found_by_unit_and_by_person(desk):
    row = next(iter(desk.rows().values()))
    mine = desk.client.get(f"{desk.where}/visits?inspector={row['lead']}").json()
    assert all(row["lead"] in (v["lead"], *v["members"]) for v in mine["items"])
    unit = desk.client.get(f"{desk.where}/visits?unit={row['unit_id']}").json()
    assert {v["unit_id"] for v in unit["items"]} == {row["unit_id"]}
    assert 0 < mine["total"] < len(desk.rows())


def test_the_reserve_is_listed_by_week(desk):
    listed = desk.client.get(f"{desk.where}/reserve?limit=2").json()
    assert listed["total"] > 40
    assert [date.fromisoformat(w["week_start"]).weekday() for w in listed["items"]] == [0, 0]
