"""/draws and /envelopes: the record on the server grows by checked steps, no key comes, no target leaks."""

import csv
import io
import json
import zipfile
from functools import cache

import pytest

from api.settings import ServerSettings
from data.draws.record_zip import written_zip
from data.records.actors import PROGRAM
from data.store import datasets, files, plans
from tests import draw_seasons as seasons
from tests.clients import Office

DRAWS = "/api/v1/draws"


@cache
def stored():
    """File name in the store -> content of the season's dataset and plan."""
    folder = seasons.office()
    return files.gathered(folder / "data", datasets.TABLES), files.gathered(folder / "plan")


@pytest.fixture
def city(sqlite_store):
    """A server with the season's dataset accepted and its plan published, on 4 January."""
    tables, plan = stored()
    long = ServerSettings(session_idle_min=10**6, session_hours=10**5)
    small_office = Office(sqlite_store, long)
    small_office.now = seasons.moment(seasons.date(2027, 1, 4), "18:00")
    with small_office.store.writing(PROGRAM, small_office.now) as work:
        made = datasets.add(work, "city", status=datasets.ACCEPTED)
        files.put(work.db, "dataset", made, tables)
        version = plans.add(
            work, plans.VISITS, seasons.YEAR, name="p", title="Kế hoạch", trial=False, dataset_id=made,
            facts={}, status="draft",
        )  # fmt: skip
        files.put(work.db, "plan", version, plan)
        drafted = plans.get(work.db, plans.VISITS, version)
        plans.change(work, drafted, drafted.revision, status="published")
    return small_office


def packed(season, without=(), **more):
    folder = season / "draws"
    contents = {
        n: c for n, c in files.gathered(folder).items() if n != ".lock" and n not in without
    }
    return {"file": ("record.zip", written_zip({**contents, **more}), "application/zip")}


def begun(city, season):
    """A season on the server; the planner, and its address."""
    planner = city.client("planner")
    answer = planner.post(f"{DRAWS}/uploads", files=packed(season))
    assert answer.status_code == 201, answer.text
    return planner, answer.headers["Location"]


def taken_home(client, where, season, to):
    """The planner's record as a folder on a machine of its own, with the keys that never left it."""
    content = client.get(f"{where}/planner-record").content
    with zipfile.ZipFile(io.BytesIO(content)) as record:
        record.extractall(to / "draws")
    (to / "draws" / ".lock").touch()
    (to / "keys").symlink_to(season / "keys")
    return to


def units_of(season):
    """Names of the units that may be drawn."""
    with (seasons.office() / "data" / "units.csv").open(encoding="utf-8-sig", newline="") as file:
        found = [row["name"] for row in csv.DictReader(file) if row["kind"] in ("ward", "commune")]
    assert len(found) >= 10
    return found


def sealed_on_server(city, planner, where, day):
    city.now = seasons.moment(day - seasons.timedelta(days=1), "16:00")
    answer = planner.post(f"{where}/tables", json={"day": day.isoformat()})
    assert answer.status_code == 202, answer.text
    assert [run.status for run in city.work()] == ["done"]


def test_a_season_lives_from_ceremony_to_opening_without_a_key_on_the_server(city, tmp_path):
    season = seasons.fresh()
    planner, where = begun(city, season)
    day = seasons.days_of(season)[0]
    sealed_on_server(city, planner, where, day)
    home = taken_home(planner, where, season, tmp_path)
    seasons.run(home, day)
    city.now = seasons.moment(day, "06:30")
    assert planner.post(f"{where}/steps/uploads", files=packed(home)).json()["drawn"] == 1
    team = seasons.teams_out(home, day)[0]
    out = tmp_path / "envelope.json"
    at_hand = [seasons.key(home, "releaser")]
    seasons.draws.release(seasons.desk(home, day, "08:30"), day, team, at_hand, out)
    city.now = seasons.moment(day, "08:31")
    planner.post(f"{where}/steps/uploads", files=packed(home))
    paper = json.loads(out.read_bytes())
    handed = {
        "draw_id": 1,
        "day": paper["day"],
        "slot": paper["slot"] + 1,
        "team": team,
        "box": paper["box"],
    }
    leader = city.client("leader")
    assert leader.post("/api/v1/envelopes", json=handed).status_code == 201
    member = json.loads((home / "draws/planner/state.json").read_bytes())
    who = next(row["members"][0] for row in member["teams"] if row["team"] == team)
    mine = city.client("inspector", name="own", inspector_id=who)
    assert mine.get("/api/v1/envelopes").json()["items"][0]["team"] == team
    key = {
        "key": seasons.key(home, f"team-{team}").read_text(),
        "passphrase": seasons.secret(f"team-{team}"),
    }
    opening = f"/api/v1/envelopes/1/{paper['day']}/{paper['slot'] + 1}/{team}/open"
    target = mine.post(opening, json=key)
    assert target.status_code == 200, target.text
    assert target.json()["unit_id"]
    stranger = city.client("inspector", name="other", inspector_id="nobody-of-this-team")
    assert stranger.get("/api/v1/envelopes").json()["total"] == 0
    assert stranger.post(opening, json=key).status_code == 404
    assert mine.post(opening, json={**key, "passphrase": "sai mật khẩu"}).status_code == 409
    journal = city.journal()
    assert [x.action for x in journal if x.noun == "draw"][-1] == "envelope.opened"
    assert target.json()["name"] not in repr(journal)
    assert city.client("auditor").post(f"{where}/verify").json()["good"] is True


