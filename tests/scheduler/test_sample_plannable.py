"""A made-up dataset is one that can be planned: the greedy start alone keeps every binding rule."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from data.calendar import WorkCalendar
from data.catalogue import read_catalogue
from data.rulefiles import read_rules
from data.sample import sample_tables, write_dataset
from data.tables import read_dataset
from scheduler.rulebook import in_force
from scheduler.yearly_plan import to_problem, year_case
from solver.visits.days.problem import compile_days
from solver.visits.greedy import greedy_plan
from solver.visits.problem import Must
from solver.visits.verify import verify

if TYPE_CHECKING:
    from pathlib import Path

    from solver.visits.problem import Problem


def problem_of(folder: Path, units: int, inspectors: int, seed: int, month_days: int) -> Problem:
    tables = sample_tables(units, inspectors, 400, seed=seed, month_days=month_days)
    office = read_dataset(write_dataset(tables, folder)).office()
    rulebook = in_force(read_rules(), date(2027, 1, 1))
    calendar = WorkCalendar(office.calendar)
    case, _ = year_case(office, calendar, rulebook, read_catalogue(date(2027, 1, 1)), 2027)
    return to_problem(case)


@pytest.mark.parametrize(
    ("units", "inspectors", "seed", "month_days"),
    [(20, 4, 1, 6), (40, 6, 2, 6), (60, 16, 3, 6), (143, 50, 1, 6), (200, 25, 1, 4)],
)
def test_a_sample_can_be_planned_with_every_mandatory_visit(
    tmp_path: Path, units: int, inspectors: int, seed: int, month_days: int
):
    problem = problem_of(tmp_path, units, inspectors, seed, month_days)
    plan = greedy_plan(compile_days(problem))
    assert verify(problem, plan) == []
    assert any(isinstance(limit, Must) for limit in problem.limits)
    assert sum(start < 0 for start in plan.starts) <= 2


def test_the_sample_city_uses_people_lightly_and_the_tight_year_hardly_leaves_a_day(tmp_path: Path):
    def used(problem: Problem) -> float:
        wanted = sum(visit.days * visit.size for visit in problem.visits)
        return wanted / sum(problem.goals.available)

    assert used(problem_of(tmp_path / "city", 143, 50, 1, 6)) < 0.4
    assert used(problem_of(tmp_path / "tight", 200, 25, 1, 4)) > 0.8
