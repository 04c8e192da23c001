"""/assignments from the door: own visits of plans in force, and nothing else, whatever is asked for."""

from dataclasses import replace
from datetime import date

import pytest

from data.calendar import WorkCalendar
from data.records import PlannedVisit
from data.store import assignments, files

URL = "/api/v1/assignments"
LAN, HAI, HA = "TV0012", "TV0003", "TV0013"
VISIT = PlannedVisit(
    "2027-DK-00004", "00004", "periodic", start=date(2027, 3, 8), end=date(2027, 3, 9), days=2, lead=LAN,
    members=(HA, "TV0005"), reason="Đến kỳ",
)  # fmt: skip
OTHER = replace(
    VISIT, visit_id="2027-DK-00097", unit_id="00097", lead=HAI, members=("TV0010",),
    start=date(2027, 4, 5), end=date(2027, 4, 5),
)  # fmt: skip


def inspector(office, who=LAN, **more):
    return office.client("inspector", name=f"i-{who}", inspector_id=who, **more)


@pytest.fixture
def planned(office):
    """A server with a dataset and a published plan of two visits."""
    office.dataset()
    office.plan = office.version([VISIT, OTHER])
    return office


def test_an_own_visit_has_place_team_and_days(planned):
    found = inspector(planned).get(URL).json()
    assert found["total"] == 1
    told = found["items"][0]
    assert told["place"] == {
        "unit_id": "00004", "name": "Phường Ba Đình", "kind": "ward", "belongs_to": "",
        "area": "Quận Ba Đình", "lat": 21.03853, "lon": 105.83806,
    }  # fmt: skip
    assert [(who["name"], who["part"]) for who in told["team"]] == [
        ("Nguyễn Phương Lan", "lead"), ("Nguyễn Thị Hà", "secretary"), ("Đỗ Tuấn Bình", "member"),
    ]  # fmt: skip
    assert (told["part"], told["start"], told["days"]) == ("lead", "2027-03-08", 2)
    report = WorkCalendar().add(VISIT.end, 15)
    assert told["report_due"] == report.isoformat()
    assert told["remedy_due"] == WorkCalendar().add(VISIT.end, 45).isoformat()
    assert inspector(planned).get(f"{URL}/{VISIT.visit_id}").json() == told


@pytest.mark.parametrize(
    ("who", "rows", "status", "seen"),
    [
        (LAN, [VISIT], "published", True),
        (HA, [VISIT], "published", True),  # the secretary
        ("TV0005", [VISIT], "published", True),  # any member
        (HAI, [VISIT], "published", False),  # another team
        ("TV00", [VISIT], "published", False),  # not somebody whose code begins alike
        ("tv0012", [VISIT], "published", False),
        ("%", [VISIT], "published", False),
        ("", [VISIT], "published", False),  # an account that is nobody in the tables
        (LAN, [VISIT], "draft", False),
        (LAN, [VISIT], "checked", False),
        (LAN, [VISIT], "submitted", False),
        (LAN, [VISIT], "approved", False),
        (LAN, [VISIT], "discarded", False),
        (LAN, [VISIT], "amended", False),  # replaced by a version without it
        (LAN, [VISIT], "closed", True),  # the record of the year
        (LAN, [replace(VISIT, status="dropped", start=None, end=None)], "published", False),
        (LAN, [replace(VISIT, kind="surprise")], "published", False),
        ("", [replace(VISIT, lead="", members=("",))], "published", False),
    ],
)  # fmt: skip
def test_a_visit_is_seen_by_those_who_go_once_it_is_in_force(small_office, who, rows, status, seen):
    small_office.dataset()
    small_office.version(rows, status)
    client = inspector(small_office, who)
    assert client.get(f"{URL}/{VISIT.visit_id}").status_code == (200 if seen else 404)
    assert client.get(URL).json()["total"] == seen
    assert client.get(f"{URL}/{VISIT.visit_id}/findings").status_code == (200 if seen else 404)


def test_who_asks_cannot_name_somebody_else(planned):
    hai = inspector(planned, HAI)
    for more in (f"?inspector_id={LAN}", f"?who={LAN}", f"?by={LAN}"):
        assert [v["visit_id"] for v in hai.get(URL + more).json()["items"]] == [OTHER.visit_id]


def test_after_an_amendment_the_new_version_counts(planned):
    moved = replace(VISIT, start=date(2027, 5, 3), end=date(2027, 5, 4), lead=HAI, members=(LAN,))
    planned.version([moved], amends=planned.plan)
    told = inspector(planned).get(f"{URL}/{VISIT.visit_id}").json()
    assert (told["start"], told["part"]) == ("2027-05-03", "secretary")
    assert inspector(planned, HA).get(f"{URL}/{VISIT.visit_id}").status_code == 404
    assert inspector(planned, HAI).get(f"{URL}/{OTHER.visit_id}").status_code == 404  # dropped


