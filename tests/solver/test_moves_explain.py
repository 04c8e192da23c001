"""Every reason has a case that has exactly it and a neighbour that just has not; relaxations are true."""

import json
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.moves.easing import relaxed, used_by
from solver.moves.explain import reasons
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
    LeaderCap,
    MovesProblem,
    MovesSolution,
    Person,
    Tail,
    UnitCap,
)
from solver.moves.verify import verify
from solver.moves.why import Newcomer, Relaxation
from solver.moves.wire import relaxation_in, relaxation_out, why_in, why_out
from solver.settings import Settings
from tests.solver.moves_problems import tiny
from tests.solver.small_plans import best, placed, plans

QUICK = Settings(time_limit_s=60.0, workers=1)
USUAL = (Elsewhere("elsewhere"), CycleLength(3, "cycle"), ChainLength(3, "chain"), Tail("tail"))
OFFERS = (
    Relaxation("open_wave", 10, "closed"),
    Relaxation("unit_cap", 20, "unit-cap"),
    Relaxation("leader_cap", 30, "leader-cap"),
    Relaxation("limit", 40, "return"),
    Relaxation("limit", 45, "elsewhere"),
    Relaxation("limit", 46, "barred"),
    Relaxation("limit", 48, "pin:1"),
    Relaxation("cycle_length", 50, "cycle", most=4),
    Relaxation("cycle_length", 60, "cycle", most=5),
    Relaxation("join", 90, "rank", groups=((0, 1),)),
)


def office(people, desks, limits=(), waves=(30, 60), units=6):
    """People as (own desk, due), desks as (unit, group)."""
    return MovesProblem(
        tuple(
            Person(f"C{n}", desk, desks[desk][1], due, limit=90, helper_cost=0 if due else 50)
            for n, (desk, due) in enumerate(people)
        ),
        tuple(Desk(f"V{n}", unit, group) for n, (unit, group) in enumerate(desks)),
        (None,) * units, waves, (*USUAL, *limits),
    )  # fmt: skip


def why(problem, person=0, solution=None, offers=OFFERS):
    """The reason for one person, in the best plan unless another is given."""
    plan = best(problem) if solution is None else solution
    assert plan is not None
    assert person not in placed(plan)
    return reasons(problem, plan, [person], offers, QUICK)[0]


def bars(*pairs, label="kin"):
    return tuple(BarredDesk(person, desk, label) for person, desk in pairs)


TWO = ([(0, True), (1, True)], [(0, 0), (1, 0)])
THREE = ([(0, True), (1, False), (2, False)], [(0, 0), (1, 0), (2, 0)])


def test_who_has_the_only_desk_of_the_kind_has_no_desk():
    problem = office([(0, True), (1, True)], [(0, 0), (1, 1)])
    assert why(problem, offers=()).kind == "no_desk"
    assert 0 in placed(best(office(*TWO)))


def test_the_own_unit_alone_is_no_other_place_but_another_known_area_is():
    problem = office([(0, True), (1, True)], [(0, 0), (0, 0)])
    found = why(problem, offers=())
    assert (found.kind, found.labels) == ("own_unit", ("elsewhere",))
    desks = tuple(replace(desk, area=n) for n, desk in enumerate(problem.desks))
    assert 0 in placed(best(replace(problem, desks=desks)))


def test_labels_that_bar_every_desk_are_named_and_one_free_desk_is_enough():
    shut = (BarredUnit(0, 1, (), "return"), *bars((0, 2)))
    found = why(office(*THREE, shut), offers=())
    assert (found.kind, found.labels) == ("barred", ("kin", "return"))
    assert 0 in placed(best(office(*THREE, shut[:1])))


def test_nobody_may_take_the_desk_over():
    shut = bars((1, 0), (2, 0))
    found = why(office(*THREE, shut), offers=())
    assert (found.kind, found.labels) == ("no_taker", ("kin",))
    assert 0 in placed(best(office(*THREE, shut[:1])))


def test_with_nobody_but_an_empty_desk_the_tail_is_what_is_missing():
    problem = office([(0, True)], [(0, 0), (1, 0)])
    found = why(problem, offers=())
    assert (found.kind, found.labels) == ("no_taker", ("tail",))
    spare = (replace(problem.desks[0], must_fill=False), problem.desks[1])
    assert 0 in placed(best(replace(problem, desks=spare)))


