"""Days and teams of a season as whole numbers: who is kept free for surprise visits, within which limits.

A team that is kept on a day can be sent to a surprise visit on it. Days come in order, weeks are runs of
days with one number in `week_of`. The solver knows no law: a rule that is left out is a ReserveProblem
without its limit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SLOT = 1000  # parts in which shares of one team-day are counted


@dataclass(frozen=True)
class Reach:
    """Teams that can serve one class of places, or hold one skill: some of them should be kept.

    `share[d]`: how much of a kept team-day the class should get on day d, in parts of `SLOT`; all 0
    for a skill.
    """

    label: str
    teams: tuple[int, ...]
    share: tuple[int, ...]  # (n_days,)


@dataclass(frozen=True)
class Away:
    """The team is not kept on these days."""

    team: int
    days: tuple[int, ...]
    label: str
    type: Literal["away"] = "away"


@dataclass(frozen=True)
class WeekDays:
    """A team is kept on at most `most` days of a week; `used[j]` of the first week's are gone already."""

    most: int
    label: str
    used: tuple[int, ...] = ()  # (n_teams,); () = none
    type: Literal["week_days"] = "week_days"


@dataclass(frozen=True)
class InRow:
    """A team is kept on at most `most` days in a row; `run[j]` of them came just before day 0."""

    most: int
    label: str
    run: tuple[int, ...] = ()  # (n_teams,); () = none
    type: Literal["in_row"] = "in_row"


Limit = Away | WeekDays | InRow


@dataclass(frozen=True)
class Goals:
    """Prices in points; the reserve with the fewest points is best (see values.py)."""

    short: int = 10**10  # for each team-day that is wanted and not kept
    missing: int = 10**7  # for each day that a class or skill lacks on its `least_days` of a week
    uneven: int = 4  # for each part of a share that no kept team can serve, by day and by week
    thin: int = (
        1  # for each part of a share, for each of two kept teams that it lacks where 3 are kept
    )
    turns: int = 40  # for each team-day, times how much oftener the team was kept than another
    skill: int = 200  # for each day without a kept team of a skill


@dataclass(frozen=True)
class ReserveProblem:
    """Days of a season for which teams are kept."""

    n_teams: int
    week_of: tuple[int, ...]  # (n_days,) ascending
    wanted: tuple[int, ...]  # (n_days,) teams to keep
    groups: tuple[Reach, ...]
    limits: tuple[Limit, ...]
    often: tuple[int, ...] = ()  # (n_teams,) days kept before day 0; () = none
    least_days: int = 2  # days of a week on which each group has a kept team, where it can
    goals: Goals = Goals()

    @property
    def n_days(self) -> int:
        """Number of days."""
        return len(self.week_of)


@dataclass(frozen=True)
class ReserveSolution:
    """Teams kept on each day, in ascending order."""

    kept: tuple[tuple[int, ...], ...]  # (n_days,)
