"""A season of surprise visits from the ceremony to the outside check, and every way to get it wrong."""

import json
import subprocess
import sys
from datetime import date, datetime, timedelta, timezone

import pytest

from data.sample import sample_tables, write_dataset
from scheduler import journeys
from scheduler.journeys import draws
from solver.settings import Settings

YEAR = 2027
VIETNAM = timezone(timedelta(hours=7))
FIRST, LAST = date(2027, 3, 1), date(2027, 3, 12)
CUSTODIANS = ("Sở Nội vụ", "Thanh tra Thành phố")
LOTTERY = "28456 91377 04512 66120"


def moment(day, clock="17:00"):
    hour, minute = map(int, clock.split(":"))
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=VIETNAM)


def secret(name):
    return f"mật khẩu của {name}"


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    folder = tmp_path_factory.mktemp("office")
    write_dataset(sample_tables(30, 24, 200, 1, YEAR, 8), folder / "data")
    journeys.draft_year_plan(folder / "data", YEAR, folder / "plan", Settings(time_limit_s=4))
    return folder


@pytest.fixture
def season(office, tmp_path):
    """A new rehearsal record of two weeks."""
    ask = draws.SetupAsk(
        office / "data", office / "plan", tmp_path / "draws", tmp_path / "keys", CUSTODIANS,
        FIRST, LAST, rehearsal=True,
    )  # fmt: skip
    draws.setup(ask, moment(date(2027, 1, 4)), True, secret)
    return tmp_path


def desk(season, day, clock="17:00", ask=secret):
    return draws.open_desk(season / "draws", moment(day, clock), True, ask)


def keys(season, role):
    return sorted((season / "keys").glob(f"{role}-*.key"))


def key(season, name):
    return season / "keys" / f"{name}.key"


def commit(season, office, day, clock="17:00", **more):
    before = day - timedelta(days=1)
    ask = draws.CommitAsk(office / "data", office / "plan", day, **more)
    return draws.commit(desk(season, before, clock), ask, day.toordinal())


def run(season, day, value=LOTTERY, clock="06:00"):
    beacon = f"{day - timedelta(days=1)} {value}"
    return draws.run(desk(season, day, clock), day, beacon, keys(season, "custodian"))


def days_of(season):
    first = json.loads((season / "draws" / "log.jsonl").read_text().splitlines()[0])
    return [date.fromisoformat(day) for day in first["days"]]


def teams_out(season, day):
    sealed = next((season / "draws" / "sealed").glob(f"{day}-*.envelopes"))
    return json.loads(sealed.read_bytes())["teams"]


def release(season, day, team, clock="08:30"):
    at_hand = [key(season, "releaser"), key(season, f"team-{team}")]
    return draws.release(desk(season, day, clock), day, team, at_hand, None)


def verify(season):
    return draws.verify(season / "draws", ())


def test_a_day_goes_from_sealed_table_to_a_record_that_anybody_can_check(season, office):
    day = days_of(season)[0]
    commit(season, office, day)
    run(season, day)
    team = teams_out(season, day)[0]
    target = release(season, day, team).target
    assert target.unit_id
    assert target.name
    assert target.team == team
    assert verify(season).good
    draws.reveal(desk(season, day + timedelta(days=40)), day, keys(season, "custodian"))
    found = verify(season)
    assert found.good, found.lines
    alone = subprocess.run(
        [sys.executable, "-I", season / "draws" / "verify_record.py", season / "draws"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert alone.returncode == 0, alone.stdout + alone.stderr
    opened = json.loads(next((season / "draws" / "opened").glob(f"{day}-0.json")).read_text())
    assert target.unit_id in opened["units"]
