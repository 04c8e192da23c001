"""A small office with a plan, and rehearsal records of surprise draws made step by step."""

import atexit
import json
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from datetime import date, datetime, timedelta, timezone
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import pytest

from data.draws import keys
from data.draws.verify_record import Record
from data.sample import sample_tables, write_dataset
from scheduler import journeys
from scheduler.journeys import draws
from solver.settings import Settings

YEAR = 2027
VIETNAM = timezone(timedelta(hours=7))
CUSTODIANS = ("Sở Nội vụ", "Thanh tra Thành phố")
BUSY = {"surprise.rates": {"cap": 30}}  # so that two teams go out on most days
DIGITS = "28456 91377 04512 66120"
CHEAP = keys.LEAST_COST
WAIT = 30  # days until a day is opened


def made(prefix):
    """A folder of this process, gone when it ends."""
    folder = tempfile.mkdtemp(prefix=prefix)
    atexit.register(shutil.rmtree, folder, True)
    return Path(folder)


def moment(day, clock="17:00"):
    """A clock time of a day in Vietnam."""
    hour, minute = map(int, clock.split(":"))
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=VIETNAM)


def secret(name):
    """The passphrase of a key file."""
    return f"mật khẩu của {name}"


@cache
def office():
    """Folder with `data` and `plan` of a small city; made once a process."""
    folder = made("draw-office-")
    write_dataset(sample_tables(30, 24, 120, 1, YEAR, 8), folder / "data")
    trial = {"capacity.reserve": 0.4}
    quick = Settings(time_limit_s=1)
    journeys.draft_year_plan(folder / "data", YEAR, folder / "plan", quick, trial=trial)
    return folder


def set_up(folder, first=date(2027, 3, 1), last=date(2027, 3, 12), **more):
    """A new rehearsal record in `folder / "draws"` with its keys in `folder / "keys"`."""
    asked = {"rehearsal": True, "cost": CHEAP, "trial": BUSY, **more}
    ask = draws.SetupAsk(
        office() / "data", office() / "plan", folder / "draws", folder / "keys", CUSTODIANS, first,
        last, **asked,
    )  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "SIGNING", 2048)  # a third of the time
        draws.setup(ask, moment(date(2027, 1, 4)), True, secret)
    return folder


@cache
def fresh():
    """A record at its start; copy it."""
    return set_up(made("draw-season-"), deposit=(2, 3))


def copied(folder, to):
    """A copy of a season."""
    shutil.copytree(folder / "draws", to / "draws")
    shutil.copytree(folder / "keys", to / "keys")
    return to


def desk(season, day, clock="17:00", ask=secret):
    """The record at a moment."""
    return draws.open_desk(season / "draws", moment(day, clock), True, ask)


def key(season, name):
    """A key file."""
    return season / "keys" / f"{name}.key"


def custodians(season):
    """The custodians' key files."""
    return [key(season, "custodian-1"), key(season, "custodian-2")]


def days_of(season):
    """The days of the season."""
    return [date.fromisoformat(day) for day in lines(season)[0]["days"]]


def lines(season):
    """The lines of the log."""
    return [json.loads(row) for row in (season / "draws" / "log.jsonl").read_bytes().splitlines()]


def commit(season, day, clock="17:00", before=1, seed=None, **more):
    """The day's table, sealed the evening before."""
    ask = draws.CommitAsk(office() / "data", office() / "plan", day, **more)
    at = desk(season, day - timedelta(days=before), clock)
    return draws.commit(at, ask, day.toordinal() if seed is None else seed)


def beacon(day, digits=DIGITS):
    """The lottery of the evening before a day."""
    return f"{day - timedelta(days=1)} {digits}"


def run(season, day, clock="06:00", value=None, **more):
    """The day's draw at dawn."""
    at_hand = more.pop("keys", custodians(season))
    return draws.run(desk(season, day, clock, **more), day, value or beacon(day), at_hand)


def release(season, day, team, clock="08:30"):
    """A team's target, opened with the releaser's and its own key."""
    at_hand = [key(season, "releaser"), key(season, f"team-{team}")]
    return draws.release(desk(season, day, clock), day, team, at_hand, None)


def reveal(season, day, after=WAIT + 3):
    """A day opened for checking."""
    return draws.reveal(desk(season, day + timedelta(days=after)), day, custodians(season))


def teams_out(season, day):
    """The teams that go, by slot."""
    return draws.teams_out(desk(season, day, "07:00"), day)


def told(season, *anchors, program=None):
    """What the stand-alone verifier says, run as anybody would: exit status and text."""
    program = program or season / "draws" / "verify_record.py"
    words = [sys.executable, "-I", "-X", "utf8", str(program), str(season / "draws"), *anchors]
    found = subprocess.run(words, capture_output=True, text=True, check=False, encoding="utf-8")
    return SimpleNamespace(status=found.returncode, text=found.stdout + found.stderr)


def problems(season, anchors=()):
    """The stand-alone verifier's problems, found inside this process."""
    return Record(season / "draws", anchors).problems


@contextmanager
def refuses(error, words):
    """The error comes, and says these words in Vietnamese."""
    with pytest.raises(error) as caught:
        yield
    assert words in caught.value.message.say("vi")


def everything(folder):
    """Digest of every file of a folder, but the empty lock."""
    return {
        file.relative_to(folder).as_posix(): sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name != ".lock"
    }


@cache
def sealed():
    """A record whose first day is committed; copy it."""
    season = copied(fresh(), made("draw-sealed-"))
    commit(season, days_of(season)[0])
    return season


@cache
def drawn():
    """A record whose first day is drawn; copy it."""
    season = copied(sealed(), made("draw-drawn-"))
    run(season, days_of(season)[0])
    return season
