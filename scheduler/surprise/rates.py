"""How often each unit may expect a surprise visit, out of its risk (surprise.md, section 3, stage 1)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from data.words import Message
from scheduler.surprise.service import Floats

STEPS = 200  # of the bisection: the sum is met to the last bit long before


class RatesImpossible(Exception):
    """Floor and cap leave no room for the visits there are."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message.say("en"))


def minimax_rates(
    risk: Floats, total: float, floor: float, cap: float, days: int, length: int, kappa: float
) -> Floats:
    """Expected surprise visits a day of each unit, so that the best place to break a rule pays least.

    min over u of max over i of risk_i (1 - (1 + kappa) d_i), d_i = 1 - (1 - rate_i)^length the chance
    that a violation of `length` days is seen; floor and cap hold for every unit.

    Parameters
    ----------
    risk : weight of a violation at each unit, > 0
    total : visits of all units a day
    floor, cap : visits a year of one unit
    days : working days of a year
    length : days that a violation lasts
    kappa : what being caught costs, over what the violation brings

    Raises
    ------
    RatesImpossible
        When the floor asks for more, or the cap allows less, than `total`.
    """
    low, high = _limits(len(risk), total, floor, cap, days)

    def at(u: float) -> Floats:
        wanted = np.clip((1 - u / risk) / (1 + kappa), 0, 1)
        return np.clip(1 - (1 - wanted) ** (1 / length), low, high)

    return _met(at, -kappa * float(risk.max()), float(risk.max()), total)


def proportional_rates(
    risk: Floats, total: float, floor: float, cap: float, days: int, alpha: float
) -> Floats:
    """Expected surprise visits a day of each unit, in proportion to risk^alpha between floor and cap.

    Raises
    ------
    RatesImpossible
        As for `minimax_rates`.
    """
    low, high = _limits(len(risk), total, floor, cap, days)
    weight = risk**alpha
    return _met(
        lambda c: np.clip(weight / c, low, high), 1e-12, weight.max() / max(low, 1e-12), total
    )


def _limits(n: int, total: float, floor: float, cap: float, days: int) -> tuple[float, float]:
    low, high = floor / days, cap / days
    if not low * n <= total <= high * n:
        raise RatesImpossible(
            Message(
                "Mỗi năm có {visits:.0f} lượt đột xuất cho {n} đơn vị; mức tối thiểu {floor:g} và tối đa "
                "{cap:g} lượt mỗi đơn vị không chia được. Đổi quy tắc surprise.rates hoặc phần dự phòng.",
                {"visits": total * days, "n": n, "floor": floor, "cap": cap},
            )
        )
    return low, high


def _met(at: Callable[[float], Floats], low: float, high: float, total: float) -> Floats:
    """The rates whose sum is the total, by bisection; `at` falls as its argument grows."""
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if at(middle).sum() > total else (low, middle)
    found = at((low + high) / 2)
    return np.asarray(found * (total / found.sum()) if total > 0 else 0 * found, np.float64)


def chance_in(rate: Floats, days: int) -> Floats:
    """Chance of at least one visit within so many days."""
    return np.asarray(1 - (1 - rate) ** days, np.float64)


def attacker_payoff(risk: Floats, rate: Floats, length: int, kappa: float) -> float:
    """What breaking a rule for `length` days pays at the best place, at most."""
    seen = 1 - (1 - rate) ** length
    return float((risk * (1 - (1 + kappa) * seen)).max())


def detection(risk: Floats, rate: Floats, length: int) -> float:
    """Share of violations of `length` days that are seen, weighted by risk."""
    return float((risk * (1 - (1 - rate) ** length)).sum() / risk.sum())
