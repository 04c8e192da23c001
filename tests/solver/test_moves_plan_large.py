"""Plans for many people: led by a linear packing from the inside, lawful, repeatable, better than swaps."""

from __future__ import annotations

import numpy as np
import pytest

from solver.effort import Effort
from solver.moves import making, prices
from solver.moves.arcs import compile_moves, group_arcs
from solver.moves.columns import group_graph
from solver.moves.greedy import greedy_columns
from solver.moves.insert import insert
from solver.moves.inside import Inside
from solver.moves.lawful import OWN, UNIT
from solver.moves.master import Master
from solver.moves.near import near_of
from solver.moves.plan import make_plan
from solver.moves.room import room_of
from solver.moves.tables import unit_prices
from solver.moves.verify import verify
from solver.settings import Settings
from tests.solver.moves_problems import year

SHORT = Settings(time_limit_s=4, workers=1)


@pytest.fixture
def as_if_large(monkeypatch):
    monkeypatch.setattr(making, "LARGE", 0)
    monkeypatch.setattr(prices, "LARGE", 0)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.usefixtures("as_if_large")
def test_a_plan_made_as_for_many_is_lawful_and_never_worse_than_swaps(seed):
    problem = year(60, seed)
    result = make_plan(problem, SHORT, lambda *_: None)
    assert verify(problem, result.solution) == []
    total = next(goal.value for goal in result.goals if goal.name == "total")
    assert total <= sum(result.greedy.values())


@pytest.mark.usefixtures("as_if_large")
def test_a_plan_made_as_for_many_is_the_same_on_two_workers():
    problem = year(60, 1)
    plans = [
        make_plan(problem, Settings(time_limit_s=4, workers=n), lambda *_: None).solution
        for n in (1, 2)
    ]
    assert plans[0] == plans[1]


def test_from_the_inside_the_packing_is_worth_what_it_is_at_a_corner():
    compiled = compile_moves(year(40, 2))
    room, columns = room_of(compiled), greedy_columns(compiled)
    inside, corner = Inside(room), Master(room)
    for master in (inside, corner):
        master.add(columns)
    assert inside.solve(10.0) == pytest.approx(corner.solve(10.0), rel=1e-4)


def test_exchanges_are_put_beside_a_plan_without_touching_it():
    problem = year(60, 0)
    compiled = compile_moves(problem)
    room, plan = room_of(compiled), greedy_columns(compiled)
    half = plan.take(np.arange(len(plan) // 2))
    graphs = [
        group_graph(compiled, g, group_arcs(compiled, g, 5)) for g in range(compiled.n_groups)
    ]
    own = compiled.who[:, OWN].astype(np.int64)
    more = insert(graphs, room, half, own, compiled.prize, Effort(SHORT), 1)
    assert set(half.exchanges()) <= set(more.exchanges())
    assert more.value.sum() < half.value.sum()


@pytest.mark.parametrize("seed", range(3))
def test_near_prices_are_the_prices_of_the_tables(seed):
    compiled = compile_moves(year(60, seed))
    for group in range(compiled.n_groups):
        people = compiled.people_of[group]
        near = near_of(compiled, group, people)
        units = np.unique(compiled.desk[compiled.desks_of[group], UNIT])
        assert (near.out == unit_prices(compiled.problem, people)[:, units]).all()
