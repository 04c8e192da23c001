"""Problems and results of moves as JSON and back, for the line between a caller and its solver process."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, fields
from operator import attrgetter
from typing import Any, get_args

from solver.moves.problem import (
    Desk,
    Exchange,
    Goals,
    Limit,
    MovesProblem,
    MovesSolution,
    Person,
)
from solver.moves.result import MovesResult
from solver.moves.why import Newcomer, Relaxation, Used, Why
from solver.result import Goal, Status

Json = dict[str, Any]
_PERSON = attrgetter(*(field.name for field in fields(Person)))
_DESK = attrgetter(*(field.name for field in fields(Desk)))
LIMITS = {str(kind.__dataclass_fields__["type"].default): kind for kind in get_args(Limit)}


def problem_out(problem: MovesProblem) -> Json:
    """A problem as plain lists and dicts."""
    plain = {field.name: getattr(problem, field.name) for field in fields(problem)}
    plain["people"] = list(map(_PERSON, problem.people))
    plain["desks"] = list(map(_DESK, problem.desks))
    plain["limits"] = [(limit.type, *_values(limit)) for limit in problem.limits]
    plain["goals"] = asdict(problem.goals)
    plain["published"] = exchanges_out(problem.published)
    return plain


def problem_in(plain: Json) -> MovesProblem:
    """The problem that `problem_out` made plain."""
    return MovesProblem(
        people=tuple(Person(*row) for row in plain["people"]),
        desks=tuple(Desk(*row) for row in plain["desks"]),
        unit_places=_tuples(plain["unit_places"]),
        wave_days=tuple(plain["wave_days"]),
        limits=tuple(LIMITS[kind](*_tuples(values)) for kind, *values in plain["limits"]),
        wishes=_tuples(plain["wishes"]),
        goals=Goals(**plain["goals"]),
        published=exchanges_in(plain["published"]),
        extra=plain["extra"],
    )


def exchanges_out(exchanges: Iterable[Exchange]) -> list[list[Any]]:
    """Exchanges as plain lists."""
    return [[e.kind, list(e.people), list(e.desks), e.wave] for e in exchanges]


def exchanges_in(plain: Iterable[Any]) -> tuple[Exchange, ...]:
    """Exchanges from their plain form."""
    return tuple(Exchange(kind, tuple(who), tuple(to), wave) for kind, who, to, wave in plain)


def solution_in(plain: Iterable[Any]) -> MovesSolution:
    """A solution from the plain form of its exchanges."""
    return MovesSolution(exchanges_in(plain))


def result_out(result: MovesResult) -> Json:
    """A result as plain lists and dicts."""
    plain = {field.name: getattr(result, field.name) for field in fields(result)}
    plain["solution"] = result.solution and exchanges_out(result.solution.exchanges)
    plain["goals"] = [asdict(goal) for goal in result.goals]
    return plain


def result_in(plain: Json) -> MovesResult:
    """The result that `result_out` made plain."""
    parts = dict(plain)
    parts["status"] = Status(plain["status"])
    parts["solution"] = None if plain["solution"] is None else solution_in(plain["solution"])
    parts["goals"] = tuple(Goal(**goal) for goal in plain["goals"])
    parts["phases"] = tuple((name, seconds) for name, seconds in plain["phases"])
    return MovesResult(**parts)


def relaxation_out(relaxation: Relaxation) -> Json:
    """A relaxation as a plain dict."""
    plain = {field.name: getattr(relaxation, field.name) for field in fields(relaxation)}
    plain["newcomers"] = [
        [_PERSON(n.person), _DESK(n.desk), [(x.type, *_values(x)) for x in n.limits]]
        for n in relaxation.newcomers
    ]
    return plain


def relaxation_in(plain: Json) -> Relaxation:
    """A relaxation from its plain form."""
    parts = dict(plain, groups=_tuples(plain["groups"]))
    parts["newcomers"] = tuple(
        Newcomer(Person(*who), Desk(*desk), tuple(LIMITS[kind](*_tuples(x)) for kind, *x in limits))
        for who, desk, limits in plain["newcomers"]
    )
    return Relaxation(**parts)


def why_out(why: Why) -> Json:
    """A reason as a plain dict."""
    plain = {field.name: getattr(why, field.name) for field in fields(why)}
    plain["relaxation"] = why.relaxation and relaxation_out(why.relaxation)
    plain["tried"] = [relaxation_out(each) for each in why.tried]
    plain["used"] = [asdict(used) for used in why.used]
    plain["exchanges"] = exchanges_out(why.exchanges)
    return plain


def why_in(plain: Json) -> Why:
    """A reason from its plain form."""
    parts = dict(plain, labels=tuple(plain["labels"]))
    parts["relaxation"] = relaxation_in(plain["relaxation"]) if plain["relaxation"] else None
    parts["tried"] = tuple(relaxation_in(each) for each in plain["tried"])
    parts["used"] = tuple(Used(**used) for used in plain["used"])
    parts["exchanges"] = exchanges_in(plain["exchanges"])
    return Why(**parts)


def _values(limit: Limit) -> list[Any]:
    return [getattr(limit, field.name) for field in fields(limit) if field.name != "type"]


def _tuples(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return tuple(_tuples(each) for each in value)
    return value
