"""Chances of slots and units that come nearest to the targets (unbalanced transport; surprise.md, stage 2).

x = u e v with u = (target / E v)^p, p = rho / (1 + rho), and v so that every slot's chances add up to 1.
Units that the same slots can reach share E v, so the steps run over kinds of reach instead of units;
v is found by Newton's method, because the plain alternation needs ten thousand rounds for twelve digits.
"""

from __future__ import annotations

import numpy as np

from scheduler.surprise.service import Bools, Floats, Ints

RHO = 400.0  # how hard the targets pull
LEAST = 1e-9  # of a target: whoever can be reached keeps a chance
ROUNDS, CLOSE, RIDGE = 200, 1e-12, 1e-9
FAR, HALVINGS = 500.0, 30  # of one step of log v


def balanced(target: Floats, eligible: Bools, rho: float = RHO) -> Floats:
    """x, shape (n_slots, n_units): rows add up to 1, columns come near the targets, 0 where not eligible.

    Every slot needs a unit. The least Kullback-Leibler distance to the targets.
    """
    reach, kind = kinds(eligible)
    power = rho / (1 + rho)
    pull = np.where(eligible.any(axis=0), np.maximum(target, LEAST), 0.0) ** power
    each = slot_factors(reach[None], by_kind(pull, kind), power)[0]
    x = each[:, kind] * pull
    return np.asarray(x / x.sum(axis=1, keepdims=True), np.float64)


def by_kind(pull: Floats, kind: Ints) -> Floats:
    """Sum of `pull` over the units of each kind."""
    return np.asarray(np.bincount(kind, pull), np.float64)


def slot_factors(reach: Bools, pull: Floats, power: float) -> Floats:
    """x over target^power, shape (n_rosters, n_slots, n_kinds), for many rosters at once.

    Parameters
    ----------
    reach : (n_rosters, n_slots, n_kinds) whether a slot's team reaches a kind of unit; each one some
    pull : (n_kinds,) sum of target^power
    """
    share, kept, _ = _spread(reach, _slot_weights(reach, pull, power), power)
    factor = share * kept[:, None, :]
    return np.asarray(factor / (factor @ pull)[:, :, None], np.float64)


def kinds(eligible: Bools) -> tuple[Bools, Ints]:
    """Different columns of `eligible`, shape (n_slots, n_kinds), and each unit's kind."""
    packed = np.packbits(eligible, axis=0)
    code = np.zeros(eligible.shape[1], np.int64)
    for row in packed:
        _, code = np.unique(code * 256 + row, return_inverse=True)
    first = np.zeros(int(code.max()) + 1, np.int64)
    first[code[::-1]] = np.arange(len(code))[::-1]
    return np.asarray(eligible[:, first], np.bool_), np.asarray(code, np.int64)


def _slot_weights(reach: Bools, pull: Floats, power: float) -> Floats:
    """log v of every slot, up to a common term."""
    log_v = np.zeros(reach.shape[:2])
    now = _step(reach, pull, power, log_v)
    for _ in range(ROUNDS):
        _, step, miss = now
        if np.abs(miss).max() < CLOSE:
            break
        for _ in range(HALVINGS):
            tried = _step(reach, pull, power, log_v + step)
            worse = ~(tried[0] <= now[0] + 1e-12 * np.abs(now[0]))
            if not worse.any():
                break
            step = np.where(worse[:, None], step / 2, step)
        log_v, now = log_v + step, tried
    return log_v


def _spread(reach: Bools, log_v: Floats, power: float) -> tuple[Floats, Floats, Floats]:
    """Of each kind: the slots' shares, (E v)^(1 - p), and log E v."""
    far = np.where(reach, log_v[:, :, None], -np.inf)
    top = far.max(axis=1, keepdims=True)
    top = np.where(np.isfinite(top), top, 0.0)
    part = np.exp(far - top)
    whole = part.sum(axis=1)
    log_whole = np.log(np.maximum(whole, 1e-300)) + top[:, 0]
    share = part / np.maximum(whole, 1e-300)[:, None]
    return share, np.where(whole > 0, np.exp((1 - power) * log_whole), 0.0), log_whole


def _step(reach: Bools, pull: Floats, power: float, log_v: Floats) -> tuple[Floats, Floats, Floats]:
    """The dual's value, Newton's step, and by how much each slot's chances miss 1."""
    slots = reach.shape[1]
    share, kept, _ = _spread(reach, log_v, power)
    amount = kept * pull
    whole = amount.sum(axis=1)
    mass = np.einsum("rsk,rk->rs", share, amount)
    scale = slots / whole
    miss = mass * scale[:, None] - 1
    both = (share * amount[:, None, :]) @ share.swapaxes(1, 2)
    bend = np.eye(slots) * mass[:, :, None] - power * both
    bend -= (1 - power) / whole[:, None, None] * mass[:, :, None] * mass[:, None, :]
    bend = bend * scale[:, None, None] + 1.0 / slots  # a common term changes nothing: fixed at 0
    bend += RIDGE * np.eye(slots)
    step = np.clip(-np.linalg.solve(bend, miss[:, :, None])[:, :, 0], -FAR, FAR)
    return slots / (1 - power) * np.log(whole) - log_v.sum(axis=1), step, miss
