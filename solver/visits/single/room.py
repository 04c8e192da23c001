"""How many people of each group one more visit may take, so that each week still keeps free what it must."""

from __future__ import annotations

import numpy as np

from solver.visits import problem as given
from solver.visits.roster import Roster

Caps = list[tuple[frozenset[int], int]]


def room_beside(roster: Roster, visit: int, start: int) -> Caps | None:
    """Groups and the most members that the visit's team may have of each; None when no team leaves enough.

    Never less than what is really possible; exact for visits of one day. What KeepFree asks of a week
    is what its other days at best leave to ask of a day.
    """
    span = set(range(start, start + roster.length(visit)))
    caps: Caps = []
    for limit in roster.keep:
        groups = [frozenset(limit.leaders), *(frozenset(skill) for skill in limit.skills)]
        for week in {int(roster.weeks[day]) for day in span}:
            days = np.flatnonzero(roster.weeks == week).tolist()
            best = {d: _best(roster, limit, visit, d, d in span) for d in days}
            for day in span.intersection(days):
                need = limit.teams[week] - sum(n for d, n in best.items() if d != day)
                if need > best[day]:
                    return None
                if need > 0:
                    present = roster.free[:, day]
                    caps += [
                        (group, int(present[sorted(group)].sum()) - need)
                        for group in groups
                        if group
                    ]
    return caps


def _best(roster: Roster, limit: given.KeepFree, visit: int, day: int, out: bool) -> int:
    """Team-days that could at most go out on a day, the visit counted with its size alone."""
    free, room = int(roster.free[:, day].sum()), int(roster.day_room[day])
    if out:
        free, room = free - roster.size(visit), room - 1
    ways = [free // limit.size, room, *roster.ways(limit, day)[2:]]
    return max(0, min(ways))
