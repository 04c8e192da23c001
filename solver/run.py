"""One solve in a process of its own: `python -m solver.run` reads a case and writes lines of JSON.

In, one JSON object on standard input: {"ask": "plan", "plainly" or "explain", "problem", "settings"} or
{"ask": "feasible", "problems", "settings"}. Out, one JSON object a line: {"progress"} and {"solution"}
while it works, then {"result"} or, for each problem in turn, {"status"}.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import sys
from dataclasses import asdict
from typing import Any

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
    if case["ask"] == "feasible":
        _feasible(case, settings)
    elif case["ask"] == "plainly":
        _plainly(case, settings)
    elif case["ask"] == "explain":
        _explain(case, settings)
    else:
        _plan(case, settings)


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


def _explain(case: dict[str, Any], settings: Settings) -> None:
    from solver.explain import core_of

    _say({"core": asdict(core_of(problem_in(case["problem"]), settings, case["last"]))})


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
