"""Units that no kept team can reach often enough: Hall's condition, day by day and week by week.

For every set of units S: (1 - theta) * their fair shares <= slots of kept teams that may go to some of S.
Only sets of whole eligibility classes matter: a class's units ask together for what the same teams have,
so adding the rest of a class never makes a set less violated. Of these sets the one that asks most beyond
its room comes from a largest flow, exactly (`solver.reserve.flow.tightest`); and every other violated set
is violated by its part inside that one (supermodularity). So an empty answer proves that no set at all is
violated, and the named units hold the reason of every violation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.surprise.reserve import classes_of, fair_shares
from scheduler.surprise.service import Floats, Ints, Service

WHOLE = 1_000_000  # parts of a slot


@dataclass(frozen=True, eq=False)
class Shadow:
    """Units that together ask for more, on some days, than the teams that may go there can give."""

    days: tuple[int, ...]
    units: Ints  # numbers, ascending
    asked: float  # slots: their fair share less theta
    room: float  # slots of all teams that may go to some of them


def shadows(
    service: Service, room: Floats, spans: Sequence[Sequence[int]], theta: float
) -> Iterator[Shadow]:
    """The largest violated set of units of each span of days, where there is one.

    Units that no team may ever go to are left out: no plan can mend that.

    Parameters
    ----------
    room : slots that each team can fill on each day, shape (n_teams, n_days)
    theta : share of the fair share that may be lacking
    """
    from solver.reserve.flow import tightest  # with scipy: not for every start of the program

    classes, shares = classes_of(service.eligible), fair_shares(service)
    reached = np.flatnonzero(classes.of_unit >= 0)
    for span in spans:
        days = np.array(span, np.int64)
        asked = np.zeros(len(classes.may))
        np.add.at(asked, classes.of_unit[reached], shares[np.ix_(reached, days)].sum(axis=1))
        given = room[:, days].sum(axis=1)
        found = tightest(
            np.floor(WHOLE * (1 - theta) * asked).astype(np.int64),
            np.ceil(WHOLE * given).astype(np.int64), classes.may,
        )  # fmt: skip
        if not found.lack:
            continue
        inside = reached[found.classes[classes.of_unit[reached]]]
        units = inside[shares[np.ix_(inside, days)].any(axis=1)]
        able = service.eligible[:, units].any(axis=1)
        yield Shadow(
            tuple(span), units, (1 - theta) * float(shares[np.ix_(units, days)].sum()),
            float(given[able].sum()),
        )  # fmt: skip


def week_spans(service: Service) -> list[list[int]]:
    """The days of each week."""
    return [np.flatnonzero(service.week == week).tolist() for week in np.unique(service.week)]


def day_spans(service: Service) -> list[list[int]]:
    """Each day on which visits are to be drawn."""
    return [[int(day)] for day in np.flatnonzero(service.slots)]
