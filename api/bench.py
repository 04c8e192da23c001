"""`congvu bench`: speed and quality beside what people do today, one file for each thing measured.

Figures are only comparable within one run: the ratios count, not the seconds.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from api import (
    bench_answers,
    bench_flags,
    bench_kep,
    bench_names,
    bench_replan,
    bench_reserve,
    bench_rotation,
    bench_surprise,
    bench_verify,
    bench_visits,
)
from data.words import Message

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Ask:
    """What to measure, for how long, with which chance, and the folder of public instances."""

    name: str
    seconds: float
    seed: int
    folder: Path | None

    @property
    def size(self) -> int:
        """The number at the end of the name; 0 without one."""
        found = re.search(r"-(\d+)$", self.name)
        return int(found[1]) if found else 0


@dataclass(frozen=True)
class Bench:
    """One kind of measurement: its names, its rows, and how they are told."""

    knows: Callable[[str], object]  # whether a name is its own
    shown: Iterable[str]  # names to offer
    rows: Callable[[Ask], Iterator[dict[str, Any]]]
    line: Callable[[Row], str]
    comparison: Callable[[list[dict[str, Any]]], str] = lambda rows: ""


def _like(pattern: str) -> Callable[[str], object]:
    return re.compile(pattern).fullmatch


BENCHES = (
    Bench(
        bench_visits.INSTANCES.__contains__,
        bench_visits.INSTANCES,
        lambda ask: bench_visits.measured(ask.name, ask.seconds, ask.seed),
        bench_visits.line, bench_visits.comparison,
    ),
    Bench(
        bench_rotation.INSTANCES.__contains__,
        bench_rotation.INSTANCES,
        lambda ask: bench_rotation.measured(ask.name, ask.seconds, ask.seed),
        bench_rotation.line, bench_rotation.comparison,
    ),
    Bench(
        _like(r"flags-\d+"), ("flags-150000",),
        lambda ask: iter([bench_flags.measured(ask.name, ask.size, ask.seed)]), bench_flags.line,
    ),
    Bench(
        bench_reserve.INSTANCES.__contains__,
        bench_reserve.INSTANCES,
        lambda ask: bench_reserve.measured(ask.name, ask.seconds, ask.seed),
        bench_reserve.line, bench_reserve.comparison,
    ),
    Bench(
        _like(r"surprise(-\d+)?"), ("surprise",),
        lambda ask: bench_surprise.measured(ask.name, ask.size or bench_surprise.YEARS, ask.seed),
        bench_surprise.line, bench_surprise.comparison,
    ),
    Bench(
        _like(r"verify-\d+"), ("verify-600",),
        lambda ask: iter([bench_verify.measured(ask.name, ask.size, ask.seed)]), bench_verify.line,
    ),
    Bench(
        bench_replan.INSTANCES.__contains__,
        bench_replan.INSTANCES,
        lambda ask: bench_replan.measured(ask.name, ask.seconds, ask.seed),
        bench_replan.line, bench_replan.comparison,
    ),
    Bench(
        _like("answers"), ("answers",),
        lambda ask: bench_answers.measured(ask.seconds, ask.seed),
        bench_answers.line, bench_answers.comparison,
    ),
    Bench(
        _like("names"), ("names",),
        lambda ask: iter([bench_names.measured(ask.seed)]), bench_names.line,
    ),
    Bench(
        _like("kep"), ("kep",), lambda ask: bench_kep.measured(ask.folder, ask.seconds),
        bench_kep.line, bench_kep.comparison,
    ),
)  # fmt: skip


def run(
    names: list[str], seconds: float, seed: int, as_json: bool, folder: Path | None = None
) -> None:
    """Measures every method on every instance and prints one row each, or JSON lines."""
    found = {
        name: _bench(name) for name in names
    }  # a wrong name is told before anything is measured
    for name, bench in found.items():
        shown = []
        for row in bench.rows(Ask(name, seconds, seed, folder)):
            shown.append(row)
            typer.echo(json.dumps(row, ensure_ascii=False) if as_json else bench.line(row))
        if not as_json and len(shown) > 1 and (told := bench.comparison(shown)):
            typer.echo(told)


def _bench(name: str) -> Bench:
    for bench in BENCHES:
        if bench.knows(name):
            return bench
    known = ", ".join(shown for bench in BENCHES for shown in bench.shown)
    raise typer.BadParameter(
        Message("Không có «{name}»; có: {known}", {"name": name, "known": known}).say("vi")
    )
