"""Narrowing a clash: what remains still clashes, and no part of it can be left out."""

from hypothesis import given
from hypothesis import strategies as st

from solver.explain import narrow

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
