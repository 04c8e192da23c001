"""Both readings of each move rule on made-up years: what limits allow, the checker never forbids."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from data.records import RotationPlan, Unplaced
from scheduler.rotation_audit import audit_rotation
from scheduler.rotation_plan import to_moves, to_moves_problem
from solver.moves.problem import Exchange, MovesSolution
from solver.moves.verify import verify
from tests.made_up_rotation import made_up_rotation
from tests.rotation_offices import RULEBOOK, YEAR, case_of, view_of
from tests.tries import tries

GROUPS = {"move.profession", "move.rank"}
# Rules whose two readings forbid the very same plans; for others the solver is stricter.
EXACT = {
    "move.elsewhere", "move.term-min", "move.overlay", "move.cycle-length",
    "move.chain-length", "move.unit-share", "move.one-leader", "move.closed", "move.tet",
    "move.notice", "move.return", "move.known",
}  # fmt: skip


def an_exchange(dice, problem, free_people, free_desks):
    """A cycle of two to four of people still free, or a chain into an empty desk."""
    size = dice.randrange(2, 5)
    wave = dice.randrange(12)
    held = [p for p in free_people if problem.people[p].desk >= 0]
    empty = [d for d in free_desks if d not in {who.desk for who in problem.people}]
    if empty and (dice.random() < 0.4 or len(held) < size):
        order = dice.sample(held, min(len(held), dice.randrange(0, 4)))
        recruits = [p for p in free_people if problem.people[p].desk < 0]
        order += dice.sample(recruits, 1) if recruits and (not order or dice.random() < 0.5) else []
        if not order:
            return None
        desks = (dice.choice(empty), *(problem.people[p].desk for p in order[:-1]))
        return Exchange("chain", tuple(order), desks, wave)
    if len(held) < size:
        return None
    order = dice.sample(held, size)
    desks = tuple(problem.people[p].desk for p in (*order[1:], order[0]))
    return Exchange("cycle", tuple(order), desks, wave)


def a_solution(dice, problem, tries):
    """Exchange by exchange, the one with the fewest faults of a few tried."""
    chosen = ()
    for _ in range(4):
        people = [n for n in range(len(problem.people)) if all(n not in e.people for e in chosen)]
        taken = {desk for e in chosen for desk in e.desks}
        desks = [d for d in range(len(problem.desks)) if d not in taken]
        options = [an_exchange(dice, problem, people, desks) for _ in range(tries)]
        options = [MovesSolution((*chosen, option)) for option in options if option]
        if options:
            chosen = min(options, key=lambda s: len(verify(problem, s))).exchanges
    return MovesSolution(chosen)


def judged(dice, tries):
    """Rule ids that the limits say are broken, and those that the checker finds."""
    case = case_of(made_up_rotation(dice))
    problem = to_moves_problem(case)
    solution = a_solution(dice, problem, tries)
    moves = to_moves(case, problem, solution)
    moved = {move.staff_id for move in moves}
    unplaced = tuple(Unplaced(who, "hết chỗ") for who in case.part("due") if who not in moved)
    view = view_of(RotationPlan(YEAR, moves, unplaced), case.office, RULEBOOK, case.on, case.flags)
    labels = {line.split(":")[0] for line in verify(problem, solution)}
    by_limits = {"move.pins" if label == "pin" else label for label in labels}
    assert "form" not in by_limits
    if "group" in by_limits:
        by_limits |= {*GROUPS, "move.desk"}  # a desk that somebody is named for has no group
    if "move.tail" in by_limits:
        by_limits.add("move.desk")  # the last post of the chain is left empty
    return by_limits, {breach.rule for breach in audit_rotation(view)}


@settings(max_examples=tries(40), deadline=None)
@given(st.integers(0, 10**9), st.sampled_from([1, 4, 20]))
def test_what_the_limits_allow_the_checker_never_forbids(seed, tries):
    by_limits, by_checker = judged(Random(seed), tries)
    assert by_checker <= by_limits
    assert by_checker & EXACT == by_limits & EXACT


def test_on_random_plans_both_readings_find_most_rules_broken():
    found = set().union(*(judged(Random(seed), tries=1)[1] for seed in range(25)))
    assert len(found) >= 14
