"""/datasets from the door: uploaded, checked in a run, compared, accepted one at a time; no grounds shown."""

import io
import threading
import zipfile
from urllib.parse import unquote

import pytest

from data.records.actors import PROGRAM
from data.store import datasets, files, journal, ledgers, pins, runs
from data.tables import read_dataset
from scheduler.journeys.online.opened import open_dataset, open_office
from tests.uploads import accept, checked, lines, send, table, whole_zip, workbook

ALL = {"du-lieu.zip": whole_zip()}
WHO = lines("inspectors")[1].split(b",")[0].decode()
PIN = {"inspector_id": WHO, "kind": "periodic", "must": True, "reason": "Ghi trực tuyến"}


def both(office, **more):
    """Somebody who is planner and HR."""
    return office.client("planner", "hr", name="tổng", **more)


def test_from_an_upload_to_the_dataset_in_use(office, tmp_path):
    who = both(office)
    sent = send(who, ALL)
    assert sent.status_code == 202
    assert sent.json()["status"] == "checking"
    [run] = office.work()
    assert (run.status, run.id) == ("done", sent.json()["run_id"])
    ready = who.get(sent.headers["Location"])
    assert (ready.json()["status"], ready.json()["fault_total"]) == ("ready", 0)
    assert ready.json()["counts"]["staff"] == 300
    with office.store.reading() as db:
        files.lay_out(db, "dataset", ready.json()["id"], tmp_path, datasets.TABLES)
    assert read_dataset(tmp_path).digest == ready.json()["digest"]
    used = who.post(
        f"{sent.headers['Location']}/accept", headers={"If-Match": ready.headers["ETag"]}
    )
    assert used.json()["status"] == "accepted"
    assert open_dataset(office.store).digest == ready.json()["digest"]


def test_faults_are_told_by_table_row_and_column_in_the_readers_language(small_office):
    small_office.dataset()
    bad = lines("units")
    bad[3] = bad[3].replace(b",ward,", b",phuongg,").replace(b",agency,", b",phuongg,")
    bad[3] = (
        bad[3]
        if b"phuongg" in bad[3]
        else b",".join([b"X1", b"Ten", b"phuongg", *bad[3].split(b",")[3:]])
    )
    planner = small_office.client("planner", lang="vi")
    found = checked(small_office, planner, {"units.csv": b"".join(bad)})
    assert found["status"] == "faulty"
    told = planner.get(f"/api/v1/datasets/{found['id']}/faults?table=units").json()
    assert {(f["table"], f["row"], f["column"], f["value"]) for f in told["items"]} >= {
        ("units", 4, "kind", "phuongg")
    }
    assert "không dùng được" in told["items"][0]["message"]
    english = planner.get(f"/api/v1/datasets/{found['id']}/faults?lang=en").json()
    assert english["total"] == found["fault_total"]
    assert accept(planner, found).status_code == 409


def test_the_planner_brings_units_and_everything_else_stays(small_office):
    before = small_office.dataset()
    planner = small_office.client("planner")
    changed = table("units").replace(lines("units")[1].split(b",")[1], "Tên «mới»".encode(), 1)
    found = checked(small_office, planner, {"units.csv": changed})
    assert (found["status"], found["came"], found["base_id"]) == ("ready", ["units"], before)
    changes = planner.get(f"/api/v1/datasets/{found['id']}/changes").json()
    assert (changes["against"], changes["over"], changes["ledgers"]) == (before, False, [])
    [told] = changes["tables"]
    assert (told["table"], told["added"], told["removed"], told["changed"]) == ("units", 0, 0, 1)
    assert told["examples"]["changed"][0]["columns"]["name"]["after"] == "Tên «mới»"
    assert accept(planner, found).status_code == 200
    assert len(open_office(small_office.store).staff) == 300
    assert open_office(small_office.store).units[0].name == "Tên «mới»"
    assert planner.get(f"/api/v1/datasets/{before}").json()["status"] == "replaced"


