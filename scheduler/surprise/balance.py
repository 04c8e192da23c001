"""Chances of slots and units that come nearest to the targets (unbalanced Sinkhorn; surprise.md, stage 2)."""

from __future__ import annotations

import numpy as np

from scheduler.surprise.service import Bools, Floats

RHO = 400.0  # how hard the targets pull
ROUNDS, CLOSE = 5_000, 1e-12


def balanced(target: Floats, eligible: Bools, rho: float = RHO) -> Floats:
    """x, shape (n_slots, n_units): rows add up to 1, columns come near the targets, 0 where not eligible.

    The least Kullback-Leibler distance: x = u e v with u = (target / E v)^(rho / (1 + rho)).
    """
    may = eligible.astype(np.float64)
    goal = np.where(may.any(axis=0), target, 0.0)
    v = np.ones(len(may))
    power = rho / (1 + rho)
    u = goal
    for _ in range(ROUNDS):
        reach = v @ may
        u = np.divide(goal, reach, out=np.zeros_like(goal), where=reach > 0) ** power
        weight = may @ u
        fresh = 1 / np.maximum(weight, 1e-300)
        done = np.abs(fresh / v - 1).max() < CLOSE
        v = fresh
        if done:
            break
    return np.asarray(v[:, None] * may * u[None, :], np.float64)
