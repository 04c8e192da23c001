"""Each limit at its edge: just allowed, and just forbidden by the smallest change."""

from __future__ import annotations

import pytest

from solver.result import Status
from solver.settings import Settings
from solver.visits.feasible import feasible
from solver.visits.problem import (
    Absent,
    AtMostOne,
    Barred,
    Cover,
    CoverAtLeast,
    DayCapacity,
    ForbidStarts,
    KeepApart,
    KeepFree,
    Limit,
    MonthDays,
    Must,
    NotBoth,
    NotLead,
    NotLeadAfter,
    NotTogether,
    PinLead,
    Problem,
    Secretary,
    WeekCapacity,
)  # fmt: skip
from tests.solver.planted import tiny

ONE_SECOND = Settings(time_limit_s=1.0)
BOTH = (Must(0, "must"), Must(1, "must"))
ONE = (Must(0, "must"),)


def only_on(visit: int, day: int, n_days: int = 10) -> ForbidStarts:
    """The visit starts on this day or not at all."""
    return ForbidStarts(visit, tuple(d for d in range(n_days) if d != day), "window")


def pair(problem: dict[str, object], must: tuple[Limit, ...], allowed: object, forbidden: object):
    """The same problem twice: with what is just allowed, and with what is just forbidden."""
    visits = problem.pop("visits")
    for extra, possible in ((allowed, True), (forbidden, False)):
        more = extra if isinstance(extra, tuple) else (extra,)
        yield tiny(*visits, limits=must + more, **problem), possible


