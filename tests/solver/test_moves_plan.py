"""The plan of moves: the arrays say what plain arithmetic says, every limit holds, the best is found."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from random import Random

import numpy as np
import pytest

from solver.moves import problem as given
from solver.moves.arcs import compile_moves, group_arcs
from solver.moves.columns import columns_of, from_solution, group_graph, joined
from solver.moves.goals import first_waves, goal_values, move_points
from solver.moves.greedy import greedy_swaps
from solver.moves.plan import make_plan
from solver.moves.prices import no_prices, reckoned
from solver.moves.problem import Desk, Exchange, MovesProblem, MovesSolution, Person
from solver.moves.room import room_of
from solver.moves.verify import verify
from solver.result import Status
from solver.settings import Settings
from tests.solver.moves_problems import tiny, year

SHORT = Settings(time_limit_s=3, workers=1)
SEEDS = range(40)


def quiet(*_):
    return None


def plan(problem):
    return make_plan(problem, SHORT, quiet)


def moves(problem):
    return set(plan(problem).solution.exchanges)


@pytest.mark.parametrize("seed", SEEDS)
def test_an_arc_and_its_wave_cost_what_the_move_costs(seed):
    problem = tiny(Random(seed))
    compiled, first = compile_moves(problem), first_waves(problem)
    wish = {(person, unit): weight for person, unit, weight in problem.wishes}
    for group in range(compiled.n_groups):
        arcs = group_arcs(compiled, group, None)
        for person, desk, cost in zip(arcs.person, arcs.desk, arcs.cost, strict=True):
            for wave in range(compiled.n_waves):
                points = move_points(problem, person, desk, wave, first[person], wish)
                assert cost + compiled.time[person, wave] == sum(points.values())


@pytest.mark.parametrize("seed", range(5))
def test_kept_arcs_are_some_of_the_lawful_arcs_at_the_same_price(seed):
    compiled = compile_moves(year(60, seed))
    for group in range(compiled.n_groups):
        every = arc_set(group_arcs(compiled, group, None))
        few, many = (arc_set(group_arcs(compiled, group, keep)) for keep in (2, 12))
        assert few <= every
        assert many <= every
        assert len(few) <= len(many)


def arc_set(arcs):
    return set(
        zip(
            *(column.tolist() for column in (arcs.person, arcs.desk, arcs.cost, arcs.mask)),
            strict=True,
        )
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_the_columns_are_all_exchanges_that_pay_each_once(seed):
    problem = tiny(Random(seed), most=5)
    compiled = compile_moves(problem)
    room = room_of(compiled)
    own = compiled.who[:, 4].astype(np.int64)
    found = []
    for group in range(compiled.n_groups):
        graph = group_graph(compiled, group, group_arcs(compiled, group, None))
        columns, worth = columns_of(graph, compiled.n_waves)
        found.append(reckoned(columns, worth, room, no_prices(room), own, compiled.prize))
    columns = joined(found)
    named = [canonical(exchange) for exchange in columns.exchanges()]
    assert len(named) == len(set(named))
    worth = {name: value for name, value in zip(named, columns.value.tolist(), strict=True)}
    assert {k: v for k, v in worth.items() if not apart(problem, k)} == slowly(problem, compiled)


def slowly(problem, compiled):
    """Every lawful exchange that lowers the points, by trying them all."""
    stated = replace(
        problem, limits=tuple(x for x in problem.limits if not isinstance(x, given.MustMove))
    )
    must = {x.person: x for x in problem.limits if isinstance(x, given.MustMove)}
    worth = {}
    for exchange in candidates(problem):
        bound = [must[p] for p in exchange.people if p in must]
        if verify(stated, MovesSolution((exchange,))) or not all(obeys(exchange, m) for m in bound):
            continue
        value = int(from_solution(compiled, (exchange,)).value[0])
        if value < 0:
            worth[canonical(exchange)] = value
    return worth


def obeys(exchange, must):
    every = [x for x in zip(exchange.people, exchange.desks, strict=True) if x[0] == must.person]
    return all(
        (not must.desks or desk in must.desks) and (not must.waves or exchange.wave in must.waves)
        for _, desk in every
    )


def candidates(problem):
    desk = [person.desk for person in problem.people]
    empty = set(range(len(problem.desks))) - set(desk)
    for size in range(1, len(desk) + 1):
        for people in permutations(range(len(desk)), size):
            for wave in range(len(problem.wave_days)):
                if size > 1 and people[0] == min(people):
                    ahead = tuple(desk[p] for p in (*people[1:], people[0]))
                    if -1 not in ahead:
                        yield Exchange("cycle", people, ahead, wave)
                before = tuple(desk[p] for p in people[:-1])
                if -1 not in before:
                    for start in empty:
                        yield Exchange("chain", people, (start, *before), wave)


def canonical(exchange):
    people, desks = list(exchange.people), list(exchange.desks)
    turn = people.index(min(people)) if exchange.kind == "cycle" else 0
    return (
        exchange.kind,
        *people[turn:],
        *people[:turn],
        *desks[turn:],
        *desks[:turn],
        exchange.wave,
    )


def apart(problem, name):
    size = (len(name) - 2) // 2
    unit = {
        p: problem.desks[d].unit
        for p, d in zip(name[1 : size + 1], name[size + 1 : -1], strict=True)
    }
    pairs = [x for x in problem.limits if isinstance(x, given.Apart)]
    return any(
        unit.get(x.first, -1) == unit.get(x.second, -2) for x in pairs if x.first != x.second
    )


@pytest.mark.parametrize("seed", range(60))
def test_the_greedy_swaps_break_nothing_but_a_must(seed):
    problem = tiny(Random(seed))
    stated = replace(
        problem, limits=tuple(x for x in problem.limits if not isinstance(x, given.MustMove))
    )
    assert verify(stated, greedy_swaps(problem)) == []


def test_the_greedy_swaps_of_a_year_break_nothing_and_the_plan_is_much_cheaper():
    problem = year(120, 3)
    swaps = greedy_swaps(problem)
    assert verify(problem, swaps) == []
    result = plan(problem)
    assert verify(problem, result.solution) == []
    assert result.greedy == goal_values(problem, swaps)
    ours = sum(goal_values(problem, result.solution).values())
    assert ours < sum(result.greedy.values())
    assert result.pool_bound is None or result.pool_bound <= ours


def test_one_seed_gives_one_plan_on_any_number_of_workers():
    problem = year(80, 5)
    one, other = (make_plan(problem, replace(SHORT, workers=n), quiet).solution for n in (1, 2))
    assert one == other


def test_every_plan_that_is_told_is_lawful_and_the_first_comes_at_once():
    problem, told = year(80, 2), []
    make_plan(problem, SHORT, lambda progress, solution: told.append((progress.phase, solution)))
    assert told[0][0] == "first"
    assert told[0][1] == greedy_swaps(problem)
    plans = [solution for _, solution in told if solution is not None]
    cost = [sum(goal_values(problem, solution).values()) for solution in plans]
    assert all(verify(problem, solution) == [] for solution in plans)
    assert cost == sorted(cost, reverse=True)


def pair(**more):
    """Two due people in two units who may swap in wave 0 or 1."""
    desks = (Desk("V0", 0, 0), Desk("V1", 1, 0))
    people = (Person("C0", 0, 0, True, limit=50), Person("C1", 1, 0, True, limit=50))
    places = ((21.0, 105.8), (21.1, 105.8))
    return MovesProblem(
        **{
            "people": people,
            "desks": desks,
            "unit_places": places,
            "wave_days": (10, 40),
            "limits": (),
            **more,
        }
    )


def ring(size, *limits):
    """People who can only move in one ring: each is barred from every desk but the next one's."""
    desks = tuple(Desk(f"V{k}", k, 0) for k in range(size))
    people = tuple(Person(f"C{k}", k, 0, True, limit=50) for k in range(size))
    barred = tuple(
        given.BarredDesk(p, d, "barred")
        for p in range(size)
        for d in range(size)
        if d != (p + 1) % size
    )
    return MovesProblem(people, desks, (None,) * size, (10,), (*barred, *limits))


