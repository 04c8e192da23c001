"""Findings from the door: who may write which, from when on, and their way along the follow-up board."""

import json
from dataclasses import replace
from datetime import date

import pytest

from data.records import PlannedVisit
from data.records.actors import PROGRAM
from data.store import findings
from data.store.findings import FindingText
from scheduler.journeys.online.opened import open_office
from scheduler.journeys.year import year_desk
from tests.api.test_assignments import HA, HAI, LAN, OTHER, VISIT, inspector

URL, BOARD = "/api/v1/findings", "/api/v1/follow-ups"
OWN = f"/api/v1/assignments/{VISIT.visit_id}/findings"
FOUND = {"severity": "major", "remedy_due": "2027-04-30", "text": "Chưa niêm yết «thủ tục»"}
PROOF = {"proof": "Báo cáo số 15/BC-UBND", "on": "2027-03-08"}


@pytest.fixture
def begun(office):
    """A server on the first day of a visit."""
    return _begun(office)


@pytest.fixture
def small(small_office):
    """The same, on SQLite alone."""
    return _begun(small_office)


def _begun(office):
    office.dataset()
    with office.store.upkeep() as db:
        db.execute(findings.table.delete())  # those that came with the data
    office.plan = office.version([VISIT, OTHER])
    office.later(days=7)
    return office


def tag(answer):
    return {"If-Match": answer.headers["ETag"]}


def test_a_finding_goes_from_entry_to_proof_to_closing(begun):
    lan = inspector(begun)
    made = lan.post(OWN, json=FOUND)
    assert made.status_code == 201
    assert made.json()["finding_id"] == f"TT-2027-{made.json()['id']:05}"
    assert made.json()["unit_id"] == "00004"
    where = made.headers["Location"]
    worse = lan.put(where, json={**FOUND, "severity": "critical"}, headers=tag(made))
    assert worse.json()["severity"] == "critical"
    proved = lan.put(f"{where}/proof", json=PROOF, headers=tag(worse))
    assert (proved.json()["proof_on"], proved.json()["closed_on"]) == ("2027-03-08", None)
    closed = lan.put(f"{where}/closing", json=PROOF, headers=tag(proved))
    assert closed.json()["closed_on"] == "2027-03-08"
    late = lan.put(where, json=FOUND, headers=tag(closed))
    assert late.status_code == 409
    assert lan.get(OWN).json()["total"] == 1
    told = [line.action for line in begun.journal() if line.noun == "finding"]
    assert told == ["finding.added", "finding.changed", "finding.proved", "finding.closed"]


@pytest.mark.parametrize(
    ("who", "status"), [(LAN, 201), (HA, 201), ("TV0005", 201), (HAI, 404), ("", 404)]
)
def test_whoever_was_on_the_visit_may_enter_and_nobody_else(small, who, status):
    assert inspector(small, who).post(OWN, json=FOUND).status_code == status
    with small.store.reading() as db:
        assert findings.page(db, 0, 9)[1] == (status == 201)


@pytest.mark.parametrize(
    ("role", "path", "status"),
    [
        ("inspector", URL, 403), ("planner", URL, 201), ("leader", URL, 403), ("hr", URL, 403),
        ("planner", OWN, 403), ("leader", OWN, 403), ("administrator", OWN, 403),
    ],
)  # fmt: skip
def test_each_door_has_its_roles(small, role, path, status):
    told = FOUND if path == OWN else {**FOUND, "visit_id": VISIT.visit_id}
    client = small.client(role, name=role, inspector_id=LAN)
    assert client.post(path, json=told).status_code == status


