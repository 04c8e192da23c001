"""The figures of simulated years beside the design's limits (surprise.md, A1 to A7 and A12).

The limits are those of the design paper's section 9; what a roster may give away (A4) is the rule
`surprise.leak`, handed in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from math import inf, nan
from typing import Any

import numpy as np

from scheduler.surprise.leakage import daily_leak, weekly_leak
from scheduler.surprise.service import Floats
from scheduler.surprise.simulation.adversary import Learned
from scheduler.surprise.simulation.deviation import deviation
from scheduler.surprise.simulation.figures import Figure
from scheduler.surprise.simulation.floors import weekly_ratio, yearly_ratio
from scheduler.surprise.simulation.season import Season
from scheduler.surprise.simulation.watched import WatchedYear
from scheduler.surprise.simulation.windows import Window, reach_classes, windows

YEARS_DRAWN, YEARS_LEARNED, YEARS_UNSEEN = 2_000, 14, 20  # A2, A5
YEARS_USED = 10  # A12
SMALL, LARGE = 300, 600  # units: up to here the year's sum may miss by 3 %; from here A7 is judged


def tables_sound(years: Sequence[WatchedYear]) -> list[Figure]:
    """A1: whole tickets, nobody barred, chances as fitted."""
    found = [year.sound for year in years if year.sound is not None]
    return [
        Figure("A1", "tickets_astray", max(s.tickets_astray for s in found), most=0),
        Figure("A1", "chance_off", max(s.chance_off for s in found), most=1e-6),
        Figure("A1", "sum_off", max(s.sum_off for s in found), most=1e-9),
    ]


def drawn_as_told(years: Sequence[WatchedYear]) -> list[Figure]:
    """A2: counted visits against the tables."""
    d = deviation([year.season for year in years], [year.drawn for year in years])
    enough, units = d.years >= YEARS_DRAWN, len(years[0].season.service.units)
    spread = (2 / max(1, units - 1)) ** 0.5
    return [
        Figure("A2", "chi2", d.chi2_per_unit, 0.85, 1.15, spread, enough and units >= LARGE),
        Figure("A2", "largest_z", d.largest_z, most=4.5, enough=enough, error=0.5),
        Figure("A2", "unit_day_sd", d.unit_day_sd, 0.98, 1.02, enough=enough),
        Figure("A2", "mean_share", d.mean_share, most=0.025, enough=enough),
        Figure("A2", "largest_share", d.largest_share, most=0.12, enough=enough),
    ]


def no_week_is_safe(seasons: Sequence[Season], planned: Season) -> list[Figure]:
    """A3: weekly hazard with illness, and of a year without; the year's sum against the rate."""
    ratio = np.concatenate([weekly_ratio(season) for season in seasons])
    calm = weekly_ratio(planned)
    year = np.mean([yearly_ratio(season) for season in seasons], axis=0)
    most = 0.03 if len(year) <= SMALL else 0.01
    return [
        Figure("A3", "zero_weeks", int((ratio <= 0).sum()), most=0),
        Figure("A3", "week_least", float(ratio.min()), least=0.15),
        Figure("A3", "week_dark", float((ratio < 0.75).mean()), most=0.01),
        Figure("A3", "planned_least", float(calm.min()), least=0.5),
        Figure("A3", "planned_dark", float((calm < 0.75).mean()), most=0.005),
        Figure("A3", "year_off", float(np.abs(year - 1).max()), most=most),
    ]


def roster_leak(
    seasons: Sequence[Season], blind: Season, pool: Floats, rule: Mapping[str, Any]
) -> list[Figure]:
    """A4: what the roster gives away to somebody who knows which teams go, exactly.

    Beside it a year whose teams are drawn blindly out of those on call: for somebody who knows them, and
    for somebody who only knows who is on call (`pool`).
    """
    row = limits_row(len(seasons[0].service.teams), rule)
    known = np.mean([leaks(season, season.chance) for season in seasons], axis=0)
    found = []
    for n, span in enumerate(("day", "week")):
        found += [
            Figure("A4", f"leak_{span}", float(known[n]), most=rule[span][row]),
            Figure("A4", f"blind_{span}", leaks(blind, blind.chance)[n]),
            Figure("A4", f"pool_{span}", leaks(blind, pool)[n]),
        ]
    return found