RING = ([(n, n == 0) for n in range(4)], [(n, 0) for n in range(4)])
ONLY_RING = bars(*((p, d) for p in range(4) for d in range(4) if d not in (p, (p + 1) % 4)))


def test_a_ring_of_four_needs_a_longer_cycle_than_three():
    found = why(office(*RING, ONLY_RING), offers=())
    assert (found.kind, found.labels, found.shortest) == ("longer_cycle", ("cycle",), 4)
    assert 0 in placed(best(office(*RING, [b for b in ONLY_RING if (b.person, b.desk) != (2, 0)])))


def test_a_way_out_and_a_way_in_that_do_not_meet_are_no_way_round():
    shut = bars((0, 2), (1, 0), (1, 2))
    found = why(office(*THREE, shut), offers=())
    assert (found.kind, found.labels) == ("no_way_round", ("kin",))
    assert 0 in placed(best(office(*THREE, shut[:2])))


def test_partners_who_are_never_free_in_the_same_month_have_no_common_wave():
    away = (Away(0, (0,), "overlay"), Away(1, (1,), "study"))
    found = why(office(*TWO, away), offers=())
    assert (found.kind, found.labels) == ("no_common_wave", ("overlay", "study"))
    assert 0 in placed(best(office(*TWO, away[:1])))


CROWD = (
    [(0, True), (1, False), (2, True), (3, False)],
    [(0, 0), (1, 0), (0, 1), (1, 1)],
)


def test_a_full_cap_is_the_reason_when_lifting_it_alone_would_do():
    problem = office(*CROWD, [UnitCap((1, 5, 5, 5, 5, 5), "unit-cap")], waves=(30,))
    plan = best(problem)
    left = next(p for p in (0, 2) if p not in placed(plan))
    found = why(problem, left, plan)
    assert (found.kind, found.labels) == ("cap_full", ("unit-cap",))
    assert found.relaxation == OFFERS[1]
    assert [(u.unit, u.wave) for u in found.used] == [(0, 0)]
    roomy = office(*CROWD, [UnitCap((2, 5, 5, 5, 5, 5), "unit-cap")], waves=(30,))
    assert placed(best(roomy)) >= {0, 2}


def test_a_full_cap_of_leaders_is_named_as_such():
    problem = office(*CROWD, [LeaderCap(1, "leader-cap")], waves=(30,))
    desks = tuple(replace(d, leads=d.unit == 0) for d in problem.desks)
    problem = replace(problem, desks=desks)
    plan = best(problem)
    found = why(problem, next(p for p in (0, 2) if p not in placed(plan)), plan)
    assert (found.kind, found.relaxation) == ("cap_full", OFFERS[2])


def test_kin_who_may_not_meet_are_the_reason_when_lifting_that_alone_would_do():
    problem = office(*CROWD, [Apart(0, 2, "kin")])
    plan = best(problem)
    found = why(problem, next(p for p in (0, 2) if p not in placed(plan)), plan)
    assert (found.kind, found.labels, found.relaxation) == ("apart", ("kin",), None)


def test_three_who_want_two_desks_compete():
    shut = bars((0, 1), (1, 0))
    problem = office([(0, True), (1, True), (2, False)], [(0, 0), (1, 0), (2, 0)], shut)
    plan = best(problem)
    left = next(p for p in (0, 1) if p not in placed(plan))
    assert why(problem, left, plan, ()).kind == "competition"


def test_a_plan_that_could_have_placed_the_person_is_owned_up_to():
    problem = office(*TWO)
    found = why(problem, solution=MovesSolution(()))
    assert found.again
    assert found.relaxation is None
    assert 0 in placed(MovesSolution(found.exchanges))


# --- relaxations -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("problem", "kind"),
    [
        (office(*TWO, [Closed((0, 1), "closed")]), "open_wave"),
        (office(*THREE, [BarredUnit(0, 1, (), "return"), *bars((0, 2))]), "limit"),
        (office(*TWO, [BarredUnit(1, 0, (), "return")]), "limit"),
        (office([(0, True), (1, True)], [(0, 0), (0, 0)]), "limit"),
        (office(*RING, ONLY_RING), "cycle_length"),
        (office([(0, True), (1, False)], [(0, 0), (1, 1)]), "join"),
        (office(*TWO, [BarredDesk(0, 1, "pin:1")]), "limit"),
    ],
    ids=["wave", "own-limit", "taker", "elsewhere", "cycle", "join", "pin"],
)
def test_the_relaxation_of_a_planted_case_is_found_and_places_the_person(problem, kind):
    found = why(problem)
    assert found.relaxation.kind == kind
    assert 0 in placed(MovesSolution(found.exchanges))


