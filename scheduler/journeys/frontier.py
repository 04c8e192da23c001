"""The capacity frontier of a dataset: one year solved for each number of inspectors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from data import rulefiles
from data.exports.frontier_files import frontier_bytes
from data.tables import read_dataset
from data.whole_folder import put_file
from data.words import Message
from scheduler.errors import NoPlanFound, Refused
from scheduler.frontier import EVERY_UNIT, Point, groups_of, point_of, without_orders
from scheduler.journeys.year import PLAN_TABLES, year_desk
from scheduler.reports import why_no_plan
from scheduler.rulebook import in_force
from scheduler.rules.capacity import teams_out
from scheduler.scenarios import TEAMS, with_people
from scheduler.yearly_plan import to_problem, year_start
from solver import engine
from solver.result import Status

if TYPE_CHECKING:
    from data.records import Office
    from solver.settings import Settings

SUFFIXES = (".html", ".csv", ".json")


def frontier(
    dataset: Path, year: int, inspectors: Sequence[int], teams: Sequence[int], settings: Settings
) -> Iterator[Point]:
    """Points one after the other, as soon as each is solved.

    Parameters
    ----------
    inspectors : numbers of inspectors
    teams : numbers of teams a day, each tried with each number of inspectors; empty: the rule's own

    Raises
    ------
    Refused
        A number below one.
    """
    if not inspectors or min((*inspectors, *teams)) < 1:
        raise Refused(Message("Số người và số đoàn phải từ 1: --inspectors 20,30,40."))
    office = read_dataset(dataset, needed=PLAN_TABLES).office()
    for n in inspectors:
        for m in teams or (0,):
            yield solved_point(office, year, n, m, settings)


def solved_point(office: Office, year: int, n: int, teams: int, settings: Settings) -> Point:
    """One number of inspectors and of teams a day (0: the rule's own), solved and bounded."""
    law = in_force(rulefiles.read_rules(), year_start(year))
    trial = dict(EVERY_UNIT)
    if teams:
        trial[TEAMS] = {**law.value(TEAMS), "teams": teams}  # type: ignore[assignment]
    case = year_desk(with_people(office, n), year, trial).case
    problem = without_orders(to_problem(case))
    result = engine.solve(problem, settings)
    impossible = result.status is Status.INFEASIBLE
    if result.solution is None and not impossible:
        raise NoPlanFound(why_no_plan(result))
    groups = groups_of(case)
    most = 0 if impossible else engine.most_covered(problem, groups, settings)
    out = teams_out(case.rulebook.value(TEAMS), n)
    return point_of(case, out, result, most, groups)


def write_frontier(points: Sequence[Point], out: Path, lang: str) -> None:
    """The points as a page with picture and table, or as CSV or JSON.

    Raises
    ------
    Refused
        The file is of another kind.
    """
    check_frontier_file(out)
    put_file(out, frontier_bytes([p.as_json() for p in points], out.suffix.lower(), lang))


def check_frontier_file(out: Path) -> None:
    """Raises Refused, before the long work, when the file cannot be written."""
    if out.suffix.lower() not in SUFFIXES:
        words = {"suffix": out.suffix or out.name}
        raise Refused(
            Message("Không ghi được loại tệp «{suffix}». Chọn .html, .csv hoặc .json.", words)
        )
