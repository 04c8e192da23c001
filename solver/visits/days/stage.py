"""One goal over the rows: bound from the LP, a plan near the LP's point, then only what can still be better."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from solver.effort import Effort
from solver.search import Found, Values, search
from solver.visits.days.cut import to_cp_sat
from solver.visits.days.lp import Floats, Relaxed, relax
from solver.visits.days.neighbours import improve
from solver.visits.days.people import Bools, Ints
from solver.visits.days.rows import Sparse

SHARES = (0.1, 0.3, 1.0)  # of the columns, when the LP's neighbourhood holds no plan
FEW = 6000  # columns over which a proof is tried before the moves
LEAST = 0.02  # seconds of effort below which nothing more is begun
NEAR = 0.3  # share of the columns of visits that the LP splits


@dataclass(frozen=True)
class Ground:
    """What stays the same from stage to stage."""

    model: Sparse
    choice: Ints  # exactly-one choice of each variable, -1 for none
    columns: Bools  # variables that are a (visit, start) pair
    effort: Effort
    tell: Callable[[int, int], None]  # value and bound, for progress


@dataclass(frozen=True)
class Stage:
    """Best point of one goal and the proven bound; `point` None and `infeasible` when no plan exists."""

    point: Values | None
    value: int
    bound: int
    infeasible: bool = False

    @property
    def optimal(self) -> bool:
        """Whether nothing better exists."""
        return self.point is not None and self.value <= self.bound


def minimise(
    ground: Ground, cost: Ints, seconds: float, known: Values | None = None, polish: bool = True
) -> Stage:
    """The cheapest point of the rows found within `seconds` of effort, never worse than `known`."""
    effort, model = ground.effort, ground.model
    ends_at = effort.left - seconds
    effort.charge_entries(len(model.coef))
    relaxed = relax(model, cost.astype(float), ground.choice)
    bound = -(1 << 60) if relaxed is None else int(np.ceil(relaxed.bound - 1e-4))
    best = known
    if best is None or cost @ best > bound:
        found = _first(ground, cost, relaxed, best, effort.left - ends_at)
        if found.infeasible:
            return Stage(None, 0, 0, infeasible=True)
        if found.values is not None and (best is None or cost @ found.values < cost @ best):
            best = found.values
    if best is None:
        return Stage(None, 0, bound)
    ground.tell(int(cost @ best), bound)
    if relaxed is None or not polish:
        return Stage(best, int(cost @ best), bound if relaxed is not None else 0)
    return _close(ground, cost, relaxed, best, bound, ends_at)


def _close(
    ground: Ground, cost: Ints, relaxed: Relaxed, best: Values, bound: int, ends_at: float
) -> Stage:
    """Alternate between a proof over the columns that could still help and moves near the best point."""
    effort = ground.effort
    for share in (0.25, 1.0):
        gap = int(cost @ best) - relaxed.bound
        useful = relaxed.extra < gap
        few = int((useful & ground.columns).sum()) <= FEW
        if cost @ best > bound and effort.left > ends_at + LEAST and (few or share == 1.0):
            part = (
                effort.left - ends_at
                if few and share == 1.0
                else share * (effort.left - ends_at) / 2
            )
            found = _restricted(ground, cost, useful | (best > 0), best, part)
            if found.values is not None and found.value < cost @ best:
                best = found.values
            bound = min(int(cost @ best), max(bound, found.bound))
            ground.tell(int(cost @ best), bound)
        if cost @ best > bound and effort.left > ends_at + LEAST:
            part = (effort.left - ends_at) * (0.6 if share < 1 else 1.0)
            best = improve(ground, cost, relaxed, best, bound, part)
            ground.tell(int(cost @ best), bound)
    return Stage(best, int(cost @ best), min(bound, int(cost @ best)))


def _first(
    ground: Ground, cost: Ints, relaxed: Relaxed | None, known: Values | None, seconds: float
) -> Found:
    """A point near the LP's, or over a widening share of the columns until there is one."""
    if relaxed is None:
        return _restricted(ground, cost, np.ones(ground.model.n_vars, bool), known, seconds)
    found = Found(None, 0, 0, optimal=False, infeasible=False)
    near = _near(ground, relaxed)
    found = _restricted(ground, cost, near, None, seconds * (0.3 if known is None else 0.1))
    for share in SHARES:
        if found.values is not None or known is not None:
            return replace(found, infeasible=False) if known is not None else found
        kept = ~ground.columns | (relaxed.extra <= _level(relaxed.extra[ground.columns], share))
        found = _restricted(ground, cost, kept, known, seconds * (0.3 if share < 1 else 1.0))
    return found


def _near(ground: Ground, relaxed: Relaxed) -> Bools:
    """Columns in the LP's point, and the cheaper ones of visits that it splits."""
    used = relaxed.point > 1e-6
    whole = np.zeros(int(ground.choice.max(initial=0)) + 1, bool)
    whole[ground.choice[(relaxed.point > 0.999) & (ground.choice >= 0)]] = True
    split = ground.columns & ~whole[ground.choice]
    cheap = relaxed.extra <= _level(relaxed.extra[ground.columns], NEAR)
    return ~ground.columns | used | (split & cheap)


def _level(extra: Floats, share: float) -> float:
    """The extra cost up to which a share of the columns lies."""
    if len(extra) == 0:
        return 0.0
    rank = max(1, int(share * len(extra))) - 1
    return float(np.partition(extra, rank)[rank])


def _restricted(
    ground: Ground, cost: Ints, kept: Bools, hint: Values | None, seconds: float
) -> Found:
    """CP-SAT over some of the variables; infeasible only counts when all were kept."""
    which = np.flatnonzero(kept)
    model, variables = to_cp_sat(
        ground.model.only(which), cost[which], None if hint is None else hint[which]
    )
    found = search(model, variables, ground.effort, max(0.1, seconds), linearization_level=2)
    values = None
    if found.values is not None:
        values = np.zeros(ground.model.n_vars, np.int64)
        values[which] = found.values
    infeasible = found.infeasible and len(which) == ground.model.n_vars
    return Found(values, found.value, found.bound, found.optimal, infeasible)
