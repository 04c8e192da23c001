"""A published plan is mended with the fewest changed moves; whatever need not change stays."""

import json
from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from solver.moves.goals import moves_of
from solver.moves.problem import (
    ChainLength,
    CycleLength,
    Desk,
    Elsewhere,
    Exchange,
    MovesProblem,
    MovesSolution,
    Person,
    Tail,
)
from solver.moves.repair import repair
from solver.moves.repaired import repaired_in, repaired_out
from solver.moves.verify import verify
from solver.settings import Settings
from tests.solver.moves_problems import tiny, year
from tests.solver.small_plans import best, cost, placed, plans

QUICK = Settings(time_limit_s=10.0, workers=1)
USUAL = (Elsewhere("elsewhere"), CycleLength(3, "cycle"), ChainLength(3, "chain"), Tail("tail"))


def office(due, n, waves=(30, 60, 90)):
    """So many people at as many desks, each in a unit of its own; the first are due."""
    return MovesProblem(
        tuple(Person(f"C{p}", p, 0, p < due, 90, 0 if p < due else 50) for p in range(n)),
        tuple(Desk(f"V{d}", d, 0) for d in range(n)),
        (None,) * n, waves, USUAL,
    )  # fmt: skip


def swap(a, b, wave):
    return Exchange("cycle", (a, b), (b, a), wave)


def test_the_partner_of_one_who_falls_ill_swaps_with_somebody_else():
    plan = MovesSolution((swap(0, 1, 1), swap(2, 3, 1)))
    mended = repair(office(4, 5), plan, {0}, QUICK)
    (new,) = set(mended.solution.exchanges) - {swap(2, 3, 1)}
    assert set(new.people) == {1, 4}
    assert (mended.changed, mended.lost, mended.proven) == (4, (), True)


def test_without_anybody_free_a_swap_takes_the_partner_in_as_a_third():
    plan = MovesSolution((swap(0, 1, 1), swap(2, 3, 1)))
    mended = repair(office(4, 4), plan, {0}, QUICK)
    (cycle,) = mended.solution.exchanges
    assert set(cycle.people) == {1, 2, 3}
    assert (cycle.wave, mended.changed, mended.lost) == (1, 2 + 3, ())
    assert mended.proven


def test_in_a_cycle_of_three_the_other_two_swap_and_one_of_their_moves_stays():
    plan = MovesSolution((Exchange("cycle", (0, 1, 2), (1, 2, 0), 1),))
    mended = repair(office(3, 4), plan, {0}, QUICK)
    assert mended.solution.exchanges == (swap(1, 2, 1),)
    assert (mended.changed, mended.proven) == (3, True)


def test_the_desk_of_who_stays_is_taken_by_nobody_and_who_has_no_other_place_is_named():
    plan = MovesSolution((swap(0, 1, 1),))
    mended = repair(office(2, 2), plan, {0}, QUICK)
    assert mended.solution.exchanges == ()
    assert mended.lost == (1,)


def test_a_plan_in_which_nobody_falls_out_stays_as_it_is():
    plan = MovesSolution((swap(0, 1, 1),))
    assert repair(office(2, 3), plan, {2}, QUICK).solution == plan


def test_nothing_new_is_earlier_than_the_first_wave_and_what_happened_stays():
    plan = MovesSolution((swap(0, 1, 1), swap(2, 3, 0)))
    mended = repair(office(4, 5), plan, {0}, QUICK, first_wave=2)
    assert swap(2, 3, 0) in mended.solution.exchanges
    (new,) = set(mended.solution.exchanges) - {swap(2, 3, 0)}
    assert (set(new.people), new.wave) == ({1, 4}, 2)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.data())
def test_no_plan_leaves_fewer_without_a_place_nor_changes_fewer_moves(seed, data):
    problem = tiny(Random(seed), 5)
    problem = replace(problem, published=())
    plan = best(problem)
    if plan is None or not plan.exchanges:
        return
    out = {data.draw(st.sampled_from(sorted(placed(plan))))}
    orders = [x for x in problem.limits if x.type == "must_move" and x.person not in out]
    if orders:
        return
    free = replace(problem, limits=tuple(x for x in problem.limits if x.type != "must_move"))
    mended = repair(free, plan, out, QUICK)
    assert verify(free, mended.solution) == []
    assert placed(mended.solution).isdisjoint(out)
    group = {problem.people[p].group for p in out}
    shut = {problem.people[p].desk for p in out}
    kept = {e for e in plan.exchanges if problem.people[e.people[0]].group not in group}
    stands = {p for e in plan.exchanges if out.isdisjoint(e.people) for p in e.people}
    stands = {p for p in stands if problem.people[p].due}
    old = moves_of(plan.exchanges)
    goal = replace(problem.goals, unplaced=0)

    def rank(other):
        unplaced = sum(
            who.due and n not in placed(other)
            for n, who in enumerate(problem.people)
            if n not in out
        )
        changed = len(old ^ moves_of(other.exchanges))
        return unplaced, changed, cost(replace(free, goals=goal), other)

    others = [
        other
        for other in plans(free)
        if placed(other).isdisjoint(out)
        and placed(other) >= stands
        and shut.isdisjoint(d for e in other.exchanges for d in e.desks)
        and kept == {e for e in other.exchanges if problem.people[e.people[0]].group not in group}
    ]
    assert mended.proven
    assert rank(mended.solution) == min(map(rank, others))


def test_in_a_large_year_only_the_neighbourhood_changes():
    problem = year(150, seed=2)
    people = [p for p, who in enumerate(problem.people) if who.due][:60]
    plan = MovesSolution(())
    for (
        person
    ) in people:  # a plan made by mending an empty one again and again would be slow: swaps
        partner = next(
            (
                q
                for q in range(len(problem.people))
                if q not in placed(plan) | {person}
                and not verify(problem, MovesSolution((*plan.exchanges, _swap(problem, person, q))))
            ),
            None,
        )
        if partner is not None and person not in placed(plan):
            plan = MovesSolution((*plan.exchanges, _swap(problem, person, partner)))
    ill = plan.exchanges[0].people[1]
    mended = repair(problem, plan, {ill}, QUICK)
    assert verify(problem, mended.solution) == []
    assert mended.lost == ()
    group = problem.people[ill].group
    touched = {p for p, _, _ in (*mended.removed, *mended.added)}
    assert {problem.people[p].group for p in touched} == {group}


def _swap(problem, a, b):
    return Exchange("cycle", (a, b), (problem.people[b].desk, problem.people[a].desk), 6)


def test_a_mended_plan_comes_through_the_line_between_processes_unchanged():
    mended = repair(office(4, 5), MovesSolution((swap(0, 1, 1), swap(2, 3, 1))), {0}, QUICK)
    assert repaired_in(json.loads(json.dumps(repaired_out(mended)))) == mended
