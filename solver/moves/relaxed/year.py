"""A rotation year as arrays: what each move costs and in which waves it is lawful."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from solver.moves import problem as given
from solver.moves.compiled import compiled
from solver.moves.enumerate import Floats
from solver.moves.goals import EARTH_KM, distance_km, distance_points, first_waves, moves_of
from solver.moves.near import ball_points
from solver.moves.problem import MovesProblem

Ints = npt.NDArray[np.int64]
Small = npt.NDArray[np.int32]
NEVER = 1 << 22  # points: more than any move costs
NO_CAP = 1 << 20
ROWS = 2048  # people whose ways are reckoned together
CLOSE_KM = 1e-7
OPPOSITE = 0.99  # chord of the earth's ball above which its length says little about the way
MUST = 4  # so many times the price of an unplaced person weighs a move that must be


@dataclass(frozen=True)
class Year:
    """Prices and lawfulness of all moves, in points, by person, unit and wave.

    A move of `p` to a desk in another unit `u` in wave `w` costs `way[p, u] + time[p, w]`; inside the
    own unit it costs `inside` less. Somebody who stays costs `stay[p]`; `constant` is in every plan.
    """

    problem: MovesProblem
    way: Small  # (people, units)
    waves: Small  # (people, units): bit w is set where the unit may be entered in wave w
    time: Small  # (people, waves); NEVER where the person cannot move
    stay: Ints  # (people,)
    own: Ints  # desk, -1 for a recruit
    unit: Ints  # unit of the own desk, -1 for a recruit
    leads: npt.NDArray[np.bool_]
    group: Ints
    tail: npt.NDArray[np.bool_]  # whose own desk a chain may leave empty
    desks: Ints  # (4, desks): unit, group, field, area
    barred: Ints  # (2, n): person, desk
    kept: dict[int, Ints]  # wave -> (2, n) person, desk of the published moves
    unit_left: Ints  # (units, waves)
    leader_left: Ints
    inside: int
    elsewhere: bool
    cycle_most: int  # 0: any
    chain_most: int  # 0: no chains; -1: any
    constant: int


def compile_year(problem: MovesProblem) -> Year:
    """The arrays of a problem. Limits that tie two exchanges together (Apart) are left out: a relaxation."""
    people, prices = problem.people, problem.goals
    own = np.array([who.desk for who in people], np.int64)
    given_desks = problem.desks or (given.Desk("", -1, -1),)  # arrays need one
    desks = np.array([(d.unit, d.group, d.field, d.area) for d in given_desks], np.int64)
    desks = desks.reshape(-1, 4).T.copy()
    leads = np.array([d.leads for d in given_desks], bool)
    fills = np.array([d.must_fill for d in given_desks], bool)
    has = own >= 0
    strict_tail = any(isinstance(x, given.Tail) for x in problem.limits)
    must = {x.person for x in problem.limits if isinstance(x, given.MustMove)}
    stay = np.array([prices.unplaced if who.due else 0 for who in people], np.int64)
    stay[list(must)] = prices.unplaced * MUST
    published = sorted(moves_of(problem.published))
    kept: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for person, desk, wave in published:
        kept[wave].append((person, desk))
    return Year(
        problem, _ways(problem, bool(published)), _entry(problem), times(problem), stay, own,
        np.where(has, desks[0][own], -1), has & leads[own], np.array([w.group for w in people], np.int64),
        ~(has & fills[own]) | (not strict_tail), desks, _barred(problem),
        {wave: np.array(moves, np.int64).T for wave, moves in kept.items()},
        _left(problem, given.UnitCap), _left(problem, given.LeaderCap), prices.touched,
        any(isinstance(x, given.Elsewhere) for x in problem.limits),
        min((x.most for x in problem.limits if isinstance(x, given.CycleLength)), default=0),
        min((x.most for x in problem.limits if isinstance(x, given.ChainLength)), default=-1),
        prices.changed * len(published),
    )  # fmt: skip


def _ways(problem: MovesProblem, published: bool) -> Small:
    """Helper price, distance, wishes, units touched, and a change of what was published."""
    prices = problem.goals
    extra = 2 * prices.touched + (prices.changed if published else 0)
    own_price = np.array([0 if who.due else who.helper_cost for who in problem.people], np.int32)
    recruit = np.array([who.desk < 0 for who in problem.people], bool)
    own_price += np.where(recruit, extra - prices.touched, extra).astype(np.int32)  # leaves no unit
    way = np.empty((len(problem.people), len(problem.unit_places)), np.int32)
    for first in range(0, len(way), ROWS):
        some = slice(first, first + ROWS)
        way[some] = _distances(problem, problem.people[some]) + own_price[some, None]
    for person, unit, weight in dict(((p, u), (p, u, w)) for p, u, w in problem.wishes).values():
        way[person, unit] -= prices.wish * weight
    return way


def _distances(problem: MovesProblem, people: tuple[given.Person, ...]) -> Small:
    """Points of the way to work; where the whole km hang on the last digit, by plain arithmetic."""
    square, none = problem.goals.distance_square, (np.nan, np.nan)
    home = np.radians([none if w.lat is None or w.lon is None else (w.lat, w.lon) for w in people])
    place = np.radians([none if at is None else at for at in problem.unit_places])
    points = np.empty((len(people), len(place)), np.int32)
    home, place = ball_points(home.reshape(-1, 2)), ball_points(place.reshape(-1, 2))
    whole_km(home, place, square, 2 * EARTH_KM, points)
    for i, j in zip(*np.nonzero(points < 0), strict=True):
        points[i, j] = distance_points(distance_km(people[i], problem.unit_places[j]), square)
    return points


@compiled
def whole_km(home: Floats, place: Floats, square: int, ball: float, points: Small) -> None:
    """Fills in d + d * d / square for d whole km; -1 where rounding could go either way."""
    for i in range(len(home)):
        for j in range(len(place)):
            a, b, c = home[i, 0] - place[j, 0], home[i, 1] - place[j, 1], home[i, 2] - place[j, 2]
            chord = np.sqrt(a * a + b * b + c * c)
            points[i, j] = 0
            if chord >= 0:  # both ends are known
                km = ball * np.arcsin(min(1.0, chord)) + 0.5
                d = int(km)
                near = min(km - d, d + 1 - km) < CLOSE_KM or chord > OPPOSITE
                points[i, j] = -1 if near else d + d * d // square


def _entry(problem: MovesProblem) -> Small:
    every = (1 << len(problem.wave_days)) - 1
    waves = np.full((len(problem.people), len(problem.unit_places)), every, np.int32)
    for limit in problem.limits:
        if isinstance(limit, given.BarredUnit):
            bits = sum(1 << w for w in set(limit.waves)) if limit.waves else every
            waves[limit.person, limit.unit] &= ~bits
    return waves


def times(problem: MovesProblem) -> Small:
    """Days late that could have been avoided, months early; NEVER when closed, away or pinned elsewhere."""
    prices, days = problem.goals, np.array(problem.wave_days, np.int64)
    limits = np.array([who.limit for who in problem.people], np.int64)[:, None]
    due = np.array([who.due for who in problem.people], bool)[:, None]
    first = np.array(first_waves(problem), np.int64)[:, None]
    free = np.where(first >= 0, np.maximum(0, days[first] - limits), 0)
    late = np.maximum(0, np.maximum(0, days - limits) - free)
    early = np.maximum(0, limits - days) // 30
    time = np.where(due, prices.late_day * late + prices.early_month * early, 0)
    for limit in problem.limits:
        if isinstance(limit, given.Closed):
            time[:, list(limit.waves)] = NEVER
        elif isinstance(limit, given.Away):
            time[limit.person, list(limit.waves)] = NEVER
        elif isinstance(limit, given.MustMove) and limit.waves:
            others = [w for w in range(len(days)) if w not in limit.waves]
            time[limit.person, others] = NEVER
    return np.minimum(time, NEVER).astype(np.int32)


def _barred(problem: MovesProblem) -> Ints:
    pairs: set[tuple[int, int]] = set()
    for limit in problem.limits:
        if isinstance(limit, given.BarredDesk):
            pairs.add((limit.person, limit.desk))
        elif isinstance(limit, given.MustMove) and limit.desks:
            pairs |= {(limit.person, d) for d in _others(problem, limit.desks)}
    return np.array(sorted(pairs), np.int64).reshape(-1, 2).T


def _others(problem: MovesProblem, desks: tuple[int, ...]) -> Iterable[int]:
    wanted = set(desks)
    return (d for d in range(len(problem.desks)) if d not in wanted)


def _left(problem: MovesProblem, kind: type[given.UnitCap] | type[given.LeaderCap]) -> Ints:
    n_units, n_waves = len(problem.unit_places), len(problem.wave_days)
    left = np.full((n_units, n_waves), NO_CAP, np.int64)
    for limit in problem.limits:
        if isinstance(limit, kind):
            here = np.repeat(
                np.broadcast_to(np.array(limit.cap), n_units)[:, None], n_waves, axis=1
            )
            for unit, wave, used in limit.taken:
                here[unit, wave] -= used
            left = np.minimum(left, here)
    return np.maximum(left, 0)