def test_an_empty_sheet_did_not_come_and_takes_nothing_away(small_office):
    small_office.dataset()
    planner = small_office.client("planner")
    rows = [line.decode().strip("\n").split(",") for line in lines("blackouts")]
    head = [line.decode().strip("\n").split(",") for line in lines("staff")[:1]]
    found = checked(small_office, planner, {"s.xlsx": workbook(blackouts=rows[:3], staff=head)})
    assert (found["came"], found["counts"]["staff"]) == (["blackouts"], 300)


def test_without_a_base_what_does_not_come_is_gone(small_office):
    small_office.dataset()
    planner = small_office.client("planner")
    found = checked(small_office, planner, {"units.csv": table("units")}, base="none")
    assert set(found["counts"]) == {"units"}
    assert found["base_id"] is None


def test_rows_that_no_longer_fit_are_told_as_not_having_come(small_office):
    small_office.dataset()
    planner = small_office.client("planner")
    found = checked(small_office, planner, {"units.csv": b"".join(lines("units")[:-20])})
    assert found["status"] == "faulty"
    told = planner.get(f"/api/v1/datasets/{found['id']}/faults").json()["items"]
    assert {fault["came"] for fault in told} == {False}


@pytest.mark.parametrize("name", ["deferrals", "measures", "relatives", "wishes"])
def test_grounds_of_people_are_brought_by_hr_only(small_office, name):
    small_office.dataset()
    planner, hr = small_office.client("planner"), small_office.client("hr")
    theirs = checked(small_office, planner, {f"{name}.csv": table(name)})
    assert theirs["status"] == "faulty"
    [fault] = planner.get(f"/api/v1/datasets/{theirs['id']}/faults").json()["items"]
    assert (fault["table"], fault["row"]) == (name, 0)
    assert "Take the table out of the file" in fault["message"]
    mine = checked(small_office, hr, {f"{name}.csv": table(name)})
    assert mine["status"] == "ready"
    assert accept(planner, mine).status_code == 403
    assert accept(hr, mine).status_code == 200


@pytest.mark.parametrize("name", ["deferrals", "measures", "relatives", "wishes"])
def test_tables_of_grounds_are_seen_by_hr_only(small_office, name):
    made = small_office.dataset()
    where = f"/api/v1/datasets/{made}/tables/{name}"
    assert small_office.client("planner").get(where).status_code == 403
    assert small_office.client("hr").get(where).json()["total"] == len(lines(name)) - 1


def test_columns_of_people_are_seen_and_searched_by_hr_only(small_office):
    made = small_office.dataset()
    where = f"/api/v1/datasets/{made}/tables/staff"
    planner, hr = small_office.client("planner"), small_office.client("hr")
    row = hr.get(where).json()["items"][0]
    seen = planner.get(where).json()
    assert "birth_date" in row
    assert "birth_date" not in seen["items"][0]
    assert "birth_date" not in [column["name"] for column in seen["columns"]]
    assert hr.get(where, params={"q": row["birth_date"]}).json()["total"] >= 1
    assert planner.get(where, params={"q": row["birth_date"]}).json()["total"] == 0


def test_search_knows_vietnamese_without_accents_and_counts_all(small_office):
    made = small_office.dataset()
    planner = small_office.client("planner")
    where = f"/api/v1/datasets/{made}/tables/units"
    found = planner.get(where, params={"q": "phuong", "limit": 2}).json()
    assert found["total"] > 2
    assert len(found["items"]) == 2
    assert all("phường" in row["name"].lower() for row in found["items"])
    assert planner.get(f"/api/v1/datasets/{made}/tables/unit").status_code == 404
    assert planner.get("/api/v1/datasets/99/tables/units").status_code == 404


