"""The yearly plan on made-up years, beside the plain one-model solver, for `congvu bench`.

Both run in the same session and every plan is judged by the independent checker. Figures are only
comparable within one run: the ratios count, not the seconds.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scheduler import journeys
from scheduler.audit import audit
from scheduler.yearly_plan import to_problem
from solver import engine
from solver.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from solver.result import Progress, Result


@dataclass(frozen=True)
class Instance:
    """A made-up year: its size, and trial values that set how much of it is due."""

    units: int
    inspectors: int
    month_days: int
    trial: Mapping[str, Any] = field(default_factory=dict)
    staff: int = 300


EVERY_YEAR = {"frequency.middle": 12, "frequency.low": 12}
INSTANCES = {
    "city": Instance(143, 50, 4),  # about 140 visits, people about 30 % used
    "big": Instance(600, 100, 5, EVERY_YEAR),  # about 800 visits, people about 75 % used
    "tight": Instance(200, 22, 4),  # about 190 visits, people about 95 % used
    "province": Instance(100, 40, 6),  # one shard of a nation
}
METHODS: dict[str, Callable[..., Result]] = {
    "days-then-teams": engine.solve,
    "one-model": engine.solve_plainly,
}


@dataclass
class Watch:
    """When the first legal plan came, and how the best grew."""

    first: float | None = None
    last: Progress | None = None

    def __call__(self, progress: Progress) -> None:
        """Takes in one line of progress."""
        if progress.best is not None and progress.phase != "days" and self.first is None:
            self.first = progress.seconds
        self.last = progress


def measured(name: str, seconds: float, seed: int) -> Iterator[dict[str, Any]]:
    """One row of figures for each method on an instance."""
    instance = INSTANCES[name]
    with tempfile.TemporaryDirectory() as folder:
        dataset = Path(folder) / "data"
        journeys.make_sample(
            dataset,
            instance.units,
            instance.inspectors,
            instance.staff,
            seed,
            2027,
            instance.month_days,
        )
        desk = journeys.open_year(dataset, 2027, instance.trial)
    problem = to_problem(desk.case)
    settings = Settings(time_limit_s=seconds, seed=seed)
    work = sum(v.days * v.size for v in problem.visits)
    for method, solve in METHODS.items():
        watch = Watch()
        result = solve(problem, settings, watch)
        row: dict[str, Any] = {
            "instance": name, "seed": seed, "method": method, "visits": len(problem.visits),
            "inspectors": problem.n_inspectors, "used": round(work / max(1, sum(problem.goals.available)), 3),
            "status": str(result.status), "seconds": round(result.seconds, 1),
            "first_plan_s": None if watch.first is None else round(watch.first, 2),
            "peak_memory_mb": result.peak_memory_mb,
            "goals": {
                g.name: {"value": g.value, "bound": g.bound, "gap": round(g.gap, 4), "if": g.condition}
                for g in result.goals
            },
        }  # fmt: skip
        if result.solution is not None:
            plan = journeys.finished_plan(desk, problem, result, settings)
            row["breaches"] = sorted({b.rule for b in audit(journeys.plan_view(plan, desk))})
            row["dropped"] = sum(s < 0 for s in result.solution.starts)
        yield row


def line(row: Mapping[str, Any]) -> str:
    """A row of figures for people."""
    goals = "  ".join(
        f"{k} {g['value']} (≥{g['bound']}, {g['gap']:.1%})" for k, g in row["goals"].items()
    )
    return (
        f"{row['instance']:<9}{row['method']:<17}{row['visits']:>4} visits  used {row['used']:.0%}  "
        f"{row['status']:<10} first {row['first_plan_s']} s, {row['seconds']} s, {row['peak_memory_mb']} MB  "
        f"dropped {row.get('dropped', '–')}  breaches {row.get('breaches', '–')}  {goals}"
    )


def comparison(rows: list[dict[str, Any]]) -> str:
    """Ratio of the plain model's value to ours, goal by goal, in this run."""
    ours, plain = rows[0]["goals"], rows[1]["goals"]
    ratios = [
        f"{name} {plain[name]['value'] / max(1, goal['value']):.2f}x"
        for name, goal in ours.items()
        if name in plain
    ]
    return "one-model / days-then-teams: " + (
        "  ".join(ratios) if ratios else "the plain model found no plan"
    )
