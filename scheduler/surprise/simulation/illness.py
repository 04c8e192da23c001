"""Who does not come: ill in the morning, before the draw, or gone after a target is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.surprise.service import Bools, Ints


@dataclass(frozen=True)
class Illness:
    """How often: a team at clock-in, and a team that has its target (surprise.md, test instance)."""

    at_clock_in: float = 0.04
    after_release: float = 0.01


USUAL, HEALTHY = Illness(), Illness(0.0, 0.0)


@dataclass(frozen=True, eq=False)
class Kept:
    """What became of drawn targets: units as drawn, -1 where a visit is void."""

    visits: Ints
    dropped: int  # teams that did not come after release
    void: int  # of them, targets that no team on call could take


def after_release(
    visits: Ints, on_call: Sequence[int], eligible: Bools, rate: float, chance: np.random.Generator
) -> Kept:
    """The day's targets after teams drop out by chance."""
    return taken_over(visits, on_call, eligible, np.asarray(chance.random(visits.shape) < rate))


def taken_over(visits: Ints, on_call: Sequence[int], eligible: Bools, gone: Bools) -> Kept:
    """The day's targets after some teams drop out: a team on call takes the same target, or it is void.

    Parameters
    ----------
    visits : (n_years, n_slots) drawn units; nothing is drawn again and nothing is swapped
    on_call : healthy teams, in their order
    eligible : (n_teams, n_units)
    gone : (n_years, n_slots) whose team does not come, for whatever reason
    """
    kept = visits.copy()
    used: set[tuple[int, int]] = set()
    void = 0
    for year, slot in np.argwhere(gone).tolist():
        able = [
            team for team in on_call
            if eligible[team, visits[year, slot]] and (year, team) not in used
        ]  # fmt: skip
        if able:
            used.add((year, able[0]))
        else:
            kept[year, slot] = -1
            void += 1
    return Kept(kept, int(gone.sum()), void)