def placed(problem):
    solution = plan(problem).solution
    return sum(len(exchange.people) for exchange in solution.exchanges)


@pytest.mark.parametrize(
    ("allowed", "forbidden"),
    [
        (given.Closed((0,), "x"), given.Closed((0, 1), "x")),
        (given.Away(0, (1,), "x"), given.Away(0, (0, 1), "x")),
        (given.BarredUnit(0, 1, (0,), "x"), given.BarredUnit(0, 1, (), "x")),
        (given.BarredDesk(0, 0, "x"), given.BarredDesk(0, 1, "x")),
        (given.UnitCap((1, 1), "x", ((0, 0, 1),)), given.UnitCap((0, 1), "x")),
        (
            given.UnitCap((2, 1), "x", ((0, 0, 1), (0, 1, 1))),
            given.UnitCap((1, 1), "x", ((0, 0, 1), (0, 1, 1))),
        ),
        (given.CycleLength(2, "x"), given.CycleLength(1, "x")),
    ],
)
def test_a_swap_takes_place_just_as_long_as_the_limit_allows_it(allowed, forbidden):
    assert placed(pair(limits=(allowed,))) == 2
    assert placed(pair(limits=(forbidden,))) == 0


@pytest.mark.parametrize("size", [3, 4, 5])
def test_a_ring_turns_only_if_cycles_may_be_so_long(size):
    assert placed(ring(size, given.CycleLength(size, "cycle"))) == size
    assert placed(ring(size, given.CycleLength(size - 1, "cycle"))) == 0


