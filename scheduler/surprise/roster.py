"""Which free teams go out on a day: chosen by chance, within the rest that teams are due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np

from scheduler.surprise.balance import LEAST, RHO, by_kind, kinds, slot_factors
from scheduler.surprise.debt import day_target, urgency
from scheduler.surprise.service import Bools, DayAsk, Floats, Ints, Service

ROSTERS = 64  # looked at for a day


@dataclass(frozen=True)
class Rest:
    """Most surprise days of a team in a week, and in a row."""

    week: int
    row: int


def rested(
    on: Mapping[str, Sequence[str]], teams: Sequence[str], day: str, week: Sequence[str],
    before: Sequence[str], rest: Rest,
) -> Bools:  # fmt: skip
    """Whether each team may go on a day, given who went on which days.

    Parameters
    ----------
    on : day -> teams that went or are to go
    week : the days of the day's week
    before : the `rest.row` working days before it
    """
    return np.array(
        [
            sum(team in on.get(other, ()) for other in week if other != day) < rest.week
            and not (len(before) >= rest.row and all(team in on.get(b, ()) for b in before))
            for team in teams
        ],
        np.bool_,
    )


def chosen(may: Bools, slots: int, chance: np.random.Generator) -> list[int]:
    """Teams for the slots, in slot order; fewer when fewer may go."""
    able = np.flatnonzero(may)
    return [int(team) for team in chance.permutation(able)[: min(slots, len(able))]]


def day_teams(
    service: Service, day: int, debt: Floats, may: Bools, chance: np.random.Generator,
    kept: Sequence[int] = (),
) -> list[int]:  # fmt: skip
    """Teams for the day's slots, so that its table comes nearest to the targets, out of rosters by chance.

    Teams taken blindly leave units that nobody can reach on a day, which whoever knows the roster sees.

    Parameters
    ----------
    may : (n_teams,) free and rested
    kept : teams that go in any case
    """
    reach = service.eligible & (service.open & ~service.planned)[:, day]
    slots, kept = int(service.slots[day]), [team for team in kept if reach[team].any()]
    able = np.setdiff1d(np.flatnonzero(may & reach.any(axis=1)), kept)
    more = max(0, min(slots - len(kept), len(able)))
    rosters = np.array([[*kept, *able[some]] for some in _some(len(able), more, chance)], np.int64)
    if rosters.shape[1] == 0 or len(rosters) == 1:
        return [int(team) for team in rosters[0]]
    slot_rows = np.zeros((rosters.shape[1], len(service.units)), np.bool_)
    target = day_target(
        DayAsk(service.rate, float(service.slots.mean()), slot_rows, service.planned[:, day], debt)
    )
    miss = missed(reach, rosters, target, urgency(debt, service.rate))
    return [int(team) for team in rosters[int(np.argmin(miss))]]


def missed(reach: Bools, rosters: Ints, target: Floats, weight: Floats) -> Floats:
    """(n_rosters,) how far each roster's chances stay from the targets: weighted sum of the distances."""
    teams, power = np.unique(rosters), RHO / (1 + RHO)
    place = np.searchsorted(teams, rosters)
    kind_reach, kind = kinds(reach[teams])
    pull = np.maximum(target, LEAST) ** power
    reaches: Bools = np.asarray(kind_reach[place], np.bool_)
    each = slot_factors(reaches, by_kind(pull, kind), power).sum(axis=1)
    return np.asarray(np.abs(each[:, kind] * pull - target) @ weight, np.float64)


def _some(n: int, size: int, chance: np.random.Generator) -> Sequence[Ints]:
    """Subsets of n things in an order by chance: all of them, or so many as are looked at."""
    if comb(n, size) <= ROSTERS:
        every = np.array(list(combinations(range(n), size)), np.int64)
        return list(chance.permuted(every[chance.permutation(len(every))], axis=1))
    return [chance.permutation(n)[:size] for _ in range(ROSTERS)]
