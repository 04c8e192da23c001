"""Better days near a known plan: free some visits, keep the others, let CP-SAT choose anew."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np

from solver.search import Values, search
from solver.visits.days.cut import to_cp_sat
from solver.visits.days.lp import Relaxed
from solver.visits.days.people import Bools, Ints
from solver.visits.days.rows import FREE, Sparse

if TYPE_CHECKING:
    from solver.visits.days.stage import Ground

ROUND = 1.5  # seconds of effort that one neighbourhood may take
SIDE_BY_SIDE = 2  # neighbourhoods looked at together, whatever the number of workers


def improve(
    ground: Ground, cost: Ints, relaxed: Relaxed, best: Values, bound: int, seconds: float
) -> Values:
    """The best point found by freeing neighbourhoods of visits in turn, for `seconds` of effort.

    Which visits are free depends on the seed and on what was found before, never on the clock: two
    neighbourhoods are searched side by side, and the better answer is taken.
    """
    effort = ground.effort
    ends_at = effort.left - seconds
    rng = np.random.default_rng(effort.settings.seed)
    usable = relaxed.extra < int(cost @ best) - relaxed.bound
    width = 40
    with ThreadPoolExecutor(max(1, min(SIDE_BY_SIDE, effort.settings.workers))) as pool:
        while cost @ best > bound and effort.left > ends_at + 0.1:
            freed = [_freed(ground, relaxed, best, width, rng) for _ in range(SIDE_BY_SIDE)]
            tasks = [
                pool.submit(_again, ground, cost, usable, best, free, n)
                for n, free in enumerate(freed)
            ]
            answers = [task.result() for task in tasks]
            effort.charge(max(work for _, work, _ in answers))
            won = [point for point, _, _ in answers if point is not None]
            best = min([best, *won], key=lambda point: int(cost @ point))
            full = all(done for _, _, done in answers)
            width = min(200, width + 4) if full else max(20, width - 4)
    return best


def _freed(
    ground: Ground, relaxed: Relaxed, best: Values, width: int, rng: np.random.Generator
) -> Bools:
    """Choices set free: half of the time around one costly choice, else those that lie near one row."""
    n = int(ground.choice.max(initial=-1)) + 1
    free = np.zeros(n, bool)
    now = np.flatnonzero((best > 0) & (ground.choice >= 0))
    weight = np.maximum(relaxed.extra[now], 0) + 1e-3 * (1 + relaxed.extra[now].max(initial=1))
    if rng.random() < 0.5:
        many = min(width, len(now))
        picked = rng.choice(len(now), many, replace=False, p=weight / weight.sum())
        free[ground.choice[now[picked]]] = True
        return free
    seed = now[rng.choice(len(now), p=weight / weight.sum())]
    rows = ground.model.row[ground.model.var == seed]
    model = ground.model
    wide = np.zeros(model.n_vars, bool)
    wide[ground.choice == ground.choice[seed]] = True
    rows = np.unique(model.row[wide[model.var]])
    near = rng.permutation(rows)[: max(4, width // 4)]
    beside = model.var[np.isin(model.row, near) & (best[model.var] > 0)]
    others = ground.choice[beside]
    others = np.unique(others[others >= 0])
    free[rng.permutation(others)[: width - 1]] = True
    free[ground.choice[seed]] = True
    return free


def _again(
    ground: Ground, cost: Ints, usable: Bools, best: Values, free: Bools, number: int
) -> tuple[Values | None, float, bool]:
    """The point with these choices made anew, the effort it took, and whether the search was complete."""
    loose = ground.choice < 0
    loose |= free[np.maximum(ground.choice, 0)] & (usable | (best > 0))
    which = np.flatnonzero(loose)
    part = _remaining(ground.model.only(which), best[which], ground.model.values(best))
    model, variables = to_cp_sat(part, cost[which], best[which])
    effort = ground.effort
    found = search(
        model, variables, effort, ROUND, seed=effort.settings.seed + number, charged=False,
        linearization_level=2,
    )  # fmt: skip
    if found.values is None:
        return None, found.seconds, found.infeasible
    point = best.copy()
    point[which] = found.values
    return point, found.seconds, found.optimal


def _remaining(part: Sparse, now: Values, activity: Ints) -> Sparse:
    """The rows with what the fixed variables use taken off; rows that cannot be broken are left out."""
    fixed = activity - part.values(now)
    lower = np.where(part.lower <= -FREE, part.lower, part.lower - fixed)
    upper = np.where(part.upper >= FREE, part.upper, part.upper - fixed)
    ends = part.coef * part.var_upper[part.var], part.coef * part.var_lower[part.var]
    high = np.bincount(part.row, np.maximum(*ends), part.n_rows)
    low = np.bincount(part.row, np.minimum(*ends), part.n_rows)
    binding = (high > upper) | (low < lower)
    number = np.cumsum(binding) - 1
    kept = binding[part.row]
    return Sparse(
        part.var_lower, part.var_upper, lower[binding], upper[binding],
        number[part.row[kept]], part.var[kept], part.coef[kept],
    )  # fmt: skip