def test_two_leaders_of_one_unit_do_not_leave_in_one_wave():
    desks = tuple(Desk(f"V{k}", k // 2, k % 2, leads=k < 2) for k in range(4))
    people = tuple(Person(f"C{k}", k, k % 2, True, limit=50) for k in range(4))
    problem = pair(desks=desks, people=people, limits=(given.LeaderCap(1, "leader"),))
    waves = [exchange.wave for exchange in plan(problem).solution.exchanges]
    assert sorted(waves) == [0, 1]
    assert len(moves(replace(problem, wave_days=(10,)))) == 1
    assert len(moves(replace(problem, limits=(), wave_days=(10,)))) == 2


def test_people_kept_apart_do_not_come_to_one_unit():
    desks = tuple(Desk(f"V{k}", k // 2, k % 2) for k in range(4))
    people = tuple(Person(f"C{k}", k, k % 2, True, limit=50) for k in range(4))
    assert placed(pair(desks=desks, people=people)) == 4
    assert placed(pair(desks=desks, people=people, limits=(given.Apart(0, 1, "kin"),))) == 2
    assert placed(pair(desks=desks, people=people, limits=(given.Apart(0, 2, "kin"),))) == 4


def test_a_swap_inside_a_unit_needs_another_known_field_or_area():
    def inside(first, second):
        desks = (Desk("V0", 0, 0, field=first), Desk("V1", 0, 0, field=second))
        return pair(desks=desks, limits=(given.Elsewhere("elsewhere"),))

    assert placed(inside(1, 2)) == 2
    assert placed(inside(1, 1)) == 0
    assert placed(inside(1, -1)) == 0


@pytest.mark.parametrize(("most", "moved"), [(2, 2), (1, 0), (0, 0)])
def test_a_chain_ends_with_somebody_whose_desk_may_stay_empty(most, moved):
    desks = (Desk("V0", 0, 0), Desk("V1", 1, 0, must_fill=False), Desk("V2", 2, 0))
    people = (Person("C0", 0, 0, True, limit=50), Person("C1", 1, 0, False, helper_cost=50))
    barred = (given.BarredDesk(0, 1, "barred"),)
    limits = (*barred, given.Tail("tail"), given.ChainLength(most, "chain"))
    problem = pair(desks=desks, people=people, unit_places=(None,) * 3, limits=limits)
    assert placed(problem) == moved


def test_a_must_move_comes_first_and_cannot_be_bought_off():
    problem = pair(limits=(given.MustMove(0, (1,), (1,), "pin:1"),))
    assert {exchange.wave for exchange in moves(problem)} == {1}
    nowhere = pair(limits=(given.MustMove(0, (0,), (), "pin:1"),))
    result = plan(nowhere)
    assert result.solution is None
    assert result.status in (Status.INFEASIBLE, Status.UNKNOWN)


def test_a_published_plan_stands_unless_a_change_saves_more_than_it_costs():
    later = Exchange("cycle", (0, 1), (1, 0), 1)
    problem = pair(published=(later,))
    early = replace(problem.people[0], limit=30)
    assert moves(problem) == {later}
    far_too_late = replace(problem, people=(replace(early, limit=0), problem.people[1]))
    assert {exchange.wave for exchange in moves(far_too_late)} == {1}
    dear = replace(far_too_late, goals=given.Goals(changed=100))
    assert {exchange.wave for exchange in moves(dear)} == {0}
