"""The facts of a rotation plan: goals in the units that people count in."""

from scheduler.rotation_reports import goal_facts
from solver.moves.problem import Goals
from solver.result import Goal

PRICES = Goals(unplaced=1_000, late_day=7)


def told(name, value, bound):
    (row,) = goal_facts([Goal(name, value, bound, "any plan")], PRICES)
    return row["value"], row["bound"], row["points"], row["bound_points"]


def test_people_and_days_are_counted_not_points():
    assert told("unplaced", 3_000, 2_000) == (3, 2, 3_000, 2_000)
    assert told("late", 21, 14) == (3, 2, 21, 14)


def test_a_bound_of_part_of_a_person_is_a_whole_person():
    assert told("unplaced", 3_000, 1_001)[1] == 2


def test_what_has_no_unit_of_its_own_stays_in_points():
    assert told("distance", 120, 100) == (120, 100, 120, 100)
