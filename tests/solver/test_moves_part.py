"""Small problems are solved exactly, and a part of a year is the year with the rest standing still."""

from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from solver.moves.arcs import compile_moves, group_arcs
from solver.moves.exchanges import choices
from solver.moves.part import part_of
from solver.moves.problem import MovesSolution, MustMove
from solver.moves.reach import reach_of
from solver.moves.solve_part import solve_exactly
from solver.moves.verify import verify
from solver.moves.ways import Ways
from tests.solver.moves_problems import tiny, year
from tests.solver.small_plans import best, cost, exchanges, plans

SEEDS = st.integers(0, 10**6)


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_the_choices_are_the_lawful_exchanges_that_place_somebody(seed):
    problem = tiny(Random(seed))
    found = choices(problem)
    prize = found.prize
    wanted = [e for e in exchanges(problem) if any(prize[p] for p in e.people)]
    assert found.every
    free = replace(problem, limits=tuple(x for x in problem.limits if not isinstance(x, MustMove)))
    legal = [e for e in found.exchanges if not verify(free, MovesSolution((e,)))]  # caps come later
    assert sorted(map(repr, legal)) == sorted(map(repr, wanted))


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_an_exact_solve_is_as_cheap_as_the_cheapest_of_all_plans(seed):
    problem = tiny(Random(seed), 5)
    found, wanted = solve_exactly(problem), best(problem)
    assert found.proven
    assert (found.solution is None) == (wanted is None)
    if wanted is not None:
        assert verify(problem, found.solution) == []
        assert cost(problem, found.solution) == cost(problem, wanted)


@settings(max_examples=60, deadline=None)
@given(SEEDS, st.data())
def test_a_plan_for_a_part_is_a_plan_for_the_whole(seed, data):
    problem = tiny(Random(seed), 5)
    known = list(plans(problem))
    if not known:
        return
    plan = data.draw(st.sampled_from(known))
    people = data.draw(st.sets(st.integers(0, len(problem.people) - 1)))
    empty = set(range(len(problem.desks))) - {p.desk for p in problem.people}
    part = part_of(problem, plan, people, empty)
    merged = {part.merged(other) for other in plans(part.problem)}
    assert all(verify(problem, other) == [] for other in merged)
    inside = set(part.people)
    same = {
        frozenset(other.exchanges)
        for other in known
        if {e for e in other.exchanges if inside.isdisjoint(e.people)} == set(part.kept)
        and all(inside.issuperset(e.people) or inside.isdisjoint(e.people) for e in other.exchanges)
    }
    assert {frozenset(m.exchanges) for m in merged} == same


def test_the_waves_of_every_arc_are_read_as_the_plan_reads_them():
    problem = year(60, seed=3)
    ways = Ways(reach_of(problem))
    compiled = compile_moves(problem)
    mine, theirs = set(), set()
    for group in range(compiled.n_groups):
        arcs = group_arcs(compiled, group, None)
        rows = zip(arcs.person.tolist(), arcs.desk.tolist(), arcs.mask.tolist(), strict=True)
        theirs |= {(p, d, w) for p, d, mask in rows for w in range(12) if mask >> w & 1}
    for person in range(len(problem.people)):
        for wave in range(12):
            mine |= {(person, int(d), wave) for d in ways.desks(person, wave)}
    assert mine == theirs


def test_takers_are_the_people_who_may_take_the_desk():
    problem = year(60, seed=4)
    ways = Ways(reach_of(problem))
    for person in range(0, len(problem.people), 7):
        own = problem.people[person].desk
        for wave in (3, 8):
            may = {
                p
                for p in range(len(problem.people))
                if p != person and own in ways.desks(p, wave).tolist()
            }
            assert set(ways.takers(person, wave).tolist()) == may