def test_the_finding_of_another_team_is_out_of_reach_by_every_way(small):
    small.later(days=30)
    planner = small.client("planner")
    theirs = planner.post(URL, json={**FOUND, "visit_id": OTHER.visit_id}).json()["id"]
    lan = inspector(small)
    for base in (OWN, f"/api/v1/assignments/{OTHER.visit_id}/findings"):
        where = f"{base}/{theirs}"
        answers = [
            lan.get(where), lan.put(where, json=FOUND, headers={"If-Match": '"r1"'}),
            lan.put(f"{where}/proof", json=PROOF, headers={"If-Match": '"r1"'}),
            lan.put(f"{where}/closing", json=PROOF, headers={"If-Match": '"r1"'}),
            lan.put(f"{where}/withdrawal", json={"reason": "x"}, headers={"If-Match": '"r1"'}),
        ]  # fmt: skip
        assert [answer.status_code for answer in answers] == [404] * 5
    assert planner.get(f"{URL}/{theirs}").json()["revision"] == 1


def test_who_leaves_the_team_by_an_amendment_loses_sight_of_its_findings(small):
    made = inspector(small).post(OWN, json=FOUND).json()["id"]
    small.version([replace(VISIT, lead=HAI, members=()), OTHER], amends=small.plan)
    assert inspector(small).get(f"{OWN}/{made}").status_code == 404
    assert inspector(small, HAI).get(f"{OWN}/{made}").status_code == 200


@pytest.mark.parametrize(("days", "status"), [(-1, 409), (0, 201), (400, 201)])
def test_findings_are_entered_from_the_first_day_on(small, days, status):
    small.later(days=days)
    assert inspector(small).post(OWN, json=FOUND).status_code == status
    planned = {**FOUND, "visit_id": VISIT.visit_id}
    assert small.client("planner").post(URL, json=planned).status_code == status


@pytest.mark.parametrize(
    ("due", "status"),
    [
        ("2027-03-08", 409), ("2027-03-09", 201), ("2032-01-01", 201), ("2033-01-01", 409),
        ("9999-12-31", 422), ("31/03/2027", 422),
    ],
)  # fmt: skip
def test_a_remedy_is_due_from_the_end_of_the_visit_on(small, due, status):
    lan = inspector(small)
    assert lan.post(OWN, json={**FOUND, "remedy_due": due}).status_code == status
    made = lan.post(OWN, json=FOUND)
    changed = lan.put(
        made.headers["Location"], json={**FOUND, "remedy_due": due}, headers=tag(made)
    )
    assert changed.status_code == (200 if status == 201 else status)


@pytest.mark.parametrize("step", ["proof", "closing"])
@pytest.mark.parametrize(
    ("day", "status"),
    [("2027-03-08", 200), ("2027-03-09", 409), ("2027-03-07", 409)],
)
def test_a_proof_is_of_a_day_from_the_visit_to_today(small, step, day, status):
    lan = inspector(small)
    made = lan.post(OWN, json=FOUND)
    where = f"{made.headers['Location']}/{step}"
    assert lan.put(where, json={**PROOF, "on": day}, headers=tag(made)).status_code == status
    assert lan.put(where, json={"on": day}, headers=tag(made)).status_code == 422  # without words


def test_what_is_withdrawn_is_gone_with_its_reason_kept(begun):
    lan = inspector(begun)
    made = lan.post(OWN, json=FOUND)
    where = made.headers["Location"]
    assert lan.put(f"{where}/withdrawal", json={}, headers=tag(made)).status_code == 422
    gone = lan.put(f"{where}/withdrawal", json={"reason": "Ghi trùng"}, headers=tag(made))
    assert gone.status_code == 204
    assert lan.get(where).status_code == 404
    assert begun.client("planner").get(URL).json()["total"] == 0
    with begun.store.reading() as db:
        assert findings.all_of(db) == ()
        row = db.execute(findings.table.select()).one()
    assert row.withdrawn_why == "Ghi trùng"


def test_the_second_of_two_writers_changes_nothing(begun):
    lan, ha = inspector(begun), inspector(begun, HA)
    made = lan.post(OWN, json=FOUND)
    where = made.headers["Location"]
    assert lan.put(where, json={**FOUND, "text": "một"}, headers=tag(made)).status_code == 200
    for late in (
        ha.put(where, json={**FOUND, "text": "hai"}, headers=tag(made)),
        ha.put(f"{where}/closing", json=PROOF, headers=tag(made)),
        ha.put(f"{where}/withdrawal", json={"reason": "?"}, headers=tag(made)),
    ):
        assert late.status_code == 412
    assert ha.put(where, json=FOUND).status_code == 428
    assert lan.get(where).json()["text"] == "một"