def test_values_of_hr_stay_hidden_in_faults_and_changes(small_office):
    small_office.dataset()
    hr, planner = small_office.client("hr"), small_office.client("planner")
    bad = lines("deferrals")
    cells = bad[1].split(b",")
    bad[1] = b",".join([cells[0], "sinh con út".encode(), *cells[2:]])
    found = checked(small_office, hr, {"deferrals.csv": b"".join(bad)})
    where = f"/api/v1/datasets/{found['id']}/faults"
    assert "sinh con út" in hr.get(where).text
    assert "sinh con út" not in planner.get(where).text
    assert planner.get(where).json()["items"][0]["row"] == 2
    fewer = checked(small_office, hr, {
        "deferrals.csv": b"".join(lines("deferrals")[:-1]), "wishes.csv": b"".join(lines("wishes")[:-1]),
    })  # fmt: skip
    seen = {
        who: small_office.client(who).get(f"/api/v1/datasets/{fewer['id']}/changes").json()
        for who in ("hr", "planner")
    }
    assert seen["hr"]["ledgers"][0]["vanish"] == seen["planner"]["ledgers"][0]["vanish"] == 1
    assert len(seen["hr"]["ledgers"][0]["vanish_rows"]) == 1
    assert seen["planner"]["ledgers"][0]["vanish_rows"] == []
    assert len(seen["hr"]["tables"][0]["examples"]["removed"]) == 1
    assert seen["planner"]["tables"][0]["examples"]["removed"] == []


def test_two_who_accept_at_once_leave_one_dataset_in_use(office):
    before = office.dataset()
    one, other = office.client("planner", name="lan"), office.client("planner", name="minh")
    first = checked(office, one, {"blackouts.csv": b"".join(lines("blackouts")[:2])})
    second = checked(office, other, {"blackouts.csv": b"".join(lines("blackouts")[:3])})
    answers, start = [], threading.Barrier(2)

    def go(who, dataset):
        start.wait()
        answers.append(accept(who, dataset).status_code)

    threads = [threading.Thread(target=go, args=a) for a in ((one, first), (other, second))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200, 409]
    states = one.get("/api/v1/datasets?state=accepted").json()
    assert (states["total"], one.get(f"/api/v1/datasets/{before}").json()["status"]) == (
        1,
        "replaced",
    )


def test_who_comes_second_is_told_and_may_check_again(small_office):
    small_office.dataset()
    one, other = (
        small_office.client("planner", name="lan"),
        small_office.client("planner", name="minh", lang="vi"),
    )
    first = checked(small_office, one, {"blackouts.csv": b"".join(lines("blackouts")[:2])})
    second = checked(small_office, other, {"absences.csv": b"".join(lines("absences")[:3])})
    assert accept(one, first).status_code == 200
    late = accept(other, second)
    assert late.status_code == 409
    assert "Kiểm tra lại" in late.json()["detail"]
    where = f"/api/v1/datasets/{second['id']}"
    assert other.get(f"{where}/changes").json()["over"] is True
    tag = {"If-Match": f'"r{second["revision"]}"'}
    assert other.post(f"{where}/checks", json={}, headers=tag).status_code == 202
    small_office.work()
    now = other.get(where).json()
    assert (now["status"], now["base_id"]) == ("ready", first["id"])
    assert accept(other, now).status_code == 200
    assert len(open_office(small_office.store).blackouts) == 1
    assert len(open_office(small_office.store).absences) == 2


def test_a_stale_version_accepts_nothing(small_office):
    small_office.dataset()
    planner = small_office.client("planner")
    found = checked(small_office, planner, {"absences.csv": table("absences")})
    where = f"/api/v1/datasets/{found['id']}/accept"
    assert planner.post(where).status_code == 428
    assert planner.post(where, headers={"If-Match": '"r1"'}).status_code == 412
    assert accept(planner, found).status_code == 200
    assert accept(planner, found).status_code == 412


