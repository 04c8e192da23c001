"""Which free teams go out on a day: chosen by chance, within the rest that teams are due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.surprise.service import Bools


@dataclass(frozen=True)
class Rest:
    """Most surprise days of a team in a week, and in a row."""

    week: int
    row: int


def rested(
    on: Mapping[str, Sequence[str]], teams: Sequence[str], day: str, week: Sequence[str],
    before: Sequence[str], rest: Rest,
) -> Bools:  # fmt: skip
    """Whether each team may go on a day, given who went on which days.

    Parameters
    ----------
    on : day -> teams that went or are to go
    week : the days of the day's week
    before : the `rest.row` working days before it
    """
    return np.array(
        [
            sum(team in on.get(other, ()) for other in week if other != day) < rest.week
            and not (len(before) >= rest.row and all(team in on.get(b, ()) for b in before))
            for team in teams
        ],
        np.bool_,
    )


def chosen(may: Bools, slots: int, chance: np.random.Generator) -> list[int]:
    """Teams for the slots, in slot order; fewer when fewer may go."""
    able = np.flatnonzero(may)
    return [int(team) for team in chance.permutation(able)[: min(slots, len(able))]]