def test_the_same_entry_sent_twice_is_one_finding(small):
    lan, key = inspector(small), {"Idempotency-Key": "tay-run-0001"}
    first, again = (lan.post(OWN, json=FOUND, headers=key) for _ in range(2))
    assert first.json() == again.json()
    assert lan.get(OWN).json()["total"] == 1


def test_an_offices_own_code_that_looks_like_ours_is_no_clash(small):
    lan = inspector(small)
    first = lan.post(OWN, json=FOUND).json()
    with small.store.writing(PROGRAM, small.now) as work:
        db = work.db
        db.execute(
            findings.table.update()
            .where(findings.table.c.id == first["id"])
            .values(finding_id=f"TT-2027-{first['id'] + 1:05}")
        )
        work.tell("test", "finding", first["id"])
    second = lan.post(OWN, json=FOUND).json()
    assert second["finding_id"] == f"TT-2027-{second['id']:05}b"


HOSTILE = (
    {"text": "x\u0000y"}, {"text": ""}, {"text": "   "}, {"text": "x" * 4001}, {"severity": "huge"},
    {"unit_id": "00097"}, {"visit_id": OTHER.visit_id}, {"closed_on": "2027-03-08"}, {"remedy_due": None},
    {"text": "\ud800"},
)  # fmt: skip


def test_hostile_text_is_refused_with_a_clear_word(begun):
    lan = inspector(begun)
    for told in HOSTILE:
        sent = json.dumps({**FOUND, **told}).encode()
        answer = lan.post(OWN, content=sent, headers={"Content-Type": "application/json"})
        assert answer.status_code in (400, 422), told
        assert answer.headers["content-type"] == "application/problem+json"
    assert lan.get(OWN).json()["total"] == 0


def test_hostile_numbers_find_nothing(begun):
    planner, lan = begun.client("planner"), inspector(begun)
    for ident in ("0", "-1", "2147483648", "99999999999999999999", "x", "1%00"):
        assert planner.get(f"{URL}/{ident}").status_code in (400, 404, 422)
        assert lan.get(f"{OWN}/{ident}").status_code in (400, 404, 422)


def test_planners_write_for_past_visits_of_the_data_and_for_no_others(small):
    planner = small.client("planner")
    past = planner.post(URL, json={**FOUND, "visit_id": "KT2026-011"})
    assert (past.status_code, past.json()["unit_id"]) == (201, "00322")
    for unknown in ("KT1999-001", OTHER.visit_id[:-1], "%"):
        answer = planner.post(URL, json={**FOUND, "visit_id": unknown})
        assert answer.status_code == 404
    small.version([replace(VISIT, visit_id="2028-DK-1")], "draft", year=2028)
    assert planner.post(URL, json={**FOUND, "visit_id": "2028-DK-1"}).status_code == 404
    listed = planner.get(f"{URL}?visit_id=KT2026-011&open=true").json()
    assert listed["total"] == 1
    assert planner.get(f"{URL}?open=false").json()["total"] == 0


def test_the_next_plan_owes_a_follow_up_of_what_was_entered_online(begun):
    inspector(begun).post(OWN, json={**FOUND, "remedy_due": "2027-12-01"})
    desk = year_desk(open_office(begun.store), 2028)
    owed = [o for o in desk.case.owed if o.follows == VISIT.visit_id]
    assert [(o.kind, o.unit_id) for o in owed] == [("follow_up", "00004")]


# --- the board ---------------------------------------------------------------------------------------


def put(office, due, *, visit=VISIT.visit_id, unit="00004", severity="minor", **more):
    """A finding in the store, as the step that accepts a dataset leaves it."""
    with office.store.writing(PROGRAM, office.now) as work:
        made = findings.add(work, visit, unit, 2027, FindingText(severity, due, "?"))
        if more:
            findings.change(work, made, 1, "test", **more)
        return made.finding_id


