"""`congvu bench rotation-N`: a year with about N people due, beside greedy swaps and the plain model."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scheduler import journeys
from solver.moves.arcs import compile_moves
from solver.moves.choose import pairs_of
from solver.moves.engine import solve_moves, solve_moves_plainly
from solver.settings import Settings

if TYPE_CHECKING:
    from solver.moves.problem import MovesProblem
    from solver.moves.result import MovesResult
    from solver.result import Progress

PLAIN_LITERALS = (
    60_000_000  # person x desk x wave that can be listed; above, the plain model is not built
)
LITERAL_BYTES = 500  # of one literal with its rows in the plain model, at least


@dataclass(frozen=True)
class Instance:
    """A made-up year of rotation: how many bodies and people."""

    units: int
    staff: int


@dataclass(frozen=True)
class Bound:
    """What is proven: the least total of any plan, and the least prize of people left unplaced."""

    total: int
    unplaced: int


INSTANCES = {
    "rotation-500": Instance(143, 4_200),
    "rotation-5000": Instance(143, 42_000),
    "rotation-20000": Instance(600, 165_000),
}


def measured(name: str, seconds: float, seed: int) -> Iterator[dict[str, Any]]:
    """One row of figures for each way of planning, on one problem; each plan is judged by the checker."""
    instance = INSTANCES[name]
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        journeys.make_sample(data, instance.units, 50, instance.staff, seed, 2027, 6)
        desk = journeys.open_rotation(journeys.RotationAsk(data, 2027))
    problem = desk.problem
    due = sum(person.due for person in problem.people)
    base = {"instance": name, "seed": seed, "due": due, "people": len(problem.people)}
    settings = Settings(time_limit_s=seconds, seed=seed)
    first: list[float] = []

    def watch(progress: Progress) -> None:
        if progress.best is not None:
            first.append(progress.seconds)

    result = solve_moves(problem, settings, watch)
    goals = {goal.name: goal.bound for goal in result.goals}
    bound = Bound(goals["total"], goals["unplaced"]) if "total" in goals else None
    yield {**base, "method": "greedy-swaps", **_figures(problem, result.greedy, bound)}
    yield {
        **base, "method": "columns", **_outcome(problem, result, bound),
        "first_answer_s": round(first[0], 2) if first else None,
        "breaches": journeys.breaches_of(desk, result),
    }  # fmt: skip
    yield {**base, "method": "one-model", **_plain(problem, settings, bound)}


def _plain(problem: MovesProblem, settings: Settings, bound: Bound | None) -> dict[str, Any]:
    """What the plain model gives in the same time; where it cannot be built, why not."""
    literals = pairs_of(compile_moves(problem)) * len(problem.wave_days)
    if literals > PLAIN_LITERALS:
        memory = literals * LITERAL_BYTES / 2**30
        note = (
            f"no plan: {literals:,.0f} person x desk x wave, at least {memory:,.0f} GB; not built"
        )
        return {**_figures(problem, {}, bound), "note": note}
    return _outcome(problem, solve_moves_plainly(problem, settings), bound)


def _outcome(problem: MovesProblem, result: MovesResult, bound: Bound | None) -> dict[str, Any]:
    values = {goal.name: goal.value for goal in result.goals if goal.name != "total"}
    return {
        **_figures(problem, values, bound), "status": str(result.status),
        "goals": {g.name: {"value": g.value, "bound": g.bound, "if": g.condition} for g in result.goals},
        "seconds": round(result.seconds, 1), "peak_memory_mb": result.peak_memory_mb,
        "phases": {phase: round(spent, 1) for phase, spent in result.phases}, "note": result.note,
    }  # fmt: skip


def _figures(
    problem: MovesProblem, values: Mapping[str, int], bound: Bound | None
) -> dict[str, Any]:
    """Placed, cost and gap.

    The cost leaves out the prize of everybody unplaced, the gap the prize of those whom no plan can
    place: a relative gap on a sum with that prize would hide the cost.
    """
    if not values:
        return {"placed": None, "cost": None, "gap": None}
    due = sum(person.due for person in problem.people)
    unplaced = values["unplaced"] // problem.goals.unplaced
    total = sum(values.values())
    figures: dict[str, Any] = {
        "placed": due - unplaced,
        "cost": total - values["unplaced"],
        "gap": None,
    }
    if bound is not None:
        figures["gap"] = round((total - bound.total) / max(1, total - bound.unplaced), 4)
        figures["placeable_at_most"] = due - -(-bound.unplaced // problem.goals.unplaced)
    return figures


def line(row: Mapping[str, Any]) -> str:
    """A row of figures for people."""
    gap = "–" if row["gap"] is None else f"{row['gap']:.2%}"
    placed = "–" if row["placed"] is None else f"{row['placed']}"
    most = f" (of at most {row['placeable_at_most']})" if "placeable_at_most" in row else ""
    cost = "–" if row["cost"] is None else row["cost"]
    more = "  ".join(
        f"{key} {row[key]}"
        for key in ("seconds", "first_answer_s", "peak_memory_mb", "breaches", "note")
        if key in row and row[key] not in ("", None)
    )
    return (
        f"{row['instance']:<15}{row['method']:<13}{row['due']:>6} due  placed {placed}{most}  "
        f"cost {cost}  gap {gap}  {more}"
    )


def comparison(rows: list[dict[str, Any]]) -> str:
    """How much cheaper the columns are than greedy swaps, in this run."""
    greedy, ours = rows[0], rows[1]
    if not greedy["cost"] or ours["cost"] is None:
        return ""
    return f"columns / greedy swaps: cost {ours['cost'] / greedy['cost']:.3f}"