def test_what_is_written_online_stays_and_what_came_earlier_goes(office):
    office.dataset()
    planner = office.client("planner")
    rows = [
        ["unit_id", "kind", "must", "reason"], ["", "periodic", "true", "một"],
        ["", "thematic", "true", "hai"], ["", "follow_up", "true", "ba"],
    ]  # fmt: skip
    assert (
        accept(planner, checked(office, planner, {"g.xlsx": workbook(pins=rows)})).status_code
        == 200
    )
    pins = {pin["reason"]: pin for pin in planner.get("/api/v1/pins").json()["items"]}
    assert set(pins) == {"một", "hai", "ba"}
    planner.post("/api/v1/pins", json=PIN)
    two = f"/api/v1/pins/{pins['hai']['id']}"
    planner.put(two, json={**PIN, "reason": "hai, đã sửa"}, headers={"If-Match": '"r1"'})
    planner.delete(f"/api/v1/pins/{pins['ba']['id']}", headers={"If-Match": '"r1"'})

    again = [*rows[:1], *rows[2:], ["", "periodic", "false", "bốn"]]  # without the first
    found = checked(office, planner, {"g.xlsx": workbook(pins=again)})
    [told] = planner.get(f"/api/v1/datasets/{found['id']}/changes").json()["ledgers"]
    assert (told["table"], told["fresh"], told["vanish"], told["stays"]) == ("pins", 1, 1, 2)
    assert [row["reason"] for row in told["vanish_rows"]] == ["một"]
    assert accept(planner, found).status_code == 200
    held = planner.get("/api/v1/pins").json()["items"]
    assert [pin["reason"] for pin in held] == ["hai, đã sửa", "Ghi trực tuyến", "bốn"]
    assert [pin.reason for pin in open_office(office.store).pins] == [pin["reason"] for pin in held]
    assert two == f"/api/v1/pins/{held[0]['id']}"  # still the same row


def test_the_same_upload_again_changes_nothing_and_keeps_the_rows(small_office):
    who = both(small_office)
    assert accept(who, checked(small_office, who, ALL)).status_code == 200
    with small_office.store.reading() as db:
        before = {name: ledgers.rows(db, name) for name in ledgers.LEDGERS}
    again = checked(small_office, who, ALL)
    changes = who.get(f"/api/v1/datasets/{again['id']}/changes").json()
    assert (changes["tables"], changes["ledgers"]) == ([], [])
    assert accept(who, again).status_code == 200
    with small_office.store.reading() as db:
        after = {name: ledgers.rows(db, name) for name in ledgers.LEDGERS}
    for name, rows in before.items():
        assert [(r.id, r.values, r.revision) for r in rows] == [
            (r.id, r.values, r.revision) for r in after[name]
        ]


def test_a_finding_is_known_by_its_code_and_comes_back(small_office):
    small_office.dataset()
    planner = small_office.client("planner")
    rows = lines("findings")
    code = rows[1].split(b",")[0].decode()
    assert (
        accept(
            planner, checked(small_office, planner, {"findings.csv": b"".join(rows[:1] + rows[2:])})
        ).status_code
        == 200
    )
    assert code not in [f.finding_id for f in open_office(small_office.store).findings]
    assert (
        accept(
            planner, checked(small_office, planner, {"findings.csv": b"".join(rows)})
        ).status_code
        == 200
    )
    assert code in [f.finding_id for f in open_office(small_office.store).findings]


def test_rows_written_online_after_the_check_are_held_against_the_dataset(small_office):
    small_office.dataset()
    planner = small_office.client("planner")
    found = checked(small_office, planner, {"inspectors.csv": table("inspectors")})
    with small_office.store.writing(PROGRAM, small_office.now) as work:  # as before ids were held
        pins.add(work, pins.PinText(inspector_id="Không có ai", reason="?"))
    refused = accept(planner, found)
    assert refused.status_code == 409
    assert planner.get("/api/v1/datasets?state=accepted").json()["items"][0]["id"] != found["id"]
    again = planner.post(
        f"/api/v1/datasets/{found['id']}/checks", json={}, headers={"If-Match": f'"r{found["revision"]}"'}
    )  # fmt: skip
    small_office.work()
    told = planner.get(f"{again.headers['Location']}/faults").json()["items"]
    assert [(fault["table"], fault["value"], fault["came"]) for fault in told] == [
        ("pins", "Không có ai", False)
    ]


def test_an_older_check_that_ends_late_does_not_overwrite_a_newer_one(small_office):
    small_office.dataset()
    planner = small_office.client("planner")
    sent = send(planner, {"absences.csv": table("absences")})
    assert small_office.jobs.waiting
    with small_office.store.upkeep() as db:
        db.execute(
            datasets.table.update()
            .values(run_id=None)
            .where(datasets.table.c.id == sent.json()["id"])
        )
    small_office.work()
    assert planner.get(sent.headers["Location"]).json()["status"] == "checking"