def test_the_board_puts_what_is_overdue_first_and_counts_every_state(begun):
    today = date(2027, 3, 8)
    closed = put(begun, date(2027, 1, 5), closed_on=date(2027, 1, 4))
    open_ = put(begun, date(2027, 3, 23))
    soon, today_ = put(begun, date(2027, 3, 22)), put(begun, today)
    late, later = put(begun, date(2027, 3, 7)), put(begun, date(2026, 3, 7))
    proof = put(begun, date(2026, 1, 1), proof_on=date(2026, 6, 1), proof="x")
    planner = begun.client("planner")
    board = planner.get(BOARD).json()
    assert [card["finding"]["finding_id"] for card in board["items"]] == [
        later, late, today_, soon, open_, proof, closed,
    ]  # fmt: skip
    states = [card["state"] for card in board["items"]]
    assert states == ["overdue", "overdue", "due_soon", "due_soon", "open", "proof", "closed"]
    counts = {"overdue": 2, "due_soon": 2, "open": 1, "proof": 1, "closed": 1}
    assert (board["counts"], board["total"]) == (counts, 7)
    one = planner.get(f"{BOARD}?state=due_soon&limit=1&offset=1").json()
    assert (one["total"], len(one["items"]), one["counts"]) == (2, 1, counts)
    assert planner.get(f"{BOARD}?state=open&soon=15").json()["total"] == 0
    assert planner.get(f"{BOARD}?severity=critical").json()["total"] == 0


def test_the_board_tells_unit_visit_and_whether_somebody_looks_again(begun):
    again = PlannedVisit(
        "2027-TK-KT2026-011", "00322", "follow_up", follows="KT2026-011", start=date(2027, 3, 8),
        end=date(2027, 3, 9), days=2, lead=LAN,
    )  # fmt: skip
    begun.version([VISIT, OTHER, again], amends=begun.plan)
    begun.version([replace(again, visit_id="X", follows=VISIT.visit_id)], "draft", year=2028)
    due = date(2027, 3, 1)
    followed = put(begun, due, visit="KT2026-011", unit="00322")
    owed, strange = put(begun, due), put(begun, due, visit="KT1990-1", unit="GONE")
    past = put(begun, date(2026, 1, 1), closed_on=date(2026, 1, 1))
    planner = begun.client("planner")
    cards = {c["finding"]["finding_id"]: c for c in planner.get(BOARD).json()["items"]}
    told = {name: (c["reinspection"], c["unit_name"]) for name, c in cards.items()}
    assert told == {
        followed: ("planned", "Phường Tương Mai"), owed: ("owed", "Phường Ba Đình"),
        strange: ("owed", "GONE"), past: ("none", "Phường Ba Đình"),
    }  # fmt: skip
    assert cards[followed]["follow_up"]["visit_id"] == again.visit_id
    assert cards[followed]["window"] is None
    assert cards[followed]["visit"]["start"] == "2026-10-06"
    assert cards[owed]["window"] == {"first": "2027-03-29", "last": "2027-05-27"}
    assert cards[owed]["visit"]["end"] == "2027-03-09"
    assert cards[strange]["visit"]["start"] is None
    assert planner.get(f"{BOARD}?reinspection=owed&unit_id=00004").json()["total"] == 1
    begun.later(days=2)
    planner = begun.client("planner")
    assert planner.get(f"{BOARD}?reinspection=done").json()["total"] == 1


@pytest.mark.parametrize(
    ("role", "status"), [("planner", 200), ("leader", 200), ("inspector", 403), ("hr", 403)]
)
def test_who_sees_the_board(small, role, status):
    assert small.client(role).get(BOARD).status_code == status


def test_a_board_without_any_data_is_empty(small_office):
    board = small_office.client("planner").get(BOARD).json()
    assert (board["total"], sum(board["counts"].values())) == (0, 0)
