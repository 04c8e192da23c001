"""One simulated year with everything that is measured on it; the tables themselves are let go."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from scheduler.surprise.roster import Rest
from scheduler.surprise.service import Service
from scheduler.surprise.simulation.adversary import Cases, year_cases
from scheduler.surprise.simulation.even_spread import even_spread
from scheduler.surprise.simulation.gap_plan import gap_plan
from scheduler.surprise.simulation.hazard import Hazard, hazard
from scheduler.surprise.simulation.illness import USUAL, Illness
from scheduler.surprise.simulation.season import Season, season_tables
from scheduler.surprise.simulation.set_entropy import DayEntropy, day_entropy
from scheduler.surprise.simulation.soundness import Soundness, soundness
from scheduler.surprise.simulation.visits import DrawnYears, drawn_years

ENTROPY_DAYS, SAMPLES = 4, 4_000  # days of a year that are looked at (A7); sets drawn of each


@dataclass(frozen=True)
class Machine:
    """What is simulated: each year's service, rest of teams, illness, and the seed of all chance."""

    service_of: Callable[[int], Service]
    rest: Rest
    seed: int
    sick: Illness = USUAL

    def season(self, year: int, sick: Illness | None = None, blindly: bool = False) -> Season:
        """A year's tables; `blindly`: teams are drawn whatever they reach."""
        ill = self.sick if sick is None else sick
        return season_tables(self.service_of(year), self.rest, self.luck(year, 0), ill, blindly)

    def luck(self, year: int, use: int) -> np.random.Generator:
        """Chance of its own for each use in each year."""
        return np.random.default_rng([self.seed, year, use])


@dataclass(frozen=True, eq=False)
class WatchedYear:
    """One year; `season` has lost its days' tables."""

    season: Season
    used: int
    drawn: DrawnYears
    cases: Mapping[str, Cases]  # ours, insider, placebo, even, gap
    ours: Hazard
    even: Hazard
    entropy: tuple[DayEntropy, ...] = ()
    sound: Soundness | None = None


def watched_year(machine: Machine, year: int, draws: int, closely: bool) -> WatchedYear:
    """Simulates a year; `closely`: with what is slow (entropy, soundness of tables)."""
    season = machine.season(year)
    drawn = drawn_years(season, draws, machine.sick, machine.luck(year, 1))
    chance = machine.luck(year, 2)
    even, gap = even_spread(season, chance), gap_plan(season, chance)
    cases = {
        "ours": year_cases(season, drawn.last, chance),
        "insider": year_cases(season, drawn.last, chance, insider=True),
        "placebo": year_cases(season, drawn.last, chance, placebo=True),
        "even": year_cases(season, even, chance), "gap": year_cases(season, gap, chance),
    }  # fmt: skip
    bare = replace(season, days=())
    found = WatchedYear(
        bare, season.used, drawn, cases, hazard(season, season.chance),
        hazard(season, even.astype(np.float64)),
    )  # fmt: skip
    if not closely:
        return found
    some = np.linspace(0, len(season.days) - 1, ENTROPY_DAYS + 2).astype(int)[1:-1]
    return replace(
        found, sound=soundness(season),
        entropy=tuple(
            day_entropy(season.days[n].table, SAMPLES, machine.luck(year, 4)) for n in some
        ),
    )  # fmt: skip
