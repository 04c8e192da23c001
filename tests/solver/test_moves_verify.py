"""The judge of moves: what is just allowed passes, what is just forbidden is named by its label."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import assume, settings
from hypothesis import given as for_all
from hypothesis import strategies as st

from solver.moves.problem import (
    Apart,
    Away,
    BarredDesk,
    BarredUnit,
    ChainLength,
    Closed,
    CycleLength,
    Desk,
    Elsewhere,
    Exchange,
    LeaderCap,
    MovesProblem,
    MovesSolution,
    MustMove,
    Person,
    Tail,
    UnitCap,
)  # fmt: skip
from solver.moves.verify import CHECKS, verify
from tests.solver.moves_problems import random_limits, tiny
from tests.solver.small_plans import plans

# people 0-3 at desks 0-3 (units 0, 1, 2, 0), person 4 a recruit, desk 4 empty in unit 2
DESKS = (
    Desk("V0", 0, 0, field=1, area=1, leads=True), Desk("V1", 1, 0, field=1, area=1),
    Desk("V2", 2, 0, field=1, area=1, must_fill=False), Desk("V3", 0, 0, field=1, area=1, leads=True),
    Desk("V4", 2, 0),
)  # fmt: skip
PEOPLE = (*(Person(f"C{n}", n, 0, due=True) for n in range(4)), Person("C4", -1, 0, due=False))
SWAP = Exchange("cycle", (0, 1), (1, 0), 1)
THREE = Exchange("cycle", (0, 1, 2), (1, 2, 0), 1)
CHAIN = Exchange(
    "chain", (0, 2), (4, 0), 1
)  # 0 takes the empty desk, 2 that of 0; desk 2 stays empty


def faults(limits, *exchanges, people=PEOPLE, desks=DESKS):
    problem = MovesProblem(people, desks, (None,) * 3, (10, 40, 70), tuple(limits))
    return verify(problem, MovesSolution(exchanges))


PAIRS = {
    "closed": (Closed((0, 2), "x"), Closed((1,), "x"), (SWAP,)),
    "away": (Away(0, (0, 2), "x"), Away(0, (1,), "x"), (SWAP,)),
    "away, another": (Away(2, (1,), "x"), Away(1, (1,), "x"), (SWAP,)),
    "elsewhere": (Elsewhere("x"), Elsewhere("x"), (SWAP,)),
    "unit in other waves": (BarredUnit(0, 1, (0, 2), "x"), BarredUnit(0, 1, (1,), "x"), (SWAP,)),
    "unit in all waves": (BarredUnit(0, 2, (), "x"), BarredUnit(0, 1, (), "x"), (SWAP,)),
    "desk": (BarredDesk(0, 0, "x"), BarredDesk(0, 1, "x"), (SWAP,)),
    "apart": (Apart(0, 1, "x"), Apart(1, 2, "x"), (Exchange("cycle", (0, 1, 3, 2), (1, 3, 2, 0), 0),)),
    "unit cap": (UnitCap((1, 1, 1), "x"), UnitCap((0, 1, 1), "x"), (SWAP,)),
    "unit cap taken": (
        UnitCap((2, 1, 1), "x", ((0, 1, 1), (1, 0, 9))), UnitCap((2, 1, 1), "x", ((0, 1, 2),)), (SWAP,),
    ),
    "leader cap": (LeaderCap(1, "x"), LeaderCap(0, "x"), (SWAP,)),
    "leader cap taken": (LeaderCap(2, "x", ((0, 1, 1),)), LeaderCap(1, "x", ((0, 1, 1),)), (SWAP,)),
    "cycle": (CycleLength(3, "x"), CycleLength(2, "x"), (THREE,)),
    "chain": (ChainLength(2, "x"), ChainLength(1, "x"), (CHAIN,)),
    "chain, not cycle": (CycleLength(2, "x"), CycleLength(1, "x"), (SWAP, Exchange("chain", (2,), (4,), 0))),
    "no chains": (ChainLength(1, "x"), ChainLength(0, "x"), (Exchange("chain", (2,), (4,), 0),)),
    "must move": (MustMove(0, (), (), "x"), MustMove(2, (), (), "x"), (SWAP,)),
    "must move to": (MustMove(0, (3, 1), (), "x"), MustMove(0, (3,), (), "x"), (SWAP,)),
    "must move in": (MustMove(0, (), (1,), "x"), MustMove(0, (), (0, 2), "x"), (SWAP,)),
}  # fmt: skip


@pytest.mark.parametrize("name", [name for name in PAIRS if name != "elsewhere"])
def test_what_is_just_allowed_passes_and_what_is_just_forbidden_is_named(name):
    allowed, forbidden, exchanges = PAIRS[name]
    assert faults([allowed], *exchanges) == []
    found = faults([forbidden], *exchanges)
    assert len(found) == 1
    assert found[0].startswith("x: ")


def test_every_kind_of_limit_has_its_pair():
    kinds = {
        type(limit) for allowed, forbidden, _ in PAIRS.values() for limit in (allowed, forbidden)
    }
    assert kinds | {Tail} == set(CHECKS)


@pytest.mark.parametrize(
    ("change", "stays"),
    [
        ({"field": 2}, False),
        ({"area": 2}, False),
        ({"field": -1}, True),
        ({"area": -1}, True),
        ({"unit": 1}, False),
    ],
)
def test_a_move_inside_the_unit_leads_to_another_known_field_or_area(change, stays):
    desks = (*DESKS[:3], replace(DESKS[3], **change), DESKS[4])
    swap = Exchange("cycle", (0, 3), (3, 0), 0)
    assert bool(faults([Elsewhere("x")], swap, desks=desks)) == stays
    assert faults([], swap, desks=desks) == []


def test_leaders_of_one_unit_leave_in_different_waves():
    both = [Exchange("cycle", (0, 1), (1, 0), 1), Exchange("cycle", (3, 2), (2, 3), 1)]
    assert len(faults([LeaderCap(1, "x")], *both)) == 1
    assert faults([LeaderCap(1, "x")], both[0], replace(both[1], wave=2)) == []
    assert len(faults([UnitCap((1, 9, 9), "x")], *both)) == 1
    assert faults([UnitCap((1, 9, 9), "x")], both[0], replace(both[1], wave=2)) == []


def test_a_chain_leaves_empty_only_what_need_not_be_filled():
    assert faults([Tail("x")], CHAIN) == []
    assert faults([Tail("x")], Exchange("chain", (4,), (4,), 0)) == []  # a recruit leaves no desk
    assert len(faults([Tail("x")], Exchange("chain", (0,), (4,), 0))) == 1
    assert faults([], Exchange("chain", (0,), (4,), 0)) == []


def test_a_desk_outside_the_group_is_named():
    other = (*DESKS[:1], replace(DESKS[1], group=7), *DESKS[2:])
    assert faults([], SWAP, desks=other)[0].startswith("group: person 0 takes desk 1")
    nobody = tuple(replace(desk, group=-1) for desk in DESKS)
    outside = tuple(replace(who, group=-1) for who in PEOPLE)
    assert len(faults([], SWAP, desks=nobody, people=outside)) == 2


@pytest.mark.parametrize(
    "exchanges",
    [
        (Exchange("cycle", (0, 9), (9, 0), 1),),
        (Exchange("cycle", (-1, 1), (1, 0), 1),),
        (Exchange("cycle", (0, 1), (1, 0), 3),),
        (Exchange("cycle", (0, 1), (1, 0), -1),),
        (Exchange("cycle", (0, 1), (1,), 1),),
        (Exchange("cycle", (), (), 1),),
        (Exchange("ring", (0, 1), (1, 0), 1),),  # type: ignore[arg-type]
        (Exchange("cycle", (0,), (0,), 1),),
        (Exchange("cycle", (0, 1, 2), (2, 0, 1), 1),),  # each takes the desk of the one before
        (Exchange("cycle", (0, 4), (4, 0), 1),),  # the recruit has no desk to give
        (Exchange("chain", (2,), (1,), 1),),  # begins at a held desk
        (Exchange("chain", (0, 2), (4, 1), 1),),
        (Exchange("chain", (0, 1, 2), (4, 0, 0), 1),),
        (SWAP, SWAP),
        (SWAP, replace(THREE, wave=2)),
        (CHAIN, Exchange("chain", (4,), (4,), 2)),
        (Exchange("chain", (0,), (4,), 1), Exchange("chain", (1,), (2,), 1)),
    ],
)  # fmt: skip
def test_what_is_no_plan_is_said_to_be_none(exchanges):
    found = faults([Closed((0, 1, 2), "x")], *exchanges)
    assert found
    assert all(line.startswith("form: ") for line in found)


def test_nobody_moving_breaks_nothing_but_what_must_be():
    problem = tiny(Random(3))
    problem = replace(
        problem, limits=tuple(x for x in problem.limits if not isinstance(x, MustMove))
    )
    assert verify(problem, MovesSolution(())) == []


@settings(max_examples=60, deadline=None)
@for_all(st.integers(0, 10**6))
def test_leaving_out_a_limit_never_adds_a_fault_and_each_fault_names_a_limit_that_is_there(seed):
    dice = Random(seed)
    problem = tiny(dice, most=4)
    free = replace(problem, limits=())
    some = [plan for _, plan in zip(range(30), plans(free), strict=False)]
    assume(some)
    plan = dice.choice(some)
    n_units, n_waves = len(problem.unit_places), len(problem.wave_days)
    limits = random_limits(dice, len(problem.people), len(problem.desks), n_units, n_waves)
    limits = tuple(replace(x, label=f"limit {k}") for k, x in enumerate(limits))
    found = verify(replace(problem, limits=limits), plan)
    assert {line.split(":")[0] for line in found} <= {x.label for x in limits}
    for k in range(len(limits)):
        left = verify(replace(problem, limits=limits[:k] + limits[k + 1 :]), plan)
        assert sorted(left) == sorted(line for line in found if not line.startswith(f"limit {k}:"))