def test_nobody_learns_a_target_before_its_team_leaves(city, tmp_path):
    season = seasons.fresh()
    planner, where = begun(city, season)
    day = seasons.days_of(season)[0]
    sealed_on_server(city, planner, where, day)
    home = taken_home(planner, where, season, tmp_path)
    seasons.run(home, day)
    team = seasons.teams_out(home, day)[0]
    city.now = seasons.moment(day, "06:30")
    planner.post(f"{where}/steps/uploads", files=packed(home))
    handed = {"draw_id": 1, "day": day.isoformat(), "slot": 1, "team": team, "box": "00ff"}
    assert planner.post("/api/v1/envelopes", json=handed).status_code == 409
    names = units_of(season)
    for role in ("planner", "leader", "auditor"):
        client = city.client(role)
        told = "".join(client.get(f"{where}{part}").text for part in ("", "/days", "/lines"))
        assert not any(name in told for name in names)


def test_only_the_planner_reads_rates_and_teams(city):
    planner, where = begun(city, seasons.fresh())
    for role, status in (("auditor", 403), ("leader", 403), ("inspector", 403), ("hr", 403)):
        client = city.client(role)
        assert client.get(f"{where}/planner-record").status_code == status
        assert client.get(f"{where}/chances").status_code == status
    assert planner.get(f"{where}/chances").text.count("\n") > 20
    public = city.client("auditor").get(f"{where}/record").content
    assert "planner/state.json" not in zipfile.ZipFile(io.BytesIO(public)).namelist()
    assert "verify_record.py" in zipfile.ZipFile(io.BytesIO(public)).namelist()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda log: log, "no new line"),
        (lambda log: log[:-9] + b"\n", "not follow"),
        (lambda log: log.replace(b"2027", b"2028", 1), "not follow"),
        (lambda log: b"".join(log.splitlines(True)[:1]), "no new line"),
    ],
    ids=["the same", "cut", "changed", "shorter"],
)
def test_a_record_that_is_not_the_old_one_grown_is_refused(city, spoil, words):
    season = seasons.fresh()
    planner, where = begun(city, season)
    before = planner.get(where).json()
    log = (season / "draws" / "log.jsonl").read_bytes()
    answer = planner.post(
        f"{where}/steps/uploads", files=packed(season, **{"log.jsonl": spoil(log)})
    )
    assert answer.status_code == 409
    assert planner.get(where).json() == before


def test_a_sealed_paper_cannot_be_changed_by_a_step(city, tmp_path):
    season = seasons.fresh()
    planner, where = begun(city, season)
    day = seasons.days_of(season)[0]
    sealed_on_server(city, planner, where, day)
    home = taken_home(planner, where, season, tmp_path)
    seasons.run(home, day)
    city.now = seasons.moment(day, "06:30")
    answer = planner.post(
        f"{where}/steps/uploads", files=packed(home, **{"sealed/names": b"other"})
    )
    assert answer.status_code == 409
    assert "sealed/names" in answer.json()["detail"]


def test_a_record_with_a_key_file_in_it_is_refused(city):
    planner = city.client("planner")
    key = {"custodian-1.key": seasons.key(seasons.fresh(), "custodian-1").read_bytes()}
    answer = planner.post(f"{DRAWS}/uploads", files=packed(seasons.fresh(), **key))
    assert answer.status_code == 409
    assert planner.get(DRAWS).json()["total"] == 0


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 nothing", b"x" * 1000])
def test_what_is_no_zip_is_refused_with_a_word(city, content):
    planner = city.client("planner")
    answer = planner.post(f"{DRAWS}/uploads", files={"file": ("r.zip", content, "application/zip")})
    assert answer.status_code == 409
    assert answer.json()["detail"]


def test_a_table_is_not_sealed_twice_nor_too_late(city):
    season = seasons.fresh()
    planner, where = begun(city, season)
    first, second = seasons.days_of(season)[:2]
    sealed_on_server(city, planner, where, first)
    assert planner.post(f"{where}/tables", json={"day": first.isoformat()}).status_code == 409
    city.now = seasons.moment(second, "07:00")
    assert planner.post(f"{where}/tables", json={"day": second.isoformat()}).status_code == 409


def test_of_two_planners_who_seal_the_same_day_one_table_stands(city):
    season = seasons.fresh()
    planner, where = begun(city, season)
    day = seasons.days_of(season)[0]
    city.now = seasons.moment(day - seasons.timedelta(days=1), "16:00")
    for _ in range(2):
        assert planner.post(f"{where}/tables", json={"day": day.isoformat()}).status_code == 202
    assert sorted(run.status for run in city.work()) == ["done", "failed"]
    assert [line["type"] for line in planner.get(f"{where}/lines").json()["items"]].count(
        "commit"
    ) == 1
