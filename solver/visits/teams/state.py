"""The arrays that moves work on: what is given, where a chain stands, and where it may go from there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from solver.visits.goals import fair_loads
from solver.visits.teams.problem import Ints, Teams

Bytes = npt.NDArray[np.uint8]
Words = npt.NDArray[np.uint64]
ENERGY, PAIRS, CLUSTERS, BROKEN = range(4)  # places in `State.totals`


class Given(NamedTuple):
    """Teams and goals as plain arrays; see `Teams`, `Needs` and `Keep` for what they mean."""

    start: Ints
    days: Ints
    size: Ints
    cluster: Ints
    may: Bytes
    bits: Ints
    secretary: Ints
    once: Ints
    apart: Ints
    more_first: Ints
    more_mask: Ints
    more_need: Ints
    month_first: Ints
    month: Ints
    month_days: Ints
    cap: Ints
    group_first: Ints
    group: Ints
    one_place: int
    distance: Ints
    near: Ints  # shape (n, k): who may go, nearest first, -1 at the end
    n_near: Ints
    movable: Ints  # visits whose teams may change
    open: Bytes  # shape (n,): whether it is one of them
    watched: Bytes  # shape (n,): a week in which the reserve of people could be broken
    member: Bytes
    group_of: Ints
    base: Ints  # shape (limits, n_days): teams that could go out, but for members of groups
    week: Ints
    pair_limit: int
    cluster_limit: int
    fair: Ints  # tenths of days
    most: Ints  # days from which on a load would raise the largest


class State(NamedTuple):
    """Where a chain stands."""

    team: Ints  # shape (n, largest team), -1 in empty places
    busy: Ints  # shape (n_inspectors, n_days)
    used: Ints
    in_group: Ints
    load: Ints
    pair: Ints
    seen: Ints  # shape (n_inspectors, n_clusters)
    mine: Ints  # shape (n_inspectors, n): visits of each inspector
    n_mine: Ints
    free: Ints  # shape (groups, n_days): members that are free
    could: Ints
    slack: Ints  # shape (limits, n_weeks)
    totals: Ints  # energy, pair excess, cluster excess, weeks broken
    chance: Words  # state of the random numbers


def given_of(teams: Teams, most: Ints, staffed: Sequence[int], movable: Sequence[int]) -> Given:
    """The arrays of a problem in which these visits have a team, and some of them may change it."""
    needs, keep, goals = teams.needs, teams.keep, teams.problem.goals
    first = np.zeros(teams.n + 1, np.int64)
    first[1:] = np.cumsum([len(rows) for rows in needs.more])
    more = [pair for rows in needs.more for pair in sorted(rows.items())]
    near = np.full(teams.distance.shape, -1, np.int64)
    for r in range(teams.n):
        able = np.flatnonzero(needs.may[r])
        near[r, : len(able)] = able[np.argsort(teams.distance[r, able], kind="stable")]
    work = int(sum(teams.days[r] * teams.size[r] for r in staffed))
    base, watched = _reserve(teams, staffed)
    return Given(
        start=teams.start, days=teams.days, size=teams.size, cluster=teams.cluster,
        may=needs.may.astype(np.uint8), bits=needs.bits,
        secretary=needs.secretary, once=needs.once, apart=needs.apart,
        more_first=first,
        more_mask=np.array([mask for mask, _ in more], np.int64),
        more_need=np.array([need for _, need in more], np.int64),
        month_first=teams.months.first, month=teams.months.items // 32,
        month_days=teams.months.items % 32, cap=teams.cap,
        group_first=teams.groups.first, group=teams.groups.items, one_place=int(teams.one_place),
        distance=teams.distance, near=near, n_near=needs.may.sum(axis=1).astype(np.int64),
        movable=np.array(movable, np.int64), open=np.isin(np.arange(teams.n), movable).astype(np.uint8),
        watched=watched,
        member=keep.member.astype(np.uint8), group_of=keep.of, base=base, week=keep.week,
        pair_limit=goals.pair_limit, cluster_limit=goals.cluster_limit,
        fair=np.array(fair_loads(teams.problem, work), np.int64), most=most,
    )  # fmt: skip


def _people_out(teams: Teams, staffed: Sequence[int]) -> tuple[Ints, Ints]:
    people = np.zeros(teams.problem.n_days, np.int64)
    out = np.zeros(teams.problem.n_days, np.int64)
    for r in staffed:
        span = slice(int(teams.start[r]), int(teams.start[r] + teams.days[r]))
        people[span] += teams.size[r]
        out[span] += 1
    return people, out


def _reserve(teams: Teams, staffed: Sequence[int]) -> tuple[Ints, Bytes]:
    """`base` of Given, and the visits in weeks where some choice of people could break the reserve."""
    keep = teams.keep
    people, out = _people_out(teams, staffed)
    if not teams.one_place:
        people = np.minimum(people, keep.present)
    nobody = np.zeros((len(keep.of), teams.problem.n_days), np.int64)
    base = keep.could(people, np.minimum(nobody, -1) * 10**6, out)
    sure = keep.could(people, nobody + people, out)
    tight = (keep.by_week(sure) < keep.wanted).any(axis=0)
    if not teams.one_place:
        tight[:] = True
    ends = teams.start + teams.days - 1
    first, last = keep.week[teams.start], keep.week[ends]
    watched = [tight[a : b + 1].any() for a, b in zip(first, last, strict=True)]
    return base, np.array(watched, np.uint8)


def empty_state(teams: Teams, given: Given, seed: int) -> State:
    """A chain with nobody on any visit."""
    n, people, days = teams.n, teams.problem.n_inspectors, teams.problem.n_days
    keep = teams.keep
    could = np.array(given.base)
    for group, limit in enumerate(keep.of):
        could[limit] = np.minimum(could[limit], keep.there[group])
    slack = keep.by_week(could) - keep.wanted
    return State(
        team=np.full((n, int(teams.size.max(initial=1))), -1, np.int64),
        busy=np.zeros((people, days), np.int64),
        used=np.zeros(teams.cap.shape, np.int64),
        in_group=np.zeros((max(1, teams.n_groups), people), np.int64),
        load=np.zeros(people, np.int64),
        pair=np.zeros((people, people), np.int64),
        seen=np.zeros((people, int(teams.cluster.max(initial=0)) + 1), np.int64),
        mine=np.zeros((people, max(1, n)), np.int64),
        n_mine=np.zeros(people, np.int64),
        free=np.array(keep.there),
        could=could,
        slack=slack,
        totals=np.zeros(8, np.int64),
        chance=np.array([(seed * 0x9E3779B97F4A7C15 + 0x1234567) % 2**64 | 1], np.uint64),
    )
