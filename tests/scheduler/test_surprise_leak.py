"""What can be guessed from tables alone, against plain counting over all pairs."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.surprise.balance import balanced
from scheduler.surprise.leakage import daily_leak, leak, weekly_leak
from scheduler.surprise.roster import Rest, day_teams
from scheduler.surprise.simulation.illness import HEALTHY
from scheduler.surprise.simulation.pool import pooled_chances
from scheduler.surprise.simulation.season import season_tables
from scheduler.surprise.study import Size, study_service


def counted_auc(chance, rate):
    """Cases by chance, controls by rate; the guesser orders by chance over rate, ties count half."""
    case, control, y = chance / chance.sum(), rate / rate.sum(), chance / rate
    tied = np.isclose(y[:, None], y[None, :], rtol=1e-12)
    above = np.where(tied, 0.5, y[:, None] > y[None, :])
    return float(case @ above @ control)


@given(st.integers(1, 30), st.integers(0, 10_000))
@settings(deadline=None)
def test_the_leak_is_the_best_auc_counted_over_all_pairs(n, seed):
    chance = np.random.default_rng(seed)
    rate = chance.random(n) + 0.01
    pi = rate * chance.choice([0.5, 1.0, 1.0, 1.7], n)
    assert leak(pi, rate) == pytest.approx(counted_auc(pi, rate), abs=1e-9)


@given(st.floats(0.01, 0.9), st.integers(0, 1000))
@settings(deadline=None)
def test_chances_within_d_of_the_rate_leak_at_most_a_quarter_of_d(d, seed):
    chance = np.random.default_rng(seed)
    rate = chance.random(50) + 0.01
    y = chance.uniform(1 - d, 1 + d, 50)
    assert 0.5 <= leak(rate * y / (rate @ y / rate.sum()), rate) <= 0.5 + d / 4 / (1 - d) + 1e-12


def test_whatever_follows_the_rate_leaks_nothing_and_a_chosen_unit_leaks_all():
    rate = np.array([0.1, 0.2, 0.3])
    assert leak(rate * 7, rate) == 0.5
    assert leak(np.array([1.0, 0, 0]), np.array([1e-6, 0.5, 0.5])) == pytest.approx(1, abs=1e-5)


def test_a_week_forgives_what_its_days_give_away():
    rate = np.full((2, 2), 0.5)
    chance = np.array([[0.9, 0.1], [0.1, 0.9]])
    assert daily_leak(chance, rate) == pytest.approx(0.7)
    assert weekly_leak(chance, rate, np.array([0, 0])) == 0.5


def test_the_pool_is_the_mean_over_all_ways_to_choose_the_teams():
    service = study_service(Size(40, 6, 2, 10), 3)
    season = season_tables(service, Rest(3, 2), np.random.default_rng(1), HEALTHY, blindly=True)
    pooled = pooled_chances(season, np.random.default_rng(2))
    for day in season.days[:4]:
        free = [*day.teams, *day.on_call]
        may = service.eligible & (service.open & ~service.planned)[:, day.day]
        each = [
            balanced(day.table.target, may[list(pair)]).sum(axis=0)
            for pair in combinations(free, 2)
        ]
        assert pooled[day.day] == pytest.approx(np.mean(each, axis=0), abs=1e-9)


def test_teams_that_reach_everybody_are_preferred_to_two_of_a_kind():
    service = study_service(Size(40, 6, 2, 10), 3)
    eligible = np.zeros_like(service.eligible)
    eligible[:3, :20], eligible[3:, 20:] = True, True  # each half of the units has its own teams
    service = type(service)(**{**service.__dict__, "eligible": eligible})
    for seed in range(10):
        may = np.ones(6, bool)
        teams = day_teams(service, 0, np.zeros(40), may, np.random.default_rng(seed))
        assert {team < 3 for team in teams} == {True, False}


def test_a_team_that_goes_in_any_case_is_kept():
    service = study_service(Size(40, 6, 2, 10), 3)
    for seed in range(5):
        teams = day_teams(
            service, 0, np.zeros(40), np.ones(6, bool), np.random.default_rng(seed), [4]
        )
        assert len(teams) == 2
        assert 4 in teams
