"""Solving moves for the other floors: in a child process, never believed unseen."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from solver import child
from solver.child import CRASHED, GREEDY, INTERRUPTED, OUT_OF_TIME, UNSOUND, Heard, OnProgress
from solver.moves.goals import goal_values
from solver.moves.problem import MovesProblem, MovesSolution
from solver.moves.repaired import Repaired, repaired_in
from solver.moves.result import MovesResult, unproven_goals
from solver.moves.verify import verify
from solver.moves.wire import (
    exchanges_out,
    problem_out,
    relaxation_out,
    result_in,
    solution_in,
    why_in,
)
from solver.result import Status
from solver.wire import progress_in

if TYPE_CHECKING:
    from solver.moves.why import Relaxation, Why
    from solver.settings import Settings

Ears = Heard[MovesSolution, MovesResult]


def solve_moves(
    problem: MovesProblem, settings: Settings, on_progress: OnProgress | None = None
) -> MovesResult:
    """The best plan of moves found, checked by plain arithmetic before it is handed over.

    Ctrl-C ends the child and returns the best plan so far with the note "interrupted". After a crash
    it is tried once more with another seed and one worker, then the best plan so far, or the greedy
    swaps, are returned with the note "crashed".
    """
    began = time.monotonic()
    tell = on_progress or (lambda progress: None)
    heard = _ask("moves", problem, settings, tell)
    notes = []
    if heard.crashed:
        notes.append(CRASHED)
        again = replace(settings, seed=settings.seed + 1, workers=1)
        first, heard = heard, _ask("moves", problem, again, tell)
        heard.best = heard.best or first.best
    if heard.result is not None:
        if heard.result.solution is None or not verify(problem, heard.result.solution):
            return replace(heard.result, note=" ".join([*notes, heard.result.note]).strip())
        notes.append(UNSOUND)
    notes += [INTERRUPTED] if heard.interrupted else []
    notes += [OUT_OF_TIME] if heard.late else []
    best = heard.best
    if best is None:
        from solver.moves.greedy import greedy_swaps  # compiled: not for every start of the program

        best = greedy_swaps(problem)
        notes.append(GREEDY)
    return as_is(problem, settings, best, time.monotonic() - began, " ".join(notes))


def solve_moves_plainly(
    problem: MovesProblem, settings: Settings, on_progress: OnProgress | None = None
) -> MovesResult:
    """What the plain person x desk x wave model finds in the same time: the yardstick of `bench`."""
    heard = _ask("moves-plainly", problem, settings, on_progress or (lambda progress: None))
    if heard.result is None:
        return as_is(problem, settings, None, settings.time_limit_s, CRASHED)
    if heard.result.solution is not None and verify(problem, heard.result.solution):
        return replace(heard.result, status=Status.UNKNOWN, solution=None, goals=(), note=UNSOUND)
    return heard.result


def why_unplaced(
    problem: MovesProblem,
    solution: MovesSolution,
    people: Sequence[int],
    relaxations: Sequence[Relaxation],
    settings: Settings,
    on_progress: OnProgress | None = None,
) -> list[Why]:
    """The reason, and what would help, for each of these people; those known so far after Ctrl-C.

    Somebody of whom the child could say nothing (it was lost) is not in the list.
    """
    tell = on_progress or (lambda progress: None)
    found: list[Why] = []

    def hear(line: dict[str, Any], heard: Heard[MovesSolution, bool]) -> None:
        if "why" in line:
            found.append(why_in(line["why"]))
        elif "progress" in line:
            tell(progress_in(line["progress"]))
        heard.result = True

    case = {
        "ask": "moves-why", "problem": problem_out(problem), "settings": asdict(settings),
        "solution": exchanges_out(solution.exchanges), "people": list(people),
        "relaxations": [relaxation_out(each) for each in relaxations],
    }  # fmt: skip
    child.hear_all(case, child.patience(settings), hear)
    return found


def repair_moves(
    problem: MovesProblem,
    solution: MovesSolution,
    out: Sequence[int],
    settings: Settings,
    on_progress: OnProgress | None = None,
    first_wave: int = 0,
    torn: Sequence[int] = (),
) -> Repaired | None:
    """The plan with as few changes as possible without these people; None when the child was lost.

    Exchanges of people in `torn` fall apart, too, but these people may move again.
    """
    tell = on_progress or (lambda progress: None)

    def hear(line: dict[str, Any], heard: Heard[MovesSolution, Repaired]) -> None:
        if "progress" in line:
            tell(progress_in(line["progress"]))
        elif "repaired" in line:
            heard.result = repaired_in(line["repaired"])

    case = {
        "ask": "moves-repair", "problem": problem_out(problem), "settings": asdict(settings),
        "solution": exchanges_out(solution.exchanges), "out": list(out), "first_wave": first_wave,
        "torn": list(torn),
    }  # fmt: skip
    return child.hear_all(case, child.patience(settings), hear).result


def as_is(
    problem: MovesProblem,
    settings: Settings,
    plan: MovesSolution | None,
    seconds: float,
    note: str,
) -> MovesResult:
    """A result for a plan that no finished solve stands behind: nothing is proven about it."""
    if plan is None or verify(problem, plan):
        return MovesResult(
            Status.UNKNOWN, None, (), seconds, settings.seed, {}, repeatable=False, note=note
        )
    values = goal_values(problem, plan)
    goals = unproven_goals(problem, values)
    return MovesResult(
        Status.FEASIBLE, plan, goals, seconds, settings.seed, {}, repeatable=False, note=note
    )


def _ask(ask: str, problem: MovesProblem, settings: Settings, tell: OnProgress) -> Ears:
    def hear(line: dict[str, Any], heard: Ears) -> None:
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
