"""The best plan for each budget of changes: a curve from the fewest possible upwards, never worse with more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from solver.effort import Effort
from solver.result import Progress
from solver.settings import Settings
from solver.visits.around.exchange import spend
from solver.visits.around.problem import Around, Replanned
from solver.visits.around.replan import Report, answer, begin, failed
from solver.visits.problem import Problem


def curve(
    problem: Problem, around: Around, budgets: Sequence[int], settings: Settings, report: Report
) -> Iterator[Replanned]:
    """The best plan within each budget, ascending; budgets below the least possible give that one plan.

    Each plan is sought from the one before it, so that a larger budget never gives a worse plan. The effort
    of the settings is for each budget.
    """
    effort = Effort(settings)
    making, whole = begin(problem, around, effort)
    if not making.legal(making.now):
        yield failed(making)
        return
    least = making.rank(making.now)[1]
    for n, most in enumerate(sorted({max(k, least) for k in budgets})):
        making.effort = Effort(settings)
        report(Progress("repair", effort.seconds, most, least, note=f"{n + 1}"))
        bounds = spend(making, whole, most)
        yield answer(problem, replace(around, most_changes=most), making, whole, bounds)
