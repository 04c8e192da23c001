"""Narrowing a clash: what remains still clashes, and no part of it can be left out."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solver.explain import core_of, first_step, narrow
from solver.result import NO_STEP, NOT_ASKED, Status
from solver.settings import QUICK
from solver.visits.feasible import feasible
from solver.visits.restrict import restrict, without
from tests.solver.planted import best_by_trying, unplanted

CULPRITS = st.sets(st.integers(0, 20), min_size=1, max_size=5)


@given(CULPRITS)
def test_exactly_the_culprits_remain(culprits):
    assert narrow(range(21), lambda part: culprits <= set(part)) == sorted(culprits)


@given(CULPRITS, CULPRITS)
def test_with_two_clashes_one_whole_clash_remains(one, other):
    left = set(narrow(range(21), lambda part: one <= set(part) or other <= set(part)))
    assert one <= left or other <= left
    assert not any(one <= left - {x} or other <= left - {x} for x in left)


@given(CULPRITS, st.sets(st.integers(0, 20)))
def test_what_cannot_be_proven_keeps_the_part_larger_but_never_wrong(culprits, unproven):
    left = narrow(range(21), lambda part: culprits <= set(part) and unproven <= set(part))
    assert culprits <= set(left)


@pytest.fixture(scope="module")
def clashing():
    """Tiny problems that trying every plan shows to have none."""
    problems = [unplanted(seed) for seed in range(25)]
    found = [p for p in problems if best_by_trying(p) is None][:6]
    assert len(found) == 6
    return found


def test_a_clash_is_one_by_trying_every_plan_and_each_label_left_out_gives_a_plan(clashing):
    for problem in clashing:
        core = core_of(problem, QUICK)
        part = restrict(problem, core.visits)
        only = without(part, frozenset(x.label for x in part.limits) - set(core.labels))
        assert best_by_trying(only) is None
        assert all(core.helped)
        for label in core.labels:
            assert best_by_trying(without(only, frozenset({label}))) is not None


def test_limits_named_one_by_one_clash_and_none_of_them_can_be_spared(clashing):
    for problem in clashing:
        every = frozenset(x.label for x in problem.limits)
        core = core_of(problem, QUICK, detailed=tuple(every))
        part = restrict(problem, core.visits)
        assert best_by_trying(replace(part, limits=core.items)) is None
        for item in core.items:
            rest = tuple(x for x in core.items if x is not item)
            assert best_by_trying(replace(part, limits=rest)) is not None


def test_what_counting_calls_impossible_has_no_plan_by_trying_them_all():
    from solver.visits.days.problem import compile_days
    from solver.visits.feasible import counted_out

    seen = 0
    for seed in range(40):
        problem = unplanted(seed)
        if counted_out(compile_days(problem)):
            seen += 1
            assert best_by_trying(problem) is None
            assert feasible(problem, QUICK) is Status.INFEASIBLE
    assert seen > 3


def test_a_ladder_gives_the_first_step_that_has_a_plan_by_trying_them_all(clashing):
    seen = set()
    for problem in clashing:
        labels = sorted({x.label for x in problem.limits})
        ladder = [without(problem, frozenset(labels[:n])) for n in range(0, len(labels) + 1, 2)]
        could = [n for n, step in enumerate(ladder) if best_by_trying(step) is not None]
        found = first_step(ladder, (), QUICK, 60)
        assert found == (could[0] if could else NO_STEP)
        hopeless = first_step([problem] * 3, (), QUICK, 60)
        assert hopeless == NO_STEP
        seen.add(found)
    assert len(seen) > 1


def test_a_ladder_for_which_there_is_no_time_is_not_called_tried(clashing):
    assert first_step([clashing[0]], (), QUICK, 0) == NOT_ASKED
