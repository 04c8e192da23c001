"""A solver process of its own: started, heard line by line, ended on Ctrl-C or when time is over."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from solver.result import Progress
from solver.settings import Settings

OnProgress = Callable[[Progress], None]

INTERRUPTED = "interrupted"  # words that a result's note is made of
CRASHED = "crashed"
GREEDY = "greedy"
OUT_OF_TIME = "out-of-time"
UNSOUND = "unsound"


S = TypeVar("S")  # a solution
R = TypeVar("R")  # a result


@dataclass
class Heard(Generic[S, R]):
    """What a child has said so far: the best solution that passed the check, and its result."""

    best: S | None = None
    result: R | None = None
    crashed: bool = False
    interrupted: bool = False
    late: bool = False


def hear_all(
    case: dict[str, Any], limit: float, hear: Callable[[dict[str, Any], Heard[S, R]], None]
) -> Heard[S, R]:
    """Everything that a child says about a case, each line given to `hear`, until it ends.

    A Ctrl-C ends the child; `crashed` is set when it ended without a result of its own.
    """
    heard: Heard[S, R] = Heard()
    try:
        for line in lines(case, limit, heard):
            hear(line, heard)
    except KeyboardInterrupt:  # it may come between two lines, too
        heard.interrupted = True
    heard.crashed = heard.result is None and not heard.interrupted and not heard.late
    return heard


def patience(settings: Settings) -> float:
    """Seconds after which a child that has not ended by itself is ended."""
    return 3.0 * settings.time_limit_s + 60.0


def lines(case: dict[str, Any], limit: float, heard: Heard[S, R]) -> Iterator[dict[str, Any]]:
    """What a child says, line by line; ends it on Ctrl-C and when the time is over."""
    with process() as child:
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
def process() -> Iterator[subprocess.Popen[str]]:
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


def _end(child: subprocess.Popen[str], heard: Heard[S, R]) -> None:
    heard.late = True
    _kill(child)


def _kill(child: subprocess.Popen[str]) -> None:
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
