"""What a plan of moves costs, goal by goal, by plain arithmetic; the definitions of all prices.

The distance is the great circle from home to the new unit, in km, half up to whole km; unknown
places cost nothing. All values are whole points.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from solver.moves.problem import Away, Closed, LeaderCap, UnitCap

if TYPE_CHECKING:
    from solver.moves.problem import Exchange, MovesProblem, MovesSolution, Person

ORDER = ("unplaced", "late", "helpers", "distance", "wishes", "touched", "early", "changed")
EARTH_KM = 6371.0088


def goal_values(problem: MovesProblem, solution: MovesSolution) -> dict[str, int]:
    """Points of each goal in the order of `ORDER`; the plan's cost is their sum."""
    first = first_waves(problem)
    wish = {(person, unit): weight for person, unit, weight in problem.wishes}
    values = dict.fromkeys(ORDER, 0)
    moved = set()
    for exchange in solution.exchanges:
        for person, desk in zip(exchange.people, exchange.desks, strict=True):
            moved.add(person)
            for name, points in move_points(
                problem, person, desk, exchange.wave, first[person], wish
            ).items():
                values[name] += points
    values["unplaced"] = problem.goals.unplaced * sum(
        who.due and number not in moved for number, who in enumerate(problem.people)
    )
    if problem.published:
        old, new = moves_of(problem.published), moves_of(solution.exchanges)
        values["changed"] = problem.goals.changed * len(old ^ new)
    return values


def move_points(
    problem: MovesProblem,
    person: int,
    desk: int,
    wave: int,
    first: int,
    wish: dict[tuple[int, int], int],
) -> dict[str, int]:
    """Points of one move; `first` is the first wave in which the person could move at all (-1: none)."""
    who, prices = problem.people[person], problem.goals
    unit = problem.desks[desk].unit
    left = problem.desks[who.desk].unit if who.desk >= 0 else unit
    day = problem.wave_days[wave]
    points = {
        "helpers": 0 if who.due else who.helper_cost,
        "distance": distance_points(
            distance_km(who, problem.unit_places[unit]), prices.distance_square
        ),
        "wishes": -prices.wish * wish.get((person, unit), 0),
        "touched": prices.touched * (1 if left == unit else 2),
    }
    if who.due:
        unavoidable = max(0, problem.wave_days[first] - who.limit) if first >= 0 else 0
        points["late"] = prices.late_day * max(0, max(0, day - who.limit) - unavoidable)
        points["early"] = prices.early_month * (max(0, who.limit - day) // 30)
    return points


def first_waves(problem: MovesProblem) -> list[int]:
    """The first wave that is open and in which the person is not away, for each person; -1: none."""
    closed = {w for limit in problem.limits if isinstance(limit, Closed) for w in limit.waves}
    away: dict[int, set[int]] = {}
    for limit in problem.limits:
        if isinstance(limit, Away):
            away.setdefault(limit.person, set()).update(limit.waves)
    open_waves = [w for w in range(len(problem.wave_days)) if w not in closed]
    first = [open_waves[0] if open_waves else -1] * len(problem.people)
    for number, gone in away.items():
        first[number] = next((w for w in open_waves if w not in gone), -1)
    return first


def left_by_caps(problem: MovesProblem) -> int:
    """How many due people no plan can move because too few may leave their unit in all open waves.

    Counted unit by unit, for everybody and for leaders; the larger of the two counts.
    """
    closed = {w for limit in problem.limits if isinstance(limit, Closed) for w in limit.waves}
    waves = len(problem.wave_days) - len(closed)
    due, leaders = Counter[int](), Counter[int]()
    for who in problem.people:
        if who.due and who.desk >= 0:
            desk = problem.desks[who.desk]
            due[desk.unit] += 1
            leaders[desk.unit] += desk.leads
    left: dict[int, int] = {}
    for limit in problem.limits:
        if isinstance(limit, UnitCap):
            held = {unit: n - waves * max(0, limit.cap[unit]) for unit, n in due.items()}
        elif isinstance(limit, LeaderCap):
            held = {unit: n - waves * max(0, limit.cap) for unit, n in leaders.items()}
        else:
            continue
        for unit, n in held.items():
            left[unit] = max(left.get(unit, 0), n)
    return sum(n for n in left.values() if n > 0)


def moves_of(exchanges: tuple[Exchange, ...]) -> set[tuple[int, int, int]]:
    """(person, desk, wave) of every move."""
    return {
        (person, desk, exchange.wave)
        for exchange in exchanges
        for person, desk in zip(exchange.people, exchange.desks, strict=True)
    }


def distance_km(who: Person, place: tuple[float, float] | None) -> float | None:
    """Great-circle distance from home to a place; None when either is unknown."""
    if who.lat is None or who.lon is None or place is None:
        return None
    lat, lon = math.radians(who.lat), math.radians(who.lon)
    to_lat, to_lon = math.radians(place[0]), math.radians(place[1])
    chord = (
        math.sin((to_lat - lat) / 2) ** 2
        + math.cos(lat) * math.cos(to_lat) * math.sin((to_lon - lon) / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(chord)))


def distance_points(km: float | None, square: int) -> int:
    """Convex price of a way to work: d + d * d / square for d whole km, half up."""
    if km is None:
        return 0
    d = math.floor(km + 0.5)
    return d + d * d // square
