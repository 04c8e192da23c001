"""/other-plans: another body's plan is read, matched, confirmed row by row, and waits as a new dataset."""

import csv
import io

import pytest

from data.store import datasets, files
from scheduler.journeys.online import journal, opened, other_plan_rows
from tests.api.test_hostile_uploads import saved
from tests.other_plan_papers import BODY, FOUND, annex
from tests.plan_offices import give_plan, replaced_dataset
from tests.uploads import UPLOADS, lines, table

WHERE = "/api/v1/other-plans"
SURE = {"number": 1, "unit_id": "HN-STC", "start": "2027-05-03", "end": "2027-05-14"}
NOBODY = {"number": 4, "ours": False}


@pytest.fixture
def desk(office):
    """A planner with the plan of another body, on both engines."""
    office.dataset()
    return Desk(office)


@pytest.fixture
def small_desk(small_office):
    small_office.dataset()
    return Desk(small_office)


class Desk:
    def __init__(self, office):
        self.office, self.client = office, office.client("planner", name="lan", lang="vi")

    def send(self, content=None, name="phụ lục.xlsx", client=None, **form):
        return (client or self.client).post(
            f"{WHERE}/uploads", files={"file": (name, annex() if content is None else content)},
            data={"body": BODY, "year": "2027", **form},
        )  # fmt: skip

    def read(self, ident):
        return self.client.get(f"{WHERE}/{ident}").json()

    def accept(self, ident, *rows, tag='"r1"', **headers):
        return self.client.post(
            f"{WHERE}/{ident}/accept", json={"rows": list(rows)},
            headers={"If-Match": tag, **headers},
        )  # fmt: skip

    def states(self, ident):
        return [row["state"] for row in self.read(ident)["items"]]

    def bring_in(self, dataset):
        """The dataset checked and accepted, as a person does it on its page."""
        self.office.work()
        where = f"/api/v1/datasets/{dataset}"
        tag = self.client.get(where).headers["ETag"]
        return self.client.post(f"{where}/accept", headers={"If-Match": tag})

    def table(self, dataset):
        """Rows of the table of days of a dataset as it was sent."""
        with self.office.store.reading() as db:
            sent = files.read(db, "dataset", dataset, f"{datasets.UPLOAD}blackouts.csv")
        return list(csv.DictReader(io.StringIO(sent.decode())))


def test_every_name_is_there_with_its_unit_and_nobody_is_skipped_in_silence(desk):
    answer = desk.send()
    assert answer.status_code == 201
    found = answer.json()
    assert [
        (row["found"], row["candidates"][0]["unit_id"] if row["candidates"] else "")
        for row in found["items"]
    ] == list(FOUND)
    assert [row["sure"] for row in found["items"]] == [True, False, False, False, True]
    assert found["skipped"] == [{"sheet": "Phụ lục", "row": 4}]
    assert found["open"] == found["rows"] == 5
    old = found["items"][2]["candidates"][0]
    assert "Quán Thánh" in old["old_name"]
    assert found["items"][4]["note"] != ""
    assert desk.client.get(answer.headers["Location"]).json() == found
    assert desk.client.get(WHERE).json()["total"] == 1


def test_exactly_the_confirmed_rows_become_days_of_a_new_dataset(desk):
    ident = desk.send().json()["id"]
    answer = desk.accept(ident, SURE, NOBODY)
    assert (answer.status_code, answer.headers["ETag"]) == (200, '"r2"')
    done = answer.json()
    assert (done["taken"], done["foreign"], done["open"]) == (1, 1, 3)
    sent = desk.table(done["dataset_id"])
    assert len(sent) == len(lines("blackouts"))  # the header's line is the one more
    new = {
        "unit_id": "HN-STC", "start": "2027-05-03", "end": "2027-05-14", "reason": "Ngân sách",
        "body": BODY,
    }  # fmt: skip
    assert sent[-1] == new
    assert desk.states(ident) == ["waiting", "open", "open", "foreign", "open"]
    before = opened.open_office(desk.office.store).blackouts
    assert desk.bring_in(done["dataset_id"]).status_code == 200
    assert desk.states(ident) == ["taken", "open", "open", "foreign", "open"]
    after = opened.open_office(desk.office.store).blackouts
    assert len(after) == len(before) + 1
    assert journal.verify(desk.office.store).holds


def test_rows_that_wait_come_along_with_the_next_ones(small_desk):
    ident = small_desk.send().json()["id"]
    small_desk.accept(ident, SURE)
    later = {"number": 2, "unit_id": "Phường Hồng Hà", "start": "2027-06-01", "end": "2027-06-04"}
    second = small_desk.accept(ident, later, tag='"r2"').json()["dataset_id"]
    assert [row["unit_id"] for row in small_desk.table(second)[-2:]] == ["HN-STC", "00097"]
    assert small_desk.bring_in(second).status_code == 200
    assert small_desk.states(ident)[:2] == ["taken", "taken"]


