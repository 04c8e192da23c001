"""Solving for the other floors: a child process that may be interrupted or crash, never believed unseen."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from solver import child
from solver.child import CRASHED, GREEDY, INTERRUPTED, OUT_OF_TIME, UNSOUND, Heard, OnProgress
from solver.result import NOT_ASKED, Core, Goal, Result, Status
from solver.settings import Settings
from solver.visits.around.problem import Around, Replanned
from solver.visits.around.verify import faults_of
from solver.visits.around.wire import around_out, replanned_in
from solver.visits.days.problem import compile_days
from solver.visits.goals import PARTS, goal_values
from solver.visits.greedy import greedy_plan
from solver.visits.problem import Problem, Solution
from solver.visits.verify import verify
from solver.wire import (
    core_in,
    problem_out,
    problems_out,
    progress_in,
    result_in,
    solution_in,
)

WAYS_SECONDS = 8.0  # after which no further way out of a clash is tried
EXPLAIN_SECONDS = 600.0  # after which the search for a smallest clash is given up


def solve(problem: Problem, settings: Settings, on_progress: OnProgress | None = None) -> Result:
    """The best plan found, checked by plain arithmetic before it is handed over.

    The work is done in a child process. Ctrl-C ends the child and returns the best plan so far with the
    note "interrupted". After a crash it is tried once more with another seed and one worker; should that
    crash too, the best plan so far, or a greedy one, is returned with the note "crashed".

    Returns
    -------
    Result whose `note` is empty or words from: interrupted, crashed, greedy (the plan is the plain first
    one), out-of-time (the child did not end by itself), unsound (a plan failed the check and was not used)
    """
    began = time.monotonic()
    tell = on_progress or (lambda progress: None)
    heard = _ask("plan", problem, settings, tell)
    notes = []
    if heard.crashed:
        notes.append(CRASHED)
        again = replace(settings, seed=settings.seed + 1, workers=1)
        first, heard = heard, _ask("plan", problem, again, tell)
        heard.best = heard.best or first.best
    if heard.result is not None:
        result = replace(heard.result, note=" ".join(notes))
        if result.solution is None or not verify(problem, result.solution):
            return result
        notes.append(UNSOUND)
    notes += [INTERRUPTED] if heard.interrupted else []
    notes += [OUT_OF_TIME] if heard.late else []
    best = heard.best
    if best is None and not heard.interrupted:
        best = greedy_plan(compile_days(problem))
        notes.append(GREEDY)
    return _as_is(problem, settings, best, time.monotonic() - began, " ".join(notes))


def solve_plainly(
    problem: Problem, settings: Settings, on_progress: OnProgress | None = None
) -> Result:
    """What the plain one-model solver finds in the same time: the yardstick of `congvu bench`."""
    heard = _ask("plainly", problem, settings, on_progress or (lambda progress: None))
    if heard.result is not None and heard.result.solution is not None:
        if verify(problem, heard.result.solution):
            return replace(
                heard.result, status=Status.UNKNOWN, solution=None, goals=(), note=UNSOUND
            )
        return heard.result
    return heard.result or _as_is(problem, settings, None, settings.time_limit_s, CRASHED)


def replan(
    problem: Problem, around: Around, settings: Settings, on_progress: OnProgress | None = None
) -> Replanned:
    """The lawful plan nearest to a base, checked by plain arithmetic; see `solver.visits.around.replan`.

    The status is UNKNOWN with a note (interrupted, crashed, out-of-time, unsound) when the child gave none.
    """
    return _around("replan", problem, around, settings, on_progress)[-1]


def replan_budgets(
    problem: Problem, around: Around, budgets: Sequence[int], settings: Settings,
    on_progress: OnProgress | None = None,
) -> list[Replanned]:  # fmt: skip
    """The best plan within each budget of changed visits, ascending; see `solver.visits.around.budget`.

    Stops at the first answer that is none, as `replan` does; what came before it is handed over.
    """
    return _around("budget", problem, around, settings, on_progress, budgets)


def _around(
    ask: str, problem: Problem, around: Around, settings: Settings, on_progress: OnProgress | None,
    budgets: Sequence[int] = (),
) -> list[Replanned]:  # fmt: skip
    tell = on_progress or (lambda progress: None)
    case = {
        "ask": ask, "problem": problem_out(problem), "around": around_out(around),
        "budgets": list(budgets), "settings": asdict(settings),
    }  # fmt: skip

    def hear(line: dict[str, Any], heard: Heard[Solution, list[Replanned]]) -> None:
        if "progress" in line:
            tell(progress_in(line["progress"]))
        elif "replanned" in line:
            heard.result = [*(heard.result or []), replanned_in(line["replanned"])]

    heard = child.hear_all(case, child.patience(settings) * max(1, len(budgets)), hear)
    found = heard.result or []
    for n, each in enumerate(found):
        if faults_of(problem, around, each):
            return [*found[:n], _nothing(settings, UNSOUND)]
    if found and not heard.interrupted and not heard.late:
        return found
    words = ((INTERRUPTED, heard.interrupted), (OUT_OF_TIME, heard.late), (CRASHED, heard.crashed))
    return [*found, _nothing(settings, " ".join(word for word, is_so in words if is_so))]


def _nothing(settings: Settings, note: str) -> Replanned:
    return Replanned(Status.UNKNOWN, None, seed=settings.seed, repeatable=False, note=note)


def feasible(problem: Problem, settings: Settings) -> Status:
    """Whether any plan keeps all limits: INFEASIBLE only when that is proven, UNKNOWN when time ran out."""
    return feasible_many([problem], settings)[0]


def feasible_many(problems: Sequence[Problem], settings: Settings) -> list[Status]:
    """The answer of `feasible` for each problem, out of one child; UNKNOWN after a crash or Ctrl-C."""
    case = {"ask": "feasible", "problems": problems_out(problems), "settings": asdict(settings)}
    answers: list[Status] = []
    limit = child.patience(settings) * max(1, len(problems))
    for line in child.lines(case, limit, Heard()):
        answers.append(Status(line["status"]))
    return answers + [Status.UNKNOWN] * (len(problems) - len(answers))


def most_covered(problem: Problem, groups: Sequence[Sequence[int]], settings: Settings) -> int:
    """No plan reaches more of these groups of visits; all of them when the child was lost."""
    case = {
        "ask": "most-covered",
        "problem": problem_out(problem),
        "groups": [list(group) for group in groups],
        "settings": asdict(settings),
    }
    for line in child.lines(case, child.patience(settings), Heard()):
        return int(line["most"])
    return len(groups)


def first_feasible(
    ladders: Sequence[Sequence[Problem]],
    visits: Sequence[str],
    settings: Settings,
    seconds: float = WAYS_SECONDS,
) -> list[int]:
    """For each ladder of problems the number of the first step that has a plan.

    -1 when none was seen to have one, -2 when the time was over before they were asked.

    A step in which the visits labelled `visits` already clash by themselves is passed over at once.
    Nothing more is begun after `seconds`.
    """
    case = {
        "ask": "first-feasible",
        "ladders": [problems_out(ladder) for ladder in ladders],
        "visits": list(visits),
        "settings": asdict(settings),
        "seconds": seconds,
    }
    limit = child.patience(settings) + seconds
    found = [int(line["step"]) for line in child.lines(case, limit, Heard())]
    return found + [NOT_ASKED] * (len(ladders) - len(found))


def explain(
    problem: Problem, settings: Settings, last: Sequence[str] = (), detailed: Sequence[str] = ()
) -> Core:
    """A smallest clash of a problem without a plan; every label, unverified, when the child was lost.

    Labels in `last` are blamed only when the others alone do not clash; limits with a label in
    `detailed` are named one by one.
    """
    case = {
        "ask": "explain",
        "problem": problem_out(problem),
        "settings": asdict(settings),
        "last": list(last),
        "detailed": list(detailed),
    }
    for line in child.lines(case, EXPLAIN_SECONDS, Heard()):
        return core_in(line["core"])
    labels = tuple(sorted({limit.label for limit in problem.limits}))
    return Core(tuple(range(len(problem.visits))), labels, (False,) * len(labels), more=False)


def forbidding(
    problem: Problem,
    visit: int,
    settings: Settings,
    last: Sequence[str] = (),
    detailed: Sequence[str] = (),
) -> Core | None:
    """The smallest clash that keeps one visit from what is asked of it; None when none was proven."""
    case = {
        "ask": "forbidding",
        "problem": problem_out(problem),
        "visit": visit,
        "settings": asdict(settings),
        "last": list(last),
        "detailed": list(detailed),
    }
    for line in child.lines(case, child.patience(settings), Heard()):
        return core_in(line["core"]) if line["core"] else None
    return None


def _ask(
    ask: str, problem: Problem, settings: Settings, tell: OnProgress
) -> Heard[Solution, Result]:
    def hear(line: dict[str, Any], heard: Heard[Solution, Result]) -> None:
        if "solution" in line:
            offered = solution_in(line["solution"])
            if not verify(problem, offered):
                heard.best = offered
        elif "progress" in line:
            tell(progress_in(line["progress"]))
        elif "result" in line:
            heard.result = result_in(line["result"])

    case = {"ask": ask, "problem": problem_out(problem), "settings": asdict(settings)}
    return child.hear_all(case, child.patience(settings), hear)


def _as_is(
    problem: Problem, settings: Settings, plan: Solution | None, seconds: float, note: str
) -> Result:
    """A result for a plan that no finished solve stands behind: nothing is proven about it."""
    if plan is None or verify(problem, plan):
        return Result(Status.UNKNOWN, None, (), seconds, settings.seed, repeatable=False, note=note)
    values = goal_values(problem, plan)
    parts = [part for name in problem.goals.order for part in PARTS[name]]
    goals = tuple(Goal(part, values[part], 0, "any plan") for part in parts)
    return Result(Status.FEASIBLE, plan, goals, seconds, settings.seed, repeatable=False, note=note)
