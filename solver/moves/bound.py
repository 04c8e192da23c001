"""A bound that no lawful plan of moves can beat: column generation over all lawful exchanges.

The packing LP prices people, empty desks and caps; then every lawful cycle and chain is held against
the prices, also those that no search for plans looks at, and what some exchange costs less than its
people pay is taken off. So the bound holds whenever the work is stopped, and in whole numbers.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from solver.effort import Effort
from solver.moves.problem import MovesProblem, MovesSolution
from solver.moves.relaxed.master import SCALE, Memory, Paid, first_prices, solve_master
from solver.moves.relaxed.pool import Pool, join, known, planned
from solver.moves.relaxed.pricing import Part, cheaper, owing, parts
from solver.moves.relaxed.year import Ints, Year, compile_year
from solver.result import Progress
from solver.settings import Settings

ROUNDS = 60
EASY = 20_000  # points at which staying is priced until the LP leaves somebody out at that price
CLOSE = 0.0005  # of the value: what is still to be gained when the search for columns ends
SEARCHED_PER_SECOND = 60_000_000  # pairs of people in a wave, held against the prices
LP_PER_SECOND = 150_000  # entries of a packing LP, solved from the inside
KEPT = 60_000  # columns that stay in the LP, and so many more for each person:
KEPT_EACH = 6


def total_bound(
    problem: MovesProblem,
    settings: Settings,
    effort: Effort,
    solution: MovesSolution | None,
    report: Callable[[Progress], None],
    columns: tuple[Ints, Ints, Ints] | None = None,
) -> int:
    """Points that every lawful plan of the problem costs at least, all goals together.

    Parameters
    ----------
    solution : a plan to start the prices from, or None
    columns : people (n, longest), empty desk or -1, and wave of exchanges known to be good: members
        padded with -1, a chain beginning with who takes the empty desk. They spare many rounds
    effort : what may be spent; when it is gone the bound so far stands
    """
    year = compile_year(problem)
    whole = parts(year)
    pool = planned(year, solution or MovesSolution(()))
    paid, best = first_prices(year, pool), trivial(year)
    stay, memory = np.minimum(year.stay, EASY), Memory({})
    stuck = np.zeros(0, np.int64)
    if columns is not None:
        pool = join(year, [pool, known(year, *columns)])
        paid, stuck = solve_master(year, pool, stay, memory) or (paid, stuck)
        effort.charge(3 * len(pool) / LP_PER_SECOND)
    for number in range(ROUNDS):
        found = [x for x in (cheaper(year, part, paid) for part in whole) if x is not None]
        charge_search(effort, year, whole)
        done = number > 0 and sum(_gain(year, x, paid) for x in found) >= -CLOSE * abs(
            paid.value(year)
        )
        if (done and not _dearer(year, stay, stuck)) or effort.left < 2 * search_seconds(
            year, whole
        ):
            break
        pool = join(year, [_slim(year, pool, paid), *found])
        answer = solve_master(year, pool, stay, memory)
        effort.charge(3 * len(pool) / LP_PER_SECOND)
        if answer is None:
            break
        paid, stuck = answer
        if number % 8 == 7:
            best = max(best, proven(year, whole, paid))
            charge_search(effort, year, whole)
        report(Progress("bounds", effort.seconds, None, best))
    return max(best, proven(year, whole, paid))


def proven(year: Year, whole: list[Part], paid: Paid) -> int:
    """The bound in points that follows from any prices: their value less what is owed, rounded up."""
    value = paid.value(year) - sum(owing(year, part, paid) for part in whole)
    return -(-value // SCALE)


def trivial(year: Year) -> int:
    """A bound without any search: everybody makes the cheapest move there could be, or stays."""
    cheapest = year.way.min(axis=1, initial=0).astype(np.int64) + year.time.min(axis=1, initial=0)
    stands = 2 * year.problem.goals.changed if year.kept else 0
    return (
        int(
            np.minimum(cheapest - year.inside - stands, np.where(year.stay > 0, year.stay, 0)).sum()
        )
        + year.constant
    )


def search_seconds(year: Year, whole: list[Part]) -> float:
    """Effort of holding all exchanges against prices once."""
    open_waves = int((year.time < 1 << 22).any(axis=0).sum())
    return sum(len(p.people) ** 2 for p in whole) * open_waves / SEARCHED_PER_SECOND


def charge_search(effort: Effort, year: Year, whole: list[Part]) -> None:
    """Charge for holding all exchanges against prices once."""
    effort.charge(search_seconds(year, whole))


def _dearer(year: Year, stay: Ints, stuck: Ints) -> bool:
    """Let staying cost its full price for those whom the LP leaves out; whether that changes anything."""
    eased = stuck[stay[stuck] < year.stay[stuck]]
    stay[eased] = year.stay[eased]
    return len(eased) > 0


def surplus(year: Year, pool: Pool, paid: Paid) -> np.typing.NDArray[np.int64]:
    """What each column costs more than its people pay, in parts of a point."""
    real = pool.people >= 0
    who = np.where(real, pool.people, 0)
    unit = year.unit[who]
    wave = pool.wave[:, None]
    toll = np.where(unit >= 0, paid.unit[unit, wave] + year.leads[who] * paid.leader[unit, wave], 0)
    each = np.where(real, toll - paid.pay[who], 0).sum(axis=1)
    return np.asarray(pool.cost * SCALE + each - np.where(pool.desk >= 0, paid.desk[pool.desk], 0))


def _gain(year: Year, pool: Pool, paid: Paid) -> int:
    """About what the columns take off the bound: the cheapest of each person who is first in one."""
    least = np.zeros(len(year.own), np.int64)
    np.minimum.at(
        least,
        np.where(pool.people >= 0, pool.people, 1 << 60).min(axis=1),
        surplus(year, pool, paid),
    )
    return int(least.sum())


def _slim(year: Year, pool: Pool, paid: Paid) -> Pool:
    """The columns nearest to being used, so many for each person in the year."""
    most = KEPT + KEPT_EACH * len(year.own)
    if len(pool) <= most:
        return pool
    order = np.argsort(surplus(year, pool, paid), kind="stable")
    return pool.only(np.sort(order[:most]))
