"""Base rates: no place pays more than another, floors and caps hold, quarters move by small steps."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.surprise.epochs import next_rates
from scheduler.surprise.rates import (
    RatesImpossible,
    attacker_payoff,
    minimax_rates,
    proportional_rates,
)

DAYS, LENGTH = 250, 20
risks = st.lists(st.floats(0.1, 10), min_size=2, max_size=40).map(np.array)


def payoff(risk, rate, kappa):
    return risk * (1 - (1 + kappa) * (1 - (1 - rate) ** LENGTH))


@given(risks, st.floats(0.1, 0.9), st.floats(0.0, 5.0))
@settings(deadline=None)
def test_no_unit_pays_more_than_another_unless_it_stands_at_its_cap(risk, share, kappa):
    floor, cap = 0.5, 40.0
    total = len(risk) * (floor + share * (cap - floor)) / DAYS
    rate = minimax_rates(risk, total, floor, cap, DAYS, LENGTH, kappa)
    assert rate.sum() == pytest.approx(total)
    assert (rate >= floor / DAYS * (1 - 1e-9)).all()
    assert (rate <= cap / DAYS * (1 + 1e-9)).all()
    pays = payoff(risk, rate, kappa)
    above_floor = rate > floor / DAYS * (1 + 1e-6)
    below_cap = rate < cap / DAYS * (1 - 1e-6)
    if (above_floor & below_cap).any():  # those in between all pay the same
        level = pays[above_floor & below_cap].max()
        assert pays[below_cap].max() <= level + 1e-6 * risk.max()
        assert pays[above_floor].min() >= level - 1e-6 * risk.max()


@given(risks, st.integers(0, 1000))
@settings(deadline=None)
def test_no_other_rates_with_the_same_limits_leave_the_attacker_less(risk, seed):
    floor, cap = 0.5, 20.0
    total = len(risk) * 5 / DAYS
    best = attacker_payoff(risk, minimax_rates(risk, total, floor, cap, DAYS, LENGTH, 1), LENGTH, 1)
    other = np.random.default_rng(seed).uniform(floor / DAYS, cap / DAYS, len(risk))
    other = np.clip(other * total / other.sum(), floor / DAYS, cap / DAYS)
    if other.sum() <= total:
        assert best <= attacker_payoff(risk, other, LENGTH, 1) + 1e-9


def test_many_visits_are_met_even_where_breaking_a_rule_already_pays_nothing():
    rate = minimax_rates(np.array([1.0, 2.0]), 0.9, 1, 200, DAYS, LENGTH, 1)
    assert rate.sum() == pytest.approx(0.9)
    assert rate.max() <= 200 / DAYS


@pytest.mark.parametrize(
    ("visits", "possible"), [(10, True), (9.99, False), (40, True), (40.01, False)]
)
def test_floor_and_cap_leave_room_or_the_rates_are_refused(visits, possible):
    risk = np.ones(10)
    for rates in (
        lambda: minimax_rates(risk, visits / DAYS, 1, 4, DAYS, LENGTH, 1),
        lambda: proportional_rates(risk, visits / DAYS, 1, 4, DAYS, 1),
    ):
        if possible:
            assert rates().sum() * DAYS == pytest.approx(visits)
        else:
            with pytest.raises(RatesImpossible):
                rates()


def test_no_visits_give_no_rates():
    assert not minimax_rates(np.ones(3), 0.0, 0.0, 4, DAYS, LENGTH, 1).any()


def test_proportional_rates_stand_in_proportion_between_the_limits():
    rate = proportional_rates(np.array([1.0, 2.0, 100.0]), 9 / DAYS, 1, 6, DAYS, 1)
    assert rate[1] / rate[0] == pytest.approx(2)
    assert rate[2] * DAYS == pytest.approx(6)


@given(risks, st.integers(0, 1000), st.floats(0.01, 0.5))
@settings(deadline=None)
def test_a_quarter_moves_no_rate_by_more_than_its_step_and_keeps_the_sum(risk, seed, change):
    chance = np.random.default_rng(seed)
    before = chance.uniform(0.002, 0.02, len(risk))
    wanted = before * chance.uniform(0.3, 3.0, len(risk))
    wanted *= before.sum() / wanted.sum()
    after = next_rates(before, wanted, change)
    assert (np.abs(after / before - 1) <= change + 1e-9).all()
    assert after.sum() == pytest.approx(before.sum())


def test_a_quarter_brings_nobody_under_the_floor_to_make_room_for_others():
    before = np.array([1.0, 1.0, 1.0, 2.0]) / DAYS
    wanted = (
        np.array([1.0, 1.0, 1.0, 2.0]) / DAYS * np.array([1, 1, 1, 0.5])
    )  # the last falls too far
    after = next_rates(before, wanted, 0.2)
    assert after.min() * DAYS >= 1 - 1e-9
    assert after[3] * DAYS == pytest.approx(1.6)


def test_where_the_steps_are_too_short_the_sum_is_missed_and_the_step_kept():
    before, wanted = np.full(4, 0.01), np.full(4, 0.03)
    assert next_rates(before, wanted, 0.2) == pytest.approx(np.full(4, 0.012))
