"""Questions and answers of replanning as plain lists, for the line between processes."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from solver.result import Goal, Status
from solver.visits.around.problem import Around, Replanned
from solver.wire import solution_in


def around_out(around: Around) -> dict[str, Any]:
    """A question as plain lists."""
    return asdict(around)


def around_in(plain: dict[str, Any]) -> Around:
    """The question that `around_out` made plain."""
    lists = {name: tuple(plain[name]) for name in ("frozen", "new", "void")}
    return Around(solution_in(plain["base"]), **lists, most_changes=plain["most_changes"])


def replanned_out(found: Replanned) -> dict[str, Any]:
    """An answer as plain lists."""
    return asdict(found)


def replanned_in(plain: dict[str, Any]) -> Replanned:
    """The answer that `replanned_out` made plain."""
    parts = dict(plain)
    parts["status"] = Status(plain["status"])
    parts["solution"] = None if plain["solution"] is None else solution_in(plain["solution"])
    for name in ("changed", "freed"):
        parts[name] = tuple(plain[name])
    for name in ("counts", "goals"):
        parts[name] = tuple(Goal(**goal) for goal in plain[name])
    return Replanned(**parts)
