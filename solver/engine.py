"""Solving for the other floors: a child process that may be interrupted or crash, never believed unseen."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from solver.result import Core, Goal, Progress, Result, Status
from solver.settings import Settings
from solver.visits.days.problem import compile_days
from solver.visits.goals import PARTS, goal_values
from solver.visits.greedy import greedy_plan
from solver.visits.problem import Problem, Solution
from solver.visits.verify import verify
from solver.wire import problem_out, problems_out, progress_in, result_in, solution_in

EXPLAIN_SECONDS = 600.0  # after which the search for a smallest clash is given up

OnProgress = Callable[[Progress], None]

INTERRUPTED = "interrupted"  # words that Result.note is made of
CRASHED = "crashed"
GREEDY = "greedy"
OUT_OF_TIME = "out-of-time"
UNSOUND = "unsound"


@dataclass
class Heard:
    """What a child has said so far."""

    best: Solution | None = None
    result: Result | None = None
    crashed: bool = False
    interrupted: bool = False
    late: bool = False


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


def feasible(problem: Problem, settings: Settings) -> Status:
    """Whether any plan keeps all limits: INFEASIBLE only when that is proven, UNKNOWN when time ran out."""
    return feasible_many([problem], settings)[0]


def feasible_many(problems: Sequence[Problem], settings: Settings) -> list[Status]:
    """The answer of `feasible` for each problem, out of one child; UNKNOWN after a crash or Ctrl-C."""
    case = {"ask": "feasible", "problems": problems_out(problems), "settings": asdict(settings)}
    answers: list[Status] = []
    limit = _patience(settings) * max(1, len(problems))
    for line in _lines(case, limit, Heard()):
        answers.append(Status(line["status"]))
    return answers + [Status.UNKNOWN] * (len(problems) - len(answers))


def explain(problem: Problem, settings: Settings, last: Sequence[str] = ()) -> Core:
    """A smallest clash of a problem without a plan; every label, unverified, when the child was lost.

    Labels in `last` are blamed only when the others alone do not clash.
    """
    case = {
        "ask": "explain",
        "problem": problem_out(problem),
        "settings": asdict(settings),
        "last": list(last),
    }
    for line in _lines(case, EXPLAIN_SECONDS, Heard()):
        core = line["core"]
        return Core(
            tuple(core["visits"]), tuple(core["labels"]), tuple(core["helped"]), core["more"]
        )
    labels = tuple(sorted({limit.label for limit in problem.limits}))
    return Core(tuple(range(len(problem.visits))), labels, (False,) * len(labels), more=False)


def _ask(ask: str, problem: Problem, settings: Settings, tell: OnProgress) -> Heard:
    heard = Heard()
    case = {"ask": ask, "problem": problem_out(problem), "settings": asdict(settings)}
    try:
        for line in _lines(case, _patience(settings), heard):
            _hear(line, problem, heard, tell)
    except KeyboardInterrupt:  # it may come between two lines, too
        heard.interrupted = True
    heard.crashed = heard.result is None and not heard.interrupted and not heard.late
    return heard


def _hear(line: dict[str, Any], problem: Problem, heard: Heard, tell: OnProgress) -> None:
    if "solution" in line:
        offered = solution_in(line["solution"])
        if not verify(problem, offered):
            heard.best = offered
    elif "progress" in line:
        tell(progress_in(line["progress"]))
    elif "result" in line:
        heard.result = result_in(line["result"])


def _patience(settings: Settings) -> float:
    """Seconds after which a child that has not ended by itself is ended."""
    return 3.0 * settings.time_limit_s + 60.0


def _lines(case: dict[str, Any], limit: float, heard: Heard) -> Iterator[dict[str, Any]]:
    """What a child says, line by line; ends it on Ctrl-C and when the time is over."""
    with _child() as child:
        timer = threading.Timer(limit, _end, [child, heard])
        timer.daemon = True
        timer.start()
        try:
            assert child.stdin is not None
            assert child.stdout is not None
            json.dump(case, child.stdin)
            child.stdin.close()
            for line in child.stdout:
                yield json.loads(line)
        except KeyboardInterrupt:
            heard.interrupted = True
        except (BrokenPipeError, json.JSONDecodeError):
            return  # the child died in the middle: the caller sees that no result came
        finally:
            timer.cancel()


@contextmanager
def _child() -> Iterator[subprocess.Popen[str]]:
    """A solver process in a session of its own, so that Ctrl-C in the terminal does not reach it."""
    home = str(Path(__file__).resolve().parent.parent)
    path = os.pathsep.join(p for p in (home, os.environ.get("PYTHONPATH", "")) if p)
    with tempfile.TemporaryFile() as complaints:
        child = subprocess.Popen(
            [sys.executable, "-m", "solver.run"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
            start_new_session=True,
            env={**os.environ, "PYTHONPATH": path},
        )
        try:
            yield child
        finally:
            _kill(child)
            if child.stdout is not None:
                child.stdout.close()


def _end(child: subprocess.Popen[str], heard: Heard) -> None:
    heard.late = True
    _kill(child)


def _kill(child: subprocess.Popen[str]) -> None:
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


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
