"""Solving a reserve for the other floors: in a child process, never believed unseen."""

from __future__ import annotations

import time
from dataclasses import asdict, replace
from typing import Any

from solver import child
from solver.child import CRASHED, GREEDY, INTERRUPTED, OUT_OF_TIME, UNSOUND, Heard, OnProgress
from solver.reserve.problem import ReserveProblem, ReserveSolution
from solver.reserve.result import ReserveResult
from solver.reserve.verify import verify
from solver.reserve.wire import problem_out, result_in
from solver.settings import Settings
from solver.wire import progress_in


def solve_reserve(
    problem: ReserveProblem, settings: Settings, on_progress: OnProgress | None = None
) -> ReserveResult:
    """The best reserve found, checked by plain arithmetic before it is handed over.

    The same problem and seed give the same reserve. When the child crashed, was ended or gave a
    reserve that breaks a limit, the greedy one is returned, and `note` says so.
    """
    began = time.monotonic()
    tell = on_progress or (lambda progress: None)

    def hear(line: dict[str, Any], heard: Heard[ReserveSolution, ReserveResult]) -> None:
        if "progress" in line:
            tell(progress_in(line["progress"]))
        elif "result" in line:
            heard.result = result_in(line["result"])

    case = {"ask": "reserve", "problem": problem_out(problem), "settings": asdict(settings)}
    heard = child.hear_all(case, child.patience(settings), hear)
    if heard.result is not None and not verify(problem, heard.result.solution):
        return heard.result
    notes = [
        word
        for word, so in (
            (CRASHED, heard.crashed), (UNSOUND, heard.result is not None),
            (INTERRUPTED, heard.interrupted), (OUT_OF_TIME, heard.late),
        )
        if so
    ]  # fmt: skip
    return replace(
        at_once(problem, settings.seed),
        seconds=round(time.monotonic() - began, 3),
        note=" ".join([*notes, GREEDY]),
    )


def at_once(problem: ReserveProblem, seed: int) -> ReserveResult:
    """The greedy reserve: the fall-back, and the yardstick of `congvu bench`."""
    from solver.reserve.greedy import (
        greedy_reserve,
    )  # with scipy: not for every start of the program
    from solver.reserve.past import weeks_of
    from solver.reserve.values import goal_values

    solution = greedy_reserve(problem, seed)
    weeks = sum(1 for _ in weeks_of(problem))
    return ReserveResult(
        solution, goal_values(problem, solution), weeks, 0, 0.0, repeatable=False, note=GREEDY
    )