def test_a_draft_beside_the_plan_in_force_changes_nothing(planned):
    planned.version([replace(VISIT, lead=HAI, members=()), OTHER], "draft")
    assert inspector(planned).get(f"{URL}/{VISIT.visit_id}").status_code == 200
    assert [v["visit_id"] for v in inspector(planned, HAI).get(URL).json()["items"]] == [
        OTHER.visit_id
    ]


def test_a_plan_published_in_place_of_a_closed_one_is_the_only_one(small_office):
    small_office.dataset()
    small_office.version([VISIT], "closed")
    small_office.later(days=1)
    small_office.version([OTHER])
    assert inspector(small_office).get(URL).json()["total"] == 0
    assert inspector(small_office, HAI).get(URL).json()["total"] == 1


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ("from=2027-03-09&to=2027-03-20", True),  # the last day touches
        ("from=2027-03-10&to=2027-03-20", False),
        ("from=2027-02-01&to=2027-03-08", True),
        ("from=2027-02-01&to=2027-03-07", False),
        ("from=2027-03-09&to=2027-03-08", True),  # both days are the visit's own
        ("from=2028-01-01", False),
    ],
)
def test_the_days_that_are_asked_for(small_office, asked, there):
    small_office.dataset()
    small_office.version([VISIT])
    assert inspector(small_office).get(f"{URL}?{asked}").json()["total"] == there


@pytest.mark.parametrize(
    ("days", "state"),
    [(6, "coming"), (7, "under_way"), (8, "under_way"), (9, "report_due"), (29, "report_due"), (30, "over")],
)  # fmt: skip
def test_the_state_follows_the_day(small_office, days, state):
    small_office.dataset()
    small_office.version([VISIT])
    assert WorkCalendar().add(VISIT.end, 15) == date(2027, 3, 30)
    client = inspector(small_office)
    small_office.later(days=days)
    client = inspector(small_office)
    assert client.get(f"{URL}/{VISIT.visit_id}").json()["state"] == state


def test_the_offices_own_holidays_put_the_report_off(small_office):
    dataset = small_office.dataset()
    own = b"date,kind,name\n2027-03-10,holiday,L\xe1\xbb\x85 h\xe1\xbb\x99i\n"
    with small_office.store.upkeep() as db:
        files.put(db, "dataset", dataset, {"tables/calendar.csv": own})
    small_office.version([VISIT])
    told = inspector(small_office).get(f"{URL}/{VISIT.visit_id}").json()
    assert told["report_due"] == "2027-03-31"


def test_a_dataset_without_names_leaves_codes(small_office):
    dataset = small_office.dataset()
    with small_office.store.upkeep() as db:
        files.drop(db, "dataset", dataset, ["tables/inspectors.csv", "tables/units.csv"])
    small_office.version([VISIT])
    told = inspector(small_office).get(f"{URL}/{VISIT.visit_id}").json()
    assert (told["place"]["name"], told["place"]["lat"]) == ("00004", None)
    assert told["team"][0]["name"] == LAN


def test_hostile_codes_find_nothing(office):
    office.dataset()
    office.version([VISIT])
    client = inspector(office)
    for name in (
        "..%2F..%2Fetc", "%00", "a" * 101, "2027-DK-00004%00", "' OR '1'='1", "%F0%9F%98%80", "%25",
    ):  # fmt: skip
        for tail in ("", "/findings", "/papers/bien-ban.docx"):
            assert client.get(f"{URL}/{name}{tail}").status_code in (400, 404, 422), name


def test_a_page_of_assignments_counts_all(small_office):
    small_office.dataset()
    small_office.version([replace(VISIT, visit_id=f"V{n}", unit_id=f"U{n}") for n in range(3)])
    found = inspector(small_office).get(f"{URL}?limit=2&offset=2").json()
    assert (found["total"], [v["visit_id"] for v in found["items"]]) == (3, ["V2"])


def test_visits_that_have_begun_are_told_to_the_next_plan(office):
    office.dataset()
    plan = office.version([VISIT, OTHER])
    with office.store.reading() as db:
        assert assignments.visits_done(db, date(2027, 3, 7)) == ()
        done = assignments.visits_done(db, date(2027, 3, 8))
    assert [(v.visit_id, v.lead, v.members) for v in done] == [(VISIT.visit_id, LAN, VISIT.members)]
    office.version([OTHER], amends=plan)
    with office.store.reading() as db:
        assert [v.visit_id for v in assignments.visits_done(db, date(2027, 12, 31))] == [
            OTHER.visit_id
        ]
