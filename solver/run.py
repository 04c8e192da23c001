"""One solve in a process of its own: `python -m solver.run` reads a case and writes lines of JSON.

In, one JSON object on standard input: {"ask", "problem", "settings"}, or {"ask": "feasible", "problems",
"settings"}; what else may be asked stands in `ANSWERS`. Out, one JSON object a line: {"progress"} and
{"solution"} while it works, then {"result"} or, for each problem in turn, {"status"}.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import sys
import time
from dataclasses import asdict
from typing import Any

from solver.moves.problem import MovesSolution
from solver.result import Progress
from solver.settings import Settings
from solver.visits.problem import Solution
from solver.wire import problem_in, problems_in, result_out, settings_in

PR_SET_PDEATHSIG = 1


def main() -> None:
    """Answers the case on standard input."""
    parent = os.getppid()
    _die_with_parent(parent)
    case = json.load(sys.stdin)
    settings = settings_in(case["settings"])
    _limit_memory(settings.memory_limit_mb)
    ANSWERS[case["ask"]](case, settings)


def _plan(case: dict[str, Any], settings: Settings) -> None:
    from solver.visits.plan import make_plan

    def report(progress: Progress, solution: Solution | None) -> None:
        if solution is not None:
            _say({"solution": asdict(solution)})
        _say({"progress": asdict(progress)})

    result = make_plan(problem_in(case["problem"]), settings, report)
    _say({"result": result_out(result)})


def _plainly(case: dict[str, Any], settings: Settings) -> None:
    from solver.visits.plain.model import solve_in_one

    def report(progress: Progress) -> None:
        _say({"progress": asdict(progress)})

    result = solve_in_one(problem_in(case["problem"]), settings, report)
    _say({"result": result_out(result)})


def _feasible(case: dict[str, Any], settings: Settings) -> None:
    from solver.visits.feasible import feasible

    for problem in problems_in(case["problems"]):
        _say({"status": feasible(problem, settings)})


def _first_feasible(case: dict[str, Any], settings: Settings) -> None:
    from solver.explain import first_step

    ends_at = time.monotonic() + case["seconds"]
    for ladder in case["ladders"]:
        left = ends_at - time.monotonic()
        _say({"step": first_step(problems_in(ladder), case["visits"], settings, left)})


def _most_covered(case: dict[str, Any], settings: Settings) -> None:
    from solver.visits.days.covered import most_covered

    _say({"most": most_covered(problem_in(case["problem"]), case["groups"])})


def _explain(case: dict[str, Any], settings: Settings) -> None:
    from solver.explain import core_of

    problem = problem_in(case["problem"])
    core = core_of(problem, settings, case["last"], case["detailed"])
    _say({"core": asdict(core)})


def _forbidding(case: dict[str, Any], settings: Settings) -> None:
    from solver.explain import forbidding

    problem = problem_in(case["problem"])
    core = forbidding(problem, case["visit"], settings, case["last"], case["detailed"])
    _say({"core": asdict(core) if core else None})


def _replan(case: dict[str, Any], settings: Settings) -> None:
    from solver.visits.around import wire
    from solver.visits.around.replan import replan

    found = replan(
        problem_in(case["problem"]), wire.around_in(case["around"]), settings,
        lambda progress: _say({"progress": asdict(progress)}),
    )  # fmt: skip
    _say({"replanned": wire.replanned_out(found)})


def _budget(case: dict[str, Any], settings: Settings) -> None:
    from solver.visits.around import wire
    from solver.visits.around.budget import curve

    found = curve(
        problem_in(case["problem"]), wire.around_in(case["around"]), case["budgets"], settings,
        lambda progress: _say({"progress": asdict(progress)}),
    )  # fmt: skip
    for each in found:
        _say({"replanned": wire.replanned_out(each)})


def _moves(case: dict[str, Any], settings: Settings) -> None:
    from solver.moves import wire
    from solver.moves.plan import make_plan

    def report(progress: Progress, solution: MovesSolution | None) -> None:
        if solution is not None:
            _say({"solution": wire.exchanges_out(solution.exchanges)})
        _say({"progress": asdict(progress)})

    result = make_plan(wire.problem_in(case["problem"]), settings, report)
    _say({"result": wire.result_out(result)})


def _moves_plainly(case: dict[str, Any], settings: Settings) -> None:
    from solver.moves import wire
    from solver.moves.plain import solve_plainly

    def report(progress: Progress, solution: MovesSolution | None) -> None:
        _say({"progress": asdict(progress)})

    result = solve_plainly(wire.problem_in(case["problem"]), settings, report)
    _say({"result": wire.result_out(result)})


def _moves_why(case: dict[str, Any], settings: Settings) -> None:
    from solver.moves import wire
    from solver.moves.explain import each_reason

    relaxations = [wire.relaxation_in(each) for each in case["relaxations"]]
    whys = each_reason(
        wire.problem_in(case["problem"]), wire.solution_in(case["solution"]), case["people"],
        relaxations, settings, lambda progress: _say({"progress": asdict(progress)}),
    )  # fmt: skip
    for why in whys:
        _say({"why": wire.why_out(why)})


def _moves_repair(case: dict[str, Any], settings: Settings) -> None:
    from solver.moves import wire
    from solver.moves.repair import repair
    from solver.moves.repaired import repaired_out

    repaired = repair(
        wire.problem_in(case["problem"]), wire.solution_in(case["solution"]), set(case["out"]),
        settings, lambda progress, solution: _say({"progress": asdict(progress)}),
        case["first_wave"], case["torn"],
    )  # fmt: skip
    _say({"repaired": repaired_out(repaired)})


def _reserve(case: dict[str, Any], settings: Settings) -> None:
    from solver.reserve import wire
    from solver.reserve.model import solve_season

    result = solve_season(
        wire.problem_in(case["problem"]), settings, lambda progress: _say({"progress": asdict(progress)})
    )  # fmt: skip
    _say({"result": wire.result_out(result)})


ANSWERS = {
    "plan": _plan,
    "plainly": _plainly,
    "explain": _explain,
    "feasible": _feasible,
    "first-feasible": _first_feasible,
    "most-covered": _most_covered,
    "forbidding": _forbidding,
    "replan": _replan,
    "budget": _budget,
    "moves": _moves,
    "moves-plainly": _moves_plainly,
    "moves-why": _moves_why,
    "moves-repair": _moves_repair,
    "reserve": _reserve,
}


def _say(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def _die_with_parent(parent: int) -> None:
    """No solve outlives the program that asked for it (Linux; elsewhere the caller kills it)."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            sys.exit(1)


def _limit_memory(megabytes: int) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = megabytes * 1024 * 1024
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


if __name__ == "__main__":
    main()
