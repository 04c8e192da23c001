"""Problems, settings and results as JSON and back, for the line between a caller and its solver process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any, get_args

from solver.result import Core, Goal, Progress, Result, Status
from solver.settings import Settings
from solver.visits.problem import GoalData, Limit, Problem, Solution, Visit

Json = dict[str, Any]
LIMITS = {str(kind.__dataclass_fields__["type"].default): kind for kind in get_args(Limit)}


def problem_out(problem: Problem) -> Json:
    """A problem as plain lists and dicts."""
    plain = {field.name: getattr(problem, field.name) for field in fields(problem)}
    plain["visits"] = [list(_plain(visit).values()) for visit in problem.visits]
    plain["limits"] = [_plain(limit) for limit in problem.limits]
    plain["goals"] = _plain(problem.goals)
    return plain


def problem_in(plain: Json) -> Problem:
    """The problem that `problem_out` made plain."""
    special = ("visits", "limits", "goals", "extra")
    parts = {name: _tuples(value) for name, value in plain.items() if name not in special}
    parts["visits"] = tuple(_visit(visit) for visit in plain["visits"])
    parts["limits"] = tuple(_limit(limit) for limit in plain["limits"])
    parts["goals"] = GoalData(**{name: _tuples(value) for name, value in plain["goals"].items()})
    parts["extra"] = plain["extra"]
    return Problem(**parts)


def problems_out(problems: Sequence[Problem]) -> list[Json]:
    """Several problems; visits and goals equal to those of the problem before are not written again."""
    plain: list[Json] = []
    for number, problem in enumerate(problems):
        one = problem_out(problem)
        before = problems[number - 1] if number else None
        for part in ("visits", "goals"):
            if before is not None and getattr(before, part) == getattr(problem, part):
                del one[part]
        plain.append(one)
    return plain


def problems_in(plain: Sequence[Json]) -> list[Problem]:
    """The problems that `problems_out` made plain."""
    problems: list[Problem] = []
    before: Json = {}
    for one in plain:
        before = {**{part: before[part] for part in ("visits", "goals") if part in before}, **one}
        problems.append(problem_in(before))
    return problems


def solution_in(plain: Json) -> Solution:
    """A solution from its plain form."""
    return Solution(_tuples(plain["starts"]), _tuples(plain["teams"]))


def settings_in(plain: Json) -> Settings:
    """Settings from their plain form."""
    return Settings(**plain)


def progress_in(plain: Json) -> Progress:
    """A line of progress from its plain form."""
    return Progress(**plain)


def result_out(result: Result) -> Json:
    """A result as plain lists and dicts."""
    return asdict(result)


def result_in(plain: Json) -> Result:
    """The result that `result_out` made plain."""
    parts = dict(plain)
    parts["status"] = Status(plain["status"])
    parts["solution"] = None if plain["solution"] is None else solution_in(plain["solution"])
    parts["goals"] = tuple(Goal(**goal) for goal in plain["goals"])
    parts["phases"] = tuple((name, seconds) for name, seconds in plain["phases"])
    return Result(**parts)


def core_in(plain: Json) -> Core:
    """The clash that a child told."""
    parts = {name: _tuples(value) for name, value in plain.items() if name != "items"}
    return Core(**parts, items=tuple(_limit(limit) for limit in plain["items"]))


def _plain(record: Any) -> Json:
    return {field.name: getattr(record, field.name) for field in fields(record)}


def _visit(plain: Sequence[Any]) -> Visit:
    label, unit, cluster, days, size, drop_cost, start_cost = plain
    return Visit(label, unit, cluster, days, size, drop_cost, tuple(start_cost))


def _limit(plain: Json) -> Limit:
    parts = {name: _tuples(value) for name, value in plain.items() if name != "type"}
    limit: Limit = LIMITS[plain["type"]](**parts)
    return limit


def _tuples(value: Any) -> Any:
    if isinstance(value, list | tuple):
        if value and isinstance(value[0], list | tuple | dict):
            return tuple(_tuples(each) for each in value)
        return tuple(value)
    return value
