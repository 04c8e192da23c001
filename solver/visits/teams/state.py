"""The arrays that compiled moves work on. They know no rule: only rows, rooms, prices and what they add up to.

A visit uses amounts of columns (days, months, groups), a person has room in each column. Passed one by
one because compiled code is several times slower on records of arrays (it counts references to each).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from solver.visits.goals import fair_loads
from solver.visits.teams.problem import Bools, Ints, Teams

# columns of `visit`
DAYS, SIZE, CLUSTER, SECRETARY, ONCE, APART, FIRST_USE, END_USE = range(8)
FIRST_MORE, END_MORE, N_NEAR, FIRST_DAY, WATCHED, OPEN = range(8, 14)
FAIR, MOST, LOAD, N_MINE = range(4)  # columns of `person`
ENERGY, PAIRS, CLUSTERS, BROKEN, CHANCE = range(5)  # places in `totals`
OVER, OFF, PAIR, REPEAT, FAR, PAIR_LIMIT, CLUSTER_LIMIT = range(7)  # places in `weights`
NO_ROOM_NEEDED = 1 << 40


@dataclass(frozen=True)
class State:
    """A chain: what is given (never written) and where it stands (written by moves)."""

    visit: Ints  # shape (n, 14)
    bits: Ints  # shape (n, n_inspectors), -1 for people who may not be on the team
    far: Ints  # shape (n, n_inspectors): distances
    near: Ints  # shape (n, n_inspectors): who may go, nearest first, -1 at the end
    use: Ints  # (column, amount) of all visits, end to end
    more: Ints  # (mask, holders wanted) of all visits, end to end
    movable: Ints  # visits whose teams may change
    member: Ints  # shape (groups, n_inspectors + 1): 0 or 1; the last column is the group's limit
    base: Ints  # shape (limits + 1, n_days): teams that could go out but for groups; the last row is the week
    team: Ints  # shape (n, largest team), -1 in empty places
    person: Ints  # shape (n_inspectors, 4)
    room: Ints  # shape (n_inspectors, columns): what is left
    pair: Ints  # shape (n_inspectors, n_inspectors): common visits
    seen: Ints  # shape (n_inspectors, clusters)
    mine: Ints  # shape (n_inspectors, n): visits of each inspector
    free: Ints  # shape (groups, n_days): members that are free
    could: Ints  # shape (limits, n_days)
    slack: Ints  # shape (limits, n_weeks)
    totals: Ints  # energy, excess of pairs and clusters, weeks broken, state of the random numbers

    @property
    def fixed(self) -> tuple[Any, ...]:
        """What moves only read, in the order in which they take it."""
        return (
            self.visit, self.bits, self.far, self.near, self.use, self.more, self.movable, self.member,
            self.base,
        )  # fmt: skip

    @property
    def for_change(self) -> tuple[Any, ...]:
        """What putting somebody on a visit takes."""
        return (self.visit, self.far, self.use, self.member, self.base, *self.moving)

    @property
    def moving(self) -> tuple[Any, ...]:
        """What moves write, in the order in which they take it."""
        return (
            self.team, self.person, self.room, self.pair, self.seen, self.mine, self.free, self.could,
            self.slack, self.totals,
        )  # fmt: skip


def empty_state(
    teams: Teams, most: Ints, staffed: Sequence[int], movable: Sequence[int], seed: int
) -> State:
    """A chain with nobody on any visit yet.

    Parameters
    ----------
    most : days from which on a load would raise the largest, shape (n_inspectors,)
    staffed : visits that will have a team, `movable` those whose team may then change
    """
    n, people = teams.n, teams.problem.n_inspectors
    keep = teams.keep
    base, watched = _reserve(teams, staffed)
    visit, use, more = _rows(teams)
    visit[:, WATCHED] = watched
    visit[:, OPEN] = np.isin(np.arange(n), movable)
    near = np.full(teams.distance.shape, -1, np.int64)
    for r in range(n):
        able = np.flatnonzero(teams.needs.may[r])
        near[r, : len(able)] = able[np.argsort(teams.distance[r, able], kind="stable")]
    could = np.array(base)
    for group, limit in enumerate(keep.of):
        could[limit] = np.minimum(could[limit], keep.there[group])
    person = np.zeros((people, 4), np.int64)
    work = int(sum(teams.days[r] * teams.size[r] for r in staffed))
    person[:, FAIR] = fair_loads(teams.problem, work)
    person[:, MOST] = most
    totals = np.zeros(8, np.int64)
    totals[CHANCE] = seed * 2654435761 + 12345
    return State(
        visit=visit,
        bits=np.where(teams.needs.may, teams.needs.bits, -1),
        far=teams.distance,
        near=near,
        use=use,
        more=more,
        movable=np.array(movable, np.int64),
        member=np.column_stack([keep.member.astype(np.int64), keep.of]),
        base=np.vstack([base, keep.week]),
        team=np.full((n, int(teams.size.max(initial=1))), -1, np.int64),
        person=person,
        room=_room(teams),
        pair=np.zeros((people, people), np.int64),
        seen=np.zeros((people, int(teams.cluster.max(initial=0)) + 1), np.int64),
        mine=np.zeros((people, max(1, n)), np.int64),
        free=np.array(keep.there),
        could=np.maximum(could, 0),
        slack=keep.by_week(np.maximum(could, 0)) - keep.wanted,
        totals=totals,
    )


def _rows(teams: Teams) -> tuple[Ints, Ints, Ints]:
    """Columns of each visit but the last two, what each uses, and rows that want two or more."""
    visit = np.zeros((teams.n, 14), np.int64)
    use: list[tuple[int, int]] = []
    more: list[tuple[int, int]] = []
    n_days, n_months = teams.problem.n_days, teams.cap.shape[1]
    for r in range(teams.n):
        start, days = int(teams.start[r]), int(teams.days[r])
        first_use, first_more = len(use), len(more)
        use += [(day, 1) for day in range(start, start + days)]
        use += [(n_days + part // 32, part % 32) for part in teams.months[r]]
        use += [(n_days + n_months + group, 1) for group in teams.groups[r]]
        more += sorted(teams.needs.more[r].items())
        visit[r, : FIRST_DAY + 1] = (
            days, teams.size[r], teams.cluster[r], teams.needs.secretary[r], teams.needs.once[r],
            teams.needs.apart[r], first_use, len(use), first_more, len(more), teams.needs.may[r].sum(), start,
        )  # fmt: skip
    return visit, np.array(use, np.int64).reshape(-1, 2), np.array(more, np.int64).reshape(-1, 2)


def _room(teams: Teams) -> Ints:
    people, n_days = teams.problem.n_inspectors, teams.problem.n_days
    days = np.full((people, n_days), 1 if teams.one_place else NO_ROOM_NEEDED, np.int64)
    return np.hstack([days, teams.cap, np.ones((people, max(1, teams.n_groups)), np.int64)])


def _reserve(teams: Teams, staffed: Sequence[int]) -> tuple[Ints, Ints]:
    """Teams that could go out but for groups, and visits in weeks where a choice of people could break it."""
    keep = teams.keep
    people = np.zeros(teams.problem.n_days, np.int64)
    out = np.zeros(teams.problem.n_days, np.int64)
    for r in staffed:
        span = slice(int(teams.start[r]), int(teams.start[r] + teams.days[r]))
        people[span] += teams.size[r]
        out[span] += 1
    everybody = np.tile(people, (len(keep.of), 1))
    plenty = keep.room.max(initial=0) + teams.problem.n_inspectors
    base = keep.could(people, everybody - plenty, out)
    sure = keep.by_week(keep.could(people, everybody, out))
    tight: Bools = np.any(sure < keep.wanted, axis=0)
    first, last = keep.week[teams.start], keep.week[teams.start + teams.days - 1]
    watched = [tight[a : b + 1].any() for a, b in zip(first, last, strict=True)]
    return base, np.array(watched, np.int64)
