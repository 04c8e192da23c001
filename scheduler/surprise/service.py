"""Who can go where on which day, as arrays: all that rates, tables and simulations need to know.

Units stand in the order of their ids, teams in the order of theirs, days are working days.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

TICKETS = 1 << 40  # tickets of one slot; also the whole that shares are counted in


@dataclass(frozen=True, eq=False)
class Service:
    """One season of surprise visits."""

    units: tuple[str, ...]
    teams: tuple[str, ...]
    days: tuple[str, ...]  # ISO dates
    week: Ints  # (n_days,) number of the week of each day, from 0
    stratum: Ints  # (n_units,) kind of unit
    risk: Floats  # (n_units,) weight of a violation, > 0
    rate: Floats  # (n_units,) expected surprise visits a day; the sum is `slots.mean()`
    slots: Ints  # (n_days,) surprise visits of each day
    eligible: Bools  # (n_teams, n_units) skill, conflict of interest, region
    free: Bools  # (n_teams, n_days) not on leave, not on a planned visit
    open: Bools  # (n_units, n_days) not closed and not under a planned visit
    planned: Bools  # (n_units, n_days) under a planned visit: no debt arises
    on_call: Bools | None = None  # (n_teams, n_days) kept for surprise; None: whoever is free


@dataclass(frozen=True, eq=False)
class DayAsk:
    """One day's question: who may be drawn into which slot."""

    rate: Floats  # (n_units,) expected surprise visits a day of an average day
    mean_slots: float  # what `rate` adds up to
    eligible: Bools  # (n_slots, n_units) the slot's team may go there, and the unit is open
    planned: Bools  # (n_units,) under a planned visit on this day
    debt: Floats  # (n_units,) hazard that earlier tables owe


@dataclass(frozen=True, eq=False)
class DayTable:
    """One day's law: whole tickets for each slot, and what they mean."""

    tickets: Ints  # (n_slots, n_units), each row adds up to TICKETS
    target: Floats  # (n_units,) wanted chance of the day
    chance: Floats  # (n_units,) exact chance to be drawn, out of the whole tickets
    debt: Floats  # (n_units,) after this day
    acceptance: float  # share of tries that are distinct
