"""A year's reserve from the plan's folder to the evening's table."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta, timezone

import pytest
from openpyxl import load_workbook

from data.plan_folder import read_plan, write_plan
from data.records import Plan
from data.sample import sample_tables, write_dataset
from scheduler import journeys
from scheduler.journeys import draws
from scheduler.journeys.reserve import with_reserve
from scheduler.yearly_plan import reserve_weeks
from solver.settings import Settings

YEAR = 2027
VIETNAM = timezone(timedelta(hours=7))
FIRST, LAST = date(2027, 3, 1), date(2027, 3, 12)
NEVER = lambda plan: False  # noqa: E731
QUICK = Settings(time_limit_s=0.5, seed=7)


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A made-up office and a plan with reserve and nothing else."""
    folder = tmp_path_factory.mktemp("office")
    write_dataset(sample_tables(30, 24, 200, 1, YEAR, 8), folder / "data")
    desk = journeys.open_year(folder / "data", YEAR)
    plan = with_reserve(
        desk.case,
        desk.risk,
        Plan(YEAR, (), reserve_weeks(desk.case), {"owner": "Sở"}),
        QUICK,
        NEVER,
    )
    write_plan(plan, desk.case.office, folder / "plan")
    return folder


def test_the_reserve_of_a_plan_folder_follows_from_dataset_plan_and_seed(office):
    desk, plan = journeys.open_year(office / "data", YEAR), read_plan(office / "plan")
    bare = {name: fact for name, fact in plan.facts.items() if name != "reserve"}
    again = with_reserve(
        desk.case, desk.risk, Plan(YEAR, plan.visits, plan.reserve, bare), QUICK, NEVER
    )
    told = plan.facts["reserve"]
    assert json.loads(json.dumps(again.facts["reserve"])) == told
    assert told["kept"] > 0
    assert {w.week_start.isoformat() for w in plan.reserve} == {
        week["week_start"] for week in told["weeks"]
    }


def test_the_workbooks_reserve_sheet_shows_the_kept_days_and_reads_back_the_same(office):
    sheet = load_workbook(office / "plan" / "plan.xlsx")["Dự phòng"]
    told = json.loads((office / "plan" / "plan.json").read_text("utf-8"))["reserve"]["weeks"]
    assert [row[3].value for row in list(sheet.rows)[1:]] == [week["kept"] for week in told]
    book = read_plan(office / "plan" / "plan.xlsx")
    assert book.reserve == read_plan(office / "plan").reserve
    assert "reserve" not in book.facts
    page = (office / "plan" / "report.html").read_text("utf-8")
    said = read_plan(office / "plan").facts["reserve"]["said"]
    assert all(sentence["vi"] in page for sentence in said)


def moment(day, clock):
    hour, minute = map(int, clock.split(":"))
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=VIETNAM)


def secret(name):
    return f"mật khẩu của {name}"


@pytest.fixture
def season(office, tmp_path):
    """A rehearsal of two weeks in which teams are named beforehand and somebody goes every day."""
    trial = {
        "surprise.on-call": {"mode": "roster"},
        "surprise.rates": {"floor": 0.0, "cap": 1000.0},
        "capacity.reserve": 0.4,
    }
    ask = draws.SetupAsk(
        office / "data", office / "plan", tmp_path / "draws", tmp_path / "keys",
        ("Sở Nội vụ", "Thanh tra Thành phố"), FIRST, LAST, rehearsal=True, trial=trial,
    )  # fmt: skip
    draws.setup(ask, moment(date(2027, 1, 4), "17:00"), True, secret)
    return tmp_path


def commit(season, office, day, seed, absent=()):
    desk = draws.open_desk(season / "draws", moment(day - timedelta(days=1), "17:00"), True, secret)
    return draws.commit(
        desk, draws.CommitAsk(office / "data", office / "plan", day, tuple(absent)), seed
    )


def state(season):
    return json.loads((season / "draws" / "planner" / "state.json").read_bytes())


def teams_of(season, day):
    (table,) = [t for t in state(season)["tables"].values() if t["day"] == day]
    return set(table["teams"])


def test_the_weeks_roster_is_made_once_goes_first_and_a_missing_team_is_replaced(season, office):
    days = [date.fromisoformat(d) for d in log_days(season)]
    commit(season, office, days[0], 11)
    rosters = state(season)["rosters"]
    assert set(rosters) == {day.isoformat() for day in days if day.isocalendar()[1] == 9}
    assert teams_of(season, days[0].isoformat()) == set(rosters[days[0].isoformat()])
    missing = rosters[days[1].isoformat()][0]
    commit(season, office, days[1], 12, [missing])
    assert state(season)["rosters"] == rosters
    went = teams_of(season, days[1].isoformat())
    assert missing not in went
    assert len(went) == len(rosters[days[1].isoformat()])
    public = (season / "draws" / "log.jsonl").read_text("utf-8").splitlines()[1:]
    assert not any(team in line for line in public for team in rosters[days[1].isoformat()])


def log_days(season):
    first = json.loads((season / "draws" / "log.jsonl").read_text("utf-8").splitlines()[0])
    return first["days"]
