"""When people retire: the last day of the month in which the age of the timetable is reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scheduler.day_columns import Days, first_days, month_numbers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from scheduler.rotation_law import RetirementAges

EPOCH_YEAR = 1970


def retirement_dates(birth: Days, female: NDArray[np.bool_], law: RetirementAges) -> Days:
    """The retirement date of each person, as a day number.

    The age that applies is that of the year in which the person reaches it, and where two years of
    the timetable fit, the first (NĐ 135/2020, art. 4).

    Parameters
    ----------
    birth : day numbers
    female : for each person; everybody else goes by the men's ages
    """
    born = month_numbers(birth)
    found = np.empty_like(born)
    for sex, mine in (("female", female), ("male", ~female)):
        found[mine] = _reached(born[mine], law.first_year, *law.ages[sex])
    return first_days(found + 1) - 1


def _reached(born: Days, first_year: int, before: int, first: int, step: int, last: int) -> Days:
    """Month number in which the age is reached."""
    reached = born + last  # for all who reach no earlier age in its own year
    n_steps = -(-(last - first) // step)
    for n in range(n_steps - 1, -1, -1):  # the first year that fits is written last
        month = born + first + n * step
        reached = np.where(month // 12 + EPOCH_YEAR == first_year + n, month, reached)
    early = born + before
    return np.where(early // 12 + EPOCH_YEAR < first_year, early, reached)