EDGES: dict[str, object] = {
    "a visit that must be starts on its last open day": pair(
        {"visits": [(1, 1)], "n_days": 5}, ONE,
        ForbidStarts(0, (0, 1, 2, 3), "f"), ForbidStarts(0, (0, 1, 2, 3, 4), "f"),
    ),
    "two teams are out on one day": pair(
        {"visits": [(2, 1), (2, 1)], "n_days": 2}, BOTH,
        DayCapacity((2, 2), "d"), DayCapacity((2, 1), "d"),
    ),
    "a week holds four team-days": pair(
        {"visits": [(2, 1), (2, 1)], "n_days": 5}, BOTH, WeekCapacity((4,), "w"), WeekCapacity((3,), "w")
    ),
    "a visit over a week's end counts in both weeks": pair(
        {"visits": [(3, 1)]}, (*ONE, only_on(0, 4)), WeekCapacity((1, 2), "w"), WeekCapacity((2, 1), "w")
    ),
    "three whole days lie between the first day and the fifth": pair(
        {"visits": [(1, 1), (1, 1)], "n_days": 5}, BOTH, KeepApart((0, 1), 3, "k"), KeepApart((0, 1), 4, "k")
    ),
    "visits kept apart by no days still do not overlap": pair(
        {"visits": [(2, 1), (2, 1)], "n_days": 5}, (*BOTH, KeepApart((0, 1), 0, "k"), only_on(0, 1, 5)),
        only_on(1, 3, 5), only_on(1, 2, 5),
    ),
    "a closed visit does not count as covered": pair(
        {"visits": [(1, 1), (1, 1)], "n_days": 5}, (ForbidStarts(1, (0, 1, 2, 3, 4), "f"),),
        CoverAtLeast(((0,), (1,)), 1, "c"), CoverAtLeast(((0,), (1,)), 2, "c"),
    ),
    "a group is covered once, however many visits it has": pair(
        {"visits": [(1, 1), (1, 1)]}, (), CoverAtLeast(((0, 1),), 1, "c"), CoverAtLeast(((0, 1),), 2, "c")
    ),
    "one of two visits takes place": pair(
        {"visits": [(1, 1), (1, 1)]}, (AtMostOne((0, 1), "a"),), ONE, BOTH
    ),
    "two of three people may go": pair({"visits": [(1, 2)]}, ONE, Barred(0, (2,), "b"), Barred(0, (1, 2), "b")),
    "somebody leads": pair({"visits": [(1, 2)]}, ONE, NotLead(-1, (0, 1), "l"), NotLead(-1, (0, 1, 2), "l")),
    "a leader leads up to his last day": pair(
        {"visits": [(2, 1)], "n_inspectors": 1}, (*ONE, only_on(0, 3)),
        NotLeadAfter(0, 4, "r"), NotLeadAfter(0, 3, "r"),
    ),
    "leader and secretary are two people": pair(
        {"visits": [(1, 2)], "n_inspectors": 2}, (*ONE, Secretary(-1, (0,), "s")),
        NotLead(-1, (0,), "l"), NotLead(-1, (1,), "l"),
    ),
    "two holders are on the team": pair(
        {"visits": [(1, 2)]}, (*ONE, Cover(0, (0, 1), 2, "c")), Barred(0, (2,), "b"), Barred(0, (1,), "b")
    ),
    "a pinned leader leads": pair(
        {"visits": [(1, 2)]}, (*ONE, PinLead(0, 1, "p")), NotLead(0, (0,), "l"), NotLead(0, (1,), "l")
    ),
    "two who were together before are not again": pair(
        {"visits": [(1, 2)]}, ONE, NotTogether(0, (0, 1), "t"), NotTogether(0, (0, 1, 2), "t")
    ),
    "visits that share nobody need four people": pair(
        {"visits": [(1, 2), (1, 2)], "n_inspectors": 4}, (*BOTH, NotBoth((0, 1), "n")),
        (), Absent(3, tuple(range(10)), "a"),
    ),
    "two days in a row without leave": pair(
        {"visits": [(2, 1)], "n_days": 4, "n_inspectors": 1}, ONE, Absent(0, (2,), "a"), Absent(0, (1, 2), "a")
    ),
    "a month holds four days of one person": pair(
        {"visits": [(2, 1), (2, 1)], "n_days": 5, "n_inspectors": 1}, BOTH,
        MonthDays(0, (4,), "m"), MonthDays(0, (3,), "m"),
    ),
    "days count in the month in which they lie": pair(
        {"visits": [(3, 1)], "n_inspectors": 1}, (*ONE, only_on(0, 4)),
        MonthDays(0, (1, 2), "m"), MonthDays(0, (2, 1), "m"),
    ),
    "nobody is in two places": pair(
        {"visits": [(1, 1), (1, 1)], "n_inspectors": 2}, (*BOTH, only_on(0, 0), only_on(1, 0)),
        (), Absent(1, (0,), "a"),
    ),
    "three people stay free on two days": pair(
        {"visits": [(3, 1)], "n_days": 5}, ONE,
        KeepFree((2,), 3, (0, 1, 2), (), "k"), KeepFree((3,), 3, (0, 1, 2), (), "k"),
    ),
    "the one holder of a skill is not kept free while he is out": pair(
        {"visits": [(3, 1)], "n_days": 5}, (*ONE, Cover(0, (0,), 1, "c")),
        KeepFree((2,), 1, (0, 1, 2), ((0,),), "k"), KeepFree((3,), 1, (0, 1, 2), ((0,),), "k"),
    ),
    "no more teams are kept free than may be out": pair(
        {"visits": [(3, 1)], "n_days": 5}, (*ONE, DayCapacity((1,) * 5, "d")),
        KeepFree((2,), 1, (0, 1, 2), (), "k"), KeepFree((3,), 1, (0, 1, 2), (), "k"),
    ),
}  # fmt: skip
CASES = [
    pytest.param(problem, possible, id=f"{name}: {'yes' if possible else 'no'}")
    for name, both in EDGES.items()
    for problem, possible in both
]


@pytest.mark.parametrize(("problem", "possible"), CASES)
def test_a_limit_allows_its_edge_and_forbids_one_step_more(
    problem: Problem, possible: bool
) -> None:
    wanted = Status.FEASIBLE if possible else Status.INFEASIBLE
    assert feasible(problem, ONE_SECOND) == wanted