def test_a_row_that_waits_may_be_decided_anew_and_one_in_use_may_not(small_desk):
    ident = small_desk.send().json()["id"]
    small_desk.accept(ident, SURE)
    moved = {**SURE, "end": "2027-05-21"}
    second = small_desk.accept(ident, moved, tag='"r2"').json()["dataset_id"]
    days = [(row["unit_id"], row["end"]) for row in small_desk.table(second)]
    assert [day for day in days if day[0] == "HN-STC"] == [("HN-STC", "2027-05-21")]
    small_desk.bring_in(second)
    refused = small_desk.accept(ident, SURE, tag='"r3"')
    assert refused.status_code == 409
    assert "đã có trong dữ liệu" in refused.json()["detail"]


def test_days_that_were_taken_out_of_the_data_since_are_told_and_may_be_taken_again(small_desk):
    ident = small_desk.send().json()["id"]
    small_desk.bring_in(small_desk.accept(ident, SURE).json()["dataset_id"])
    sent = {"files": ("blackouts.csv", table("blackouts"))}
    without = small_desk.client.post(UPLOADS, files=sent, data={"base": "current"}).json()["id"]
    small_desk.bring_in(without)
    assert small_desk.states(ident)[0] == "lost"
    again = small_desk.accept(ident, SURE, tag='"r2"').json()["dataset_id"]
    assert small_desk.states(ident)[0] == "waiting"
    assert small_desk.table(again)[-1]["unit_id"] == "HN-STC"


def test_rows_that_are_nobody_of_ours_need_no_dataset(small_desk):
    ident = small_desk.send().json()["id"]
    done = small_desk.accept(ident, NOBODY).json()
    assert (done["taken"], done["dataset_id"]) == (0, None)
    assert small_desk.office.jobs.waiting == []


@pytest.mark.parametrize(("change", "word"), [
    ({"unit_id": "99999"}, "99999"), ({"unit_id": ""}, "Chọn đơn vị"), ({"end": None}, "từ ngày"),
    ({"end": "2027-05-02"}, "theo thứ tự"),
])  # fmt: skip
def test_a_row_without_unit_or_days_is_named_and_nothing_is_saved(small_desk, change, word):
    ident = small_desk.send().json()["id"]
    before = saved(small_desk.office)
    answer = small_desk.accept(ident, {**SURE, **change}, NOBODY)
    assert answer.status_code == 422
    (fault,) = answer.json()["faults"]
    assert (fault["table"], fault["row"]) == ("Phụ lục", 5)
    assert word in fault["message"]
    assert saved(small_desk.office) == before
    assert small_desk.states(ident) == ["open"] * 5


def test_rows_that_are_not_there_or_named_twice_are_refused(small_desk):
    ident = small_desk.send().json()["id"]
    assert small_desk.accept(ident, {**SURE, "number": 6}).status_code == 409
    assert small_desk.accept(ident, SURE, SURE).status_code == 409
    assert small_desk.accept(ident).status_code == 422
    assert small_desk.accept(ident + 1, SURE).status_code == 404


def test_of_two_people_at_one_plan_the_second_gets_a_word(desk):
    ident = desk.send().json()["id"]
    assert desk.accept(ident, NOBODY).status_code == 200
    assert desk.accept(ident, SURE).status_code == 412
    assert desk.states(ident) == ["open", "open", "open", "foreign", "open"]


def test_a_request_sent_again_makes_nothing_twice(small_desk):
    ident = small_desk.send().json()["id"]
    key = {"Idempotency-Key": "once-and-no-more"}
    first = small_desk.accept(ident, SURE, **key)
    again = small_desk.accept(ident, SURE, **key)
    assert again.json() == first.json()
    assert len(small_desk.office.jobs.waiting) == 1


def test_where_their_days_meet_our_plan_the_law_is_told_to_who_may_read_plans(small_desk):
    plan = give_plan(small_desk.office)
    ident = small_desk.send(
        annex((5, "Xã Nội Bài", "Đất đai", "từ 04/01/2027 đến 15/01/2027"))
    ).json()["id"]
    (met,) = small_desk.read(ident)["items"][-1]["meetings"]
    assert met["plan_id"] == plan
    assert "00433" in met["visit_id"]
    assert "Nghị định 217/2025" in met["source"]
    assert BODY in met["answer"]
    hr = small_desk.office.client("hr")
    assert hr.get(f"{WHERE}/{ident}").json()["items"][-1]["meetings"] == []


@pytest.mark.parametrize(("name", "content", "status"), [
    ("kế hoạch.pdf", b"%PDF", 422), ("kế hoạch.xlsx", b"", 422), ("kế hoạch.xlsx", b"no workbook", 422),
    ("kế hoạch.csv", "Đơn vị chủ trì,Thời kỳ\nSở A,2025\n".encode(), 422),
    ("kế hoạch.csv", b"\xff\xfe\x00", 422), ("kế hoạch.csv", "Đối tượng,Thời gian\n".encode(), 409),
    ("kế hoạch.csv", "Đối tượng,Thời gian\n".encode() + "Xã A,Quý I\n".encode() * 1001, 409),
])  # fmt: skip
def test_what_is_no_such_plan_is_refused_and_nothing_is_kept(small_desk, name, content, status):
    before = saved(small_desk.office)
    answer = small_desk.send(content, name)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert saved(small_desk.office) == before


