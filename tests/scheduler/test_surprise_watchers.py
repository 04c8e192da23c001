"""Watchers who learn: they see through orderly plans, and find nothing where there is nothing."""

from functools import partial
from math import inf, nan

import numpy as np
import pytest

from scheduler.surprise.roster import Rest
from scheduler.surprise.simulation.adversary import Cases, auc_error, learned, year_cases
from scheduler.surprise.simulation.clues import NAMES, clues
from scheduler.surprise.simulation.even_spread import AWAY, even_spread
from scheduler.surprise.simulation.figures import Figure
from scheduler.surprise.simulation.gap_plan import GAP, gap_plan
from scheduler.surprise.simulation.illness import HEALTHY
from scheduler.surprise.simulation.insider_year import hit_share, insider_year
from scheduler.surprise.simulation.season import season_tables
from scheduler.surprise.simulation.visits import drawn_years
from scheduler.surprise.simulation.watched import Machine
from scheduler.surprise.study import Size, study_service

SIZE = Size(90, 8, 2, 120)
YEARS = 8


@pytest.fixture(scope="module")
def years():
    found = []
    for year in range(YEARS):
        chance = np.random.default_rng([7, year])
        season = season_tables(study_service(SIZE, 1, year), Rest(3, 2), chance, HEALTHY)
        found.append((season, drawn_years(season, 1, HEALTHY, chance).last, chance))
    return found


def test_the_watcher_learns_nothing_from_draws_or_placebo(years):
    ours = learned([year_cases(s, v, c) for s, v, c in years], 1)
    placebo = learned([year_cases(s, v, c, placebo=True) for s, v, c in years], 1)
    assert abs(ours.auc - 0.5) <= 4 * ours.error
    assert abs(placebo.auc - 0.5) <= 4 * placebo.error
    assert ours.gain_bits <= 0.005


def test_the_watcher_sees_through_an_even_spread_and_through_a_gap(years):
    even = learned([year_cases(s, even_spread(s, c), c) for s, _, c in years], 1)
    gap = learned([year_cases(s, gap_plan(s, c), c) for s, _, c in years], 1)
    assert even.auc >= 0.85
    assert even.gain_bits > 0.3
    assert gap.auc >= 0.58


def test_an_even_spread_uses_the_same_slots_and_keeps_away_from_planned_visits(years):
    season, _, chance = years[0]
    visits = even_spread(season, chance)
    slots = np.rint(season.published.sum(axis=1))
    assert (visits.sum(axis=1) <= slots).all()
    assert visits.sum() >= 0.99 * slots.sum()
    assert not (visits & season.service.planned.T).any()
    distance = [
        np.abs(np.flatnonzero(season.service.planned[unit]) - day).min()
        for day, unit in np.argwhere(visits)
        if season.service.planned[unit].any()
    ]
    assert np.mean(np.array(distance) > AWAY) > 0.95


def test_the_gap_plan_keeps_its_gap(years):
    season, _, chance = years[0]
    for unit in gap_plan(season, chance).T:
        days = np.flatnonzero(unit)
        assert (np.diff(days) > GAP).all()


def test_clues_know_only_what_happened_before(years):
    season, visits, _ = years[0]
    day = np.full(SIZE.units, 60)
    unit = np.arange(SIZE.units)
    before = clues(season, visits, day, unit)
    later = visits.copy()
    later[60:] = ~later[60:]
    assert before.shape == (SIZE.units, len(NAMES))
    assert np.array_equal(before, clues(season, later, day, unit))
    earlier = visits.copy()
    earlier[59] = ~earlier[59]
    assert not np.array_equal(before, clues(season, earlier, day, unit))


def test_clues_count_days_since_visits():
    season = season_tables(study_service(SIZE, 1), Rest(3, 2), np.random.default_rng(1), HEALTHY)
    visits = np.zeros(season.chance.shape, bool)
    visits[[10, 17], 4] = True
    row = dict(zip(NAMES, clues(season, visits, np.array([20]), np.array([4]))[0], strict=True))
    assert (row["since_last"], row["since_second"], row["visits"], row["visits_20"]) == (
        3,
        10,
        2,
        2,
    )


def test_a_watcher_who_is_told_the_answer_is_perfect():
    chance = np.random.default_rng(1)
    told = [
        Cases(np.column_stack([y + chance.normal(0, 0.01, 400), chance.random(400)]), y)
        for y in (np.repeat([1, 0], 200) for _ in range(4))
    ]
    found = learned(told, 1)
    assert found.auc > 0.999
    assert (found.train_years, found.test_years) == (2, 2)


def test_the_error_of_an_auc_is_what_repeated_guessing_shows():
    chance = np.random.default_rng(2)
    n = 200
    aucs = []
    for _ in range(400):
        case, control = chance.normal(0.5, 1, n), chance.normal(0, 1, n)
        aucs.append((case[:, None] > control).mean())
    assert auc_error(float(np.mean(aucs)), n) == pytest.approx(np.std(aucs), rel=0.15)


def test_an_insider_names_hardly_more_than_the_rates_do_and_far_more_of_an_even_spread():
    found = insider_year(Machine(partial(study_service, SIZE, 1), Rest(3, 2), 1))
    assert found.hits_by_rate <= found.hits <= 1.5 * found.hits_by_rate
    assert found.hits_even > 3 * found.hits
    assert found.day_after_even < 0.1 < 0.9 < found.day_after


def test_naming_the_visited_units_hits_all(years):
    season, visits, _ = years[0]
    known = visits.astype(float)
    assert hit_share(season, known, known) == 1
    assert hit_share(season, -known, known) == 0


@pytest.mark.parametrize(
    ("figure", "state"),
    [
        (Figure("A4", "x", 0.51, most=0.51), "met"),
        (Figure("A4", "x", 0.5101, most=0.51), "missed"),
        (Figure("A4", "x", 0.51), "told"),
        (Figure("A4", "x", nan, most=1.0), "unsure"),
        (Figure("A5", "x", 0.9, 0.85, error=0.01, enough=False), "unsure"),
        (Figure("A5", "x", 0.84, 0.85, error=0.01, enough=False), "unsure"),
        (Figure("A5", "x", 0.81, 0.85, error=0.01, enough=False), "missed"),
        (Figure("A5", "x", inf, most=1.0), "missed"),
    ],
)
def test_a_small_sample_claims_nothing_but_a_clear_miss(figure, state):
    assert figure.state == state