def test_one_closed_month_is_opened_not_all():
    found = why(office(*TWO, [Closed((0, 1), "closed")]))
    assert len(found.used) == 1
    assert found.price == 10


def test_a_helper_who_is_too_new_is_called_by_name():
    problem = office([(0, True)], [(0, 0)])
    newcomer = Newcomer(Person("C9", -1, 0, False, helper_cost=300), Desk("V9", 3, 0))
    barred = replace(newcomer, limits=(BarredUnit(0, 0, (), "kin"),))
    offer = Relaxation("helper", 70, "term", newcomers=(barred, newcomer))
    found = why(problem, offers=(offer,))
    assert [u.newcomer for u in found.used] == ["C9"]
    assert found.price == 70
    none = why(problem, offers=(replace(offer, newcomers=(barred,)),))
    assert none.relaxation is None
    assert none.tried == (replace(offer, newcomers=(barred,)),)


def test_what_was_tried_in_vain_is_reported():
    found = why(office(*RING, ONLY_RING), offers=(OFFERS[-1], Relaxation("limit", 5, "elsewhere")))
    assert found.relaxation is None
    assert found.tried
    assert found.searched


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_a_relaxation_keeps_everybody_placed_and_no_cheaper_one_would_do(seed):
    problem = tiny(Random(seed), 5)
    problem = replace(problem, goals=replace(problem.goals, unplaced=1_000_000))
    plan = best(problem)
    if plan is None:
        return
    waiting = [p for p, who in enumerate(problem.people) if who.due and p not in placed(plan)]
    for found in reasons(problem, plan, waiting, OFFERS[:-1], QUICK):
        person = found.person
        assert not found.again
        if found.relaxation is not None:
            new = after(plan, found)
            assert verify(relaxed(problem, person, found.relaxation), new) == []
            assert placed(new) >= {p for p in placed(plan) if problem.people[p].due} | {person}
            assert len(used_by(problem, person, found.relaxation, new)) == len(found.used)
        cheaper = [r for r in OFFERS[:-1] if found.relaxation is None or r.price < found.price]
        for offer in cheaper:
            assert not places(relaxed(problem, person, offer), problem, plan, person, offer, found)


def after(plan, found):
    """The plan with what changes."""
    new = set(found.exchanges)
    people, desks = placed(MovesSolution(found.exchanges)), {d for e in new for d in e.desks}
    stays = [e for e in plan.exchanges if people.isdisjoint(e.people) and desks.isdisjoint(e.desks)]
    return MovesSolution((*stays, *new))


def places(eased, problem, plan, person, offer, found):
    """Whether a plan uses the relaxation so seldom that it is cheaper, and leaves nobody placed without."""
    group = problem.people[person].group
    kept = {e for e in plan.exchanges if all(problem.people[p].group != group for p in e.people)}
    wanted = {p for p in placed(plan) if problem.people[p].due} | {person}
    return any(
        placed(other) >= wanted
        and kept <= set(other.exchanges)
        and offer.price * len(used_by(problem, person, offer, other)) < (found.price or 10**9)
        for other in plans(eased)
    )


def test_answers_come_through_the_line_between_processes_unchanged():
    newcomer = Newcomer(
        Person("C9", -1, 0, False), Desk("V9", 3, 0), (BarredUnit(0, 0, (1,), "kin"),)
    )
    offers = (*OFFERS, Relaxation("helper", 70, "term", newcomers=(newcomer,)))
    for offer in offers:
        assert relaxation_in(json.loads(json.dumps(relaxation_out(offer)))) == offer
    problem = office(*TWO, [BarredUnit(1, 0, (), "return")])
    for found in reasons(problem, best(problem), [0, 1], offers, QUICK):
        assert why_in(json.loads(json.dumps(why_out(found)))) == found