def test_a_check_that_died_leaves_a_dataset_that_says_so(small_office):
    planner = small_office.client("planner")
    sent = send(planner, {"units.csv": table("units")})
    run_id = small_office.jobs.waiting.pop()
    with small_office.store.writing(PROGRAM, small_office.now) as work:
        runs.fail(work, run_id, {"kind": "refused", "vi": "Hết bộ nhớ.", "en": "Out of memory."})
    now = planner.get(sent.headers["Location"])
    assert now.json()["status"] == "stopped"
    assert planner.get("/api/v1/datasets?state=stopped").json()["total"] == 1
    tag = {"If-Match": now.headers["ETag"]}
    assert (
        planner.post(f"{sent.headers['Location']}/checks", json={}, headers=tag).status_code == 202
    )
    small_office.work()
    assert planner.get(sent.headers["Location"]).json()["status"] == "ready"


def test_the_file_as_it_came_is_for_who_brought_it_and_for_hr(small_office):
    lan, minh = (
        small_office.client("planner", name="lan"),
        small_office.client("planner", name="minh"),
    )
    found = checked(
        small_office, lan, {"Dữ liệu đơn vị.xlsx": workbook(units=[["unit_id"], ["U1"]])}
    )
    where = f"/api/v1/datasets/{found['id']}/download"
    mine = lan.get(where)
    assert mine.status_code == 200
    assert mine.content[:2] == b"PK"
    assert "Dữ liệu đơn vị.xlsx" in unquote(mine.headers["content-disposition"])
    assert minh.get(where).status_code == 403
    assert small_office.client("hr").get(where).content == mine.content
    several = checked(
        small_office, lan, {"units.csv": table("units"), "absences.csv": table("absences")}
    )
    packed = lan.get(f"/api/v1/datasets/{several['id']}/download").content
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.read("units.csv") == table("units")


def test_an_empty_installation_begins_with_the_template(small_office):
    planner = small_office.client("planner")
    found = planner.get("/api/v1/datasets/template", params={"lang": "vi"})
    assert "mau-du-lieu.xlsx" in found.headers["content-disposition"]
    empty = checked(small_office, planner, {"mẫu.xlsx": found.content})
    assert empty["status"] == "faulty"
    [fault] = planner.get(f"/api/v1/datasets/{empty['id']}/faults").json()["items"]
    assert (fault["table"], fault["row"]) == ("", 0)


def test_the_same_upload_sent_twice_under_one_key_is_one_dataset(small_office):
    planner = small_office.client("planner")
    body = planner.build_request(
        "POST", "/api/v1/datasets/uploads", files=[("files", ("units.csv", table("units")))]
    )
    content, kind = body.read(), body.headers["content-type"]
    headers = {"Idempotency-Key": "upload-0001", "Content-Type": kind}
    first = planner.post("/api/v1/datasets/uploads", content=content, headers=headers)
    again = planner.post("/api/v1/datasets/uploads", content=content, headers=headers)
    assert (again.status_code, again.json()["id"]) == (202, first.json()["id"])
    assert planner.get("/api/v1/datasets").json()["total"] == 1


def test_every_step_has_its_line_in_the_journal_without_anybodys_grounds(small_office):
    who = both(small_office)
    accept(who, checked(small_office, who, ALL))
    with small_office.store.reading() as db:
        told, _ = journal.lines(db, noun="dataset", limit=500)
    assert [line.action for line in reversed(told)] == [
        "dataset.came",
        "dataset.checked",
        "dataset.accepted",
    ]
    assert "illness" not in str(told)


def test_a_dataset_without_an_original_file_offers_none(small_office):
    made = small_office.dataset()
    shown = small_office.client("hr").get(f"/datasets/{made}", headers={"accept": "text/html"})
    assert (shown.status_code, f"/{made}/download" in shown.text) == (200, False)
