"""Who must not be moved yet: deferrals that touch are one, named after the row that ends last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scheduler.careers import OPEN
from scheduler.clock import day_number
from scheduler.day_columns import NO_DAY, Days, day_numbers

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

UNSAID = "unsaid"  # stands where a ground would, for readers who may not know grounds


@dataclass(frozen=True)
class Deferred:
    """For each person the deferral that covers the day, other deferrals that touch it included."""

    covered: NDArray[np.bool_]
    since: Days
    until: Days  # OPEN: no end is known
    ground: NDArray[np.int64]  # number in `grounds`
    grounds: tuple[str, ...]
    merged_of: NDArray[np.int64]  # person of each row that is part of such a deferral, ascending
    merged: NDArray[np.int64]  # its start, end and ground; a row for each, by start and end

    def parts(self, person: int) -> list[tuple[int, int, int]]:
        """Start, end and number of the ground of every row merged into the person's deferral.

        By start, end and ground; rows that say the same are one.
        """
        low, high = np.searchsorted(self.merged_of, [person, person + 1])
        rows = [(start, end, ground) for start, end, ground in self.merged[low:high].tolist()]
        return list(dict.fromkeys(rows))


def without_grounds(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The same tables for readers who may know that somebody is deferred and until when, but not why."""
    untold = tables["deferrals"].assign(ground=UNSAID, evidence="")
    return {**tables, "deferrals": untold}


def read_deferred(tables: Mapping[str, pd.DataFrame], people: pd.Index[Any], on: date) -> Deferred:
    """The deferrals of these people on a day (Decree 59/2019 art. 38; rotation.md, The clock 8)."""
    table = tables["deferrals"]
    who = people.get_indexer(pd.Index(table["staff_id"]))
    start, end = day_numbers(table["start"]), day_numbers(table["end"])
    end = np.where(end == NO_DAY, OPEN, end)
    good = np.flatnonzero((who >= 0) & (start != NO_DAY) & (start <= end))
    ground, names = pd.factorize(table["ground"].to_numpy(object), sort=True)
    order = good[np.lexsort((ground[good], end[good], start[good], who[good]))]
    island = _islands(who[order], start[order], end[order])
    # within an island: ends last, then starts last, then first in the alphabet
    named = order[np.lexsort((-ground[order], start[order], end[order], island))]
    last = np.r_[island[1:] != island[:-1], True] if len(island) else np.zeros(0, bool)
    first = np.r_[True, island[1:] != island[:-1]] if len(island) else last
    since, tail = start[order[first]], named[last]
    today = day_number(on)
    mine = (since <= today) & (today <= end[tail])
    whole = np.isin(island, np.flatnonzero(mine))
    found = Deferred(
        np.zeros(len(people), bool), np.zeros(len(people), np.int64),
        np.zeros(len(people), np.int64), np.zeros(len(people), np.int64), tuple(names.tolist()),
        who[order[whole]], np.column_stack((start, end, ground))[order[whole]],
    )  # fmt: skip
    rows = tail[mine]
    found.covered[who[rows]] = True
    found.since[who[rows]] = since[mine]
    found.until[who[rows]] = end[rows]
    found.ground[who[rows]] = ground[rows]
    return found


def _islands(who: NDArray[np.int64], start: Days, end: Days) -> NDArray[np.int64]:
    """The number of the island of each row; rows sorted by person and start."""
    if not len(who):
        return who
    level = who * (2 * OPEN)
    longest = np.maximum.accumulate(level + end) - level
    apart = (who[1:] != who[:-1]) | (start[1:] > longest[:-1] + 1)
    numbers: NDArray[np.int64] = np.r_[0, np.cumsum(apart)]
    return numbers
