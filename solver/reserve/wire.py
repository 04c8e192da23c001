"""Problems and results of a reserve as JSON and back, for the line between a caller and its process."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, get_args

from solver.reserve.problem import Goals, Limit, Reach, ReserveProblem, ReserveSolution
from solver.reserve.result import ReserveResult

Json = dict[str, Any]
LIMITS = {str(kind.__dataclass_fields__["type"].default): kind for kind in get_args(Limit)}


def problem_out(problem: ReserveProblem) -> Json:
    """A problem as plain lists and dicts."""
    return asdict(problem)


def problem_in(plain: Json) -> ReserveProblem:
    """The problem that `problem_out` made plain."""
    return ReserveProblem(
        n_teams=plain["n_teams"],
        week_of=tuple(plain["week_of"]),
        wanted=tuple(plain["wanted"]),
        groups=tuple(Reach(**_tuples(group)) for group in plain["groups"]),
        limits=tuple(LIMITS[limit["type"]](**_tuples(limit)) for limit in plain["limits"]),
        often=tuple(plain["often"]),
        least_days=plain["least_days"],
        goals=Goals(**plain["goals"]),
    )


def result_out(result: ReserveResult) -> Json:
    """A result as plain lists and dicts."""
    return asdict(result)


def result_in(plain: Json) -> ReserveResult:
    """The result that `result_out` made plain."""
    kept = tuple(tuple(teams) for teams in plain["solution"]["kept"])
    return ReserveResult(**{**plain, "solution": ReserveSolution(kept)})


def _tuples(plain: Json) -> Json:
    return {name: tuple(x) if isinstance(x, list) else x for name, x in plain.items()}
