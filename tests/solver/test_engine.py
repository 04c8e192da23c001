"""The child process: what comes back when it ends well, is interrupted, is killed, or cannot live."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solver import child as children
from solver import engine
from solver.result import Progress, Status
from solver.settings import Settings
from solver.visits.problem import ForbidStarts, Must
from solver.visits.verify import verify
from solver.wire import problem_in, problem_out, problems_in, problems_out, result_in, result_out
from tests.solver.planted import planted, tiny, unplanted
from tests.solver.problems import Size, make

QUICK = Settings(time_limit_s=0.5)
SMALL_OFFICE = Size(units=30, visits=24, inspectors=10, teams_per_day=2, month_cap=6, used=0.3)


@given(seed=st.integers(0, 10_000))
def test_a_problem_is_the_same_after_the_line(seed: int) -> None:
    problem = unplanted(seed)
    assert problem_in(json.loads(json.dumps(problem_out(problem)))) == problem


def test_several_problems_share_their_visits_on_the_line_and_stay_themselves() -> None:
    one, _ = planted(1)
    other, _ = planted(2)
    problems = [one, replace(one, limits=one.limits[:1]), other]
    plain = problems_out(problems)
    assert "visits" not in plain[1]
    assert problems_in(json.loads(json.dumps(plain))) == problems


def test_a_solve_comes_back_whole_and_tells_its_progress() -> None:
    problem = make(SMALL_OFFICE, 1)
    lines: list[Progress] = []
    result = engine.solve(problem, QUICK, lines.append)
    assert result.solution is not None
    assert verify(problem, result.solution) == []
    assert result.note == ""
    assert {"first", "days"} <= {line.phase for line in lines}
    assert result_in(json.loads(json.dumps(result_out(result)))) == result


def test_ctrl_c_gives_the_best_plan_so_far_and_ends_the_child(child: list[int]) -> None:
    def interrupt(progress: Progress) -> None:
        if progress.best is not None:
            raise KeyboardInterrupt

    problem = make(SMALL_OFFICE, 1)
    result = engine.solve(problem, replace(QUICK, time_limit_s=60.0), interrupt)
    assert result.status == Status.FEASIBLE
    assert result.solution is not None
    assert verify(problem, result.solution) == []
    assert result.note == engine.INTERRUPTED
    assert not result.repeatable
    with pytest.raises(ProcessLookupError):
        os.kill(child[0], 0)


def test_ctrl_c_before_any_plan_gives_none() -> None:
    def interrupt(progress: Progress) -> None:
        raise KeyboardInterrupt

    result = engine.solve(make(SMALL_OFFICE, 1), QUICK, interrupt)
    assert (result.status, result.solution) == (Status.UNKNOWN, None)


def test_a_killed_child_is_started_once_more(child: list[int]) -> None:
    def kill_the_first(progress: Progress) -> None:
        if len(child) == 1:
            os.kill(child[0], signal.SIGKILL)

    problem = make(SMALL_OFFICE, 1)
    result = engine.solve(problem, QUICK, kill_the_first)
    assert len(child) == 2
    assert result.seed == QUICK.seed + 1
    assert result.note == engine.CRASHED
    assert result.solution is not None
    assert verify(problem, result.solution) == []


def test_two_crashes_give_the_greedy_plan_and_say_so() -> None:
    problem = make(SMALL_OFFICE, 1)
    result = engine.solve(problem, replace(QUICK, memory_limit_mb=40))
    assert result.note == f"{engine.CRASHED} {engine.GREEDY}"
    assert result.solution is not None
    assert verify(problem, result.solution) == []
    assert all(goal.bound == 0 for goal in result.goals)


def test_many_questions_are_answered_in_order() -> None:
    fine = tiny((1, 1), limits=(Must(0, "must"),))
    clash = tiny((1, 1), limits=(Must(0, "must"), ForbidStarts(0, tuple(range(10)), "window")))
    answers = engine.feasible_many([fine, clash, fine], QUICK)
    assert answers == [Status.FEASIBLE, Status.INFEASIBLE, Status.FEASIBLE]


@pytest.fixture
def child(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Process ids of the children, in the order in which they were started."""
    started: list[int] = []
    original = children.process

    @contextmanager
    def watched() -> Iterator[subprocess.Popen[str]]:
        with original() as process:
            started.append(process.pid)
            yield process

    monkeypatch.setattr(children, "process", watched)
    return started
