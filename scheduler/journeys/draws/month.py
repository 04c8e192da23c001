"""A month of surprise visits rehearsed from the ceremony to the outside check, and what it gave away."""

from __future__ import annotations

import json
from calendar import monthrange
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING

import numpy as np

from data.draws.keys import LEAST_COST
from data.draws.log import LOG
from data.exports.month_page import DrawnVisit, month_page
from data.whole_folder import put_file
from data.words import Figure, Message
from scheduler.journeys.draws.checking import reveal, verify
from scheduler.journeys.draws.commit import commit
from scheduler.journeys.draws.desk import Desk, open_desk
from scheduler.journeys.draws.release import release, teams_out
from scheduler.journeys.draws.results import CommitAsk, SetupAsk, Verified
from scheduler.journeys.draws.run import run
from scheduler.journeys.draws.season import Read, read_season, service_of, teams_of
from scheduler.journeys.draws.setup import setup
from scheduler.surprise.record import VIETNAM, clock_time
from scheduler.surprise.roster import Rest
from scheduler.surprise.service import TICKETS, Service
from scheduler.surprise.simulation.insider_year import InsiderYear, insider_year
from scheduler.surprise.simulation.watched import Machine

if TYPE_CHECKING:
    from numpy.random import Generator

Told = Callable[[int, int], None]
CUSTODIANS = ("Người giữ khóa thứ nhất (diễn tập)", "Người giữ khóa thứ hai (diễn tập)")


@dataclass(frozen=True)
class Month:
    """A rehearsed month: every visit that was drawn, the verdict on its record, an insider's year."""

    year: int
    month: int
    days: int
    visits: tuple[DrawnVisit, ...]
    verified: Verified
    insider: InsiderYear
    record: Path
    page: Path


@dataclass(frozen=True)
class _Rehearsal:
    """What every step of the month needs."""

    dataset: Path
    plan: Path
    record: Path
    keys: Path
    chance: Generator
    read: Read
    lang: str

    def desk(self, moment: datetime) -> Desk:
        return open_desk(self.record, moment, True, passphrase, self.lang)

    def custodians(self) -> list[Path]:
        return sorted(self.keys.glob("custodian-*.key"))


def passphrase(name: str) -> str:
    """What locks a key of a rehearsal: nobody's secret, since the record says that it is one."""
    return f"diễn tập {name}"


def rehearse_month(
    dataset: Path, plan: Path, out: Path, month: int, seed: int, lang: str = "vi",
    told: Told = lambda done, of: None,
) -> Month:  # fmt: skip
    """A month of draws under `out`: `record` with its verifier, `keys`, and `month.html`, all marked rehearsal.

    The moments are supposed, the public values are made up from `seed`; all else is what a real season does.

    Raises
    ------
    Refused, NoTeams, RatesImpossible, GuardRefused
        As for `setup` and `commit`.
    """
    _cleared(out)
    read = read_season(dataset, plan)
    year = read[1].year
    first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
    at = _Rehearsal(
        dataset, plan, out / "record", out / "keys", np.random.default_rng(seed), read, lang
    )
    ask = SetupAsk(
        dataset, plan, at.record, at.keys, CUSTODIANS, first, last, rehearsal=True, cost=LEAST_COST
    )
    ceremony = datetime(year, month, 1, 9, tzinfo=VIETNAM) - timedelta(days=2)
    setup(ask, ceremony, True, passphrase, lang)
    days = [date.fromisoformat(day) for day in at.desk(ceremony).state.days]
    found: dict[date, list[tuple[str, str, str]]] = {}
    for number, day in enumerate(days):
        told(number, len(days) + 1)
        found[day] = _day(at, day)
    opened = clock_time(days[-1].isoformat(), "12:00", 40)
    for day in days:
        reveal(at.desk(opened), day, at.custodians())
    told(len(days), len(days) + 1)
    service = service_of(read, teams_of(read[2]))
    rest = Rest(**read[2].rulebook.value("surprise.rest"))
    insider = insider_year(Machine(lambda year: service, rest, seed))
    visits = tuple(row for day in days for row in _visits(at, service, day, found[day]))
    verified = verify(at.record, ())
    page = out / "month.html"
    put_file(
        page,
        month_page(year, month, len(days), visits, asdict(insider), verified.good, lang).encode(),
    )
    return Month(year, month, len(days), visits, verified, insider, at.record, page)


def _cleared(out: Path) -> None:
    """Takes an earlier rehearsal away, and nothing else."""
    log = out / "record" / LOG
    if log.is_file() and json.loads(log.read_bytes().split(b"\n")[0])["rehearsal"]:
        rmtree(out / "record")
        rmtree(out / "keys", ignore_errors=True)


def _day(at: _Rehearsal, day: date) -> list[tuple[str, str, str]]:
    """One day from the sealed table to the targets: (team, unit, its name) for each slot."""
    text = day.isoformat()
    seed = int(at.chance.integers(1 << 62))
    commit(
        at.desk(clock_time(text, "17:00", -1)), CommitAsk(at.dataset, at.plan, day), seed, at.read
    )
    dawn = at.desk(clock_time(text, "06:00"))
    wait = dawn.state.commits[text].beacon
    digits = "".join(str(n) for n in at.chance.integers(0, 10, wait["digits"]))
    drawn_on = dawn.state.commits[text].beacon_at
    run(dawn, day, f"{drawn_on:%d/%m/%Y} {digits}", at.custodians())
    found = []
    for team in teams_out(at.desk(clock_time(text, "08:10")), day):
        keys = [at.keys / "releaser.key", at.keys / f"team-{team}.key"]
        target = release(at.desk(clock_time(text, "08:10")), day, team, keys, None).target
        assert target is not None
        found.append((team, target.unit_id, target.name))
    return found


def _visits(
    at: _Rehearsal, service: Service, day: date, found: list[tuple[str, str, str]]
) -> list[DrawnVisit]:
    """The day's visits with the chance that each unit had, out of the opened table."""
    opened = json.loads(next((at.record / "opened").glob(f"{day.isoformat()}*.json")).read_bytes())
    number = {unit: n for n, unit in enumerate(service.units)}
    return [
        DrawnVisit(
            day, team, unit, name, opened["chance"][number[unit]] / TICKETS,
            float(service.rate[number[unit]]) * len(service.days),
        )
        for team, unit, name in found
    ]  # fmt: skip


def month_notes(month: Month) -> tuple[Message, ...]:
    """The month in a few sentences."""
    seen = month.insider
    return (
        Message(
            "Diễn tập kiểm tra đột xuất tháng {month}/{year}: {days} ngày, {visits} lượt ở {units} đơn vị; "
            "hồ sơ kiểm chứng: {verdict}.",
            {
                "month": month.month, "year": month.year, "days": month.days, "visits": len(month.visits),
                "units": len({v.unit_id for v in month.visits}),
                "verdict": Message("đúng") if month.verified.good else Message("có sai lệch"),
            },
        ),
        Message(
            "Người trong cuộc biết tổ nào đi, mọi bảng vé và mọi lượt đã qua đoán trúng {hits} % số lượt cả "
            "năm; chỉ theo mức đã công bố: {rate} %; nếu kế hoạch rải đều: {even} %.",
            {"hits": Figure(100 * seen.hits, 1), "rate": Figure(100 * seen.hits_by_rate, 1),
             "even": Figure(100 * seen.hits_even, 1)},
        ),
    )  # fmt: skip