def test_the_other_body_and_the_year_are_needed(small_desk):
    for form in ({"body": " \u200b "}, {"body": ""}, {"year": "27"}, {"body": "A" * 201}):
        assert small_desk.send(**form).status_code in (409, 422)
    assert small_desk.client.get(WHERE).json()["total"] == 0


def test_before_the_first_dataset_there_is_nothing_to_match_with(small_office):
    assert Desk(small_office).send().status_code == 409


@pytest.mark.parametrize(("role", "reads", "writes"), [
    ("planner", 200, 201), ("hr", 200, 201), ("leader", 403, 403), ("auditor", 403, 403),
])  # fmt: skip
def test_who_may_read_and_bring_them(small_desk, role, reads, writes):
    client = small_desk.office.client(role)
    assert client.get(WHERE).status_code == reads
    assert small_desk.send(client=client).status_code == writes


def test_data_that_are_accepted_in_the_same_moment_stop_it_and_nothing_is_decided(
    small_desk, monkeypatch
):
    ident = small_desk.send().json()["id"]

    def meanwhile(store, other_plan_id):
        replaced_dataset(small_desk.office)
        return show(store, other_plan_id)

    show = other_plan_rows.show_other_plan
    monkeypatch.setattr(other_plan_rows, "show_other_plan", meanwhile)
    assert small_desk.accept(ident, SURE).status_code == 409
    monkeypatch.undo()
    assert "waiting" not in small_desk.states(ident)
    assert small_desk.read(ident)["revision"] == 1


def withdraw(desk, ident, tag='"r1"', client=None):
    return (client or desk.client).delete(f"{WHERE}/{ident}", headers={"If-Match": tag})


def test_a_plan_brought_in_by_mistake_is_taken_back_and_its_number_is_not_given_again(desk):
    first, second = (desk.send().json()["id"] for _ in range(2))
    answer = withdraw(desk, second)
    assert (answer.status_code, answer.json()) == (200, {"dataset_id": None, "waiting": []})
    assert [plan["id"] for plan in desk.client.get(WHERE).json()["items"]] == [first]
    assert desk.client.get(f"{WHERE}/{second}").status_code == 404
    assert withdraw(desk, second).status_code == 404
    assert desk.send().json()["id"] > second
    lines_told, _ = journal.list_lines(desk.office.store, 0, 100)
    assert ("other_plan.withdrawn", str(second)) in {
        (one.action, one.noun_id) for one in lines_told
    }
    assert journal.verify(desk.office.store).holds


def test_days_in_use_leave_the_data_with_a_dataset_that_is_accepted_as_any(desk):
    before = opened.open_office(desk.office.store).blackouts
    ident = desk.send().json()["id"]
    desk.bring_in(desk.accept(ident, SURE, NOBODY).json()["dataset_id"])
    assert len(opened.open_office(desk.office.store).blackouts) == len(before) + 1
    without = withdraw(desk, ident, '"r2"').json()["dataset_id"]
    assert len(opened.open_office(desk.office.store).blackouts) == len(before) + 1  # not yet
    assert desk.bring_in(without).status_code == 200
    assert set(opened.open_office(desk.office.store).blackouts) == set(before)


def test_days_that_a_second_plan_brought_as_well_stay(small_desk):
    first, second = (small_desk.send().json()["id"] for _ in range(2))
    small_desk.bring_in(small_desk.accept(first, SURE).json()["dataset_id"])
    other = {**SURE, "number": 2, "unit_id": "00097"}
    small_desk.bring_in(small_desk.accept(second, SURE | {"number": 1}, other).json()["dataset_id"])
    without = withdraw(small_desk, second, '"r2"').json()["dataset_id"]
    units = [row["unit_id"] for row in small_desk.table(without)]
    assert units.count("00097") == units_before(small_desk, "00097") - 1
    assert "HN-STC" in units


def units_before(desk, unit):
    return sum(day.unit_id == unit for day in opened.open_office(desk.office.store).blackouts)


def test_days_that_only_wait_are_named_and_do_not_come_back_with_the_next_rows(small_desk):
    first, second = (small_desk.send().json()["id"] for _ in range(2))
    waits = small_desk.accept(first, SURE).json()["dataset_id"]
    small_desk.office.work()
    assert withdraw(small_desk, first, '"r2"').json() == {"dataset_id": None, "waiting": [waits]}
    other = {**SURE, "number": 2, "unit_id": "00097"}
    later = small_desk.accept(second, other).json()["dataset_id"]
    assert [row["unit_id"] for row in small_desk.table(later)].count("HN-STC") == units_before(
        small_desk, "HN-STC"
    )


def test_taking_back_needs_the_right_and_the_plan_as_it_was_on_the_screen(small_desk):
    ident = small_desk.send().json()["id"]
    small_desk.accept(ident, NOBODY)
    assert withdraw(small_desk, ident).status_code == 412
    reader = small_desk.office.client("leader")
    assert withdraw(small_desk, ident, '"r2"', reader).status_code == 403
    assert small_desk.client.get(WHERE).json()["total"] == 1
    assert withdraw(small_desk, ident, '"r2"').status_code == 200
