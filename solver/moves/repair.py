"""Mending a published plan when somebody cannot move after all: as few changes as possible, near by."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from solver.effort import Effort
from solver.moves.block import Block, Blocks
from solver.moves.goals import moves_of
from solver.moves.part import exchanges_in, part_of
from solver.moves.problem import (
    Closed,
    Exchange,
    MovesProblem,
    MovesSolution,
    MustMove,
    Tail,
)
from solver.moves.reach import reach_of
from solver.moves.repaired import Repaired
from solver.moves.solve_part import solve_exactly
from solver.moves.ways import Ways
from solver.result import Progress

if TYPE_CHECKING:
    from solver.settings import Settings

CHANGE = 10**8  # points of a changed move: above all other points of a small problem
THOROUGH = 20  # people of a group up to whom every lawful exchange is looked at
LIMIT = 5_000  # exchanges looked at, waves apart
SIZES = (
    (40, 80),
    (80, 160),
)  # due people and people looked at; the second when somebody stays unplaced

Report = Callable[[Progress, MovesSolution | None], None]


def repair(
    problem: MovesProblem,
    solution: MovesSolution,
    out: set[int],
    settings: Settings,
    report: Report | None = None,
    first_wave: int = 0,
    torn: Collection[int] = (),
) -> Repaired:
    """The plan with as few changes as possible after the people in `out` stay where they are.

    Their desks are taken by nobody. First as few people as possible are left unplaced, and none of
    those whose exchange still stands; then as few moves as possible are changed, then points count.
    Only exchanges that hold somebody in `out` or in `torn` are broken up, unless touching others places
    more people.

    Parameters
    ----------
    first_wave : no new move is earlier; earlier exchanges that hold nobody in `out` stand as they are
    torn : people whose exchange cannot take place as it was, but who may still move
    """
    effort = Effort(settings)
    fallen = out.union(torn)
    broken = tuple(e for e in solution.exchanges if not fallen.isdisjoint(e.people))
    stands = tuple(e for e in solution.exchanges if fallen.isdisjoint(e.people))
    if not broken:
        return Repaired(solution, (), (), (), proven=True)
    fixed = {p for e in stands if e.wave < first_wave for p in e.people}
    loose = {p for e in broken for p in e.people}
    mending = _mending(problem, solution, out, fixed, first_wave)
    groups = sorted({problem.people[p].group for e in broken for p in e.people})
    ways, found, proven = Ways(reach_of(mending)), MovesSolution(stands), False
    for size in SIZES:
        block = _block(ways, stands, loose, out, groups, size)
        part = part_of(mending, MovesSolution(stands), block.people, block.empty)
        standing = exchanges_in(part, MovesSolution(stands))
        thorough = block.whole and len(block.people) <= THOROUGH
        focus = next(
            (n for n, p in enumerate(part.people) if mending.people[p].due and p in loose), -1
        )
        small = _nobody_loses(part.problem, standing)
        solved = solve_exactly(small, focus, standing, thorough, LIMIT)
        if solved.solution is not None:
            found, proven = part.merged(solved.solution), solved.proven and block.whole
        waiting = _waiting(mending, found, groups)
        if report is not None:
            report(Progress("repair", effort.seconds, best=len(waiting)), found)
        if block.whole or not waiting or effort.left <= 0:
            break
    mended = _repaired(problem, solution, found, out)
    least = -1 if torn else _least_changes(problem, solution, out)
    return replace(mended, proven=proven or (not waiting and mended.changed == least))


def _mending(
    problem: MovesProblem,
    solution: MovesSolution,
    out: set[int],
    fixed: set[int],
    first_wave: int,
) -> MovesProblem:
    """The problem in which nobody in `out` or `fixed` moves, nor is the desk free; changes weigh most."""
    still = out | fixed
    desks = {problem.people[p].desk for p in still} | {
        d for e in solution.exchanges for p, d in zip(e.people, e.desks, strict=True) if p in fixed
    }
    limits = tuple(x for x in problem.limits if not (isinstance(x, MustMove) and x.person in still))
    return replace(
        problem,
        people=tuple(
            replace(who, group=-1, due=False) if n in still else who
            for n, who in enumerate(problem.people)
        ),
        desks=tuple(
            replace(desk, group=-1) if n in desks else desk for n, desk in enumerate(problem.desks)
        ),
        limits=(*limits, Closed(tuple(range(first_wave)), "first-wave")),
        goals=replace(problem.goals, changed=CHANGE, unplaced=CHANGE * 1000),
        published=tuple(e for e in solution.exchanges if fixed.isdisjoint(e.people)),
    )


def _nobody_loses(problem: MovesProblem, standing: Iterable[Exchange]) -> MovesProblem:
    """The problem in which everybody due in an exchange that stands has a place in the end, too."""
    placed = sorted({p for e in standing for p in e.people if problem.people[p].due})
    orders = [MustMove(p, (), (), "placed") for p in placed]
    return replace(problem, limits=(*problem.limits, *orders))


def _block(
    ways: Ways,
    stands: tuple[Exchange, ...],
    torn: set[int],
    out: set[int],
    groups: list[int],
    size: tuple[int, int],
) -> Block:
    """Everybody of the broken groups; where they are too many, those around who wait for a place."""
    reach, plan = ways.reach, MovesSolution(stands)
    everybody = {int(p) for g in groups for p in reach.people_of.get(g, ())}
    taken = {d for e in stands for d in e.desks}
    desks = [int(d) for g in groups for d in reach.desks_of.get(g, ())]
    empty = tuple(d for d in desks if reach.empty[d] and d not in taken)
    if len(everybody) <= size[1]:
        return Block(frozenset(everybody | out), empty, whole=True)
    waiting = sorted(_waiting(reach.problem, plan, groups), key=lambda p: (p not in torn, p))
    share = max(1, min(len(waiting), 4))
    blocks = Blocks(ways, plan, waiting, (size[0] // share + 1, size[1] // share + 1))
    some = [blocks.around(person, ()) for person in waiting[:share]]
    return Block(
        frozenset(out.union(*(b.people for b in some))),
        tuple(sorted({d for b in some for d in b.empty})),
        whole=False,
    )


def _waiting(problem: MovesProblem, plan: MovesSolution, groups: Iterable[int]) -> list[int]:
    """Due people of these groups who have no place."""
    moved = {p for e in plan.exchanges for p in e.people}
    return [
        n
        for n, who in enumerate(problem.people)
        if who.due and who.group in set(groups) and n not in moved
    ]


def _repaired(
    problem: MovesProblem, solution: MovesSolution, found: MovesSolution, out: set[int]
) -> Repaired:
    old, new = moves_of(solution.exchanges), moves_of(found.exchanges)
    people = {p for p, _, _ in new} | out
    lost = {p for p, _, _ in old if problem.people[p].due} - people
    return Repaired(
        found, tuple(sorted(old - new)), tuple(sorted(new - old)), tuple(sorted(lost)), proven=False
    )


def _least_changes(problem: MovesProblem, solution: MovesSolution, out: set[int]) -> int:
    """Changed moves without which nobody due who had a place has one again.

    Moves of the people in `out` and into their desks fall away. Whoever was to take such a desk needs a
    new move, and so does the desk, if it must be filled, of somebody due whom one in `out` was to follow.
    One new move can serve both, unless it would be somebody's to the own desk.
    """
    own = {who.desk: n for n, who in enumerate(problem.people) if who.desk >= 0}
    gone, movers, desks = set(), set(), set()
    for person, desk, wave in moves_of(solution.exchanges):
        holder = own.get(desk, -1)
        if person in out or holder in out:
            gone.add((person, desk, wave))
        if person not in out and holder in out and problem.people[person].due:
            movers.add(person)
        if person in out and holder not in out and holder >= 0 and problem.people[holder].due:
            must = problem.desks[desk].must_fill and any(
                isinstance(x, Tail) for x in problem.limits
            )
            desks |= {desk} if must else set()
    shared = min(len(movers), len(desks))
    if shared == 1 and len(movers) == len(desks) and own[next(iter(desks))] in movers:
        shared = 0
    return len(gone) + len(movers) + len(desks) - shared
