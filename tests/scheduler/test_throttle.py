"""Waits after wrong passwords: free at first, then longer and longer, up to a last step."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from scheduler.throttle import NONE, OF_A_NAME, OF_AN_ADDRESS, Failures, Waits

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
tables = st.builds(
    lambda free, steps: Waits(
        timedelta(hours=1), free, tuple(timedelta(seconds=s) for s in sorted(steps))
    ),
    st.integers(1, 60), st.lists(st.integers(1, 4000), min_size=1, max_size=6),
)  # fmt: skip


@given(tables | st.sampled_from([OF_A_NAME, OF_AN_ADDRESS]), st.integers(0, 10_000))
def test_one_more_failure_never_shortens_the_wait_and_the_last_step_is_the_longest(waits, count):
    assert waits.after(count) <= waits.after(count + 1) <= waits.steps[-1]
    assert (waits.after(count) == NONE) == (count < waits.free)


@given(tables, st.integers(0, 100), st.timedeltas(NONE, timedelta(days=2)))
def test_what_is_left_shrinks_with_time_and_is_never_below_zero(waits, count, passed):
    failures = Failures(count, NOON)
    left = waits.left(failures, NOON + passed)
    assert left == max(NONE, waits.after(count) - passed)
    assert waits.left(failures, NOON + passed + SECOND) <= left


def test_without_a_failure_nobody_waits():
    assert OF_A_NAME.left(Failures(0, None), NOON) == NONE


@given(tables | st.sampled_from([OF_A_NAME, OF_AN_ADDRESS]), st.timedeltas(NONE, SECOND))
def test_free_failures_cost_nobody_a_wait_even_if_one_was_after_this_moment(waits, later):
    at_once = Failures(waits.free - 1, NOON + later)
    assert waits.left(at_once, NOON) == NONE
    assert waits.left(Failures(waits.free, NOON + later), NOON) >= waits.steps[0]


def test_a_wait_is_over_before_its_failures_are_forgotten():
    for waits in (OF_A_NAME, OF_AN_ADDRESS):
        assert waits.steps[-1] < waits.counted
