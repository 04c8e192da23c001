"""A plan in force amended over HTTP, from the asking to the new version in force: of visits and of moves."""

import pytest

from tests.hr_office import accept, guarded_year, rotation
from tests.plan_offices import ON, amended_files, give_plan, publish

HTML = {"accept": "text/html"}


def published(office, where, maker):
    """The draft through all its steps by two people."""
    mine, leader = office.client(maker), office.client("leader")
    for client, step in ((mine, "check"), (mine, "submit"), (leader, "approve"), (mine, "publish")):
        tag = client.get(where).headers["ETag"]
        more = {"json": {"note": "Đồng ý"}} if step == "approve" else {}
        answer = client.post(f"{where}/{step}", headers={"If-Match": tag}, **more)
        assert answer.status_code == 200, answer.text
    return answer.json()


def made(office):
    """The version that the run which waits makes."""
    (run,) = office.work()
    assert run.status == "done", run.error
    return run.result["id"]


def test_a_year_in_force_is_amended_and_its_amendment_takes_its_place(small_office):
    office = small_office
    where = f"/api/v1/plans/{give_plan(office, 'planner')}"
    planner = office.client("planner")
    ask = {"on": ON, "time_limit_s": 1}
    assert planner.post(f"{where}/amendments", json=ask).status_code == 409  # not in force yet
    old = published(office, where, "planner")
    assert planner.post(f"{where}/amendments", json={**ask, "on": "2028-01-01"}).status_code == 409
    assert planner.post(f"{where}/amendments", json=ask).status_code == 202
    new = f"/api/v1/plans/{made(office)}"
    shown = planner.get(new).json()
    assert (shown["status"], shown["number"], shown["previous_id"]) == ("draft", 2, old["id"])
    counts = planner.get(f"{new}/diff").json()["counts"]
    assert counts["kept"] > 0  # the data are the same: nothing has to change
    assert sum(counts.values()) == counts["kept"]
    assert published(office, new, "planner")["status"] == "published"
    assert planner.get(where).json()["status"] == "amended"


def test_what_begins_before_the_amendment_has_no_form_to_change_it(small_office):
    first = give_plan(small_office, "planner")
    publish(small_office, first)
    new = give_plan(small_office, "planner", amended_files(), first)
    planner = small_office.client("planner", lang="vi")
    rows = planner.get(f"/api/v1/plans/{new}/visits?limit=500").json()["items"]
    days = {row["start"]: row["visit_id"] for row in rows if row["start"]}
    for day, may in (
        (max(d for d in days if d < ON), False),
        (min(d for d in days if d >= ON), True),
    ):
        page = planner.get(f"/plans/{new}/visits/{days[day]}", headers=HTML).text
        assert ("data-try" in page, "trước ngày ấy giữ nguyên" in page) == (may, not may)


def test_a_rotation_in_force_is_amended_from_its_page_without_somebody(small_office):
    office = small_office
    accept(office, guarded_year())
    plan = rotation(office)
    published(office, f"/api/v1/rotations/{plan}", "hr")
    hr = office.client("hr", lang="vi")
    form = hr.get(f"/rotations/{plan}/amend?q=an", headers=HTML).text
    assert 'name="without" value="An"' in form
    answer = hr.post(
        f"/rotations/{plan}/amend", data={"on": "2027-03-01", "without": ["An"]}, headers=HTML,
        follow_redirects=False,
    )  # fmt: skip
    assert answer.headers["location"].startswith("/runs/")
    new = made(office)
    compared = hr.get(f"/rotations/{new}/compare", headers=HTML).text
    assert "0 người giữ nguyên, 0 người thay đổi, 0 người thêm, 2 người bỏ." in compared
    left = hr.get(f"/rotations/{new}/staying", headers=HTML).text
    assert "rút khỏi kế hoạch" in left.lower()
    assert published(office, f"/api/v1/rotations/{new}", "hr")["status"] == "published"
    for page in (hr, office.client("leader", lang="vi")):
        assert "Đã có bản điều chỉnh" in page.get(f"/rotations/{plan}", headers=HTML).text


@pytest.mark.parametrize("kind", ["plans", "rotations"])
def test_who_reads_plans_amends_none(small_office, kind):
    leader = small_office.client("leader")
    answer = leader.post(f"/{kind}/1/amend", data={"on": ON}, headers=HTML)
    assert answer.status_code == 403