def limits_row(teams: int, rule: Mapping[str, Any]) -> int:
    """Which row of the rule `surprise.leak` holds for so many teams."""
    return next(n for n, least in enumerate(rule["teams"]) if teams >= least)


def leaks(season: Season, chance: Floats) -> tuple[float, float]:
    """Leak within a day and within a week, days without a draw left out; NaN without any draw."""
    on = season.published.sum(axis=1) > 0
    if not on.any():
        return nan, nan
    week = season.service.week[on]
    return daily_leak(chance[on], season.fair[on]), weekly_leak(chance[on], season.fair[on], week)


def watcher_learns(learned: Mapping[str, Learned]) -> list[Figure]:
    """A5: the learning watcher, with placebo and two plans that he has to see through."""
    ours, placebo = learned["ours"], learned["placebo"]
    enough = ours.train_years >= YEARS_LEARNED and ours.test_years >= YEARS_UNSEEN
    band, most = (
        max(0.01, 3 * ours.error),
        min(0.5 + max(0.01, 3 * ours.error), placebo.auc + 3 * ours.error),
    )
    free = max(0.01, 3 * placebo.error)
    return [
        Figure("A5", "auc", ours.auc, 0.5 - band, most, ours.error, enough),
        Figure("A5", "gain", ours.gain_bits, most=0.005, enough=enough, error=0.005),
        Figure("A5", "placebo", placebo.auc, 0.5 - free, 0.5 + free, placebo.error, enough),
        Figure("A5", "even", learned["even"].auc, 0.85, error=learned["even"].error, enough=enough),
        Figure("A5", "gap", learned["gap"].auc, 0.58, error=learned["gap"].error, enough=enough),
        Figure("A5", "insider", learned["insider"].auc, error=learned["insider"].error),
        Figure("A5", "even_gain", learned["even"].gain_bits),
    ]


def no_window(seasons: Sequence[Season], test: str = "A6") -> list[Figure]:
    """A6: windows after a visit, at the year's end, around the planned visit; by number of teams."""
    each = [windows(season) for season in seasons]
    total: dict[str, Window] = {
        name: reduce(lambda a, b: a + b, [found[name] for found in each]) for name in each[0]
    }
    figures = []
    for name, window in total.items():
        wide = 0.03 if name.endswith("planned") else 0.02
        figures.append(Figure(test, name, window.mean(), 1 - wide, 1 + wide))
    classes = reach_classes(seasons[0].service.eligible.sum(axis=0))
    by_class = [
        window.mean(units) for units in classes.values() for window in total.values()
        if window.weight[units].sum() > 0
    ]  # fmt: skip
    figures.append(Figure(test, "class_least", min(by_class), least=0.95))
    figures.append(Figure(test, "class_most", max(by_class), most=1.05))
    return figures


def random_enough(years: Sequence[WatchedYear]) -> list[Figure]:
    """A7: entropy of the set of units against the greatest possible; the likeliest outcome."""
    found = [day for year in years for day in year.entropy]
    shares = [day.share for day in found]
    season = years[0].season
    large = len(season.service.units) >= LARGE and season.service.slots.max() >= 4
    error = max(day.units_error / day.greatest for day in found)
    return [
        Figure("A7", "set_least", min(shares), least=0.96, error=error),
        Figure("A7", "set_mean", float(np.mean(shares)), least=0.975, error=error),
        Figure("A7", "least_bits", min(d.least for d in found), least=20 if large else -inf),
        Figure("A7", "day_bits", float(np.mean([d.day for d in found]))),
    ]


def capacity_used(years: Sequence[WatchedYear]) -> list[Figure]:
    """A12: slots that were drawn on, and targets that nobody could reach after a drop-out."""
    wanted, used = sum(y.season.wanted for y in years), sum(y.used for y in years)
    targets, void = sum(y.drawn.targets for y in years), sum(y.drawn.void for y in years)
    enough = len(years) >= YEARS_USED
    share, part = used / wanted, void / targets
    error = (max(part, 1 / targets) / targets) ** 0.5
    return [
        Figure("A12", "used", share, 0.995, error=((1 - share) / wanted) ** 0.5, enough=enough),
        Figure("A12", "void", part, most=0.0015, error=error, enough=enough),
    ]
