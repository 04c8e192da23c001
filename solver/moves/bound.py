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
from solver.moves.relaxed.master import LARGE, SCALE, Memory, Paid, solve_master
from solver.moves.relaxed.pool import Pool, join, known, planned
from solver.moves.relaxed.pricing import Part, owing, parts, weighed
from solver.moves.relaxed.safe import capped, cheapest_moves
from solver.moves.relaxed.year import Ints, Year, compile_year
from solver.result import Progress
from solver.settings import Settings

ROUNDS = 60
FEWEST = 3  # rounds: the first one or two prove less than the caps alone
EASY = 20_000  # points at which staying is priced until the LP leaves somebody out at that price
CLOSE = 2e-5  # of the value: what is still to be gained when the search for columns ends
SLOW = 2e-4  # of the bound: with a large LP, what two more rounds have to raise it by
HALF, WHOLE = 128, 256  # so far towards the LP's prices are the next ones, from the best so far
PRICED_PER_SECOND = 40_000_000  # pairs of people and units
CAPPED_PER_SECOND = 60_000  # due people in a wave
SEARCHED_PER_SECOND = 60_000_000  # pairs of people in a wave, held against the prices
FOUND_PER_SECOND = 12_000  # columns found, with what is looked at to find them
LP_PER_SECOND = 100_000  # columns of a packing LP
FEW = 10_000  # columns that stay in the LP, and so many more for each person who is due:
KEPT_EACH = 16
NEW_EACH = 4  # new ones


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
    effort.charge(year.way.size / PRICED_PER_SECOND)
    effort.charge(int((year.stay > 0).sum()) * year.time.shape[1] / CAPPED_PER_SECOND)
    centre = capped(year, cheapest_moves(year, whole))
    best = max(trivial(year), -(-centre.value(year) // SCALE))
    report(Progress("bounds", effort.seconds, None, best))
    pool = planned(year, solution or MovesSolution(()))
    if columns is not None:
        pool = _slim(year, join(year, [pool, known(year, *columns)]), centre, KEPT_EACH)
    stay = np.minimum(year.stay, np.maximum(EASY, 2 * centre.pay // SCALE))
    memory, step, bounds = Memory({}), HALF, [best]
    if effort.left < FEWEST * round_seconds(year, whole, pool):
        return best
    for _ in range(ROUNDS):
        slow = (
            len(pool) > LARGE and bounds[0] < best < bounds[max(0, len(bounds) - 3)] + SLOW * best
        )
        if slow or effort.left < round_seconds(year, whole, pool):
            break
        effort.charge(round_seconds(year, whole, pool))
        answer = solve_master(year, pool, stay, memory)
        if answer is None:
            break
        prices = mixed(centre, answer[0], step)
        seen = [weighed(year, part, prices) for part in whole]
        value = prices.value(year) - sum(owed for _, owed in seen)
        better = -(-value // SCALE) > best
        if better:
            best, centre = -(-value // SCALE), prices
        bounds.append(best)
        report(Progress("bounds", effort.seconds, None, best))
        found = [x for x, _ in seen if x is not None]
        effort.charge(sum(map(len, found)) / FOUND_PER_SECOND)
        step = max(1, step // 2) if not better else HALF if found else WHOLE
        done = answer[0].value(year) - value < max(SCALE, CLOSE * SCALE * abs(best))
        if (done or not (found or better)) and not _dearer(year, stay, answer[1]):
            break
        more = [_slim(year, join(year, found), prices, NEW_EACH)] if found else []
        pool = join(year, [_slim(year, pool, answer[0], KEPT_EACH), *more])
    return best


def mixed(centre: Paid, towards: Paid, step: int) -> Paid:
    """Prices `step` / 256 of the way from one to the other."""

    def between(a: Ints, b: Ints) -> Ints:
        return a + (b - a) * step // 256

    return Paid(
        between(centre.pay, towards.pay), between(centre.desk, towards.desk),
        between(centre.unit, towards.unit), between(centre.leader, towards.leader),
    )  # fmt: skip


def round_seconds(year: Year, whole: list[Part], pool: Pool) -> float:
    """Effort of an LP over the pool and of holding all exchanges against its prices."""
    return search_seconds(year, whole) + len(pool) / LP_PER_SECOND


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


def _slim(year: Year, pool: Pool, paid: Paid, each: int) -> Pool:
    """The columns nearest to being used, `each` for each person who is due, and a few thousand."""
    most = FEW + each * int((year.stay > 0).sum())
    if len(pool) <= most:
        return pool
    order = np.argsort(surplus(year, pool, paid), kind="stable")
    return pool.only(np.sort(order[:most]))
