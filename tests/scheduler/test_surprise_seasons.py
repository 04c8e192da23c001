"""Whole simulated seasons: no safe window, nothing learned from visits, illness, lost teams."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.surprise.roster import Rest
from scheduler.surprise.simulation.deviation import deviation
from scheduler.surprise.simulation.floors import shadows, weekly_ratio, yearly_ratio
from scheduler.surprise.simulation.hazard import hazard
from scheduler.surprise.simulation.illness import HEALTHY, Illness, after_release, taken_over
from scheduler.surprise.simulation.judged import leaks, no_window
from scheduler.surprise.simulation.sampler import drawn
from scheduler.surprise.simulation.season import season_tables
from scheduler.surprise.simulation.soundness import soundness
from scheduler.surprise.simulation.visits import drawn_years
from scheduler.surprise.simulation.windows import ratios, windows
from scheduler.surprise.study import Size, study_service, without_teams

REST = Rest(3, 2)
SIZE = Size(120, 9, 3, 100)


def luck(*numbers):
    return np.random.default_rng(numbers)


@pytest.fixture(scope="module")
def season():
    return season_tables(study_service(SIZE, 1), REST, luck(1), Illness())


@pytest.fixture(scope="module")
def study():
    """A year of the design study."""
    return season_tables(study_service(Size(600, 12, 4), 1), REST, luck(1), Illness())


def same_tables(one, other):
    return [
        (a.teams, a.on_call, a.table.tickets.tobytes(), a.table.debt.tobytes()) for a in one
    ] == [(b.teams, b.on_call, b.table.tickets.tobytes(), b.table.debt.tobytes()) for b in other]


def test_every_table_is_sound(season):
    found = soundness(season)
    assert found.tickets_astray == 0
    assert found.chance_off <= 1e-6
    assert found.sum_off <= 1e-9


def test_soundness_sees_a_moved_ticket_and_one_for_a_barred_unit(season):
    day = season.days[3]
    may = (
        season.service.eligible[day.teams[0]]
        & (season.service.open & ~season.service.planned)[:, day.day]
    )
    moved = day.table.tickets.copy()
    moved[0, np.flatnonzero(may)[0]] += 1
    astray = replace(season, days=(replace(day, table=replace(day.table, tickets=moved)),))
    assert soundness(astray).tickets_astray == 1
    barred = day.table.tickets.copy()
    barred[0, np.flatnonzero(may)[0]] -= 1
    barred[0, np.flatnonzero(~may)[0]] += 1
    wrong = replace(season, days=(replace(day, table=replace(day.table, tickets=barred)),))
    assert soundness(wrong).tickets_astray == 1


def test_no_window_is_safer_than_another(season):
    for figure in no_window([season]):
        assert figure.state == "met", figure


def test_windows_see_a_table_that_spares_units_after_their_planned_visit(season):
    _, seen = ratios(season)
    spared = season.chance.copy()
    for day, unit in np.argwhere(season.service.planned.T):
        spared[day + 1 : day + 6, unit] *= 0.5
    found = {f.name: f.state for f in no_window([replace(season, chance=spared)])}
    assert found["after_planned"] == "missed"
    assert found["before_planned"] == "met"
    assert seen.any()


def test_windows_are_those_counted_in_drawn_years(season):
    drawn = [drawn_years(season, 1, HEALTHY, luck(5, year)).last for year in range(60)]
    ratio, seen = ratios(season)
    after = [
        ratio[day + 1, unit]
        for visits in drawn
        for day, unit in np.argwhere(visits[:-1])
        if seen[day + 1, unit]
    ]
    error = np.std(after) / len(after) ** 0.5
    assert windows(season)["after_1"].mean() == pytest.approx(np.mean(after), abs=4 * error)


def test_drawn_years_come_out_as_the_tables_say(season):
    d = deviation([season], [drawn_years(season, 2_000, HEALTHY, luck(6))])
    assert 0.6 <= d.chi2_per_unit <= 1.4  # 120 units: three standard deviations; 600 in the bench
    assert d.largest_z <= 4.5
    assert 0.98 <= d.unit_day_sd <= 1.02
    assert d.mean_share <= 0.025
    assert d.largest_share <= 0.12


def test_years_drawn_from_other_tables_are_noticed(season):
    drawn = drawn_years(season, 2_000, HEALTHY, luck(2))
    other = replace(season, chance=season.chance * np.linspace(0.85, 1.15, SIZE.units))
    assert deviation([other], [drawn]).chi2_per_unit > 1.5


def test_nobody_has_a_week_without_hazard_and_years_keep_to_the_rates(season):
    assert weekly_ratio(season).min() > 0.15
    assert np.abs(yearly_ratio(season) - 1).max() < 0.03


def test_a_unit_that_only_one_busy_team_may_visit_is_named_with_that_team():
    service = study_service(SIZE, 1)
    eligible = service.eligible.copy()
    eligible[:, 7] = False
    eligible[2, 7] = True
    free = service.free.copy()
    free[2, :10] = False
    lonely = season_tables(replace(service, eligible=eligible, free=free), REST, luck(1), HEALTHY)
    dark = [shadow for shadow in shadows(lonely, 0.5, 50) if shadow.unit == service.units[7]]
    assert {shadow.first_day for shadow in dark} >= {service.days[0], service.days[5]}
    assert all(shadow.busy == (service.teams[2],) for shadow in dark[:2])


def test_the_curve_after_a_visit_is_flat_for_draws_and_zero_for_a_gap(season):
    assert np.abs(np.array(hazard(season, season.chance).ratio[:40]) - 1).max() < 0.03
    visits = np.zeros_like(season.chance)
    visits[::30, 3] = 1
    ratio = hazard(season, visits).ratio
    assert ratio[:29] == [0.0] * 29
    assert ratio[29] > 10


def test_what_was_drawn_changes_no_byte_of_any_later_table(season):
    again = season_tables(season.service, REST, luck(1), Illness())
    for seed in (1, 2):  # two histories with different visits
        drawn_years(again, 3, Illness(), luck(seed))
        assert same_tables(again.days, season.days)


@given(st.integers(0, 10_000))
@settings(max_examples=6, deadline=None)
def test_small_services_too_have_the_same_tables_whatever_was_drawn(seed):
    service = study_service(Size(25, 5, 2, 20), seed)
    first = season_tables(service, REST, luck(seed), Illness())
    visits = [drawn_years(first, 1, Illness(), luck(seed, n)).last for n in (1, 2)]
    assert (visits[0] != visits[1]).any()
    assert same_tables(season_tables(service, REST, luck(seed), Illness()).days, first.days)


def test_lost_teams_leave_past_tables_as_they_were_and_future_ones_sound():
    service = study_service(SIZE, 1)
    lost = season_tables(without_teams(service, [0, 4], 40, 70), REST, luck(1), Illness())
    whole = season_tables(service, REST, luck(1), Illness())
    assert same_tables(lost.days[:40], whole.days[:40])
    assert not same_tables(lost.days[:60], whole.days[:60])
    assert not {0, 4} & {team for day in lost.days[40:71] for team in day.teams}
    assert soundness(lost).chance_off <= 1e-6
    assert leaks(lost, lost.chance)[0] <= 0.54


def test_teams_rest_and_no_team_goes_twice_a_day(season):
    weeks = {}
    for before, day in zip((None, *season.days), season.days, strict=False):
        assert len(set(day.teams)) == len(day.teams)
        assert not set(day.teams) & set(day.on_call)
        assert season.service.free[list(day.teams), day.day].all()
        for team in day.teams:
            key = (team, season.service.week[day.day])
            weeks[key] = weeks.get(key, 0) + 1
        del before
    assert max(weeks.values()) <= REST.week


def test_illness_before_the_draw_costs_no_slot_while_somebody_is_on_call(season):
    assert season.used >= 0.995 * season.wanted


def test_a_drop_out_keeps_the_target_or_makes_it_void_but_never_moves_it():
    visits = luck(3).integers(0, 10, (500, 2))
    eligible = np.zeros((4, 10), bool)
    eligible[2, :5] = True
    kept = after_release(visits, [2, 3], eligible, 0.3, luck(4))
    assert ((kept.visits == visits) | (kept.visits == -1)).all()
    gone = kept.visits == -1
    assert kept.void == gone.sum() > 0
    assert kept.dropped > kept.void
    far = visits[gone] >= 5
    assert far.any()
    twice = gone.sum(axis=1) == 0  # nobody within reach is void unless the only stand-by was taken
    assert (visits[~twice & (visits < 5).all(axis=1)].size == 0) or (
        visits[gone] < 5
    ).sum() < far.sum()


def test_one_stand_by_team_takes_one_target_of_a_day():
    kept = after_release(np.array([[0, 1]]), [0], np.ones((1, 2), bool), 1.0, luck(1))
    assert (kept.dropped, kept.void) == (2, 1)
    assert sorted(kept.visits[0]) == [-1, 0]


@pytest.mark.parametrize("ill", [2, 4, 7])
def test_a_team_that_is_ill_whenever_the_target_is_a_friend_saves_no_friend(study, ill):
    """A12: it drops out after release of every friend's target; others visit the same one all the same."""
    season, chance = study, luck(12)
    friends = luck(13).choice(600, 150, replace=False)
    spared = asked = 0
    for day in season.days:
        units = drawn(day.table.tickets, 100, chance)
        gone = np.isin(units, friends) & (np.array(day.teams) == ill)
        kept = taken_over(units, day.on_call, season.service.eligible, gone)
        assert ((kept.visits == units) | (kept.visits == -1)).all()
        asked, spared = asked + kept.dropped, spared + kept.void
    assert asked > 400
    assert spared <= 0.05 * asked
