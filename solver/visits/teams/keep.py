"""The reserve of people (`KeepFree`) as arrays: who counts, how many are there, what each week keeps free."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from solver.visits import problem as given
from solver.visits.problem import Problem

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Keep:
    """All `KeepFree` limits together; limit k, group g, day d, week w.

    On a day min(free people // size, free members of each of the limit's groups, room) teams could go out.
    """

    size: Ints  # shape (k,)
    wanted: Ints  # shape (k, n_weeks)
    week: Ints  # shape (n_days,)
    of: Ints  # shape (g,): the limit a group belongs to
    member: Bools  # shape (g, n_inspectors)
    there: Ints  # shape (g, n_days): members present
    present: Ints  # shape (n_days,): people present
    room: Ints  # shape (n_days,): teams that may be out

    def could(self, people: Ints, members: Ints, out: Ints) -> Ints:
        """Teams that could still go out on each day, shape (k, n_days).

        Parameters
        ----------
        people : people on visits each day
        members : members of each group on visits each day, shape (g, n_days)
        out : teams out each day
        """
        could = np.minimum((self.present - people)[None, :] // self.size[:, None], self.room - out)
        for group, limit in enumerate(self.of):
            could[limit] = np.minimum(could[limit], self.there[group] - members[group])
        return np.asarray(np.maximum(could, 0), np.int64)

    def by_week(self, could: Ints) -> Ints:
        """Days added up over weeks, shape (k, n_weeks)."""
        weeks = np.zeros(self.wanted.shape, np.int64)
        for limit, days in enumerate(could):
            np.add.at(weeks[limit], self.week, days)
        return weeks


def compile_keep(problem: Problem) -> Keep:
    """The reserve limits of a problem; empty arrays when there are none."""
    limits = [limit for limit in problem.limits if isinstance(limit, given.KeepFree)]
    present = np.ones((problem.n_inspectors, problem.n_days), bool)
    room = np.full(problem.n_days, problem.n_inspectors, np.int64)
    for other in problem.limits:
        if isinstance(other, given.Absent):
            present[other.inspector, list(other.days)] = False
        elif isinstance(other, given.DayCapacity):
            room = np.minimum(room, other.capacity)
    groups = [(k, set(who)) for k, x in enumerate(limits) for who in (x.leaders, *x.skills)]
    member = np.zeros((len(groups), problem.n_inspectors), bool)
    for g, (_, who) in enumerate(groups):
        member[g, sorted(who)] = True
    n_weeks = max(problem.week_of, default=-1) + 1
    wanted = np.zeros((len(limits), n_weeks), np.int64)
    for k, x in enumerate(limits):
        wanted[k, : len(x.teams)] = x.teams[:n_weeks]
    return Keep(
        size=np.array([x.size for x in limits], np.int64),
        wanted=wanted,
        week=np.array(problem.week_of, np.int64),
        of=np.array([k for k, _ in groups], np.int64),
        member=member,
        there=member.astype(np.int64) @ present.astype(np.int64),
        present=present.sum(axis=0).astype(np.int64),
        room=room,
    )
