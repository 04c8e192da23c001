"""How many surprise visits each week and day is to have: out of the plan's reserve, as flat as teams allow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from math import floor
from typing import TYPE_CHECKING

import numpy as np

from scheduler.surprise.service import Bools, Ints

if TYPE_CHECKING:
    from data.records import Plan
    from scheduler.case import Case


def week_quota(case: Case, plan: Plan, n_units: int) -> list[int]:
    """Surprise visits of each week of the case: the plan's reserve, whole, what is left over carried on.

    Where the reserve is more than the units should get between floor and cap, the rest of it stays for
    visits that a leader orders.
    """
    kept = {week.week_start: week.team_days for week in plan.reserve}
    rule = case.rulebook.value("surprise.rates")
    most = n_units * (rule["floor"] + rule["cap"]) / 2
    share = min(1.0, most / max(1, sum(kept.values())))
    quota, owed = [], 0.0
    for monday in case.weeks:
        owed += share * kept.get(monday, 0)
        whole = floor(owed + 1e-9)
        quota.append(whole)
        owed -= whole
    return quota


def day_quota(quota: Sequence[int], days: Sequence[date], free: Bools, whole: Bools) -> Ints:
    """Surprise visits of each day: its week's quota spread as flat as the free teams allow.

    One free team stays at hand for a team that drops out, as long as the week's quota does not need it.
    Where teams are too few, the week has fewer visits than its quota. Which days get one more turns from
    week to week.

    Parameters
    ----------
    quota : of each week, in order of the days' weeks
    free : shape (n_teams, n_days)
    whole : shape (n_days,) days on which units may be visited at all
    """
    slots = np.zeros(len(days), np.int64)
    mondays = [day - timedelta(days=day.weekday()) for day in days]
    for number, monday in enumerate(dict.fromkeys(mondays)):
        own = [n for n, other in enumerate(mondays) if other == monday and whole[n]]
        turned = own[number % len(own) :] + own[: number % len(own)] if own else []
        left = quota[number]
        for at_hand in (1, 0):
            able = {n: int(free[:, n].sum()) - at_hand for n in turned}
            while left and (open_days := [n for n in turned if slots[n] < able[n]]):
                slots[min(open_days, key=lambda n: slots[n])] += 1
                left -= 1
    return slots
