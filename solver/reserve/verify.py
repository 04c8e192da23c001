"""Whether a reserve keeps every limit, by plain arithmetic and without any solver."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from solver.reserve import problem as given
from solver.reserve.problem import ReserveProblem, ReserveSolution


def verify(problem: ReserveProblem, solution: ReserveSolution) -> list[str]:
    """Every breach of a limit or of the form of a reserve, one line each; empty when it is legal.

    Each line begins with the label of the limit, or with `form` when the reserve is none at all: then
    nothing else is judged.
    """
    faults = list(_form(problem, solution))
    if faults:
        return faults
    for limit in problem.limits:
        faults += [
            f"{limit.label}: {fault}" for fault in CHECKS[type(limit)](problem, solution, limit)
        ]
    return faults


def _form(problem: ReserveProblem, solution: ReserveSolution) -> Iterable[str]:
    if len(solution.kept) != problem.n_days:
        yield f"form: {len(solution.kept)} days are given, {problem.n_days} wanted"
        return
    for day, teams in enumerate(solution.kept):
        if list(teams) != sorted(set(teams)) or any(
            not isinstance(team, int) or not 0 <= team < problem.n_teams for team in teams
        ):
            yield f"form: the teams of day {day} are {teams}"
        elif len(teams) > problem.wanted[day]:
            yield f"form: day {day} keeps {len(teams)} teams, {problem.wanted[day]} are wanted"


def _away(problem: ReserveProblem, solution: ReserveSolution, limit: given.Away) -> Iterable[str]:
    for day in limit.days:
        if limit.team in solution.kept[day]:
            yield f"team {limit.team} is kept on day {day}"


def _week_days(
    problem: ReserveProblem, solution: ReserveSolution, limit: given.WeekDays
) -> Iterable[str]:
    often: Counter[tuple[int, int]] = Counter()
    if problem.n_days:
        often.update({(problem.week_of[0], j): used for j, used in enumerate(limit.used)})
    kept = set()
    for day, teams in enumerate(solution.kept):
        for team in teams:
            often[problem.week_of[day], team] += 1
            kept.add((problem.week_of[day], team))
    for week, team in sorted(kept):
        if often[week, team] > limit.most:
            yield f"team {team} is kept on {often[week, team]} days of week {week}"


def _in_row(
    problem: ReserveProblem, solution: ReserveSolution, limit: given.InRow
) -> Iterable[str]:
    for team in range(problem.n_teams):
        row = limit.run[team] if limit.run else 0
        for day, teams in enumerate(solution.kept):
            row = row + 1 if team in teams else 0
            if row > limit.most:
                yield f"team {team} is kept for the {row}th day in a row on day {day}"


CHECKS: dict[type, Callable[[ReserveProblem, ReserveSolution, Any], Iterable[str]]] = {
    given.Away: _away,
    given.WeekDays: _week_days,
    given.InRow: _in_row,
}
